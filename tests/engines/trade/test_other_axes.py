"""Fewer countries and sectors lose no money; other elasticities give another, named answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.engines.trade.worlds import small_world
from undaunted.engines.trade import (
    ElasticitySet,
    Horizon,
    MeasureRefused,
    NotConverged,
    Scenario,
    Shock,
    WorldMalformed,
    aggregate,
    balance_of,
    band,
    draw,
    measures_of,
    no_measures,
    prepare,
    solve,
    spread_of,
    with_elasticities,
)

WORLD = replace(small_world(6), sectors=("A01", "C10T12", "Services"))
GROUND = prepare(WORLD)
LEVY = Scenario("levy", (Shock("C1", "C2", "goods", "tariff_pp", 25),))  # type: ignore[arg-type]
UNION = {"C0": "C0", "C1": "union", "C2": "C2", "C3": "union"}


def _set(name: str, factor: float, horizon: Horizon) -> ElasticitySet:
    told = dict(zip(WORLD.sectors, (factor * WORLD.elasticities).tolist(), strict=True))
    return ElasticitySet(name, told, horizon)


SETS = (
    _set("one year", 0.2, Horizon.SHORT),
    _set("ten years", 1.0, Horizon.LONG),
    _set("fifty years", 1.5, Horizon.LONG),
)


def test_what_is_added_up_balances_and_loses_nothing() -> None:
    kinds = {"A01": "goods", "C10T12": "goods", "Services": "services"}
    small = aggregate(WORLD, regions=UNION, sectors=kinds)
    assert small.regions == ("C0", "union", "C2")
    assert small.sectors == ("goods", "services")
    off = balance_of(small)
    assert max(off.goods, off.labour, off.deficits) < 1e-12
    for name in ("income", "tariff_revenue", "value_added", "deficits"):
        old, new = getattr(WORLD, name), getattr(small, name)
        assert np.isclose(new[1], old[1] + old[3])
        assert np.isclose(new.sum(), old.sum())
    assert np.isclose(small.sales.sum(), WORLD.sales.sum())
    low, high = sorted(WORLD.elasticities[:2])
    assert low < small.elasticities[0] < high
    assert np.abs(solve(small, no_measures(small)).real_income).max() < 1e-10


def test_what_nobody_trades_keeps_its_elasticity() -> None:
    one = aggregate(WORLD, regions=dict.fromkeys(WORLD.regions, "world"))
    assert np.allclose(one.elasticities, WORLD.elasticities)
    home = aggregate(WORLD, regions=dict.fromkeys(WORLD.regions, "world"))
    assert (home.trade_shares == 1).all()
    assert np.allclose(aggregate(home).elasticities, home.elasticities)


def test_without_a_concordance_nothing_changes() -> None:
    shares = WORLD.trade_shares.copy()
    shares[0, 0, 1] += shares[0, 2, 1]
    shares[0, 2, 1] = 0
    world = replace(WORLD, trade_shares=shares)
    same = aggregate(world)
    for name in ("trade_shares", "tariffs", "input_shares", "elasticities", "expenditure"):
        assert np.allclose(getattr(same, name), getattr(world, name), atol=1e-12)


def test_sector_that_nobody_makes_is_carried_along() -> None:
    shares, spent = WORLD.trade_shares.copy(), WORLD.expenditure.copy()
    shares[:, 1, 0], spent[1, 0] = 0, 0
    shares[[0, 2, 3], [0, 2, 3], 0] += 1 - shares.sum(1)[[0, 2, 3], 0]
    shares[1, 0, 0] += 1 - shares[1].sum(0)[0]
    idle = aggregate(replace(WORLD, trade_shares=shares, expenditure=spent))
    assert idle.value_added_shares[1, 0] == 1
    assert np.isfinite(idle.tariffs).all()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"C0": "a", "C1": "a", "C2": "a"}, "regions: the concordance says nothing of C3"),
        (UNION | {"C9": "b"}, "regions: C9 of the concordance is not in this world"),
    ],
)
def test_concordance_that_does_not_fit_is_refused(told: dict[str, str], words: str) -> None:
    with pytest.raises(WorldMalformed, match=words):
        aggregate(WORLD, regions=told)


def test_band_holds_each_set_with_its_own_certificate() -> None:
    told = band(GROUND, LEVY, SETS)
    for each, found in zip(SETS, told.solutions, strict=True):
        alone = solve(with_elasticities(WORLD, each), LEVY)
        assert np.allclose(found.real_income, alone.real_income, atol=1e-9)
        assert found.certificate.elasticities == each.name
        assert found.certificate.data == alone.certificate.data
    assert len({each.certificate.data for each in told.solutions}) == 3
    least, most = told.span
    assert (least <= most).all()
    assert np.array_equal(told.of(Horizon.SHORT)[0], told.real_income[0])
    assert (told.of(Horizon.LONG)[0] <= told.of(Horizon.LONG)[1]).all()
    assert np.isnan(told.of(Horizon.MEDIUM)[0]).all()
    assert np.allclose(band(WORLD, LEVY, SETS[1:2]).real_income[0], told.real_income[1])
    assert told.real_income[0, 2] < told.real_income[1, 2], "what is short hurts more"


def test_draws_are_the_seed_s_and_lie_around_the_median() -> None:
    errors = 0.3 * WORLD.elasticities
    one, same = (
        draw(each, LEVY, np.random.default_rng(5), number=12, errors=errors)
        for each in (GROUND, WORLD)
    )
    assert np.array_equal(one.elasticities, same.elasticities)
    assert np.allclose(one.real_income, same.real_income, atol=1e-8)
    assert one.found.all()
    named = replace(SETS[1], errors=dict(zip(WORLD.sectors, errors.tolist(), strict=True)))
    told = draw(GROUND, LEVY, np.random.default_rng(5), number=12, errors=named)
    assert np.array_equal(told.real_income, one.real_income)
    least, most = one.interval(0.8)
    assert (least < most).all()
    assert least[2] < solve(GROUND, LEVY).real_income[2] < most[2]
    sure = draw(GROUND, LEVY, np.random.default_rng(5), number=2, errors=0.0)
    assert np.allclose(sure.real_income, solve(GROUND, LEVY).real_income, atol=1e-12)


def test_draw_without_an_equilibrium_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.engines.trade.shadow.MOST", 1)
    scarce = Scenario("scarce", (Shock("C1", "C2", "goods", "quota", 25),))  # type: ignore[arg-type]
    told = draw(GROUND, scarce, np.random.default_rng(5), number=1, errors=0.1)
    assert not told.found.any()
    assert np.isnan(told.real_income).all()
    with pytest.raises(NotConverged, match="no equilibrium was found in any of 1"):
        told.interval()


def test_set_without_an_equilibrium_is_told_beside_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = iter((True, False, True, False))

    def sometimes(*args: object, **kwargs: object) -> object:
        if next(tried):
            raise NotConverged("not this one")
        return solve(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("undaunted.engines.trade.elasticities.solve", sometimes)
    told = band(GROUND, LEVY, SETS[:2])
    assert (told.sets, told.missed) == (SETS[1:2], ((SETS[0], "not this one"),))
    assert len(told.solutions) == len(told.real_income) == 1
    with pytest.raises(NotConverged, match="elasticities one year: not this one"):
        band(GROUND, LEVY, SETS[:1])


def test_scenario_is_solved_by_the_elasticities_that_it_names_or_not_at_all() -> None:
    asked = replace(LEVY, elasticities="ten years")
    with pytest.raises(MeasureRefused, match="names ten years and the world's are of the table"):
        solve(GROUND, asked)
    for name in ("ten years", "ten years, short run (0.38 of them)"):
        world = with_elasticities(WORLD, replace(SETS[1], name=name))
        assert solve(world, asked).certificate.elasticities == name
    with pytest.raises(MeasureRefused, match="the world's are ten years and more"):
        solve(with_elasticities(WORLD, replace(SETS[1], name="ten years and more")), asked)
    assert band(GROUND, asked, SETS[2:]).solutions[0].certificate.elasticities == "fifty years"
    measures = measures_of(WORLD, LEVY)
    assert np.allclose(
        band(GROUND, measures, SETS[2:]).real_income,
        band(GROUND, asked, SETS[2:]).real_income,
        atol=1e-7,
    )
    assert draw(GROUND, asked, np.random.default_rng(5), number=1, errors=0.0).found.all()


def test_sets_lie_apart_in_common_and_by_sector() -> None:
    apart, common = spread_of(SETS, WORLD.sectors)
    assert np.allclose(apart, 0.0), "these sets are each other's multiples"
    assert np.isclose(common, np.std(np.log([0.2, 1.0, 1.5]), ddof=1))
    turned = replace(SETS[1], values=dict(zip(WORLD.sectors, (2.0, 8.0, 4.0), strict=True)))
    flat = replace(SETS[1], values=dict.fromkeys(WORLD.sectors, 4.0))
    apart, common = spread_of((turned, flat), WORLD.sectors)
    assert np.isclose(common, 0.0)
    assert np.allclose(apart, np.log(2) / np.sqrt(2) * np.array([1, 1, 0]))
    with pytest.raises(WorldMalformed, match="of two or more"):
        spread_of(SETS[:1], WORLD.sectors)


def test_what_draws_have_in_common_moves_all_sectors_by_one_factor() -> None:
    told = draw(GROUND, LEVY, np.random.default_rng(5), number=8, errors=0.0, common=0.5)
    factors = told.elasticities / WORLD.elasticities
    assert np.allclose(factors, factors[:, :1])
    assert factors[:, 0].std() > 0.1
    assert told.quantiles((0.0, 0.5, 1.0)).shape == (3, 4)
    with pytest.raises(WorldMalformed, match="draws: at least one"):
        draw(GROUND, LEVY, np.random.default_rng(5), number=1, errors=0.0, common=-1.0)


def test_sets_and_draws_that_mean_nothing_are_refused() -> None:
    with pytest.raises(WorldMalformed, match="no set is named"):
        band(GROUND, LEVY, ())
    with pytest.raises(WorldMalformed, match="elasticities half: nothing is said of C10T12"):
        with_elasticities(WORLD, ElasticitySet("half", {"A01": 3.0}))
    bad = dict.fromkeys(WORLD.sectors, -1.0)
    with pytest.raises(WorldMalformed, match=r"elasticities bad\[A01\]: -1; must be above zero"):
        with_elasticities(WORLD, ElasticitySet("bad", bad))
    with pytest.raises(WorldMalformed, match="ten years: no standard error is given for A01"):
        draw(GROUND, LEVY, np.random.default_rng(5), number=1, errors=SETS[1])
    for number, errors in ((0, 0.1), (1, -0.1), (1, np.nan)):
        with pytest.raises(WorldMalformed, match="draws: at least one"):
            draw(GROUND, LEVY, np.random.default_rng(5), number=number, errors=errors)
