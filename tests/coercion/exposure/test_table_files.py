"""Input-output tables in published layouts become worlds in balance, or are refused by name."""

from __future__ import annotations

import builtins
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.coercion.exposure.table_files import (
    flows_of,
    write_eora,
    write_exiobase,
    write_oecd,
    write_wiod,
)
from undaunted.coercion.exposure.readers import FileRefused, Layout, read_table
from undaunted.coercion.exposure.readers.mending import mended
from undaunted.engines.trade import balance_of, no_measures, solve

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.trade import World

ALL_ALIKE = "simonovska-waugh-2014"


def spending(n: int, j: int) -> Any:
    inputs, final = flows_of(n, j)
    flows = inputs.reshape(n, j, n, j).sum(3) + final.reshape(n, j, n)
    return flows.sum(0).T


def holds(world: World, n: int, j: int) -> None:
    """Check that the world is that of the flows which were written."""
    assert np.allclose(world.expenditure, spending(n, j))
    assert max(balance_of(world).goods, balance_of(world).labour) < 1e-12
    assert solve(world, no_measures(world)).certificate.iterations == 1


def test_oecd_is_read_as_published(tmp_path: Path) -> None:
    loaded = read_table(write_oecd(tmp_path / "2022_SML.csv"), Layout.OECD)
    assert loaded.world.regions == ("AUS", "USA")
    assert loaded.world.sectors == ("A01", "C26", "D")
    holds(loaded.world, 2, 3)
    assert loaded.said[0].startswith("Balance: ")
    assert "tariffs are zero" in loaded.said[-1]


def test_oecd_tells_or_refuses_what_no_country_bought_and_what_is_empty(tmp_path: Path) -> None:
    path = write_oecd(tmp_path / "2022_SML.csv")
    lines = path.read_text("utf-8").splitlines()

    def changed(name: str, head: str, cell: str) -> Path:
        told = [lines[0] + head, *(f"{line},{cell}" for line in lines[1:])]
        (tmp_path / name).write_text("\n".join(told), "utf-8")
        return tmp_path / name

    said = read_table(changed("a_2022_SML.csv", ",ZZZ_HFCE", "1"), Layout.OECD).said
    assert said[0].startswith("Final demand of ZZZ, 6 or ")
    with pytest.raises(FileRefused, match=r"column ZZZ: final demand of ZZZ is .* no country"):
        read_table(changed("b_2022_SML.csv", ",ZZZ_HFCE", "1000"), Layout.OECD)
    with pytest.raises(FileRefused, match=r"row 2, column .*: an empty cell"):
        read_table(changed("c_2022_SML.csv", ",AUS_NPISH", ""), Layout.OECD)
    blank = changed("2022_SML.csv", ",ZZZ_HFCE", "")
    (tmp_path / "apart").mkdir()
    for name in ("2022_SML.zip", "apart/2022_SML.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.write(blank, blank.name)
    for place in (tmp_path / "2022_SML.zip", tmp_path / "apart"):
        with pytest.raises(FileRefused, match=r"SML.zip, 2022_SML.csv, row 2, .* an empty cell"):
            read_table(place, Layout.OECD, year=2022)


def test_wiod_is_read_and_its_sectors_named_by_isic_4(tmp_path: Path) -> None:
    loaded = read_table(write_wiod(tmp_path / "wiot11_row_apr12.xlsx"), Layout.WIOD)
    assert loaded.world.sectors[:3] == ("A01T03", "B", "C10T12")
    assert len(loaded.world.sectors) == 35
    holds(loaded.world, 2, 35)


def test_exiobase_is_read_with_one_elasticity_for_all(tmp_path: Path) -> None:
    folder = write_exiobase(tmp_path / "IOT_2019_ixi")
    loaded = read_table(folder, Layout.EXIOBASE, elasticities=ALL_ALIKE)
    assert loaded.world.regions == ("AUS", "USA")
    holds(loaded.world, 2, 2)
    with pytest.raises(FileRefused, match="Cultivation of wheat has no code of ISIC"):
        read_table(folder, Layout.EXIOBASE)


def test_eora_is_read_by_year_and_its_sectors_named(tmp_path: Path) -> None:
    loaded = read_table(write_eora(tmp_path / "eora"), Layout.EORA26, year=2015)
    assert loaded.world.sectors == ("A01T02", "C29T30")
    holds(loaded.world, 2, 2)


def test_stocks_below_zero_are_taken_as_none_and_told(tmp_path: Path) -> None:
    bought = flows_of(2, 3)[1][0, 0]
    loaded = read_table(write_oecd(tmp_path / "2022.csv", stocks=-bought - 20), Layout.OECD)
    assert "flows of final demand below zero" in loaded.said[0]
    with pytest.raises(FileRefused, match=r"AUS A01 to AUS.*put changes of stocks aside"):
        read_table(write_oecd(tmp_path / "2022.csv", stocks=-2000), Layout.OECD)


def test_idle_and_overfed_sectors_are_mended_and_told() -> None:
    inputs, final = flows_of(2, 2)
    flows, final = inputs.reshape(2, 2, 2, 2), final.reshape(2, 2, 2)
    flows[1, 1], final[1, 1] = 0, 0
    flows[:, :, 0, 1] *= 1000
    table = mended("t.csv", ["AUS", "USA"], ["A01", "D"], flows, final)
    assert "1 sectors of countries make nothing" in table.said[0]
    assert "use more inputs than 98% of their output" in table.said[1]
    assert table.input_shares.sum(1).max() <= 0.98 + 1e-12


@pytest.mark.parametrize(("worth", "words"), [(np.nan, "not a number"), (-5000.0, "inputs below")])
def test_flow_that_is_none_is_named(worth: float, words: str) -> None:
    inputs, final = flows_of(2, 2)
    flows = inputs.reshape(2, 2, 2, 2)
    flows[0, 1, 1, 0] = worth
    with pytest.raises(FileRefused, match=words) as refused:
        mended("t.csv", ["AUS", "USA"], ["A01", "D"], flows, final.reshape(2, 2, 2))
    assert "column AUS D to USA A01" in str(refused.value)


def test_other_layouts_and_missing_files_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "x.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    for layout in (Layout.OECD, Layout.WIOD):
        with pytest.raises(FileRefused, match=rf"x\.csv: is no table in the layout of {layout}"):
            read_table(other, layout)
    with pytest.raises(FileRefused, match="No such file"):
        read_table(tmp_path / "none.csv", Layout.OECD)


def test_missing_reader_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = builtins.__import__

    def refusing(name: str, *more: Any) -> Any:
        if name == "pymrio":
            raise ImportError(name)
        return plain(name, *more)

    path = write_oecd(tmp_path / "2022.csv")
    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(FileRefused, match=r"pip install -r requirements/tables\.txt"):
        read_table(path, Layout.OECD)
