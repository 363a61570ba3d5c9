"""Years that no living person is born in by our calendar, read as those of Iran and of Islam.

    gregorian("1355-07-13") == ("1976-10-05", "1936", "1937")

A birth by another calendar would make two people of one. 1355 may be the solar year, which Iran and
Afghanistan write, and its day is exact, or the lunar one, of which the years alone are told: its
months begin when the moon is seen. Solar years go by cycles of 33, as the calendar has gone since
1799 and goes until 2123.
"""

from __future__ import annotations

from datetime import date

__all__ = ["EARLIEST_YEAR", "gregorian"]

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
_LUNAR_EPOCH, _LUNAR_YEAR = 622.54, 0.970224


def gregorian(born: str) -> tuple[str, ...]:
    """Give what a date, YYYY, YYYY-MM or YYYY-MM-DD, may be by our calendar.

    Itself where its year may be ours, else its readings; none where it is no year of birth at all.
    """
    year, *rest = (int(part) for part in born.split("-"))
    if year >= EARLIEST_YEAR:
        return (born,)
    found = list[str]()
    if year in _SOLAR:
        found += _solar(year, *rest)
    if year in _LUNAR:
        first = _LUNAR_EPOCH + (year - 1) * _LUNAR_YEAR
        found += (f"{int(first)}", f"{int(first + _LUNAR_YEAR)}")
    return tuple(dict.fromkeys(found))


def _solar(year: int, month: int = 0, day: int = 0) -> tuple[str, ...]:
    """Give the day, or the years in which a year or month lies."""
    if month and day:
        return (date.fromordinal(_new_year(year) + _before(month) + day - 1).isoformat(),)
    first = _new_year(year) + (_before(month) if month else 0)
    last = _new_year(year) + _before(month + 1) - 1 if month else _new_year(year + 1) - 1
    years = (date.fromordinal(at).year for at in (first, last))
    return tuple(dict.fromkeys(f"{each}" for each in years))


def _new_year(year: int) -> int:
    """Give the ordinal of the first day of a solar year."""
    return _SOLAR_EPOCH + _days(year) - _days(1355)


def _days(year: int) -> int:
    at = year + _SOLAR_OFFSET
    return 365 * at + at // _CYCLE * _LEAPS + (at % _CYCLE + 3) // 4


def _before(month: int) -> int:
    """Give the days of a solar year before a month."""
    return (month - 1) * _SHORT + min(month - 1, _LONG_MONTHS) * (_LONG - _SHORT)
