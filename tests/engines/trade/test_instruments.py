"""Each instrument of a response does in the equilibrium what its name says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    Capital,
    Deficits,
    Effort,
    Holdings,
    Limits,
    MeasureRefused,
    NotConverged,
    Scenario,
    Shock,
    bilateral_trade,
    decomposition,
    gradients,
    make_world,
    measures_of,
    no_measures,
    prepare,
    settled,
    solve,
    trade_quantities,
)

WORLD = replace(small_world(6), sectors=("A01", "C10T12", "Services"))
GROUND = prepare(WORLD)
EXACT = Effort(1e-10)
OFF = ~np.eye(4, dtype=bool)


def _asked(kind: str, value: float | None = None, **more: Any) -> Scenario:
    told: dict[str, Any] = {"importer": "C1", "exporter": "C2", "sectors": "all"} | more
    return Scenario("asked", (Shock(kind=kind, value=value, **told),))  # type: ignore[arg-type]


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), deficits=st.sampled_from([Deficits.FIXED, Deficits.BALANCED]))
def test_no_quantity_exceeds_its_limit_and_permits_are_worth_something_only_there(
    seed: int, deficits: Deficits
) -> None:
    rng = np.random.default_rng(seed)
    world = small_world(seed % 11)
    most = np.full_like(world.tariffs, np.inf)
    most[OFF] = np.where(rng.random((12, 3)) < 0.6, rng.uniform(0.05, 1.4, (12, 3)), np.inf)
    whose = rng.integers(0, 3, most.shape)
    measures = replace(no_measures(world), limits=Limits(most, whose == 0, whose == 1))
    found = solve(world, measures, deficits=deficits, effort=EXACT)
    quantity = trade_quantities(found)
    assert found.scarcity is not None
    assert (quantity <= most * (1 + 1e-9)).all()
    assert np.allclose(quantity[found.scarcity > 0], most[found.scarcity > 0], rtol=1e-9)
    assert (found.scarcity >= 0).all()
    assert found.certificate.residual <= EXACT.tolerance
    assert found.certificate.market_clearing < 1e-9


def test_quota_is_the_tariff_or_the_tax_that_it_is_worth() -> None:
    found = {
        rent: solve(GROUND, _asked("quota", 40, sectors="C10T12", rent=rent))
        for rent in (None, "importer", "exporter", "nobody")
    }
    importer, exporter, nobody = (found[each] for each in ("importer", "exporter", "nobody"))
    assert np.isclose(trade_quantities(importer)[1, 2, 1], 0.4, rtol=1e-8)
    assert np.array_equal(found[None].real_income, importer.real_income)
    assert importer.scarcity is not None
    levied = no_measures(WORLD)
    levied.tariffs[1, 2, 1] += (1 + levied.tariffs[1, 2, 1]) * importer.scarcity[1, 2, 1]
    same = solve(GROUND, levied, effort=EXACT)
    assert np.allclose(same.real_income, importer.real_income, atol=1e-9)
    assert importer.real_income[1] > nobody.real_income[1]
    assert exporter.real_income[2] > nobody.real_income[2]
    told = importer.certificate.assumptions[-1]
    assert told == "Quota: the rent goes to the importer's treasury or holders of permits"


def test_wide_quota_changes_nothing_and_the_tighter_of_two_holds() -> None:
    wide = solve(GROUND, _asked("quota", 100.1))
    assert np.abs(wide.real_income).max() < 1e-9
    assert wide.scarcity is not None
    assert not wide.scarcity.any()
    shocks = (*_asked("quota", 60).shocks, *_asked("quota", 80, rent="exporter").shocks)
    limits = measures_of(WORLD, Scenario("two", shocks)).limits
    assert limits is not None
    assert (limits.most[1, 2] == 0.6).all()
    assert limits.importer[1, 2].all()
    assert not limits.exporter.any()
    closed = measures_of(WORLD, _asked("quota", 0))
    assert closed.limits is None
    assert np.isinf(closed.barriers[1, 2]).all()


def test_quota_holds_over_both_uses_and_beside_an_export_tax() -> None:
    shocks = (
        *_asked("quota", 50).shocks,
        *_asked("quota", 70, importer="C3", rent="exporter").shocks,
        *_asked("export_tax_pp", 5, importer="C3").shocks,
        *_asked("procurement_exclusion", 30).shocks,
    )
    found = solve(GROUND, Scenario("all", shocks))
    quantity = trade_quantities(found)
    assert np.allclose(quantity[1, 2], 0.5)
    assert np.allclose(quantity[3, 2], 0.7)


def test_export_control_withholds_what_it_says() -> None:
    found = solve(GROUND, _asked("export_control", 30))
    assert np.allclose(trade_quantities(found)[1, 2], 0.7)
    assert "goes to the exporters" in found.certificate.assumptions[-1]
    assert np.isinf(measures_of(WORLD, _asked("export_control")).barriers[1, 2]).all()


def test_exclusion_closes_its_part_of_final_purchases_alone() -> None:
    told = measures_of(WORLD, _asked("procurement_exclusion", 25))
    assert told.final_barriers is not None
    assert np.allclose(told.final_barriers[1, 2] ** -WORLD.elasticities, 0.75)
    assert (told.barriers == 1).all()
    whole = measures_of(WORLD, _asked("procurement_exclusion")).final_barriers
    assert whole is not None
    assert np.isinf(whole[1, 2]).all()
    assert solve(GROUND, _asked("procurement_exclusion", 25)).real_income[1] < 0


def test_services_and_transit_fall_where_they_belong() -> None:
    services = measures_of(WORLD, _asked("services", 20)).barriers
    assert np.allclose(services[1, 2], [1, 1, 1.2])
    assert np.isinf(measures_of(WORLD, _asked("services", sectors="services")).barriers[1, 2, 2])
    passing = _asked("transit", 10, sectors=("A01", "C10T12")).shocks[0]
    transit = measures_of(WORLD, Scenario("twice", (passing, replace(passing, sectors="goods"))))
    assert np.allclose(transit.barriers[1, 2], [1.21, 1.21, 1])
    (told,) = transit.assumptions
    assert told.startswith("Routes are not in the table")


@pytest.mark.parametrize("kind", ["transfer", "credit"])
def test_money_is_given_by_the_size_of_those_named(kind: str) -> None:
    told = measures_of(WORLD, _asked(kind, 12, importer=("C0", "C1"), exporter=("C2", "C3")))
    assert told.transfers is not None
    assert np.isclose(told.transfers[:2].sum(), 12)
    assert np.isclose(
        told.transfers[2] / told.transfers[3], WORLD.value_added[2] / WORLD.value_added[3]
    )
    assert len(told.assumptions) == (kind == "credit")


def test_purchases_move_final_spending_at_unchanged_prices() -> None:
    final = WORLD.final_shares * WORLD.income[:, None]
    told = measures_of(WORLD, _asked("purchase", 2, sectors=("A01", "C10T12")))
    assert told.final_barriers is not None
    shares = WORLD.trade_shares * told.final_barriers**-WORLD.elasticities
    assert np.allclose(shares.sum(1), 1)
    moved = (shares - WORLD.trade_shares) * final[:, None]
    assert np.isclose(moved[1, 2].sum(), 2)
    assert (moved[1, [0, 1, 3], :2] < 0).all()
    assert not moved[[0, 2, 3]].any()
    found = solve(GROUND, told, effort=EXACT)
    assert (
        bilateral_trade(found)[1, 2].sum()
        > bilateral_trade(solve(GROUND, no_measures(WORLD)))[1, 2].sum()
    )
    assert found.real_income[2] > 0


def _alone(part: float) -> Any:
    """Give what becomes of a world of one country and one sector without half of its capital."""
    world, _ = settled(
        make_world(
            regions=("C0",),
            sectors=("A",),
            trade_shares=np.ones((1, 1, 1)),
            tariffs=np.zeros((1, 1, 1)),
            value_added_shares=np.full((1, 1), 0.6),
            input_shares=np.full((1, 1, 1), 0.4),
            final_shares=np.ones((1, 1)),
            elasticities=[4.0],
            value_added=[60.0],
            deficits=[0.0],
            expenditure=[[100.0]],
        )
    )
    halved = replace(no_measures(world), capital=Capital(np.array([[0.5]]), part))
    return solve(world, halved, effort=EXACT)


@pytest.mark.parametrize("part", [0.3, 0.6])
def test_capital_of_one_sector_alone_costs_its_part(part: float) -> None:
    found = _alone(part)
    assert np.allclose(1 + found.real_income, 0.5**part, atol=1e-9)


def test_capital_earns_what_sales_leave_for_it() -> None:
    stock = np.random.default_rng(3).uniform(0.6, 1.2, (4, 3))
    stock[0], stock[1, 1] = 1.0, 1.0
    found = solve(GROUND, replace(no_measures(WORLD), capital=Capital(stock, 0.4)), effort=EXACT)
    earned = found.output / WORLD.sales / stock
    beta = WORLD.value_added_shares
    moving = np.where(stock != 1, 0.6, 1.0) * beta
    wages = (moving * found.output).sum(1) / (moving * WORLD.sales).sum(1)
    bound = np.where(stock != 1, 0.4, 0.0)
    told = (wages[:, None] ** (1 - bound) * earned**bound) ** beta * np.exp(
        np.einsum("nkj,nk->nj", WORLD.input_shares, np.log(found.prices))
    )
    assert np.allclose(found.costs, told, rtol=1e-9)
    assert found.dearer is not None
    assert (found.dearer[0] == 1).all()
    assert (found.measures.barriers == 1).all()


def test_little_capital_is_worth_what_it_earned() -> None:
    small, world = 1e-5, small_world(6)
    stock = np.ones((4, 3))
    stock[1, 1], stock[2, 0] = 1 - small, 1 - 2 * small
    measures = replace(no_measures(world), capital=Capital(stock, 0.4))
    found = solve(world, measures, effort=Effort(1e-13))
    parts = decomposition(found)
    assert np.abs(parts.total - found.real_income).max() < 1e-8
    earned = 0.4 * world.value_added_shares * world.sales
    lost = -parts.capital * world.income / small
    assert np.allclose(lost, [0, earned[1, 1], 2 * earned[2, 0], 0], rtol=1e-4)
    assert not parts.barriers.any()


def test_divestment_costs_the_host_output_and_the_owner_profits() -> None:
    asked = _asked("divestment", 50, importer="C1", exporter="all", sectors="C10T12")
    held = Holdings(part=0.4, foreign=0.3, source="made for this test")
    measures = measures_of(WORLD, asked, holdings=held)
    assert measures.capital is not None
    assert np.isclose(measures.capital.stock[1, 1], 1 - 0.5 * 0.3)
    assert (measures.capital.stock[[0, 2, 3]] == 1).all()
    gone = 0.15 * 0.4 * WORLD.value_added_shares[1, 1] * WORLD.sales[1, 1]
    assert measures.transfers is not None
    assert np.isclose(measures.transfers[1], gone)
    assert "30 % of it is held from abroad" in measures.assumptions[0]
    assert measures.assumptions[0].endswith("source: made for this test")
    idle = solve(GROUND, measures, effort=EXACT)
    assert (idle.real_income[[0, 2, 3]] < 0).all()
    assert idle.output[1, 1] < WORLD.sales[1, 1]
    table = np.zeros_like(WORLD.tariffs)
    table[1, 0] = 0.3
    at_home = measures_of(
        WORLD,
        replace(asked, shocks=(replace(asked.shocks[0], kind="investment_restriction"),)),  # type: ignore[arg-type]
        holdings=Holdings(part=0.4, held=table),
    )
    assert at_home.capital is not None
    assert np.isclose(at_home.capital.stock[1, 1], 0.85)
    assert at_home.capital.stock[0, 1] > 1
    assert "who holds it is as given" in at_home.assumptions[0]
    assert solve(GROUND, at_home).real_income[0] > idle.real_income[0]


def test_defaults_of_holdings_say_that_nobody_read_their_source() -> None:
    told = solve(GROUND, _asked("divestment", 50)).certificate.assumptions
    assert any("unverified defaults" in each for each in told)


@pytest.mark.parametrize(
    ("kind", "value", "more", "words"),
    [
        ("quota", -5, {}, r"shocks\[1\].value: -5; quota must be a number above 0"),
        ("export_control", 120, {}, "must be a number above 0 and at most 100"),
        ("divestment", None, {}, "divestment needs a number"),
        ("iceberg", 5, {"rent": "exporter"}, "rent: iceberg leaves no rent"),
        ("quota", 5, {"rent": "both"}, "rent: both is none of importer, exporter, nobody"),
        ("services", 5, {"sectors": "A01"}, "sectors: A01; services falls on services alone"),
        ("services", 5, {"sectors": ("A01", "Services")}, "falls on services alone"),
        ("transit", 5, {"sectors": "services"}, "sectors: Services; transit falls on goods"),
        ("transfer", 5, {"sectors": "goods"}, 'sectors: transfer goes from .*; put "all"'),
        ("transfer", -5, {}, "above 0"),
        ("transfer", 5, {"exporter": "all"}, "C1 would give to itself"),
        ("transfer", 1e9, {}, r"transfers\[C2\]: -1e\+09 is more than all it has to spend"),
        ("purchase", 1e5, {"sectors": "A01"}, r"purchase\[C1, A01\]: more than all final"),
    ],
)
def test_instrument_that_means_nothing_is_refused(
    kind: str, value: float | None, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(MeasureRefused, match=words):
        measures_of(WORLD, _asked(kind, value, **more))


def test_capital_that_comes_home_to_no_producers_stands_idle_and_is_told() -> None:
    shares, costs = WORLD.trade_shares.copy(), WORLD.expenditure.copy()
    shares[:, 2, 1] = 0.0
    shares[2, 2, 1] = 0.0
    shares[:, :, 1] /= shares[:, :, 1].sum(1, keepdims=True)
    world, _ = settled(replace(WORLD, trade_shares=shares, expenditure=costs))
    asked = _asked("investment_restriction", 50, sectors=("A01", "C10T12"))
    measures = measures_of(world, asked)
    assert measures.capital is not None
    assert measures.capital.stock[2, 0] > 1
    assert measures.capital.stock[2, 1] == 1
    told = [each for each in measures.assumptions if "make nothing at home" in each]
    assert len(told) == 1
    assert told[0].startswith("shocks[1]: ")
    assert told[0].endswith("million a year): C2 C10T12")
    elsewhere = measures_of(world, replace(asked, shocks=_asked("divestment", 50).shocks))
    assert not any("make nothing" in each for each in elsewhere.assumptions)
    none = Holdings(held=np.zeros_like(WORLD.tariffs))
    with pytest.raises(MeasureRefused, match=r"shocks\[1\]: those named as exporter hold no cap"):
        measures_of(world, asked, holdings=none)


def test_measure_on_what_nobody_trades_says_that_it_changes_nothing() -> None:
    shares = WORLD.trade_shares.copy()
    shares[1, 1] += shares[1, 2]
    shares[1, 2] = 0
    world = replace(WORLD, trade_shares=shares)
    for kind in ("tariff_pp", "ban", "quota"):
        asked = _asked(kind, None if kind == "ban" else 25)
        assert any(
            each.endswith(f"the {kind} changes nothing")
            for each in measures_of(world, asked).assumptions
        )
        assert not any("changes nothing" in each for each in measures_of(WORLD, asked).assumptions)


def test_limit_that_gives_way_and_rent_that_there_is_not_are_told() -> None:
    both = (*_asked("quota", 50).shocks, *_asked("export_control", 20).shocks)
    told = measures_of(WORLD, Scenario("both", both)).assumptions
    assert any(each.startswith("shocks[2]: falls on flows that are limited") for each in told)
    shut = replace(_asked("quota", 0).shocks[0], rent="exporter")  # type: ignore[arg-type]
    told = measures_of(WORLD, Scenario("shut", (shut,))).assumptions
    assert any("no rent" in each for each in told)
    assert not measures_of(WORLD, _asked("quota", 0)).assumptions


def test_nobody_withdraws_more_than_all() -> None:
    shocks = (*_asked("divestment", 60).shocks, *_asked("investment_restriction", 50).shocks)
    with pytest.raises(MeasureRefused, match=r"shocks\[2\].value: with what is withdrawn before"):
        measures_of(WORLD, Scenario("twice", shocks))


def test_purchase_of_what_nobody_buys_is_refused() -> None:
    shares = WORLD.trade_shares.copy()
    shares[1, 1] += shares[1, 2]
    shares[1, 2] = 0
    with pytest.raises(MeasureRefused, match="nothing of this is bought for final use"):
        measures_of(replace(WORLD, trade_shares=shares), _asked("purchase", 1))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (Holdings(held=np.zeros((2, 2))), "held: parts of capital in the shape"),
        (Holdings(held=np.full((4, 4, 3), -0.1)), "none below zero"),
        (Holdings(held=np.full((4, 4, 3), 0.5)), "no sector's above one"),
        (Holdings(foreign=1.0), r"capital\[C1, .*\]: the withdrawals add up to 100 % of it"),
        (Holdings(part=1.5), "the part of value added is 1.5"),
    ],
)
def test_holdings_that_nobody_can_have_are_refused(held: Holdings, words: str) -> None:
    with pytest.raises(MeasureRefused, match=words):
        measures_of(WORLD, _asked("divestment", 100, exporter="all"), holdings=held)


def test_capital_table_is_checked() -> None:
    with pytest.raises(MeasureRefused, match=r"capital\[C0, A01\]: 0; it must lie above 0"):
        solve(GROUND, replace(no_measures(WORLD), capital=Capital(np.zeros((4, 3)), 0.3)))


def test_slopes_are_refused_where_something_is_scarce() -> None:
    found = solve(GROUND, _asked("quota", 50))
    with pytest.raises(MeasureRefused, match="scarce"):
        gradients(GROUND, found, ["C0"])


def test_prices_that_are_not_found_are_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.engines.trade.shadow.MOST", 2)
    with pytest.raises(NotConverged, match="no price of what is scarce after 2 rounds"):
        solve(GROUND, _asked("quota", 20))
