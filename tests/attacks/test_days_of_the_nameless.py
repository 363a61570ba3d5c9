"""Counting day after day, with every facet, tells no day of anybody who is shown without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.prisoners.registry.published_worlds import World, random_world
from tests.prisoners.registry.test_counting import project_all, same
from undaunted.core.access.rules import PUBLIC
from undaunted.engines.census import stock_on
from undaunted.prisoners.registry.queries.counting import count, flows
from undaunted.prisoners.registry.queries.published import CaseQuery, search
from undaunted.prisoners.registry.rules.month_ends import day_counted, month_end

if TYPE_CHECKING:
    from undaunted.config.postgres import Lease
    from undaunted.prisoners.registry.rules.counts import BandCount

FIRST, LAST = date(2019, 12, 20), date(2020, 7, 12)
DAYS = [FIRST + timedelta(days=at) for at in range((LAST - FIRST).days)]
MONTH_ENDS = [month_end(date(year, month, 1)) for year in range(2015, 2026) for month in (1, 2, 7)]


@pytest.fixture(params=["code", "pseudonym"])
def nameless(request: pytest.FixtureRequest, ledger: Lease) -> World:
    people = random_world(5, 120, corrected=False).people
    world = World(tuple(replace(one, level=request.param) for one in people))
    world.write(ledger)
    project_all(ledger)
    return world


def told(day: date) -> tuple[object, ...]:
    """Give everything that counts and searches say of a day."""
    parts = [
        tuple((part.value, _band(part)) for part in count(PUBLIC, as_of=day, by=by).by)
        for by in ("role", "gender", "law", "tier")
    ]
    whole = count(PUBLIC, as_of=day, country="XR")
    found = search(PUBLIC, CaseQuery(held_on=day), size=100)
    listed = tuple(case.reference for case in found.cases)
    return (_band(whole.bands), *parts, found.total, listed, tuple(found.facets.items()))


def _band(band: BandCount) -> tuple[object, ...]:
    return band.persons, band.tiers, band.held_unverified, band.low, band.high


def test_nothing_moves_between_two_month_ends(nameless: World) -> None:
    steps = 0
    before = told(DAYS[0])
    for day in DAYS[1:]:
        now = told(day)
        if day == month_end(day):
            steps += now != before
        else:
            assert now == before, day
        before = now
    assert steps >= 4, "people were arrested and released in these months"


def test_no_movement_falls_within_a_month(nameless: World) -> None:
    for day in (date(2020, 1, 1), date(2020, 4, 9), date(2020, 6, 29)):
        moved = flows(PUBLIC, since=day, until=month_end(day) - timedelta(days=1))
        assert (moved.new, moved.redetained, moved.released, moved.died) == (0, 0, 0, 0)


def test_counts_on_month_ends_are_those_of_the_days(nameless: World) -> None:
    by_days = World(tuple(replace(one, level="name") for one in nameless.people))
    census = by_days.census(timezone.now())
    for day in MONTH_ENDS:
        found, pure = count(PUBLIC, as_of=day).bands, stock_on(census, day).bands
        assert (found.persons, found.tiers, found.high) == (pure.persons, pure.tiers, pure.high)


def test_people_shown_by_name_keep_their_days(ledger: Lease) -> None:
    people = random_world(5, 120, corrected=False).people
    world = World(tuple(replace(one, level="name") for one in people))
    world.write(ledger)
    project_all(ledger)
    census = world.census(timezone.now())
    moved = 0
    for before, day in pairwise(DAYS):
        found = count(PUBLIC, as_of=day).bands
        assert same(found, stock_on(census, day).bands)
        moved += found.persons != count(PUBLIC, as_of=before).persons and day != month_end(day)
    assert moved > 3


@given(day=st.dates(max_value=date(9999, 11, 30)), asked=st.dates(max_value=date(9999, 11, 30)))
def test_the_rule_is_exact_on_month_ends(day: date, asked: date) -> None:
    end = month_end(asked)
    moved = month_end(day)
    assert moved.month == day.month
    assert (moved + timedelta(days=1)).day == 1
    assert (moved <= end) == (day <= end)
    assert (moved > end) == (day > end)


def test_bounds_that_are_not_there_stay_so_and_names_keep_days() -> None:
    assert day_counted(None, named=False) is None
    assert day_counted(date(2024, 2, 3), named=False) == date(2024, 2, 29)
    assert day_counted(date(2024, 2, 3), named=True) == date(2024, 2, 3)
    assert month_end(date(9999, 12, 1)) == date(9999, 12, 31)
