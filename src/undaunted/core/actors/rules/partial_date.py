"""A date as well as it is known: a day, a month, "spring 1952", "before 2020".

Every partial date keeps the canonical EDTF text (ISO 8601-2:2019) and the two days between which
the true day lies. All comparison uses those two days, so nothing is ever decided by guessing.

Reading is split for speed: days, months, years, decades, seasons and intervals of these are read
here in microseconds; sets and qualified components (EDTF level 2) go to the library `edtf`, which
needs milliseconds. An approximate date (`~`, `%`) is widened by one unit of its own precision; an
uncertain one (`?`) is not, because doubt about a source is told by its grade, not by its calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol, cast

__all__ = ["PartialDate", "Precision", "UnreadableDate"]

LONGEST_TEXT: Final = 80
"""Longer texts are refused unread; the library's parser grows faster than the text."""

_CACHED_TEXTS: Final = 65_536
_LAST_MONTH: Final = 12
_FIRST_SEASON: Final = 21

_SIMPLE: Final = re.compile(r"(\d{4}|\d{3}X|\d\dXX|\dXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%])?")
_SETS_AND_QUALIFIERS: Final = frozenset("[]{}?~%")

# First and last month. Winter, and summer in the south, lie on both sides of New Year and usage
# differs on which year names them: the whole year is the only honest range.
_SEASONS: Final[dict[int, tuple[int, int]]] = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (1, 12),
    25: (3, 5),
    26: (6, 8),
    27: (9, 11),
    28: (1, 12),
    29: (9, 11),
    30: (1, 12),
    31: (3, 5),
    32: (6, 8),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    37: (1, 4),
    38: (5, 8),
    39: (9, 12),
    40: (1, 6),
    41: (7, 12),
}


class UnreadableDate(ValueError):
    """The text is no date that exists; the message names it and says what can be written."""

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        super().__init__(
            f"{shown!r} is not a date: {reason}. Write 2020-03-05, 2020-03, 2020, 202X, 2020-21"
            " (spring), 1952/1953 (between), ../2020 (before) or 2020/.. (after); add ~ for about."
        )
        self.text = text
        self.reason = reason


