"""Years that no living person is born in by our calendar, read as those of Iran and of Islam.

    gregorian("1355-07-13") == ("1976-10-05", "1936", "1937")

A birth by another calendar would make two people of one. 1355 may be the solar year, which Iran and
Afghanistan write, and its day is exact, or the lunar one, of which the years alone are told: its
months begin when the moon is seen. Solar years go by cycles of 33, as the calendar has gone since
1799 and goes until 2123; lunar ones by the table of thirty years, eleven of them a day longer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

__all__ = ["EARLIEST_YEAR", "gregorian", "lunar_span", "solar_span"]

EARLIEST_YEAR = 1850
"""Before it nobody is born whom a list or a file names."""
_SOLAR = range(1230, 1406)
_LUNAR = range(1267, 1449)
"""From 1850 or so to the years that run in 2026: nobody is born beyond today, and an engine has no
clock; such a year is a slip."""
_SOLAR_OFFSET, _CYCLE, _LEAPS = 1595, 33, 8
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30
_SOLAR_EPOCH = date(1976, 3, 21).toordinal()
"""The first day of 1355."""
_LUNAR_EPOCH = date(622, 7, 19).toordinal()
_LUNAR_YEAR, _THIRTY, _LONGER, _FIRST_LONGER = 354, 30, 11, 3
_SEEN: Final = timedelta(days=2)
"""By so many days at most the moon that is seen differs from the one that is reckoned."""


def gregorian(born: str) -> tuple[str, ...]:
    """Give what a date, YYYY, YYYY-MM or YYYY-MM-DD, may be by our calendar.

    Itself where its year may be ours, else its readings; none where it is no year of birth at all.
    """
    year, *rest = (int(part) for part in born.split("-"))
    if year >= EARLIEST_YEAR:
        return (born,)
    found = list[str]()
    if year in _SOLAR:
        first, last = solar_span(year, *rest)
        exact = (first.isoformat(),)
        found += exact if first == last else (f"{first.year}", f"{last.year}")
    if year in _LUNAR:
        found += (f"{each.year}" for each in lunar_span(year))
    return tuple(dict.fromkeys(found))


def solar_span(year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """Give the first and last day of ours that a year, month or day of Iran's calendar is."""
    first = _new_year(year) + (_before(month) if month else 0)
    if month and day:
        first = last = first + day - 1
    else:
        last = _new_year(year) + _before(month + 1) - 1 if month else _new_year(year + 1) - 1
    return date.fromordinal(first), date.fromordinal(last)


def lunar_span(year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """Give the first and last day of ours that a year, month or day of the lunar calendar may be.

    Two days wider at both ends than reckoned, since its months begin when the moon is seen.
    """
    longer = (_FIRST_LONGER + _LONGER * year) // _THIRTY
    first = date.fromordinal(_LUNAR_EPOCH + (year - 1) * _LUNAR_YEAR + longer)
    last = first + timedelta(days=_LUNAR_YEAR)
    if month:
        first += timedelta(days=(month - 1) * 29 + month // 2)
        last = first + timedelta(days=29)
    if month and day:
        first = last = first + timedelta(days=day - 1)
    return first - _SEEN, last + _SEEN


def _new_year(year: int) -> int:
    """Give the ordinal of the first day of a solar year."""
    return _SOLAR_EPOCH + _days(year) - _days(1355)


def _days(year: int) -> int:
    at = year + _SOLAR_OFFSET
    return 365 * at + at // _CYCLE * _LEAPS + (at % _CYCLE + 3) // 4


def _before(month: int) -> int:
    """Give the days of a solar year before a month."""
    return (month - 1) * _SHORT + min(month - 1, _LONG_MONTHS) * (_LONG - _SHORT)
