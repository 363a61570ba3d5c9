"""Other calendars, converted only where the conversion is exact.

Persian: the rule of Borkowski (1996), as the astronomical calendar runs from 1 to 3177.
Minguo: the Gregorian calendar, counted from 1912. Buddhist (Thai): the Gregorian calendar since
1941, when the year began in January for the first time; earlier years began in April and are
refused.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from undaunted.prisoners.registry.rules.mapping import Calendar

__all__ = ["NoSuchDay", "to_gregorian"]

_PERSIAN_BREAKS: Final = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210,
    1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
)  # fmt: skip
_SHORTER_HALF: Final = 7
_LEAP_MONTH: Final = 12
_OFFSETS: Final = {Calendar.MINGUO: 1911, Calendar.BUDDHIST: -543}
_FIRST_YEARS: Final = {Calendar.MINGUO: 1, Calendar.BUDDHIST: 2484}
_LAST_YEAR: Final = 9999


class NoSuchDay(ValueError):
    """The calendar has no such year, month or day, or none that converts exactly."""


def to_gregorian(calendar: Calendar, year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """Give the first and last Gregorian day of a year, month or day of another calendar."""
    shown = "-".join(str(part) for part in (year, month, day) if part)
    if not 0 <= month <= _LEAP_MONTH or (day and not month):
        raise NoSuchDay(shown)
    if calendar is Calendar.PERSIAN:
        return _persian(year, month, day, shown)
    if calendar not in _OFFSETS or year < _FIRST_YEARS[calendar]:
        raise NoSuchDay(shown)
    western = year + _OFFSETS[calendar]
    if not 1 <= western <= _LAST_YEAR:
        raise NoSuchDay(shown)
    last_month = month or _LEAP_MONTH
    last_day = day or monthrange(western, last_month)[1]
    try:
        return date(western, month or 1, day or 1), date(western, last_month, last_day)
    except ValueError as error:
        raise NoSuchDay(shown) from error


def _persian(year: int, month: int, day: int, shown: str) -> tuple[date, date]:
    if not 1 <= year < _PERSIAN_BREAKS[-1]:
        raise NoSuchDay(shown)
    new_year, leap = _nowruz(year)
    if day:
        if day > _persian_days(month, leap=leap):
            raise NoSuchDay(shown)
        only = _persian_day(new_year, month, day)
        return only, only
    last_month = month or _LEAP_MONTH
    last = _persian_day(new_year, last_month, _persian_days(last_month, leap=leap))
    return _persian_day(new_year, month or 1, 1), last


def _persian_days(month: int, *, leap: bool) -> int:
    if month < _SHORTER_HALF:
        return 31
    return 30 if month < _LEAP_MONTH or leap else 29


def _persian_day(new_year: date, month: int, day: int) -> date:
    passed = (month - 1) * 31 - max(0, month - _SHORTER_HALF) + day - 1
    return date.fromordinal(new_year.toordinal() + passed)


def _nowruz(year: int) -> tuple[date, bool]:
    """Give the day of the new year and whether the year is a leap year."""
    western = year + 621
    leaps, start, jump = -14, _PERSIAN_BREAKS[0], 0
    for following in _PERSIAN_BREAKS[1:]:
        jump = following - start
        if year < following:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = following
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:  # noqa: PLR2004 (numbers of the rule)
        leaps += 1
    western_leaps = western // 4 - (western // 100 + 1) * 3 // 4 - 150
    march = 20 + leaps - western_leaps
    if jump - since < 6:  # noqa: PLR2004
        since = since - jump + (jump + 4) // 33 * 33
    return date(western, 3, march), ((since + 1) % 33 - 1) % 4 == 0
