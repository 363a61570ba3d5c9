"""Years and days of the Islamic calendars, as far as they tell one of the Gregorian calendar.

A month of the lunar calendar begins as the moon is seen, so that a day is known to some days alone;
the year of the solar one begins at the equinox of March. What is given is the span that is sure.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

__all__ = ["gregorian_of", "names_islamic_calendar"]

_CALENDAR: Final = re.compile(
    r"(?<!\d)(?:(\d{1,2})\s?[./]\s?(\d{1,2})\s?[./]\s?)?(1[234]\d\d)\s{0,3}\(?"
    r"((?:(?:iranian|persian|afghan|solar|lunar|islamic|hijri|hegira|shamsi|qamari|calendar|year)"
    r"[\s,]{0,3}){1,5}|A\.?H\.?(?!\w)|S\.?H\.?(?!\w))\)?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)1[234]\d\d(?!\d)")
_NAMED: Final = ("hijri", "hegira", "islamic", "solar", "lunar", "shamsi", "qamari")
_SOLAR: Final = ("iranian", "persian", "afghan", "solar", "shamsi")
_LUNAR: Final = ("lunar", "qamari", "islamic")
_SHORT: Final = {"ah": "lunar", "sh": "solar"}
_NO_SOLAR_YEAR: Final = 1400
"""From this year on, 2021, nobody who is listed was born by the solar calendar."""
_LAST_MONTH, _LAST_DAY = 12, 31
_EPOCH: Final = date(622, 7, 19).toordinal()
_FEW: Final = timedelta(days=2)
"""By so many days at most what is seen differs from what is reckoned."""
_SOLAR_BEGINS: Final = 621


def names_islamic_calendar(words: str) -> bool:
    """Whether a cell says that a day or year of it is of an Islamic calendar.

    A word that also stands in the name of a state says so only where such a year stands beside it.
    """
    plain = words.lower()
    named = any(each in plain for each in _NAMED) and _YEAR.search(words) is not None
    return named or _CALENDAR.search(words) is not None


def gregorian_of(words: str) -> tuple[str, str]:
    """Give as EDTF the span that a day or year tells, and the words that are left; "" for none.

    Where it is not said which of the calendars is meant, nothing is sure before the year 1400.
    """
    found = _CALENDAR.search(words)
    if found is None:
        return "", words
    day, month, year, called = found.groups()
    left = f"{words[: found.start()]} {words[found.end() :]}".strip(" ,;")
    which = _which(called.lower().replace(".", "").strip(), int(year))
    parts = (int(year), int(month or 0), int(day or 0))
    if not which or parts[1] > _LAST_MONTH or parts[2] > _LAST_DAY:
        return "", left
    first, last = _lunar(*parts) if which == "lunar" else _solar(*parts)
    return _span(first - _FEW, last + _FEW, whole=not month), left


def _which(called: str, year: int) -> str:
    if called in _SHORT:
        return _SHORT[called]
    if any(each in called for each in _SOLAR):
        return "solar"
    sure = any(each in called for each in _LUNAR) or year > _NO_SOLAR_YEAR
    return "lunar" if sure and any(each in called for each in _NAMED) else ""


def _lunar(year: int, month: int, day: int) -> tuple[date, date]:
    """Reckon by the table of thirty years, eleven of which are a day longer."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30
    begins = date.fromordinal(_EPOCH + days)
    if not month:
        return begins, begins + timedelta(days=354)
    at = begins + timedelta(days=(month - 1) * 29 + month // 2)
    if not day:
        return at, at + timedelta(days=29)
    return (at + timedelta(days=day - 1),) * 2


def _solar(year: int, month: int, day: int) -> tuple[date, date]:
    """Reckon from the equinox: six months of 31 days, then of 30."""
    begins = date(year + _SOLAR_BEGINS, 3, 21)
    if not month:
        return begins, begins + timedelta(days=365)
    at = begins + timedelta(days=(month - 1) * 30 + min(month - 1, 6))
    if not day:
        return at, at + timedelta(days=30)
    return (at + timedelta(days=day - 1),) * 2


def _span(first: date, last: date, *, whole: bool) -> str:
    """Give months, or years where only a year was written."""
    ends = [f"{each:%Y}" if whole else f"{each:%Y-%m}" for each in (first, last)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)
