"""Worked examples of the stock and its bands; the same are told in the documentation."""

from datetime import date

import numpy as np
import pytest

from tests.engines.census.reference import KNOWN, Window, World
from undaunted.engines.census import (
    ALWAYS,
    NEVER,
    RULE,
    Bands,
    Basis,
    Facet,
    RowsMalformed,
    Spell,
    Tier,
    breaks_between,
    day_number,
    first_days_of_months,
    series_by_facet,
    series_over,
    stock_by_facet,
    stock_on,
    twelve_months_after,
)

NEW_YEAR = date(2025, 1, 1)


def _world(*spells: Spell, deaths: tuple[Window, ...] = ()) -> World:
    people = {spell.person for spell in spells}
    return World(spells, tuple(Window(person, None, None) for person in people), deaths)


def _persons(world: World, day: date) -> int:
    return stock_on(world.census(), day).persons


def test_the_first_day_counts_and_the_day_of_release_does_not() -> None:
    world = _world(Spell.exact(1, date(2024, 3, 1), date(2024, 3, 10)))
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 9), date(2024, 3, 10))
    assert [_persons(world, day) for day in days] == [0, 1, 1, 0]


def test_whoever_is_detained_and_released_on_one_day_is_never_in_the_stock() -> None:
    assert _persons(_world(Spell.exact(1, NEW_YEAR, NEW_YEAR)), NEW_YEAR) == 0


def test_two_spells_at_once_are_one_person() -> None:
    world = _world(Spell.exact(1, date(2024, 5, 1)), Spell.exact(1, date(2024, 6, 1)))
    assert _persons(world, NEW_YEAR) == 1


def test_a_number_says_how_to_repeat_it() -> None:
    stock = stock_on(_world(Spell.exact(1, date(2024, 5, 1))).census(), NEW_YEAR)
    assert (stock.standard, stock.as_of, stock.known_at, stock.rule) == (
        "pace-1900",
        NEW_YEAR,
        KNOWN,
        RULE,
    )


def test_an_empty_registry_counts_nobody() -> None:
    assert stock_on(World((), ()).census(), NEW_YEAR).bands == Bands(0, (0, 0, 0, 0), 0, 0, 0)
    assert list(series_over(World((), ()).census(), [])) == []


def test_tier_c_widens_the_range_and_tier_d_does_not() -> None:
    world = _world(
        *(Spell.exact(number, date(2024, 6, 1), tier=tier) for number, tier in enumerate(Tier))
    )
    assert stock_on(world.census(), NEW_YEAR).bands == Bands(2, (1, 1, 1, 1), 0, 2, 3)


def test_of_two_spells_the_better_supported_gives_the_tier() -> None:
    world = _world(
        Spell.exact(1, date(2024, 5, 1), tier=Tier.C),
        Spell.exact(1, date(2024, 6, 1), date(2024, 9, 1), tier=Tier.A),
    )
    series = list(
        series_over(world.census(), [date(2024, 5, 15), date(2024, 7, 1), date(2024, 9, 1)])
    )
    assert [stock.bands.tiers for stock in series] == [(0, 0, 1, 0), (1, 0, 0, 0), (0, 0, 1, 0)]


def test_dates_known_in_part_count_from_their_last_day_and_possibly_from_their_first() -> None:
    march = Spell(1, date(2024, 3, 1), date(2024, 3, 31), date(2024, 6, 1), date(2024, 6, 30))
    census = _world(march).census()
    days = [date(2024, 3, 1), date(2024, 3, 31), date(2024, 6, 1), date(2024, 6, 30)]
    bands = [stock.bands for stock in series_over(census, days)]
    assert [(band.low, band.persons, band.high) for band in bands] == [
        (0, 0, 1),
        (1, 1, 1),
        (0, 0, 1),
        (0, 0, 0),
    ]


def test_a_spell_with_no_certain_day_is_in_the_range_alone() -> None:
    year = Spell(1, date(2024, 1, 1), date(2024, 12, 31), date(2024, 1, 2), NEW_YEAR)
    bands = stock_on(_world(year).census(), date(2024, 7, 1)).bands
    assert (bands.persons, bands.tiers, bands.high) == (0, (0, 0, 0, 0), 1)


def test_twelve_months_without_confirmation_leave_the_low_end_of_the_range() -> None:
    census = _world(Spell.exact(1, date(2023, 5, 10), confirmed=(date(2023, 8, 1),))).census()
    days = [date(2024, 7, 31), date(2024, 8, 1)]
    before, after = (stock.bands for stock in series_over(census, days))
    assert (before.persons, before.held_unverified, before.low) == (1, 0, 1)
    assert (after.persons, after.held_unverified, after.low) == (1, 1, 0)


def test_a_confirmation_on_29_february_lasts_to_the_end_of_the_next_february() -> None:
    leap = date(2024, 2, 29)
    census = _world(Spell.exact(1, date(2020, 1, 1), confirmed=(leap,))).census()
    days = [date(2024, 2, 28), leap, date(2025, 2, 28), date(2025, 3, 1)]
    unverified = [stock.bands.held_unverified for stock in series_over(census, days)]
    assert unverified == [1, 0, 0, 1]
    assert twelve_months_after(np.array([day_number(leap)])) == [day_number(date(2025, 3, 1))]