class Precision(StrEnum):
    """How fine a partial date is."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A canonical EDTF text with the first and last day it allows; None is an open end."""

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read EDTF; raise `UnreadableDate` for anything else or for a day that never was."""
        return _parse(text)

    @classmethod
    def day(cls, day: date) -> PartialDate:
        """Give the date known to the day."""
        return cls(day.isoformat(), day, day)

    @classmethod
    def month(cls, year: int, month: int) -> PartialDate:
        """Give the date known to the month."""
        return _parse(f"{year:04d}-{month:02d}")

    @classmethod
    def year(cls, year: int) -> PartialDate:
        """Give the date known to the year."""
        return _parse(f"{year:04d}")

    @classmethod
    def between(cls, first: PartialDate | None, last: PartialDate | None) -> PartialDate:
        """Give the date that lies somewhere from `first` to `last`; None leaves an end open."""
        return _parse(f"{first.text if first else '..'}/{last.text if last else '..'}")

    @property
    def precision(self) -> Precision:
        """How fine the date is, as written."""
        simple = _SIMPLE.fullmatch(self.text)
        if simple is None:
            return Precision.INTERVAL
        year, month, day, _ = simple.groups()
        if day and day != "XX":
            return Precision.DAY
        if month and month != "XX":
            return Precision.SEASON if int(month) >= _FIRST_SEASON else Precision.MONTH
        if not year.endswith("X"):
            return Precision.YEAR
        return Precision.INTERVAL if year.endswith("XX") else Precision.DECADE

    def certainly_before(self, other: PartialDate) -> bool:
        """Whether every day this allows comes before every day the other allows."""
        if self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def certainly_after(self, other: PartialDate) -> bool:
        """Whether every day this allows comes after every day the other allows."""
        return other.certainly_before(self)

    def possibly_before(self, other: PartialDate) -> bool:
        """Whether some day this allows comes before some day the other allows."""
        if self.earliest is None or other.latest is None:
            return True
        return self.earliest < other.latest

    def compatible_with(self, other: PartialDate) -> bool:
        """Whether both can mean the same day."""
        return not (self.certainly_before(other) or other.certainly_before(self))

    def allows(self, day: date) -> bool:
        """Whether the true day can be this one."""
        if self.earliest is not None and day < self.earliest:
            return False
        return self.latest is None or day <= self.latest

    def coarsened_to_month(self) -> PartialDate:
        """Give the date with no day in it, for what is published (card rule H7)."""
        simple = _SIMPLE.fullmatch(self.text)
        if simple is not None:
            year, month, day, mark = simple.groups()
            return _parse(f"{year}-{month}{mark or ''}") if day else self
        first, last = _month_of(self.earliest), _month_of(self.latest)
        return _parse(first if first == last else f"{first}/{last}")


@lru_cache(maxsize=_CACHED_TEXTS)
def _parse(text: str) -> PartialDate:
    if len(text) > LONGEST_TEXT:
        raise UnreadableDate(text, f"longer than {LONGEST_TEXT} characters")
    clean = text.strip().replace("x", "X")
    if not clean:
        raise UnreadableDate(text, "empty")
    if not clean.isascii():
        raise UnreadableDate(text, "digits and signs must be those of ASCII")
    lower, slash, upper = clean.partition("/")
    if slash:
        return _parse_interval(text, lower.strip(), upper.strip())
    simple = _SIMPLE.fullmatch(clean)
    return _parse_simple(text, simple) if simple else _parse_by_library(text, clean)


def _parse_interval(text: str, lower: str, upper: str) -> PartialDate:
    try:
        first = _parse(lower) if lower not in {"", ".."} else None
        last = _parse(upper) if upper not in {"", ".."} else None
    except UnreadableDate as error:
        # Of 31/12/1970 nobody wrote 31 alone: the whole text is what is no date.
        raise UnreadableDate(text, error.reason) from None
    if first is None and last is None:
        raise UnreadableDate(text, "both ends are open")
    if (first and "/" in first.text) or (last and "/" in last.text):
        raise UnreadableDate(text, "an interval has two ends")
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if first and last and last.certainly_before(first):
        raise UnreadableDate(text, "the end comes before the beginning")
    ends = [end for end in (first, last) if end]
    return PartialDate(
        f"{first.text if first else lower}/{last.text if last else upper}",
        earliest,
        latest,
        approximate=any(end.approximate for end in ends),
        uncertain=any(end.uncertain for end in ends),
    )


def _parse_simple(text: str, simple: re.Match[str]) -> PartialDate:
    year, month, day, mark = simple.groups()
    try:
        earliest, latest = _bounds(year, month, day)
    except ValueError as error:
        raise UnreadableDate(text, str(error)) from None
    approximate = mark in {"~", "%"}
    if approximate:
        if day and day != "XX":
            earliest, latest = _a_day_wider(earliest, latest)
        else:
            earliest, latest = _months_wider(earliest, latest)
    return PartialDate(simple.group(), earliest, latest, approximate, uncertain=mark in {"?", "%"})


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        if last_year == 0:
            raise ValueError("years begin with 0001")
        first_year = 1
    if month is None or month == "XX":
        if day not in {None, "XX"}:
            raise ValueError("a day needs its month")
        return date(first_year, 1, 1), date(last_year, 12, 31)
    if first_year != last_year:
        raise ValueError("a month needs its year")
    first_month, last_month = _months(int(month), has_day=day is not None)
    if day is None or day == "XX":
        return (
            date(first_year, first_month, 1),
            date(first_year, last_month, monthrange(first_year, last_month)[1]),
        )
    days = monthrange(first_year, first_month)[1]
    if not 1 <= int(day) <= days:
        raise ValueError(f"{year}-{month} has days 01 to {days}, not {day}")
    exact = date(first_year, first_month, int(day))
    return exact, exact


def _months(month: int, *, has_day: bool) -> tuple[int, int]:
    if 1 <= month <= _LAST_MONTH:
        return month, month
    if month in _SEASONS and not has_day:
        return _SEASONS[month]
    if month in _SEASONS:
        raise ValueError(f"{month} is a season, and a season has no days")
    raise ValueError(f"months are 01 to 12 and seasons 21 to 41, not {month:02d}")


def _a_day_wider(earliest: date, latest: date) -> tuple[date, date]:
    one_day = timedelta(days=1)
    return (
        max(earliest, date.min + one_day) - one_day,
        min(latest, date.max - one_day) + one_day,
    )


def _months_wider(earliest: date, latest: date) -> tuple[date, date]:
    first = earliest.year * _LAST_MONTH + earliest.month - 1
    last = latest.year * _LAST_MONTH + latest.month - 1
    span = last - first + 1
    first_year, first_month = divmod(max(first - span, _LAST_MONTH), _LAST_MONTH)
    last_year, last_month = divmod(
        min(last + span, date.max.year * _LAST_MONTH + _LAST_MONTH - 1), _LAST_MONTH
    )
    return (
        date(first_year, first_month + 1, 1),
        date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1]),
    )


class _LibraryDate(Protocol):
    """What is used of the library's objects (level 2 has a dozen classes)."""

    is_approximate: bool
    is_uncertain: bool

    def lower_fuzzy(self) -> tuple[int, ...]: ...
    def upper_fuzzy(self) -> tuple[int, ...]: ...


def _parse_by_library(text: str, clean: str) -> PartialDate:
    canonical = clean.replace(" ", "") if clean[0] in "[{" else clean
    if " " in canonical or not _SETS_AND_QUALIFIERS & set(canonical):
        raise UnreadableDate(text, "it is not in the form of EDTF")
    # Imported here because it costs a quarter of a second that few dates need.
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415

    try:
        found = cast("_LibraryDate", parse_edtf(canonical))
        earliest, latest = sorted(
            date(*day[:3]) for day in (found.lower_fuzzy(), found.upper_fuzzy())
        )
        approximate, uncertain = bool(found.is_approximate), bool(found.is_uncertain)
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise UnreadableDate(text, "it is not in the form of EDTF") from None
    return PartialDate(canonical, earliest, latest, approximate, uncertain)


def _month_of(day: date | None) -> str:
    return ".." if day is None else f"{day.year:04d}-{day.month:02d}"
