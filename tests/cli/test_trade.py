"""`undaunted trade simulate`: a scenario file in, every country's real income out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.coercion.exposure.table_files import write_oecd
from tests.coercion.exposure.world_files import write_world
from tests.coercion.response.test_scenario_files import example
from undaunted.cli.trade import commands
from undaunted.coercion.exposure.readers import read_world, shipped_elasticities, shipped_paper
from undaunted.engines.trade import (
    Deficits,
    Kind,
    NotConverged,
    Scenario,
    Shock,
    measures_of,
    solve,
)
from undaunted.engines.trade.solution import CLOSING

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
    assert found["money"] is None, "the scenario does not say what its own table is in"
    assert found["final_spending"]["C1"] == pytest.approx(world.income[1])
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
    assert found["money"] == {"unit": "USD million", "year": 2022}
    assert found["final_spending"]["LTU"] == pytest.approx(69937.9, abs=1)
    assert found["shocks"] == [
        {"importers": ["DEU", "JPN", "USA"], "exporters": ["CHN"], "kind": "tariff_pp",
         "value": 25.0},
    ]  # fmt: skip
    shown = told(str(file)).output
    for words in ("CHN", "60 more", "Residual", "CC BY 4.0", "Benchmark tariffs are zero"):
        assert words in shown


def test_closed_deficits_are_told_and_brackets_are_only_text(levy: Path) -> None:
    levy.write_text('name = "[/] levy"\ndeficits = "balanced"\n' + LEVY, encoding="utf-8")
    shown = " ".join(told(str(levy)).output.split())
    assert f"{CLOSING}." in shown
    assert "[/] levy" in shown
    levy.write_text(LEVY, encoding="utf-8")
    assert CLOSING not in " ".join(told(str(levy)).output.split())


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


REGIONS = ("C0", "C1", "C2", "C3")
BESIDE = """
data = "mine.npz"
tariffs = "mine.csv"
horizon = "medium"
elasticities = "head-mayer-2014"
[[shocks]]
importer = "C0"
exporter = "C1"
sectors = "C10"
kind = "quota"
value = 50
"""


@pytest.fixture(scope="module")
def quota(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quota")
    write_world(folder / "mine.npz", tau=None)
    (folder / "mine.csv").write_text("importer,exporter,sector,rate\nC2,all,all,5\n", "utf-8")
    (folder / "quota.toml").write_text(BESIDE, "utf-8")
    return folder / "quota.toml"


@pytest.fixture(scope="module")
def beside(quota: Path) -> dict[str, Any]:
    """Give one answer with all that stands beside it."""
    words = ("--band", "--draws", "12", "--seed", "7", "--closures", "--json")
    found: dict[str, Any] = json.loads(told(str(quota), *words).output)
    return found


def test_band_holds_every_set_and_horizon_with_the_scenario_s_own_among_them(
    beside: dict[str, Any],
) -> None:
    band = beside["band"]
    assert len(band["sets"]) == 3 * (len(shipped_elasticities()) + 1), "and those of the table"
    own = [each for each in band["sets"] if each["elasticities"].startswith("head-mayer")]
    assert [each["horizon"] for each in own] == ["short", "medium", "long"]
    assert own[1]["real_income_pct"] == pytest.approx(beside["real_income_pct"], abs=1e-6)
    assert own[1]["elasticities"] == beside["certificate"]["elasticities"]
    for horizon, span in band["real_income_pct"].items():
        told_of_c1 = [
            each["real_income_pct"]["C1"] for each in band["sets"] if each["horizon"] == horizon
        ]
        assert span["C1"] == {"least": min(told_of_c1), "greatest": max(told_of_c1)}
        assert span["C1"]["least"] < span["C1"]["greatest"]
    assert (band["missed"], band["notes"]) == ({}, [])


def test_draws_are_the_seed_s_and_their_quantiles_rise(beside: dict[str, Any], quota: Path) -> None:
    draws = beside["draws"]
    assert (draws["draws"], draws["found"], draws["seed"]) == (12, 12, 7)
    assert draws["around"] == beside["certificate"]["elasticities"]
    for row in draws["real_income_pct"].values():
        assert list(row) == ["p5", "p25", "p50", "p75", "p95"]
        assert list(row.values()) == sorted(row.values())
    again, other = (
        json.loads(told(str(quota), "--draws", "12", "--seed", seed, "--json").output)["draws"]
        for seed in ("7", "8")
    )
    assert again == draws
    assert other["real_income_pct"] != draws["real_income_pct"]
    assert draws["deviation_in_common"] > 0


def test_closures_stand_side_by_side_less_what_they_do_themselves(beside: dict[str, Any]) -> None:
    held = beside["closures"]
    assert list(held["closures"]) == ["fixed", "balanced", "share"]
    fixed, balanced = held["closures"]["fixed"], held["closures"]["balanced"]
    assert fixed["real_income_pct"] == pytest.approx(beside["real_income_pct"], abs=1e-9)
    assert fixed["closure_alone_pct"]["C1"] == pytest.approx(0, abs=1e-6)
    assert abs(balanced["closure_alone_pct"]["C1"]) > 0.01
    assert abs(balanced["real_income_pct"]["C1"] - fixed["real_income_pct"]["C1"]) < 0.2
    assert sum(held["part_of_world_pct"].values()) == pytest.approx(100)
    assert held["missed"] == {}


def test_measure_of_nothing_is_nothing_in_every_closure_and_says_against_what(quota: Path) -> None:
    still = quota.with_name("still.toml")
    for kind, value in (("tariff_pp", "0"), ("quota", "100"), ("divestment", "1e-6")):
        text = BESIDE.replace('"quota"', f'"{kind}"').replace("value = 50", f"value = {value}")
        still.write_text('deficits = "balanced"\n' + text, "utf-8")
        held = json.loads(told(str(still), "--closures", "--json").output)
        assert held["against"].endswith("with its deficits closed, without measures")
        for closure in held["closures"]["closures"].values():
            assert closure["real_income_pct"] == pytest.approx(dict.fromkeys(REGIONS, 0), abs=1e-6)
        assert held["sector_output_pct"]["C1"]["C10"] == pytest.approx(0, abs=1e-5)


def test_permit_of_a_quota_has_its_price_and_unit(beside: dict[str, Any]) -> None:
    assert list(beside["permit_prices"]) == ["C0"]
    assert beside["permit_prices"]["C0"]["C1"]["C10"] > 1
    assert "per cent of the price" in beside["units"]["permit_prices"]
    assert "bilateral_trade" not in beside["units"]


def test_what_stands_beside_is_shown_as_tables(quota: Path) -> None:
    shown = told(str(quota), "--band", "--draws", "2", "--closures").output
    for words in (
        "short run, least to greatest", "set by set", "2 of 2 draws found, seed 1", "p95",
        "real income, by closure", "deficit / value added", "Limits bind in 1 flows",
        "No published set of this copy gives standard errors",
    ):  # fmt: skip
        assert words in shown, words


def test_set_without_the_table_s_sectors_and_closure_without_an_answer_are_told(
    quota: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_world(quota.parent / "odd.npz", sectors=np.array(["A01", "C10", "shops"]), tau=None)
    odd = quota.with_name("odd.toml")
    odd.write_text(BESIDE.replace("mine.npz", "odd.npz"), "utf-8")
    found = json.loads(told(str(odd), "--band", "--json").output)["band"]
    assert any("sector shops has no code of ISIC" in each for each in found["notes"])
    assert len(found["sets"]) < 3 * (len(shipped_elasticities()) + 1)

    def failing(*args: Any, **kwargs: Any) -> Any:
        if getattr(args[1], "deficits", None) is Deficits.BALANCED:
            raise NotConverged("not this one")
        return solve(*args, **kwargs)

    monkeypatch.setattr("undaunted.engines.trade.solve", failing)
    held = json.loads(told(str(quota), "--closures", "--json").output)["closures"]
    assert held["missed"] == {"balanced": "not this one"}
    assert list(held["closures"]) == ["fixed", "share"]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--bilateral",), "--bilateral goes with --json"),
        (("--all", "--json"), "--all goes without --json"),
        (("--seed", "3"), "--seed goes with --draws"),
    ],
)
def test_option_that_would_do_nothing_is_refused(
    quota: Path, words: tuple[str, ...], refusal: str
) -> None:
    result = told(str(quota), *words)
    assert result.exit_code == 2
    assert refusal in result.output


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