def test_death_ends_every_spell() -> None:
    world = _world(
        Spell.exact(1, date(2024, 1, 1)),
        Spell.exact(1, date(2024, 2, 1)),
        deaths=(Window(1, date(2024, 5, 1), date(2024, 5, 10)),),
    )
    days = [date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 10)]
    bands = [stock.bands for stock in series_over(world.census(), days)]
    assert [(band.persons, band.high) for band in bands] == [(1, 1), (0, 1), (0, 0)]


def test_only_days_of_recognition_count() -> None:
    world = World(
        (Spell.exact(1, date(2024, 1, 1)),), (Window(1, date(2024, 3, 1), date(2024, 9, 1)),)
    )
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 8, 31), date(2024, 9, 1))
    assert [_persons(world, day) for day in days] == [0, 1, 1, 0]


def test_recognitions_that_meet_are_one() -> None:
    meeting = date(2024, 5, 1)
    census = World(
        (Spell.exact(1, date(2024, 1, 1), date(2024, 9, 1)),),
        (Window(1, None, meeting), Window(1, meeting, None)),
    ).census()
    assert census.counted.start.tolist() == [day_number(date(2024, 1, 1))]
    assert census.counted.end.tolist() == [day_number(date(2024, 9, 1))]


def test_a_person_released_tomorrow_counts_today_under_every_value() -> None:
    census = _world(Spell.exact(1, date(2024, 6, 1), date(2024, 6, 2))).census()
    roles = Facet.lasting("role", ("journalist",), np.array([1]), np.array([0]))
    assert stock_by_facet(census, roles, date(2024, 6, 1)).total.persons == 1
    assert stock_by_facet(census, roles, date(2024, 6, 2)).total.persons == 0


def test_a_person_with_two_roles_counts_under_both_and_once_in_all() -> None:
    world = _world(*(Spell.exact(person, date(2024, 6, 1)) for person in (1, 2, 3)))
    roles = Facet.lasting(
        "role", ("journalist", "lawyer"), np.array([1, 1, 2]), np.array([0, 1, 0])
    )
    stock = stock_by_facet(world.census(), roles, NEW_YEAR)
    assert {label: bands.persons for label, bands in stock.values} == {
        "journalist": 2,
        "lawyer": 1,
    }
    assert (stock.without.persons, stock.total.persons) == (1, 3)


def test_a_facet_without_labels_leaves_everyone_without() -> None:
    nobody = np.empty(0, dtype=np.int64)
    census = _world(Spell.exact(1, date(2024, 6, 1))).census()
    stock = stock_by_facet(census, Facet.lasting("role", (), nobody, nobody), NEW_YEAR)
    assert (stock.values, stock.without.persons) == ((), 1)
    assert list(series_by_facet(census, Facet.lasting("role", (), nobody, nobody), [])) == []


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [([0, 0], [0], [1]), ([2], [0], [1]), ([0], [ALWAYS - 1], [1]), ([0], [0], [NEVER + 1])],
)
def test_a_malformed_facet_is_refused(value: list[int], start: list[int], end: list[int]) -> None:
    columns = (np.array(column) for column in ([1], value, start, end))
    with pytest.raises(RowsMalformed):
        Facet("role", ("journalist",), *columns)


def test_a_series_by_month_takes_day_numbers() -> None:
    census = _world(Spell.exact(1, date(2024, 2, 10), date(2024, 4, 1))).census()
    months = first_days_of_months(date(2024, 1, 2), date(2024, 4, 1))
    found = {stock.as_of: stock.persons for stock in series_over(census, months)}
    assert found == {date(2024, 2, 1): 0, date(2024, 3, 1): 1, date(2024, 4, 1): 0}


def test_a_change_of_source_panel_standard_or_coverage_is_flagged_once() -> None:
    viasna, both = frozenset({"viasna"}), frozenset({"viasna", "foro"})
    bases = [
        Basis(date(2022, 1, 1), "pace-1900", both),
        Basis(date(2020, 1, 1), "pace-1900", viasna),
        Basis(date(2023, 1, 1), "pace-1900", viasna, "prisons of the east not covered"),
        Basis(date(2024, 1, 1), "wgad", viasna, "prisons of the east not covered"),
    ]
    census = _world(Spell.exact(1, date(2020, 2, 1))).census()
    years = [date(year, 6, 1) for year in range(2019, 2026)]
    flags = series_over(census, years[::-1], bases=bases).breaks
    assert [(flag.after.year, flag.at.year, flag.changed) for flag in flags] == [
        (2019, 2020, ("standard", "panel")),
        (2021, 2022, ("panel",)),
        (2022, 2023, ("panel", "coverage")),
        (2023, 2024, ("standard",)),
    ]
    assert flags[1].sources_gained == {"foro"}
    assert flags[2].sources_lost == {"foro"}


def test_a_series_without_a_stated_basis_has_no_flags() -> None:
    assert breaks_between([date(2020, 1, 1), date(2021, 1, 1)], ()) == ()
