"""Birth dates as tables hold them: what is plain is read, what can be two days counts as both.

    birth_of("05/10/1976").days == ("1976-10-05", "1976-05-10")

Whoever loses a birth date for the way in which it is written loses what tells two people apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from undaunted.engines.names.errors import FactsMalformed
from undaunted.engines.names.known.calendars import gregorian
from undaunted.engines.names.known.facts import Facts

__all__ = ["Birth", "birth_of"]

_LATEST_YEAR = 2100
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_LAST_MONTH = 12
_TIME = re.compile(
    r"[t ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[ap]m)?(?: ?(?:z|utc|[+-]\d\d:?\d\d))?\Z"
)
"""The part of a moment that is no day."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR_FIRST_DOTS = re.compile(r"(\d{4})(\.)(\d{1,2})\.(\d{1,2})")
"""1976.5 is no May of 1976, but a year that was reckoned with."""
_YEAR_LAST = re.compile(r"(\d{1,2}|dd|mm)([-/.])(\d{1,2}|dd|mm)\2(\d{4})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2}|mm)[-/.](\d{4})")
_DAY_AND_WORD = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?)?[-., ]{0,3}([a-z]{3,9})[-., ]{0,3}(\d{4})"
)
_WORD_AND_DAY = re.compile(r"([a-z]{3,9})[-. ]{0,3}(\d{1,2})(?:st|nd|rd|th)?[-., ]{1,3}(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d{1,12})?")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 60_000
"""18 May 1927 and 8 April 2064, as spreadsheets count days."""
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as it was read: YYYY, YYYY-MM or YYYY-MM-DD.

    ``days``: one, or both where day and month may stand either way. ``doubt``: what a reader has
    to know of it, empty where it can be read in one way only.
    """

    days: tuple[str, ...]
    doubt: str = ""


def birth_of(text: str) -> Birth:
    """Read a birth date in figures or with an English month. Raises `FactsMalformed`."""
    plain = _TIME.sub("", " ".join(text.lower().split()))
    serial = _SERIAL.fullmatch(plain)
    if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        day = (_EPOCH + timedelta(days=int(serial[1]))).isoformat()
        return Birth((day,), f"{text!r} is read as a spreadsheet counts days: {day}")
    days = tuple(dict.fromkeys(_days(plain)))
    born = Facts(born=days or (plain,)).born
    read = tuple(dict.fromkeys(day for each in born for day in gregorian(each)))
    if not read or any(int(each[:4]) > _LATEST_YEAR for each in read):
        raise FactsMalformed(f"nobody is born in such a year: {text!r}")
    if read != born:
        said = ", ".join(read)
        return Birth(read, f"{text!r} is read by the solar and the lunar Hijri calendar: {said}")
    if len(born) == 1:
        return Birth(born)
    return Birth(born, f"{text!r} may be {born[0]} or {born[1]}, and counts as both")


def _days(text: str) -> list[str]:
    """Give each day that a text may mean; none where it is no day at all."""
    if met := _YEAR_FIRST.fullmatch(text) or _YEAR_FIRST_DOTS.fullmatch(text):
        return [_written(met[1], met[3], met[4])]
    if met := _YEAR_LAST.fullmatch(text):
        return _either_way(met[1], met[3], met[4], day_first=met[2] == ".")
    if met := _MONTH_AND_YEAR.fullmatch(text):
        return [_written(met[2], met[1])]
    if (met := _DAY_AND_WORD.fullmatch(text)) and met[2] in _MONTHS:
        return [_written(met[3], _MONTHS[met[2]], met[1])]
    if (met := _WORD_AND_DAY.fullmatch(text)) and met[1] in _MONTHS:
        return [_written(met[3], _MONTHS[met[1]], met[2])]
    return []


def _either_way(one: str, other: str, year: str, *, day_first: bool) -> list[str]:
    """Read two numbers before a year: with dots the day is first, else either may be."""
    first, second = _number(one), _number(other)
    if not second or one == "mm":
        # 10/00/1976 leaves open whether 10 is the month
        return [_written(year)]
    if not first:
        return [_written(year, second)]
    if second > _LAST_MONTH:
        return [_written(year, first, second)]
    days = [_written(year, second, first)]
    if not day_first and first <= _LAST_MONTH:
        days.append(_written(year, first, second))
    return days


def _number(part: str | int | None) -> int:
    """Give a part as a number; 0 where it is not known."""
    return int(part) if part and part not in {"dd", "mm"} else 0


def _written(year: str, month: str | int | None = None, day: str | int | None = None) -> str:
    """Write what is known; a day without its month says nothing."""
    if not _number(month):
        return f"{int(year):04d}"
    known = f"{int(year):04d}-{_number(month):02d}"
    return f"{known}-{_number(day):02d}" if _number(day) else known
