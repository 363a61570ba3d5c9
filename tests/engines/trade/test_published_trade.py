"""Caliendo and Parro (2015): the effects of NAFTA, and an independent solver's equilibrium."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from undaunted.engines.trade import (
    Deficits,
    Effort,
    Measures,
    closed,
    decomposition,
    make_world,
    prepare,
    solve,
)

DATA = Path(__file__).parents[4] / "shared" / "data" / "trade" / "caliendo_parro_2015"
TABLE_2 = (
    ("Mexico", 1.31, -0.41, 1.72, 1.72),
    ("Canada", -0.06, -0.11, 0.04, 0.32),
    ("USA", 0.08, 0.04, 0.04, 0.11),
)
"""Per cent: welfare, of it terms and volume of trade; real wages."""

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the tables of ../shared/data/trade are not here"),
]


def test_nafta_is_what_the_paper_and_another_solver_say() -> None:
    told = np.load(DATA / "cp2015_data.npz")
    other = np.load(DATA / "reference_solution_cp2015jax.npz")
    world = make_world(
        regions=told["regions"],
        sectors=told["sectors"],
        trade_shares=told["pi_nij"],
        tariffs=told["tau_nij"],
        value_added_shares=told["gamma_nj"],
        input_shares=told["gamma_nkj"],
        final_shares=told["alpha_nj"],
        elasticities=told["theta_j"],
        value_added=told["wL_n"],
        deficits=told["D_n"],
        expenditure=told["X_nj"],
    )
    ground = prepare(world)
    same = np.ones_like(world.tariffs)
    before, after = (
        solve(
            ground,
            Measures(told[f"tau_nij_{name}"], same),
            deficits=Deficits.BALANCED,
            effort=Effort(1e-10),
        )
        for name in ("bln", "cfl")
    )
    for found, name in ((before, "bln"), (after, "cfl")):
        ratio = closed(ground).solution.wages * found.wages / other[f"{name}_w_n_hat"]
        assert np.abs(ratio / ratio.mean() - 1).max() < 1e-7
    regions = list(world.regions)
    parts = decomposition(after, before)
    for country, welfare, terms, volume, real_wage in TABLE_2:
        n = regions.index(country)
        paid = after.wages[n] / after.consumer_prices[n]
        paid /= before.wages[n] / before.consumer_prices[n]
        assert round(100 * (paid - 1), 2) == real_wage
        assert round(100 * parts.total[n], 2) == welfare
        assert round(100 * parts.terms[n], 2) == terms
        assert round(100 * parts.volume[n], 2) == volume
        assert abs(parts.barriers[n]) + abs(parts.received[n]) < 1e-12
