"""`undaunted trade simulate`: a scenario file in, every country's real income out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tests.coercion.exposure.table_files import write_oecd
from tests.coercion.exposure.world_files import write_world
from tests.coercion.response.test_scenario_files import example
from undaunted.cli.trade import commands
from undaunted.coercion.exposure.readers import read_world, shipped_paper
from undaunted.engines.trade import Kind, Scenario, Shock, measures_of, solve

if TYPE_CHECKING:
    from typer.testing import Result

TABLE = Path(__file__).parents[3] / "shared" / "data" / "trade" / "icio2022_cp80x28.npz"
LEVY = """
data = "mine.npz"
[[shocks]]
importer = "C0"
exporter = "C1"
sectors = "goods"
kind = "tariff_pp"
value = 25
"""


def told(*words: str) -> Result:
    return CliRunner().invoke(commands, ["simulate", *words], env={"COLUMNS": "160"})


@pytest.fixture
def levy(tmp_path: Path) -> Path:
    write_world(tmp_path / "mine.npz")
    file = tmp_path / "levy.toml"
    file.write_text(LEVY, encoding="utf-8")
    return file


def test_json_holds_what_the_engine_says(levy: Path, tmp_path: Path) -> None:
    found = json.loads(told(str(levy), "--json", "--bilateral").output)
    world = read_world(tmp_path / "mine.npz").world
    shock = Shock("C0", "C1", "goods", Kind.TARIFF_PP, 25)
    solution = solve(world, measures_of(world, Scenario("levy", (shock,))))
    assert found["real_income_pct"] == pytest.approx(solution.real_income_pct, abs=1e-6)
    assert found["real_income_pct"]["C1"] < 0
    assert found["certificate"]["residual"] <= 1e-10
    assert found["certificate"]["closure"] == "fixed"
    assert len(found["certificate"]["data_hash"]) == 64
    assert found["wages"]["C1"] < 1
    assert found["prices"]["C0"]["A01"] > found["prices"]["C1"]["A01"]
    assert found["sector_output_pct"]["C1"]["C10"] < 0
    bought = found["bilateral_trade"]["C0"]["C1"]["C10"]
    before = world.trade_shares[0, 1, 1] / (1 + world.tariffs[0, 1, 1]) * world.expenditure[0, 1]
    assert 0 < bought < before


def test_example_runs_on_the_table_of_this_copy(tmp_path: Path) -> None:
    file = tmp_path / "coalition.toml"
    lines = [line for line in example().splitlines() if not line.startswith("data")]
    file.write_text("\n".join(lines), encoding="utf-8")
    found = json.loads(told(str(file), "--json").output)
    assert len(found["real_income_pct"]) == 80
    assert found["real_income_pct"]["CHN"] == pytest.approx(-0.258, abs=0.002)
    assert found["attribution"] == shipped_paper().attribution
    assert found["certificate"]["data_hash"] == shipped_paper().sha256
    shown = told(str(file)).output
    for words in ("CHN", "60 more", "Residual", "CC BY 4.0", "Benchmark tariffs are zero"):
        assert words in shown


def test_few_countries_or_all_are_told_without_gaps(levy: Path) -> None:
    for words in ((), ("--all",)):
        shown = told(str(levy), *words).output
        assert "more" not in shown
        assert all(code in shown for code in ("C0", "C1", "C2", "C3"))


@pytest.mark.realdata
@pytest.mark.skipif(not TABLE.is_file(), reason="the table of ../shared/data/trade is not here")
def test_example_runs_on_a_table_with_tariffs_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / TABLE.name).symlink_to(TABLE)
    file = tmp_path / "coalition.toml"
    file.write_text(example(), encoding="utf-8")
    found = json.loads(told(str(file), "--json").output)
    for code, worth in (("CHN", -0.36832), ("USA", -0.08410), ("DEU", -0.15707)):
        assert found["real_income_pct"][code] == pytest.approx(worth, abs=1e-4)
    assert found["certificate"]["residual"] <= 1e-10
    assert found["certificate"]["elasticities"] == "of the table"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"C1"', '"C9"', "levy.toml: shocks[1].exporter: C9 is no country"),
        ("25", "-250", "must lie above -1"),
        ("tariff_pp", "tarif", "levy.toml: shocks[1].kind: 'tarif'"),
        ("[[shocks]]", 'elasticities = "guess"\n[[shocks]]', "elasticities: guess is not known"),
        ("mine.npz", "none.npz", "data: none.npz is not there"),
    ],
)
def test_refusal_names_the_key_and_gives_a_status(
    levy: Path, old: str, new: str, words: str
) -> None:
    levy.write_text(levy.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    result = told(str(levy), "--json")
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_published_table_becomes_the_data_of_a_scenario(tmp_path: Path) -> None:
    table = write_oecd(tmp_path / "2022.csv")
    out = tmp_path / "mine.npz"
    words = ["convert", str(table), "--out", str(out), "--layout"]
    result = CliRunner().invoke(commands, [*words, "oecd"])
    assert result.exit_code == 0, result.output
    assert "Balance: " in result.output
    assert "mine.npz: 2 countries, 3 sectors." in result.output
    levy = tmp_path / "levy.toml"
    levy.write_text(LEVY.replace("C0", "USA").replace("C1", "AUS"), encoding="utf-8")
    found = json.loads(told(str(levy), "--json").output)
    assert found["real_income_pct"]["AUS"] < 0
    refused = CliRunner().invoke(commands, [*words, "excel"])
    assert refused.exit_code == 2
    assert "excel is not known; there are oecd, wiod, exiobase, eora26" in refused.output
    assert CliRunner().invoke(commands, [*words, "eora26"]).exit_code == 2
