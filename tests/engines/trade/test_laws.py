"""What holds for every scenario, whatever the instruments, the order of axes and the currency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engines.trade.worlds import lopsided_world
from undaunted.engines.trade import (
    Deficits,
    Kind,
    NotConverged,
    Rent,
    Scenario,
    Shock,
    bilateral_trade,
    measures_of,
    prepare,
    solve,
    trade_quantities,
)

if TYPE_CHECKING:
    from undaunted.engines.trade import Solution, World

WORLD = replace(lopsided_world(6), sectors=("A01", "C10T12", "Services"))
GROUND = prepare(WORLD)
MONEY = (Kind.TRANSFER, Kind.CREDIT, Kind.PURCHASE)
VALUES: dict[str, tuple[float, float]] = {
    Kind.TARIFF_PP: (-20, 80),
    Kind.TARIFF_PCT: (-20, 80),
    Kind.ICEBERG: (-20, 60),
    Kind.QUOTA: (5, 120),
    Kind.EXPORT_TAX_PP: (-20, 80),
    Kind.EXPORT_CONTROL: (1, 95),
    Kind.TRANSIT: (1, 50),
    Kind.PROCUREMENT_EXCLUSION: (1, 100),
    Kind.SERVICES: (1, 50),
    Kind.DIVESTMENT: (1, 25),
    Kind.INVESTMENT_RESTRICTION: (1, 25),
    Kind.TRANSFER: (0.1, 5),
    Kind.CREDIT: (0.1, 5),
    Kind.PURCHASE: (0.1, 1),
}


@st.composite
def shocks(draw: st.DrawFn) -> Shock:
    """Draw a shock of any kind between two groups that have nobody in common."""
    order = draw(st.permutations(range(4)))
    cut = draw(st.integers(1, 3))
    importer, exporter = (
        tuple(WORLD.regions[n] for n in part) for part in (order[:cut], order[cut:])
    )
    kind = draw(st.sampled_from(Kind))
    sectors: Any = draw(st.sampled_from(["all", "goods", ("C10T12",)]))
    if kind is Kind.SERVICES or kind in (Kind.TRANSFER, Kind.CREDIT):
        sectors = "all"
    if kind is Kind.BAN:
        return Shock(importer, exporter, "goods", kind)
    least, most = VALUES[kind]
    rent = (
        draw(st.sampled_from([None, *Rent])) if kind in (Kind.QUOTA, Kind.EXPORT_CONTROL) else None
    )
    return Shock(importer, exporter, sectors, kind, draw(st.floats(least, most)), rent)


SCENARIOS = st.builds(
    Scenario,
    name=st.just("drawn"),
    shocks=st.lists(shocks(), min_size=1, max_size=4).map(tuple),
    deficits=st.sampled_from(Deficits),
)


def _can_be_paid(asked: Scenario) -> bool:
    """Say whether limits leave twice the trade that a deficit or surplus is paid with.

    A country that spends more than it earns must get more than it sells: where nearly all that it
    may buy is less than the difference, no prices clear the markets, and the engine says so.
    """
    limits = measures_of(WORLD, asked).limits
    if limits is None or asked.deficits is Deficits.BALANCED:
        return True
    bought = WORLD.trade_shares / (1 + WORLD.tariffs) * WORLD.expenditure[:, None, :]
    bought[np.arange(4), np.arange(4)] = 0
    left = np.multiply(bought, limits.most, out=np.zeros_like(bought), where=bought > 0)
    most = np.where(WORLD.deficits > 0, left.sum((1, 2)), left.sum((0, 2)))
    return bool((most > 2 * abs(WORLD.deficits)).all())


def _agree(one: Solution, other: Solution) -> None:
    for code, told in one.real_income_pct.items():
        assert abs(told - other.real_income_pct[code]) < 1e-6, code


def _turned(world: World, order: Any, kinds: Any) -> World:
    flows, pairs = np.ix_(order, order, kinds), np.ix_(order, kinds)
    return replace(
        world,
        regions=tuple(world.regions[n] for n in order),
        sectors=tuple(world.sectors[j] for j in kinds),
        trade_shares=world.trade_shares[flows],
        tariffs=world.tariffs[flows],
        value_added_shares=world.value_added_shares[pairs],
        input_shares=world.input_shares[np.ix_(order, kinds, kinds)],
        final_shares=world.final_shares[pairs],
        elasticities=world.elasticities[kinds],
        value_added=world.value_added[order],
        deficits=world.deficits[order],
        expenditure=world.expenditure[pairs],
    )


@settings(max_examples=25)
@given(asked=SCENARIOS)
def test_whatever_is_asked_markets_clear_and_limits_hold(asked: Scenario) -> None:
    assume(_can_be_paid(asked))
    found = solve(GROUND, asked)
    measures = measures_of(found.world, asked)
    assert np.isfinite(found.real_income).all()
    assert found.certificate.residual <= asked.tolerance
    paid = found.wages * found.world.value_added
    assert np.allclose((WORLD.value_added_shares * found.output).sum(1), paid, rtol=1e-7)
    assert np.isclose(paid.sum(), WORLD.value_added.sum())
    assert np.allclose(found.income, paid + found.revenue + found.deficits, rtol=1e-8)
    assert abs(found.deficits.sum()) < 1e-6
    trade, taxes = bilateral_trade(found), found.measures.export_taxes
    received = trade / (1.0 if taxes is None else 1 + taxes)
    assert np.allclose(received.sum(0), found.output, rtol=1e-7)
    assert np.isclose(
        (trade * found.measures.tariffs).sum() + (trade - received).sum(), found.revenue.sum()
    )
    if measures.limits is not None:
        assert (trade_quantities(found) <= measures.limits.most * (1 + 1e-8)).all()


@settings(max_examples=8)
@given(asked=SCENARIOS, order=st.permutations(range(4)), kinds=st.permutations(range(3)))
def test_order_of_countries_and_sectors_does_not_matter(
    asked: Scenario, order: list[int], kinds: list[int]
) -> None:
    assume(_can_be_paid(asked))
    _agree(solve(GROUND, asked), solve(_turned(WORLD, order, kinds), asked))


@settings(max_examples=8)
@given(asked=SCENARIOS, unit=st.floats(1e-3, 1e3))
def test_currency_does_not_matter(asked: Scenario, unit: float) -> None:
    assume(_can_be_paid(asked))
    scaled = replace(
        WORLD,
        value_added=WORLD.value_added * unit,
        deficits=WORLD.deficits * unit,
        expenditure=WORLD.expenditure * unit,
    )
    money = tuple(
        replace(each, value=each.value * unit) if each.kind in MONEY and each.value else each
        for each in asked.shocks
    )
    _agree(solve(GROUND, asked), solve(scaled, replace(asked, shocks=money)))


def test_limits_that_leave_less_than_a_deficit_are_refused_with_the_way_out() -> None:
    nearly_shut = Shock(("C2",), ("C0", "C1", "C3"), "all", Kind.QUOTA, 5.0)
    asked = Scenario("shut", (nearly_shut,), deficits=Deficits.FIXED)
    assert not _can_be_paid(asked)
    with pytest.raises(NotConverged, match="must still be paid for"):
        solve(GROUND, asked)
    assert solve(GROUND, replace(asked, deficits=Deficits.BALANCED)).wages.all()
