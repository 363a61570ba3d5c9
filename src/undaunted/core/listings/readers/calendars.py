"""Years and days of the Islamic calendars, as far as they tell one of the Gregorian calendar.

What a year, month or day of them is by ours the engine of names reckons, for lists and files alike.
What is given is the span that is sure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.engines.names import lunar_span, solar_span

if TYPE_CHECKING:
    from datetime import date

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
    first, last = lunar_span(*parts) if which == "lunar" else solar_span(*parts)
    return _span(first, last, whole=not month), left


def _which(called: str, year: int) -> str:
    if called in _SHORT:
        return _SHORT[called]
    if any(each in called for each in _SOLAR):
        return "solar"
    sure = any(each in called for each in _LUNAR) or year > _NO_SOLAR_YEAR
    return "lunar" if sure and any(each in called for each in _NAMED) else ""


def _span(first: date, last: date, *, whole: bool) -> str:
    """Give months, or years where only a year was written."""
    ends = [f"{each:%Y}" if whole else f"{each:%Y-%m}" for each in (first, last)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)
