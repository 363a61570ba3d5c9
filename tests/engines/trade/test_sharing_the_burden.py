"""Transfers bring each to what the key says; contributions are Shapley's; bounds hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    MeasureRefused,
    Measures,
    NotConverged,
    compensate,
    contributions,
    greedy_order,
    no_measures,
    prepare,
    transfers,
)
from undaunted.engines.trade.bounds import gap_of
from undaunted.engines.trade.pareto import envelope, front_of, thinned
from undaunted.engines.trade.tangents import Tangent
from undaunted.engines.trade.transfers import money_of

WORLD = small_world(2, countries=6)
GROUND = prepare(WORLD)
POOL = np.array([1, 2, 4, 5])


def _walled() -> Measures:
    measures = no_measures(WORLD)
    measures.tariffs[1:3, 0] += 1.0
    measures.barriers[4, 0] = 1.5
    return measures


def test_equal_loss_equalises_losses_and_transfers_sum_to_zero() -> None:
    found = compensate(GROUND, _walled(), pool=POOL)
    losses = found.solution.real_income[POOL]
    assert losses.max() - losses.min() < 1e-8
    assert abs(found.transfers.sum()) < 1e-9
    assert found.transfers[[0, 3]].tolist() == [0, 0]
    assert np.abs(found.transfers[POOL]).min() > 0
    assert found.solution.certificate.residual <= 1e-11
    assert found.off <= 1e-9
    assert found.rounds < 20


def test_parts_and_what_is_borne_in_any_case_are_kept() -> None:
    parts, borne = np.array([4.0, 3.0, 2.0, 0.0]), np.array([-1.0, 0.0, 0.5, 0.0])
    given = replace(_walled(), transfers=np.array([5.0, -5.0, 0, 0, 0, 0]))
    before = np.linspace(0, 0.01, 6)
    found = compensate(GROUND, given, pool=POOL, parts=parts, borne=borne, before=before)
    money = money_of(GROUND, found.solution.real_income, before)[POOL]
    rest = money.sum() - borne.sum()
    assert np.allclose(money, borne + rest * parts / parts.sum(), atol=1e-6)


def test_pools_and_parts_that_mean_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for pool in (np.array([1]), np.array([1, 1])):
        with pytest.raises(MeasureRefused, match="pool: transfers take at least two"):
            compensate(GROUND, _walled(), pool=pool)
    for parts in (np.ones(3), np.array([1, 1, 1, -1.0])):
        with pytest.raises(MeasureRefused, match="parts: one number from 0 upward"):
            compensate(GROUND, _walled(), pool=POOL, parts=parts)
    with pytest.raises(MeasureRefused, match="none of C1, C2, C4, C5 bears"):
        compensate(GROUND, _walled(), pool=POOL, parts=np.zeros(4))
    monkeypatch.setattr(transfers, "ROUNDS", 1)
    with pytest.raises(NotConverged, match="no transfers after 1 rounds: the key is missed by"):
        compensate(GROUND, _walled(), pool=POOL)


def _glove(sets: np.ndarray) -> np.ndarray:
    """Three players; the first holds a left glove, the others right ones (Shapley and Shubik)."""
    return (sets[:, 0] & sets[:, 1:].any(1)).astype(float)


def test_shapley_of_the_glove_game_is_the_published_one() -> None:
    told = contributions(_glove, 3, rng=np.random.default_rng(1))
    assert np.allclose(told.mean, [2 / 3, 1 / 6, 1 / 6])
    assert told.orders == 0
    assert not told.error.any()


@pytest.mark.parametrize("pairs", [1, 40])
def test_drawn_shapley_sums_to_the_whole_and_nears_the_exact(pairs: int) -> None:
    worth = np.arange(1, 9.0)

    def value(sets: np.ndarray) -> np.ndarray:
        told: np.ndarray = np.sqrt(sets @ worth)
        return told

    told = contributions(value, 8, rng=np.random.default_rng(3), pairs=pairs)
    assert told.orders == 2 * pairs
    assert told.mean.sum() == pytest.approx(np.sqrt(36))
    assert np.isinf(told.error).all() == (pairs == 1)
    if pairs > 1:
        again = contributions(value, 8, rng=np.random.default_rng(4), pairs=2000)
        assert (np.abs(told.mean - again.mean) < 4 * (told.error + again.error)).all()


def test_greedy_order_takes_the_best_next() -> None:
    worth = np.array([1.0, 5.0, 3.0])
    assert greedy_order(lambda sets: sets @ worth, 3) == [1, 2, 0]


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 40))
def test_front_is_what_nothing_dominates(seed: int, number: int) -> None:
    rng = np.random.default_rng(seed)
    harm, cost = rng.integers(0, 9, (2, number)).astype(float)
    harm[rng.random(number) < 0.1] = np.nan
    front = front_of(harm, cost)
    known = np.isfinite(harm)
    for at in np.flatnonzero(known):
        beaten = known & (harm >= harm[at]) & (cost <= cost[at])
        beaten &= (harm > harm[at]) | (cost < cost[at])
        same = (harm[front] == harm[at]) & (cost[front] == cost[at])
        assert same.any() != beaten.any()
    assert (np.diff(cost[front]) > 0).all()
    assert (np.diff(harm[front]) > 0).all()


def test_thinned_front_keeps_its_ends_and_what_lies_outermost() -> None:
    cost = np.linspace(0, 1, 101)
    harm = np.sqrt(cost)
    harm[1:-1:2] -= 0.004
    kept = thinned(harm, cost, most=10)
    assert len(kept) <= 10
    assert kept[0] == 0
    assert (kept % 2 == 0).all()
    assert len(thinned(harm, cost, most=None)) == len(front_of(harm, cost))
    assert envelope(harm, cost, np.array([0.5]))[0] == pytest.approx(np.sqrt(0.5), abs=1e-3)


def test_bound_holds_for_what_is_concave_and_is_widened_where_it_is_not() -> None:
    """Harm is 1 - (1 - q)^2 summed, and costs q^2: the best for a weight is known."""
    at = np.linspace(0, 0.95, 20)[:, None, None]
    tangents = [
        Tangent(q, float((1 - (1 - q) ** 2).sum()), float((q**2).sum()), 2 * (1 - q), 2 * q)
        for q in (each.repeat(2, 0).repeat(3, 1) for each in at)
    ]
    points = np.random.default_rng(1).uniform(0, 0.95, (50, 2, 3))
    harm, cost = (1 - (1 - points) ** 2).sum((1, 2)), (points**2).sum((1, 2))
    weights = np.array([0.5, 1.0, 4.0])
    told = gap_of(
        tangents, np.full((2, 3), 0.95), closed=points, harm=harm, cost=cost,
        front=(harm[:1], cost[:1]), weights=weights,
    )  # fmt: skip
    best = 6 * (1 / (1 + weights))
    assert (told.most >= best - 1e-9).all()
    assert np.allclose(told.most, best, rtol=0.02)
    assert told.above.max() < 1e-9
    assert told.compared == 1000
    higher = gap_of(
        tangents, np.full((2, 3), 0.95), closed=points, harm=harm + 0.5, cost=cost,
        front=(harm[:1], cost[:1]), weights=weights,
    )  # fmt: skip
    assert (higher.above > 0.1).all()
    assert (higher.most > told.most).all()
    assert higher.greatest > told.greatest
