"""One-sector gravity: what gegravity 0.3 gives for an agreement of Canada and Japan."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from undaunted.engines.trade import Effort, Measures, make_world, prepare, solve

DATA = Path(__file__).parents[4] / "shared" / "data" / "trade" / "gegravity"
SIGMA = 5.0

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the tables of ../shared/data/trade are not here"),
]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_agreement_of_canada_and_japan_is_what_gegravity_says() -> None:
    """Its equilibrium leaves each country's sales at their benchmark value while its price moves.

    Here that is a price level of each country's goods at which no wage moves: found by raising it
    where the wage rises. Real output is that price over the price of what is bought. Where sales
    move with the price, as in this engine, Canada gains a little more.
    """
    told = {row[""]: row for row in _rows("CAN_JPN_PTA_country_results.csv")}
    at = {code: n for n, code in enumerate(told)}
    trade, dearer = np.zeros((len(at), len(at))), np.ones((len(at), len(at)))
    for row in _rows("CAN_JPN_PTA_bilateral_results.csv"):
        trade[at[row["importer"]], at[row["exporter"]]] = float(row["baseline modeled trade"])
    for row in _rows("bilateral_costs.csv"):
        ratio = float(row["experiment trade cost"]) / float(row["baseline trade cost"])
        dearer[at[row["importer"]], at[row["exporter"]]] = ratio ** (1 / (1 - SIGMA))
    ones, spent = np.ones((len(at), 1)), trade.sum(1)
    world = make_world(
        regions=tuple(told),
        sectors=("trade",),
        trade_shares=(trade / spent[:, None])[..., None],
        tariffs=np.zeros((len(at), len(at), 1)),
        value_added_shares=ones,
        input_shares=np.zeros((len(at), 1, 1)),
        final_shares=ones,
        elasticities=[SIGMA - 1],
        value_added=trade.sum(0),
        deficits=spent - trade.sum(0),
        expenditure=spent[:, None],
    )
    ground, level = prepare(world), np.ones(len(at))
    for _ in range(25):
        barriers = (dearer * level)[..., None]
        found = solve(ground, Measures(world.tariffs, barriers), effort=Effort(1e-11))
        level = level * found.wages
    assert np.abs(found.wages - 1).max() < 1e-9
    output = 100 * (level / found.prices[:, 0] - 1)
    for code, published in (("CAN", 0.418261), ("JPN", 0.053755), ("USA", -0.007411)):
        assert round(float(output[at[code]]), 6) == published
    own = solve(ground, Measures(world.tariffs, dearer[..., None]), effort=Effort(1e-11))
    assert round(100 * float(own.real_income[at["CAN"]]), 3) == 0.432
    every = np.array([float(row["GDP change (percent)"]) for row in told.values()])
    assert np.abs(output - every).max() < 1e-7
