"""Who depends on whom through all suppliers, and the power measure, by hand and by law."""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.trade.worlds import small_world
from undaunted.coercion.exposure.readers import world_of
from undaunted.coercion.exposure.rules import (
    Measure,
    UnknownRegion,
    exposure_to,
    exposures_of,
    links_of,
    power_between,
    power_of_group,
    power_of_share,
    sector_exposures,
)

if TYPE_CHECKING:
    from undaunted.engines.trade import World

__all__: list[str] = []


def two_countries() -> World:
    """One sector each, made by hand: A keeps 60 of what it buys at home, B 80; half is inputs."""
    world, _ = world_of(
        regions=["A", "B"],
        sectors=["C10"],
        trade_shares=[[[0.6], [0.4]], [[0.2], [0.8]]],
        input_shares=[[[0.5]], [[0.5]]],
        expenditure=[[100.0], [200.0]],
        elasticities=[4.0],
        name="by hand",
    )
    return world


def test_links_of_two_countries_are_as_worked_out_by_hand() -> None:
    """A = ((.3, .1), (.2, .4)): det(1 - A) = .4, L = ((1.5, .25), (.5, 1.75)).

    Y = (100, 200): A sells 60 + 40, B 40 + 160; final use is X - Y / 2 = (50, 100), made
    F = ((30, 20), (20, 80)); so L F = ((50, 50), (50, 150)), of which half is value added.
    """
    links = links_of(two_countries())
    assert links.made_for[:, 0] == pytest.approx(np.array([[25, 25], [25, 75]]))
    assert links.value_added == pytest.approx([50, 100])
    assert links.final_use == pytest.approx([50, 100])
    # inputs of A: .3 at home and .2 of B; behind them, the column (1.5, .5) less the product itself
    assert links.inputs_bought[:, 0, 0] == pytest.approx([0.6, 0.4])
    assert links.inputs_behind[:, 0, 0] == pytest.approx([0.5, 0.5])
    found = exposure_to(links, power_between(two_countries()), "A", "B")
    assert found.parts == pytest.approx(
        {
            Measure.DEMAND: 0.5, Measure.SUPPLY: 0.5, Measure.EXPORTS: 1, Measure.IMPORTS: 1,
            Measure.INPUTS_BOUGHT: 0.4, Measure.INPUTS_BEHIND: 0.5,
            Measure.POWER: log(1 / 0.6) / 4,
        }
    )  # fmt: skip
    assert (found.demand_value, found.supply_value) == pytest.approx((25, 25))
    assert (found.exports_value, found.imports_value) == pytest.approx((40, 40))
    (sector,) = sector_exposures(links, "A", "B")
    assert (sector.demand, sector.import_share, sector.exports) == pytest.approx((0.5, 1, 40))


@settings(max_examples=8)
@given(st.integers(1, 10_000))
def test_every_value_added_is_paid_for_once(seed: int) -> None:
    world = small_world(seed, tariff=0.0)
    links = links_of(world)
    assert links.made_for.sum(2) == pytest.approx(links.value_added_by_sector)
    assert links.made_for.sum((0, 1)) == pytest.approx(links.final_use)
    assert links.inputs_behind.sum(0) == pytest.approx(np.ones((4, 3)))
    assert links.inputs_bought.sum(0) == pytest.approx(np.ones((4, 3)))
    assert (links.inputs_behind >= 0).all()
    with pytest.raises(ValueError, match="read-only"):
        links.made_for[0] = 1


def test_country_is_found_by_its_code_alone_and_never_depends_on_itself() -> None:
    world = small_world()
    links, power = links_of(world), power_between(world)
    found = exposures_of(links, power, "C1")
    assert {each.partner for each in found} == {"C0", "C2", "C3"}
    demand = [each.parts[Measure.DEMAND] for each in found]
    assert demand == sorted(demand, reverse=True)
    # no sector of this world is a manufacture: a part of nothing is nothing
    assert {each.parts[Measure.INPUTS_BEHIND] for each in found} == {0.0}
    with pytest.raises(UnknownRegion, match="C9 is not in the table; it holds C0, C1, C2, C3"):
        exposures_of(links, power, "C9")
    with pytest.raises(UnknownRegion, match="itself"):
        exposure_to(links, power, "C1", "C1")


def test_power_is_as_worked_out_by_hand() -> None:
    """Two sectors, half of spending each; half and a fifth of them lost; sigma 3 and 6."""
    one_by_one = 0.5 * log(2) / 2 + 0.5 * log(1.25) / 5
    assert power_of_share([0.5, 0.2], [0.5, 0.5], [2, 5]) == pytest.approx(one_by_one)
    # sectors that stand in for each other (rho = 2): log of 1 / (.5 / sqrt 2 + .5 * .8 ** .2)
    left = 0.5 * 0.5**0.5 + 0.5 * 0.8**0.2
    assert power_of_share([0.5, 0.2], [0.5, 0.5], [2, 5], rho=2) == pytest.approx(-log(left))
    near = power_of_share([0.5, 0.2], [0.5, 0.5], [2, 5], rho=1.000001)
    assert near == pytest.approx(one_by_one, rel=1e-5)


@settings(max_examples=8)
@given(st.integers(1, 10_000), st.floats(0.3, 3).filter(lambda rho: abs(rho - 1) > 0.01))
def test_power_is_the_price_index_of_nested_demand_without_the_source(
    seed: int, rho: float
) -> None:
    rng = np.random.default_rng(seed)
    spent, sigma = rng.dirichlet(np.ones(5)), rng.uniform(2, 9, 5)
    sources = rng.dirichlet(np.ones(4), 5)
    # at prices of one: each sector's index without its first source, then the index over sectors
    index = sources[:, 1:].sum(1) ** (1 / (1 - sigma))
    whole = (spent * index ** (1 - rho)).sum() ** (1 / (1 - rho))
    found = power_of_share(sources[:, 0], spent, sigma - 1, rho=rho)
    assert found == pytest.approx(log(whole))


def test_who_sells_all_has_power_without_end_unless_sectors_stand_in() -> None:
    assert power_of_share([1.0, 0.0], [0.5, 0.5], [2, 5]) == inf
    assert power_of_share([1.0, 0.0], [0.0, 1.0], [2, 5]) == 0
    assert 0 < power_of_share([1.0, 0.0], [0.5, 0.5], [2, 5], rho=3) < inf
    world, _ = world_of(
        regions=["A", "B"], sectors=["C10"], trade_shares=[[[0.0], [1.0]], [[0.2], [0.8]]],
        input_shares=[[[0.5]], [[0.5]]], expenditure=[[100.0], [200.0]], elasticities=[4.0],
        name="cut off",
    )  # fmt: skip
    assert power_between(world)[0].tolist() == [0.0, inf]


def test_allies_have_more_power_together_than_one_by_one() -> None:
    world = small_world()
    alone = power_between(world)[0]
    together = power_of_group(world, "C0", ["C0", "C1", "C2"])
    assert together > alone[1] + alone[2]
    assert power_of_group(world, "C0", ["C1"]) == pytest.approx(alone[1])
