"""Laws of the count on invented worlds."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.census.reference import World
from tests.engines.census.worlds import DAWN, DUSK, days, spells, worlds
from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    Facet,
    Segments,
    Spell,
    date_of,
    day_number,
    durations_until,
    flows_between,
    movements_of,
    series_by_facet,
    series_over,
    stock_by_facet,
    stock_on,
)

briskly = settings(deadline=None, max_examples=60)
_GRID = [DAWN + timedelta(days=step) for step in range(0, (DUSK - DAWN).days, 11)]


@briskly
@given(worlds(), st.lists(days, min_size=1, max_size=20))
def test_the_stock_is_what_a_walk_through_people_finds(world: World, asked: list[date]) -> None:
    census = world.census()
    for day in asked:
        assert stock_on(census, day).bands == world.bands(day)


@briskly
@given(worlds(), st.permutations(_GRID))
def test_a_series_equals_repeated_stock_in_any_order(world: World, asked: list[date]) -> None:
    census = world.census()
    assert list(series_over(census, asked)) == [stock_on(census, day) for day in asked]


@briskly
@given(worlds())
def test_bands_nest(world: World) -> None:
    for stock in series_over(world.census(), _GRID):
        bands = stock.bands
        assert bands.low + bands.held_unverified == bands.persons == sum(bands.tiers[:2])
        assert bands.low <= bands.persons <= sum(bands.tiers[:3]) <= bands.high


@briskly
@given(worlds())
def test_segments_of_a_person_are_disjoint_and_together_are_the_cover(world: World) -> None:
    held = world.census().held
    _demand_disjoint(held)
    for person in world.people():
        mine = held.where(held.person == person)
        for day in _GRID:
            number = day_number(day)
            here = (mine.start <= number) & (number < mine.end)
            state = world.state(person, day)
            assert int(here.sum()) == (state is not None)
            if state is not None:
                row = int(np.flatnonzero(here)[0])
                found = (mine.tier[row], mine.certain[row], mine.verified[row])
                assert found == (state.tier, state.certain, state.verified)


@briskly
@given(worlds())
def test_segments_are_as_long_as_they_can_be(world: World) -> None:
    held = world.census().held
    touching = (held.person[1:] == held.person[:-1]) & (held.start[1:] == held.end[:-1])
    alike = (
        (held.tier[1:] == held.tier[:-1])
        & (held.certain[1:] == held.certain[:-1])
        & (held.verified[1:] == held.verified[:-1])
    )
    assert not np.any(touching & alike)


@briskly
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_of_no_account(world: World, chance: Random) -> None:
    shuffled = list(world.spells)
    chance.shuffle(shuffled)
    _same(world, replace(world, spells=tuple(shuffled), recognised=world.recognised[::-1]))


@briskly
@given(worlds())
def test_saying_a_thing_twice_changes_nothing(world: World) -> None:
    _same(world, replace(world, spells=world.spells * 2, recognised=world.recognised * 2))


@briskly
@given(worlds(), spells())
def test_an_unrecognised_person_changes_nothing(world: World, stranger: Spell) -> None:
    _same(world, replace(world, spells=(*world.spells, replace(stranger, person=99))))


@briskly
@given(worlds(), spells())
def test_a_spell_that_is_no_deprivation_of_liberty_changes_nothing(
    world: World, other: Spell
) -> None:
    other = replace(other, in_stock=False, died=False)
    _same(world, replace(world, spells=(*world.spells, other)))


@briskly
@given(worlds(), st.data())
def test_a_spell_split_on_a_day_of_confirmation_changes_nothing(
    world: World, data: st.DataObject
) -> None:
    whole, at = _divisible(data)
    whole = replace(whole, confirmed=(*whole.confirmed, at))
    first = replace(whole, end_earliest=at, end_latest=at, died=False)
    second = replace(whole, start_earliest=at, start_latest=at)
    _same(
        replace(world, spells=(*world.spells, whole)),
        replace(world, spells=(*world.spells, first, second)),
    )


@briskly
@given(worlds(), st.data())
def test_a_spell_split_on_any_day_changes_at_most_what_is_verified(
    world: World, data: st.DataObject
) -> None:
    whole, at = _divisible(data)
    first = replace(whole, end_earliest=at, end_latest=at, died=False)
    second = replace(whole, start_earliest=at, start_latest=at)
    one = replace(world, spells=(*world.spells, whole)).census()
    two = replace(world, spells=(*world.spells, first, second)).census()
    for before, after in zip(series_over(one, _GRID), series_over(two, _GRID), strict=True):
        assert before.persons == after.persons
        assert before.bands.tiers == after.bands.tiers
        assert before.bands.high == after.bands.high
        assert before.bands.low <= after.bands.low


@briskly
@given(worlds(), days)
def test_everyone_who_ever_counted_is_out_after_the_end_of_their_spells(
    world: World, until: date
) -> None:
    ended = tuple(replace(spell, end_earliest=until, end_latest=until) for spell in world.spells)
    started = tuple(spell for spell in ended if spell.start_latest < until)
    census = replace(world, spells=started).census()
    assert stock_on(census, until).bands.high == 0


@settings(deadline=None, max_examples=25)
@given(worlds(), worlds(), days, days)
def test_flows_balance_and_are_what_a_walk_through_days_finds(
    known: World, learnt: World, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    flows = flows_between(known.census(), first, learnt.census(), last)
    before = {person for person in known.people() if known.in_headline(person, first)}
    revised = {person for person in learnt.people() if learnt.in_headline(person, first)}
    walked = learnt.movements(first, last, DAWN)
    assert flows.residual == 0
    assert flows.before == len(before)
    assert flows.backlog == len(revised - before)
    assert flows.corrected == len(before - revised)
    assert {name: getattr(flows, name) for name in walked} == walked
    assert flows.after == learnt.bands(last).persons


@briskly
@given(worlds(), st.lists(days, min_size=3, max_size=3))
def test_movements_of_two_periods_add_up_to_those_of_both(world: World, asked: list[date]) -> None:
    first, middle, last = (day_number(day) for day in sorted(asked))
    movements = movements_of(world.census())
    parts = zip(movements.counts(first, middle), movements.counts(middle, last), strict=True)
    assert tuple(a + b for a, b in parts) == movements.counts(first, last)


@settings(deadline=None, max_examples=40)
@given(worlds(), days)
def test_days_held_are_the_days_of_the_union(world: World, until: date) -> None:
    found = durations_until(world.census(), until)
    rows = {
        int(person): (int(low), int(high))
        for person, low, high in zip(found.person, found.low, found.high, strict=True)
    }
    walked = {person: world.days_held(person, until, DAWN) for person in world.people()}
    assert rows == {person: days for person, days in walked.items() if days[1]}
    for person, censored in zip(found.person, found.censored, strict=True):
        assert bool(censored) is (world.state(int(person), until) is not None)


@briskly
@given(
    worlds(),
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2), days, days), max_size=6),
    days,
)
def test_values_of_a_facet_count_those_who_have_them(
    world: World, rows: list[tuple[int, int, date, date]], day: date
) -> None:
    facet = Facet(
        "law",
        ("terrorism", "treason", "drugs"),
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        np.array([day_number(row[2]) for row in rows], dtype=np.int64),
        np.array([day_number(row[3]) for row in rows], dtype=np.int64),
    )
    census = world.census()
    stock = stock_by_facet(census, facet, day)
    holding = [(row[0], row[1]) for row in rows if row[2] <= day < row[3]]
    for value, (label, bands) in enumerate(stock.values):
        people = sorted({person for person, other in holding if other == value})
        assert label == facet.labels[value]
        assert bands == world.bands(day, people)
    bare = sorted(set(world.people()) - {person for person, _ in holding})
    assert stock.without == world.bands(day, bare)
    assert stock.total == world.bands(day)
    assert stock in list(series_by_facet(census, facet, [*_GRID, day]))


@briskly
@given(worlds())
def test_a_facet_of_one_value_for_everyone_is_the_total(world: World) -> None:
    facet = Facet.lasting("all", ("everyone",), np.arange(1, 4), np.zeros(3, dtype=np.int64))
    for stock in series_by_facet(world.census(), facet, _GRID):
        assert stock.values[0][1] == stock.total
        assert stock.without.high == 0


@given(st.integers(day_number(date(1800, 1, 1)), day_number(date(2200, 1, 1))))
def test_day_numbers_and_dates_are_one(number: int) -> None:
    assert day_number(date_of(number)) == number
    assert ALWAYS < number < NEVER


def _same(one: World, other: World) -> None:
    first, second = one.census(), other.census()
    assert list(series_over(first, _GRID)) == list(series_over(second, _GRID))
    for name in ("person", "start", "end", "tier", "verified", "certain"):
        before, after = getattr(first.counted, name), getattr(second.counted, name)
        assert np.array_equal(before, after)
    flows = flows_between(first, DAWN, second, DUSK)
    assert flows == flows_between(first, DAWN, first, DUSK)
    assert flows.residual == flows.backlog == flows.corrected == 0


def _divisible(data: st.DataObject) -> tuple[Spell, date]:
    """Draw a spell and a day on which it surely goes on."""
    whole = data.draw(spells())
    at = whole.start_latest + timedelta(days=data.draw(st.integers(1, 200)))
    end = at + timedelta(days=data.draw(st.integers(1, 200)))
    doubt = timedelta(days=data.draw(st.integers(0, 30)))
    closed = data.draw(st.booleans())
    return (
        replace(
            whole,
            end_earliest=end if closed else None,
            end_latest=end + doubt if closed else None,
        ),
        at,
    )


def _demand_disjoint(segments: Segments) -> None:
    assert np.all(segments.start < segments.end)
    same = segments.person[1:] == segments.person[:-1]
    assert np.all(segments.person[1:] >= segments.person[:-1])
    assert np.all(segments.start[1:][same] >= segments.end[:-1][same])
