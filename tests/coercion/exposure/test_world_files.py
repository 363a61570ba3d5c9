"""A world as a user's npz file: taken, brought to balance and said so, or refused by name."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.coercion.exposure.world_files import arrays, write_world
from undaunted.coercion.exposure.readers import FileRefused, chosen_world, read_world
from undaunted.coercion.exposure.readers import arrays as arrays_room
from undaunted.engines.trade import balance_of

if TYPE_CHECKING:
    from pathlib import Path

FLAWS: list[tuple[str, Any, str]] = [
    ("X", None, "column X: the array X is missing"),
    ("theta", np.array([1.0, 0.0, 2.0]), r"elasticities\[C10\]: must be above zero"),
    ("pi", -arrays()["pi"], r"trade_shares\[0, 0, 0\]: -.*; at least 0 is asked"),
    ("tau", arrays()["tau"] - 2, r"tariffs\[0, 0, 0\]: .*; at least -1 is asked"),
    ("beta", arrays()["beta"] * np.nan, r"value_added_shares\[0, 0\]: not a finite number"),
    ("gamma", arrays()["gamma"][:2], r"column gamma: has the shape \(2, 3, 3\); \(4, 3, 3\)"),
    ("sectors", np.array([1, 2, 3]), "column sectors: a row of texts is asked for"),
    ("VA", np.array(list("abcd")), "column VA: holds no numbers"),
    ("X", arrays()["X"] * np.array([1.0, 4.0, 1.0]), "does not balance: "),
    ("regions", np.array(["C0", "", "C1", "C2"]), "regions: '' names none of them"),
    ("regions", np.array(["C0", "all", "C1", "C2"]), "regions: 'all' names none of them"),
    ("regions", np.array(["C0", "C0", "C1", "C2"]), "regions: C0 stands there more than once"),
]


def test_balanced_world_is_taken_as_it_stands(tmp_path: Path) -> None:
    loaded = read_world(write_world(tmp_path / "mine.npz"))
    assert loaded.said == ()
    assert loaded.world.name == "mine"
    assert np.array_equal(loaded.world.expenditure, arrays()["X"])


def test_nearly_balanced_world_is_repaired_and_says_so(tmp_path: Path) -> None:
    loaded = read_world(write_world(tmp_path / "mine.npz", VA=arrays()["VA"] * 1.01))
    assert loaded.balance.labour == pytest.approx(0.0099, abs=1e-4)
    assert "brought to exact balance: labour differed by 0.0099" in loaded.said[0]
    assert balance_of(loaded.world).labour < 1e-12


def test_world_without_tariffs_has_none_and_says_so(tmp_path: Path) -> None:
    # Without its tariffs this world balances less well; a tenth of them are left out here.
    held = arrays()
    held["tau"] = held["tau"] * 0
    loaded = read_world(write_world(tmp_path / "mine.npz", tau=None, X=_untaxed(held)))
    assert loaded.said[0] == "tau: tariffs are taken as zero, the file has none"
    assert not loaded.world.tariffs.any()


def _untaxed(held: dict[str, Any]) -> Any:
    spent = held["X"]
    for _ in range(200):
        sales = np.einsum("nij,nj->ij", held["pi"], spent)
        added = (held["beta"] * sales).sum(1)
        spent = held["alpha"] * (added + held["D"])[:, None]
        spent = spent + np.einsum("njk,nk->nj", held["gamma"], sales)
        spent *= held["VA"].sum() / added.sum()
    return spent


@pytest.mark.parametrize(("name", "held", "words"), FLAWS)
def test_flaw_is_refused_by_file_and_array(
    tmp_path: Path, name: str, held: Any, words: str
) -> None:
    with pytest.raises(FileRefused, match=rf"mine\.npz.*{words}"):
        read_world(write_world(tmp_path / "mine.npz", **{name: held}))


def test_what_is_no_npz_is_refused(tmp_path: Path) -> None:
    text, single, pickled = (tmp_path / name for name in ("a.npz", "b.npz", "c.npz"))
    text.write_text("pi,tau", encoding="utf-8")
    with single.open("wb") as file:
        np.save(file, np.ones(3))
    np.savez(pickled, **(arrays() | {"regions": np.array(["C0", None], dtype=object)}))
    for path in (text, single, pickled):
        with pytest.raises(FileRefused, match="is no npz file of plain numbers and texts"):
            read_world(path)
    with pytest.raises(FileRefused, match="No such file"):
        read_world(tmp_path / "none.npz")


def test_broken_members_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = write_world(tmp_path / "mine.npz")
    whole = path.read_bytes()
    at = whole.index(b"pi.npy") + 60
    encrypted = bytearray(whole)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        encrypted[whole.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    other = bytearray(whole)
    other[whole.index(b"PK\x01\x02") + 10] = 97
    flipped = whole[:at] + bytes(each ^ 255 for each in whole[at : at + 40]) + whole[at + 40 :]
    for broken in (flipped, bytes(encrypted), bytes(other)):
        path.write_bytes(broken)
        with pytest.raises(FileRefused, match="is no npz file of plain numbers and texts"):
            read_world(path)
    head = b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (%s,), }"
    for shape in (b"99999999999999999999", b"4"):
        path.write_bytes(whole)
        with zipfile.ZipFile(write_world(path, VA=None), "a") as packed:
            packed.writestr("VA.npy", (head % shape).ljust(127) + b"\n")
        with pytest.raises(FileRefused, match="is no npz file"):
            read_world(path)
    with zipfile.ZipFile(write_world(path, VA=None), "a") as packed:
        packed.writestr("VA", b"4")
    with pytest.raises(FileRefused, match="the array VA is missing"):
        read_world(path)


def test_file_that_unpacks_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_world(tmp_path / "mine.npz")
    monkeypatch.setattr(arrays_room, "LARGEST", 100)
    with pytest.raises(FileRefused, match=r"mine\.npz: unpacks to"):
        read_world(path)


def test_chosen_world_carries_set_horizon_and_digest(tmp_path: Path) -> None:
    path = write_world(tmp_path / "mine.npz")
    chosen = chosen_world(path, elasticities="simonovska-waugh-2014", horizon="short")
    assert chosen.world.elasticities.tolist() == pytest.approx([1.52] * 3)
    assert chosen.elasticities == "simonovska-waugh-2014, short run (0.38 of them)"
    assert chosen.world.elasticity_set == chosen.elasticities
    assert len(chosen.data_sha256) == 64
    assert chosen.attribution == ""
    assert chosen_world(path).elasticities == "of the table"
    with pytest.raises(FileRefused, match="horizon: weeks is not known"):
        chosen_world(path, horizon="weeks")
