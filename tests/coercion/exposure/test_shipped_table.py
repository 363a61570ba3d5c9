"""The table that comes with the product, its paper, and the published elasticities."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from undaunted.coercion.exposure.readers import (
    FileRefused,
    PackBroken,
    elasticity_set,
    sector_names,
    shipped_elasticities,
    shipped_horizons,
    shipped_paper,
    shipped_world,
)
from undaunted.coercion.exposure.readers import shipped as shipped_room
from undaunted.engines.trade import balance_of, no_measures, solve

if TYPE_CHECKING:
    from undaunted.engines.trade import World

PACKS = Path(shipped_room.__file__).parents[1] / "packs"
SCRIPT = Path(__file__).parents[3] / "scripts" / "build_trade_table.py"


@pytest.fixture(scope="module")
def world() -> World:
    return shipped_world()


def test_axes_are_80_countries_and_28_sectors_in_order(world: World) -> None:
    assert len(world.regions) == 80
    assert list(world.regions) == sorted(world.regions)
    assert {"CHN", "DEU", "LTU", "TWN", "USA"} <= set(world.regions)
    assert len(world.sectors) == 28
    assert [code for code in world.sectors if code[0] not in "ABC"] == ["Services (aggregate)"]
    assert set(sector_names()) == set(world.sectors)


def test_benchmark_is_an_exact_equilibrium_without_tariffs(world: World) -> None:
    off = balance_of(world)
    assert max(off.goods, off.labour, off.deficits) < 1e-12
    assert not world.tariffs.any()
    solution = solve(world, no_measures(world))
    assert solution.certificate.iterations == 1
    assert np.abs(solution.real_income).max() < 1e-12


def test_numbers_are_of_the_size_of_the_year(world: World) -> None:
    # World value added of 2022 at current prices: about 100 million million dollars.
    assert 9e7 < world.value_added.sum() < 11e7
    usa, china = (world.value_added[world.regions.index(code)] for code in ("USA", "CHN"))
    assert 2.3e7 < usa < 2.8e7
    assert 1.6e7 < china < 2.1e7


def test_paper_names_source_licence_and_what_was_imputed() -> None:
    paper = shipped_paper()
    assert "OECD" in paper.attribution
    assert paper.licence == "CC-BY-4.0"
    assert paper.year == 2022
    assert "tariffs are zero" in paper.tariffs
    assert paper.balance["output_off"] < 1e-6
    assert float(paper.comparison["trade_shares_moved"]) < 0.03
    assert (PACKS / paper.file).stat().st_size < 1_500_000


def test_altered_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for pack in ("icio2022_80x28.toml", "icio2022_80x28.npz"):
        (tmp_path / pack).write_bytes((PACKS / pack).read_bytes())
    held = bytearray((tmp_path / "icio2022_80x28.npz").read_bytes())
    held[-1] ^= 1
    (tmp_path / "icio2022_80x28.npz").write_bytes(bytes(held))
    monkeypatch.setattr(shipped_room, "PACKS", tmp_path)
    with pytest.raises(PackBroken, match="not the file"):
        shipped_world.__wrapped__()


def test_every_set_covers_the_sectors_and_names_its_source(world: World) -> None:
    sets = shipped_elasticities()
    assert len(sets) == 8
    for each in sets.values():
        assert (each.for_sectors(world.sectors) > 0).all()
        assert each.citation
        assert each.says
        assert each.read in {"data", "abstract", "unverified"}
        assert ("unverified" in each.title) == (each.read == "unverified")


def test_published_values_reach_their_sectors() -> None:
    theirs = elasticity_set("caliendo-parro-2015")
    assert theirs.for_sectors(["C19", "C28", "H49"]).tolist() == pytest.approx([64.85, 1.45, 8.22])
    net = elasticity_set("fontagne-guimbard-orefice-2022")
    gross = elasticity_set("fontagne-guimbard-orefice-2022-gross")
    assert gross.for_sectors(["C27"])[0] == pytest.approx(4.6212, abs=1e-4)
    assert net.for_sectors(["C27"])[0] == pytest.approx(3.6212, abs=1e-4)


def test_sectors_of_other_tables_take_the_mean_of_those_they_overlap() -> None:
    theirs = elasticity_set("caliendo-parro-2015-full")
    told = theirs.for_sectors(["C17T18", "C30", "C", "A01_02", "C10-C12", "B", "G", "D35"])
    assert told[[0, 1, 3, 4, 5, 6, 7]].tolist() == pytest.approx(
        [9.07, 0.37, 8.11, 2.55, 15.72, 4.55, 4.55]
    )
    assert 2 < told[2] < 20


def test_unknown_set_and_sector_are_named() -> None:
    with pytest.raises(FileRefused, match="there are data, boehm"):
        elasticity_set("guess")
    with pytest.raises(FileRefused, match="no elasticity for sector C99"):
        elasticity_set("caliendo-parro-2015").for_sectors(["C99"])


def test_horizons_say_which_of_them_is_our_assumption() -> None:
    horizons = shipped_horizons()
    assert list(horizons) == ["short", "medium", "long"]
    assert horizons["short"].part == pytest.approx(0.76 / 2)
    assert horizons["medium"].read == "assumption"


def test_script_keeps_the_comparison_of_the_same_table_and_refuses_another() -> None:
    kept = run_path(str(SCRIPT), run_name="built")["_kept"]
    numbers = {k: v for k, v in shipped_paper().comparison.items() if not isinstance(v, str)}
    assert kept((PACKS / shipped_paper().file).read_bytes()) == numbers
    with pytest.raises(SystemExit, match="name the independent table with --compare"):
        kept(b"another table")
