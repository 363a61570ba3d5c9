"""Bilateral trade adds up to what producers receive; small changes are the sum of their parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    Effort,
    Measures,
    bilateral_trade,
    decomposition,
    no_measures,
    prepare,
    solve,
    trade_quantities,
)

EXACT = Effort(tolerance=1e-12)
WORLD = small_world(3)
GROUND = prepare(WORLD)
SMALL = 1e-4


def _little_of_everything(measures: Measures, size: float) -> Measures:
    taxes, wall = (np.zeros_like(WORLD.tariffs) for _ in range(2))
    taxes[3, 1], wall[1, 2] = size, size
    tariffs, barriers = measures.tariffs.copy(), measures.barriers.copy()
    tariffs[0, 1] += size
    barriers[2, 1] *= 1 + size
    before = 0.0 if measures.export_taxes is None else measures.export_taxes
    return Measures(
        tariffs, barriers, before + taxes, 1 + wall, np.array([100 * size, -100 * size, 0, 0])
    )


def test_trade_adds_up_to_what_producers_receive() -> None:
    measures = _little_of_everything(no_measures(WORLD), 0.2)
    found = solve(GROUND, measures, effort=EXACT)
    trade = bilateral_trade(found)
    assert measures.export_taxes is not None
    assert np.allclose((trade / (1 + measures.export_taxes)).sum(0), found.output)
    assert np.allclose((trade * (1 + measures.tariffs)).sum(1), found.expenditure)
    simple = solve(GROUND, Measures(measures.tariffs, measures.barriers), effort=EXACT)
    assert np.allclose(bilateral_trade(simple).sum(0), simple.output)


def test_quantities_are_values_without_prices() -> None:
    shut = no_measures(WORLD)
    shut.barriers[0, 1, 2] = np.inf
    found = solve(GROUND, shut, effort=EXACT)
    quantities = trade_quantities(found)
    assert quantities[0, 1, 2] == 0
    before = WORLD.trade_shares * WORLD.expenditure[:, None] / (1 + WORLD.tariffs)
    assert np.allclose((quantities * before).sum(0), found.output / found.costs)
    same = solve(GROUND, no_measures(WORLD), effort=EXACT)
    assert np.allclose(trade_quantities(same), 1)
    taxed = replace(no_measures(WORLD), export_taxes=np.full_like(WORLD.tariffs, 0.1))
    found = solve(GROUND, taxed, effort=EXACT)
    assert np.allclose((trade_quantities(found) * before).sum(0), found.output / found.costs)


@pytest.mark.parametrize("taxed", [False, True])
def test_small_changes_are_the_sum_of_their_parts(*, taxed: bool) -> None:
    base = no_measures(WORLD)
    if taxed:
        base = replace(base, export_taxes=np.full_like(WORLD.tariffs, 0.08))
    before = solve(GROUND, base, effort=EXACT) if taxed else None
    after = solve(GROUND, _little_of_everything(base, SMALL), effort=EXACT)
    parts = decomposition(after, before)
    moved = (1 + after.real_income) / (1 + (before.real_income if before else 0.0)) - 1
    assert np.abs(moved).max() > SMALL / 10
    assert np.abs(parts.total - moved).max() < 10 * SMALL**2
    assert (parts.barriers[[1, 2]] < 0).all()
    assert np.allclose(
        parts.received * (before.income if before else WORLD.income), [0.01, -0.01, 0, 0]
    )


def test_closed_flow_is_lost_whole() -> None:
    shut = no_measures(WORLD)
    shut.barriers[0, 1, 2] = np.inf
    parts = decomposition(solve(GROUND, shut, effort=EXACT))
    paid = WORLD.trade_shares[0, 1, 2] * WORLD.expenditure[0, 2]
    assert np.allclose(parts.barriers, [-paid / WORLD.income[0], 0, 0, 0])
