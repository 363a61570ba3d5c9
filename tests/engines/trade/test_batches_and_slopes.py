"""A batch gives what its scenarios give alone; slopes are what small changes do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world, tables
from undaunted.engines.trade import (
    Deficits,
    Effort,
    MeasureRefused,
    Measures,
    NotConverged,
    crossed,
    gradients,
    make_world,
    no_measures,
    prepare,
    settled,
    solve,
    solve_batch,
)

EXACT = Effort(tolerance=1e-12)
WORLD = small_world(3)
GROUND = prepare(WORLD)
C = 2


def _levies(number: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    on_exports = WORLD.tariffs[:, C] + rng.choice([0, 0.1, 0.5], (number, 4, 3))
    return on_exports, WORLD.tariffs[C] + rng.choice([0, 0.2], (number, 4, 3))


@pytest.mark.parametrize("answered", [True, False])
def test_batch_equals_its_scenarios_one_by_one(*, answered: bool) -> None:
    on_exports, on_imports = _levies(5)
    on_exports[0] = WORLD.tariffs[:, C]
    given = np.zeros((5, 4))
    given[:, 0], given[:, 1] = 1.0, -1.0
    trade = crossed(GROUND, C, on_exports=on_exports, on_imports=on_imports if answered else None)
    assert np.array_equal(trade.exports(np.ones((3, 4, 5))), trade.sales(np.ones((3, 4, 5))))
    batch = solve_batch(GROUND, trade, transfers=given, effort=EXACT)
    assert batch.found.all()
    assert (batch.residuals <= EXACT.tolerance).all()
    for number in range(5):
        measures = no_measures(WORLD)
        measures.tariffs[:, C] = on_exports[number]
        if answered:
            measures.tariffs[C] = on_imports[number]
        measures.tariffs[C, C] = WORLD.tariffs[C, C]
        alone = solve(GROUND, replace(measures, transfers=given[number]), effort=EXACT)
        assert np.allclose(batch.real_income[number], alone.real_income, atol=1e-10)


def test_short_batch_ranks_and_says_what_it_did_not_find() -> None:
    on_exports, on_imports = _levies(6)
    exact = solve_batch(
        GROUND, crossed(GROUND, C, on_exports=on_exports, on_imports=on_imports), effort=EXACT
    )
    ground = prepare(WORLD, dtype=np.float32)
    short = solve_batch(ground, crossed(ground, C, on_exports=on_exports, on_imports=on_imports))
    assert np.abs(short.real_income - exact.real_income).max() < 1e-4
    trade = crossed(GROUND, C, on_exports=on_exports)
    hurried = solve_batch(GROUND, trade, effort=Effort(1e-12, most=2))
    assert not hurried.found.any()
    assert np.isnan(hurried.real_income).all()
    on_exports[1, 0] = np.nan
    partly = solve_batch(GROUND, crossed(GROUND, C, on_exports=on_exports))
    assert partly.found.tolist() == [True, False, True, True, True, True]


@pytest.mark.parametrize("deficits", [Deficits.FIXED, Deficits.BALANCED])
def test_slopes_are_what_small_changes_do(deficits: Deficits) -> None:
    measures = no_measures(WORLD)
    measures.tariffs[0, C] += 0.3
    measures.barriers[1, C, 1] = 1.2
    found = solve(GROUND, measures, deficits=deficits, effort=EXACT)
    slopes = gradients(GROUND, found, ["C2", "C0"], effort=EXACT)
    assert slopes.countries == ("C2", "C0")
    assert slopes.residual <= EXACT.tolerance
    small = 1e-5
    for n, i, j in ((0, C, 0), (1, C, 1), (C, 3, 2), (C, C, 1), (3, 3, 0)):
        for name in ("tariffs", "barriers"):
            income = []
            for way in (small, -small):
                moved = Measures(measures.tariffs.copy(), measures.barriers.copy())
                if name == "tariffs":
                    moved.tariffs[n, i, j] += way
                else:
                    moved.barriers[n, i, j] *= np.exp(way)
                other = solve(GROUND, moved, deficits=deficits, effort=EXACT)
                income.append(np.log1p(other.real_income[[C, 0]]))
            told = (income[0] - income[1]) / (2 * small)
            assert np.allclose(getattr(slopes, name)[:, n, i, j], told, atol=1e-8)


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("deficits", [Deficits.FIXED, Deficits.SHARE])
def test_slopes_hold_beside_taxes_and_final_barriers(deficits: Deficits, *, final: bool) -> None:
    """In a world with deficits, with all kinds of measure in force at once."""
    told = tables(3)
    told["expenditure"] = np.array(told["expenditure"])
    told["expenditure"][0] *= 1.15
    world, _ = settled(make_world(**told))
    ground, rng = prepare(world), np.random.default_rng(8)
    shape = world.tariffs.shape
    measures = Measures(
        tariffs=world.tariffs + rng.uniform(0, 0.2, shape),
        barriers=rng.uniform(1, 1.2, shape),
        export_taxes=rng.uniform(0, 0.2, shape),
        final_barriers=rng.uniform(1, 1.3, shape) if final else None,
        transfers=np.array([3.0, -3, 0, 0]),
    )
    found = solve(ground, measures, deficits=deficits, effort=EXACT)
    slopes = gradients(ground, found, ["C1", "C0"], effort=EXACT)
    assert (slopes.final_barriers is not None) == final
    names = ["tariffs", "barriers", "export_taxes", "transfers"] + ["final_barriers"] * final
    small, at = 1e-5, (0, C, 0)
    for name in names:
        income = []
        for way in (small, -small):
            table = np.array(getattr(measures, name))
            place = at[:1] if name == "transfers" else at
            table[place] = table[place] * np.exp(way) if "barriers" in name else table[place] + way
            given: dict[str, Any] = {name: table}
            if name == "transfers":
                given[name][1] -= way
            moved = solve(ground, replace(measures, **given), deficits=deficits, effort=EXACT)
            income.append(np.log1p(moved.real_income[[1, 0]]))
        slope = (income[0] - income[1]) / (2 * small)
        table = getattr(slopes, name)
        told = table[:, 0] - table[:, 1] if name == "transfers" else table[(slice(None), *at)]
        assert np.allclose(told, slope, atol=1e-8), name


def test_slopes_are_refused_where_they_are_not_worked_out() -> None:
    found = solve(GROUND, no_measures(WORLD))
    with pytest.raises(MeasureRefused, match="XX is not in this world"):
        gradients(GROUND, found, ["XX"])
    with pytest.raises(NotConverged, match="no slopes after 1 iterations"):
        gradients(GROUND, found, ["C0"], effort=Effort(1e-12, most=1))
