"""What must hold in every equilibrium, whatever the world."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.trade.worlds import SECTORS, lopsided_world, small_world
from undaunted.engines.trade import (
    Deficits,
    Effort,
    MeasureRefused,
    Measures,
    NotConverged,
    SupplyCutOff,
    closed,
    gradients,
    make_world,
    no_measures,
    prepare,
    settled,
    solve,
)
from undaunted.engines.trade.closing import FINE
from undaunted.engines.trade.solution import CLOSING

if TYPE_CHECKING:
    from undaunted.engines.trade import Ground
    from undaunted.engines.trade.world import World

EXACT = Effort(tolerance=1e-11)
WORLD = small_world()
GROUND = prepare(WORLD)
LOPSIDED = lopsided_world(4)
OWING = prepare(LOPSIDED)


def _drawn(world: World, seed: int) -> Measures:
    rng = np.random.default_rng(seed)
    measures = no_measures(world)
    off = ~np.eye(len(world.regions), dtype=bool)
    tariffs = np.where(off[:, :, None], rng.uniform(0, 0.6, world.tariffs.shape), world.tariffs)
    barriers = np.where(off[:, :, None], rng.uniform(1, 1.4, world.tariffs.shape), 1.0)
    return replace(measures, tariffs=tariffs, barriers=barriers)


@pytest.mark.parametrize("ground", [GROUND, OWING], ids=["even", "owing"])
@pytest.mark.parametrize("deficits", list(Deficits))
def test_where_nothing_changes_nothing_moves(deficits: Deficits, ground: Ground) -> None:
    """Asked as finely as the closed world is known on any processor, or finer."""
    fine = Effort(10 * FINE.tolerance if deficits is Deficits.BALANCED else 1e-12)
    found = solve(ground, no_measures(ground.world), deficits=deficits, effort=fine)
    assert found.certificate.iterations == 1
    for moved in (found.real_income, found.wages - 1, found.prices - 1):
        assert np.abs(moved).max() < 1e-14
    assert np.allclose(found.output, found.world.sales, rtol=1e-12)
    assert found.certificate.data == ground.world.digest
    assert found.certificate.deficits == deficits.value
    assert (CLOSING in found.certificate.assumptions) == (deficits is Deficits.BALANCED)


def test_closing_deficits_is_an_equilibrium_of_its_own_and_in_no_change() -> None:
    """Both at once lead to where the one leads after the other."""
    alone = closed(OWING).solution
    assert closed(OWING) is closed(OWING)
    assert np.abs(LOPSIDED.deficits / LOPSIDED.value_added).max() > 0.05
    assert np.abs(alone.real_income).max() > 0.01
    assert CLOSING not in alone.certificate.assumptions
    assert not alone.deficits.any()
    measures = _drawn(LOPSIDED, 2)
    found = solve(OWING, measures, deficits=Deficits.BALANCED, effort=EXACT)
    apart = replace(LOPSIDED, deficits=np.zeros(4))
    both = solve(replace(OWING, world=apart), measures, effort=EXACT)
    assert np.allclose(alone.wages * found.wages, both.wages, rtol=1e-9)
    assert np.allclose(alone.prices * found.prices, both.prices, rtol=1e-9)
    assert np.allclose(found.output, both.output, rtol=1e-9)
    assert np.allclose(found.income, both.income, rtol=1e-9)
    assert np.allclose(
        (1 + found.real_income) * (1 + alone.real_income),
        both.income / LOPSIDED.income / both.consumer_prices,
        rtol=1e-9,
    )
    again = closed(closed(OWING).ground)
    assert np.allclose(again.solution.wages, 1, atol=1e-12)


def test_slopes_without_deficits_are_those_of_the_world_without_them() -> None:
    ends = []
    for way in (1e-5, -1e-5):
        moved = _drawn(LOPSIDED, 2)
        moved.tariffs[0, 1, 2] += way
        ends.append(solve(OWING, moved, deficits=Deficits.BALANCED, effort=EXACT))
    found = solve(OWING, _drawn(LOPSIDED, 2), deficits=Deficits.BALANCED, effort=EXACT)
    told = gradients(OWING, found, ["C1"], effort=Effort(1e-10)).tariffs[0, 0, 1, 2]
    small = (np.log1p(ends[0].real_income[1]) - np.log1p(ends[1].real_income[1])) / 2e-5
    assert told == pytest.approx(small, rel=1e-5)


def test_world_that_rounding_keeps_from_the_finest_is_closed_as_finely_as_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("undaunted.engines.trade.closing.FINEST", Effort(1e-30, most=60))
    found = closed(replace(OWING)).solution
    assert found.certificate.residual <= 1e-11
    assert np.allclose(found.wages, closed(OWING).solution.wages, rtol=1e-9)


def test_guides_lead_a_small_change_to_its_end_at_once() -> None:
    measures = no_measures(WORLD)
    measures.tariffs[0, 1:] += 1e-3
    found = solve(GROUND, measures, effort=EXACT)
    assert found.certificate.iterations <= 10
    unled = replace(
        GROUND,
        prices_follow=0 * GROUND.prices_follow,
        spending_follows=0 * GROUND.spending_follows,
    )
    other = solve(unled, measures, effort=EXACT)
    assert other.certificate.iterations > found.certificate.iterations
    assert np.allclose(other.real_income, found.real_income, atol=1e-10), "they only lead"


@pytest.mark.parametrize("levy", [3.0, 30.0])
def test_walls_around_everybody_are_followed_without_overflow(levy: float) -> None:
    off = ~np.eye(4, dtype=bool)[:, :, None]
    walled = replace(no_measures(WORLD), tariffs=WORLD.tariffs + levy * off)
    assert (solve(GROUND, walled, effort=EXACT).real_income < 0).all()


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), deficits=st.sampled_from(Deficits))
def test_markets_clear_and_sums_agree(seed: int, deficits: Deficits) -> None:
    world = small_world(seed % 17)
    measures = _drawn(world, seed)
    found = solve(world, measures, deficits=deficits, effort=EXACT)
    k = world.trade_shares * (
        (1 + measures.tariffs) / (1 + world.tariffs) * measures.barriers * found.costs[None]
        / found.prices[:, None]
    ) ** -world.elasticities  # fmt: skip
    assert np.abs(k.sum(1) - 1).max() < 1e-9, "shares sum to one"
    sales = np.einsum("nij,nj->ij", k / (1 + measures.tariffs), found.expenditure)
    assert np.allclose(sales, found.output, rtol=1e-9)
    paid = (world.value_added_shares * sales).sum(1)
    assert np.allclose(paid, found.wages * world.value_added, rtol=1e-9)
    assert found.certificate.market_clearing < 1e-9
    assert np.isclose((found.wages * world.value_added).sum(), world.value_added.sum())
    assert abs(found.deficits.sum()) < 1e-6
    assert np.allclose(found.income, paid + found.revenue + found.deficits, rtol=1e-9)


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_order_of_countries_does_not_matter(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(4)
    turned = np.ix_(order, order, np.arange(3))
    measures = _drawn(WORLD, seed)
    other, _ = settled(
        make_world(
            regions=[WORLD.regions[each] for each in order],
            sectors=SECTORS,
            trade_shares=WORLD.trade_shares[turned],
            tariffs=WORLD.tariffs[turned],
            value_added_shares=WORLD.value_added_shares[order],
            input_shares=WORLD.input_shares[order],
            final_shares=WORLD.final_shares[order],
            elasticities=WORLD.elasticities,
            value_added=WORLD.value_added[order],
            deficits=WORLD.deficits[order],
            expenditure=WORLD.expenditure[order],
        )
    )
    one = solve(GROUND, measures, effort=EXACT).real_income
    moved = Measures(measures.tariffs[turned], measures.barriers[turned])
    assert np.allclose(solve(other, moved, effort=EXACT).real_income, one[order], atol=1e-9)


def test_unit_of_account_does_not_matter() -> None:
    scaled = replace(
        WORLD,
        value_added=WORLD.value_added * 7,
        deficits=WORLD.deficits * 7,
        expenditure=WORLD.expenditure * 7,
    )
    measures = _drawn(WORLD, 3)
    one, other = (solve(each, measures, effort=EXACT) for each in (WORLD, scaled))
    assert np.allclose(one.real_income, other.real_income, atol=1e-10)


def test_autarky_costs_what_the_closed_form_says() -> None:
    """Arkolakis, Costinot, Rodriguez-Clare (2012); with inputs, the latter two (2014)."""
    world = small_world(5, tariff=0.0)
    n = np.arange(4)
    closed = np.full_like(world.tariffs, np.inf)
    closed[n, n] = 1.0
    found = solve(
        world,
        replace(no_measures(world), barriers=closed),
        deficits=Deficits.BALANCED,
        effort=EXACT,
    )
    dearer = -np.log(world.trade_shares[n, n]) / world.elasticities
    for country in n:
        loops = np.eye(3) - world.input_shares[country].T
        prices = np.linalg.solve(loops, dearer[country])
        told = np.exp(-world.final_shares[country] @ prices) - 1
        assert np.isclose(found.real_wages[country], told, atol=1e-9)
    assert (found.real_wages < 0).all()


def test_barrier_on_final_use_alone_spares_inputs() -> None:
    measures = no_measures(WORLD)
    wall = np.ones_like(WORLD.tariffs)
    same = solve(GROUND, replace(measures, final_barriers=wall), effort=EXACT)
    assert np.abs(same.real_income).max() < 1e-11
    wall[0, 1] = 1.5
    final = solve(GROUND, replace(measures, final_barriers=wall), effort=EXACT)
    both = solve(GROUND, replace(measures, barriers=wall), effort=EXACT)
    assert both.real_income[1] < final.real_income[1] < 0
    assert not np.allclose(final.prices, final.final_prices)


def test_export_tax_pays_the_exporter() -> None:
    taxes = np.zeros_like(WORLD.tariffs)
    taxes[0, 1] = 0.05
    found = solve(GROUND, replace(no_measures(WORLD), export_taxes=taxes), effort=EXACT)
    assert found.revenue[1] > WORLD.tariff_revenue[1]
    assert found.real_income[0] < 0
    assert np.isclose(
        found.income.sum(), (found.wages * WORLD.value_added).sum() + found.revenue.sum()
    )


def test_transfer_is_given_and_received() -> None:
    given = np.array([10.0, -10.0, 0, 0])
    found = solve(GROUND, replace(no_measures(WORLD), transfers=given), effort=EXACT)
    assert found.real_income[0] > 0 > found.real_income[1]
    assert np.allclose(found.deficits, WORLD.deficits + given)
    assert set(found.real_income_pct) == set(WORLD.regions)


def test_short_precision_gives_the_same_ranking() -> None:
    measures = _drawn(WORLD, 9)
    exact = solve(GROUND, measures).real_income
    short = solve(prepare(WORLD, dtype=np.float32), measures, effort=Effort(2e-5)).real_income
    assert np.abs(exact - short).max() < 2e-4


def test_what_is_not_found_is_not_given() -> None:
    with pytest.raises(NotConverged, match="after 2 iterations: the residual is"):
        solve(GROUND, _drawn(WORLD, 1), effort=Effort(most=2))
    bad = replace(WORLD, value_added=WORLD.value_added * np.nan)
    with pytest.raises(NotConverged, match="the residual is nan"):
        solve(replace(GROUND, world=bad, added=GROUND.added * np.nan), _drawn(WORLD, 1))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("tariffs", -1.0, r"tariffs\[C1, C2, mills\]: -1; it must lie above -1"),
        ("tariffs", np.inf, "tariffs.*inf; it must lie above -1"),
        ("barriers", 0.0, "barriers.*must lie above 0"),
        ("barriers", np.nan, "barriers.*nan"),
        ("export_taxes", -2.0, "export_taxes"),
        ("final_barriers", -1.0, "final_barriers"),
    ],
)
def test_measure_that_means_nothing_is_refused(field: str, value: float, words: str) -> None:
    table = np.ones_like(WORLD.tariffs)
    table[1, 2, 1] = value
    told: dict[str, Any] = {field: table}
    with pytest.raises(MeasureRefused, match=words):
        solve(GROUND, replace(no_measures(WORLD), **told))


def test_tables_and_transfers_of_another_size_are_refused() -> None:
    with pytest.raises(MeasureRefused, match="shape"):
        solve(GROUND, replace(no_measures(WORLD), tariffs=np.zeros((2, 2, 3))))
    with pytest.raises(MeasureRefused, match="one finite number a country"):
        solve(GROUND, replace(no_measures(WORLD), transfers=np.zeros(3)))
    with pytest.raises(MeasureRefused, match="what one receives another gives"):
        solve(GROUND, replace(no_measures(WORLD), transfers=np.ones(4)))


@pytest.mark.parametrize("field", ["barriers", "final_barriers"])
def test_country_that_nobody_supplies_is_named(field: str) -> None:
    wall = np.ones_like(WORLD.tariffs)
    wall[2, :, 0] = np.inf
    told: dict[str, Any] = {field: wall}
    with pytest.raises(SupplyCutOff, match="C2 buys farms"):
        solve(GROUND, replace(no_measures(WORLD), **told))
    wall[2, 3, 0] = 1.0
    assert solve(GROUND, replace(no_measures(WORLD), **told)).real_income[2] < 0
