"""A census looks at one midnight of the year: who came or went on that day is told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from undaunted.core.standards.rules import pack
from undaunted.prisoners.registry.rules.censuses import first_census_day

__all__: list[str] = []

CENSUS = pack("cpj-census", date(2026, 1, 1))
UNTIL = date(2026, 11, 2)
FIRST = date(2022, 12, 1)


@dataclass
class Spell:
    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None = None
    end_latest: date | None = None


def spell(start: date, end: date | None = None) -> Spell:
    return Spell(start, start, end, end)


@pytest.mark.parametrize(
    ("spells", "day"),
    [
        ([], None),
        ([spell(date(2022, 3, 1))], FIRST),
        ([spell(FIRST)], date(2023, 12, 1)),
        ([spell(FIRST - timedelta(days=1), FIRST)], FIRST),
        ([spell(date(2022, 3, 1), FIRST - timedelta(days=1))], None),
        ([spell(date(2021, 3, 1), date(2021, 9, 1)), spell(date(2022, 3, 1))], FIRST),
        ([Spell(date(2022, 11, 1), date(2022, 12, 31))], date(2023, 12, 1)),
        ([Spell(None, date(2022, 3, 1))], None),
        ([Spell(date(2022, 3, 1), None)], None),
        ([spell(date(2026, 3, 1))], None),
        ([spell(date(1980, 3, 1))], date(1990, 12, 1)),
    ],
)
def test_the_first_day_on_which_a_spell_surely_holds(spells: list[Spell], day: date | None) -> None:
    assert first_census_day(spells, CENSUS, UNTIL) == day


def test_the_census_of_the_year_asked_until_is_looked_at_too() -> None:
    ended = spell(date(2026, 3, 1), date(2026, 5, 1))
    assert first_census_day([ended], CENSUS, date(2026, 12, 31)) is None
    assert first_census_day([spell(date(2026, 3, 1))], CENSUS, date(2026, 12, 1)) == date(
        2026, 12, 1
    )


def test_a_standard_that_is_no_census_has_no_day() -> None:
    assert first_census_day([spell(FIRST)], pack("pace-1900", UNTIL), UNTIL) is None
