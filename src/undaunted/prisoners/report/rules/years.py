"""The year of a report: which day it counts, what it goes back to, how ages are grouped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from undaunted.prisoners.registry.rules.counts import SERIES_YEARS

__all__ = [
    "AGES",
    "FEWEST",
    "YearRefused",
    "age_group",
    "last_day",
    "series_years",
    "since_known",
    "year_of",
]

FEWEST = 10
"""Below so many persons no length of time is told: half of few is a person's own story."""
FIRST, LAST = 1900, 9000
_DECEMBER, _END = 12, 31


class YearRefused(ValueError):
    """The day is not the end of a year that can be reported."""


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Ages reached in the year, both ends counted; `key` names the group in every edition."""

    key: str
    youngest: int
    oldest: int | None


AGES = (
    AgeGroup("under-18", 0, 17),
    AgeGroup("18-29", 18, 29),
    AgeGroup("30-44", 30, 44),
    AgeGroup("45-59", 45, 59),
    AgeGroup("60-and-over", 60, None),
)


def year_of(as_of: date) -> int:
    """Give the year that ends on this day. Raises `YearRefused`."""
    if (as_of.month, as_of.day) != (_DECEMBER, _END) or not FIRST <= as_of.year <= LAST:
        raise YearRefused(
            f"as_of: {as_of} does not end a year; an annual report counts on 31 December, so give "
            f"{min(max(as_of.year, FIRST), LAST)}-12-31"
        )
    return as_of.year


def last_day(year: int) -> date:
    """Give the day on which the stock of a year is counted."""
    return date(year, _DECEMBER, _END)


def since_known(year: int) -> datetime:
    """Give the moment whose knowledge the account of a year begins with: its first."""
    return datetime(year, 1, 1, tzinfo=UTC)


def series_years(year: int, first: int) -> tuple[int, ...]:
    """Give the years of the series up to `year`: thirty, or those since `first` had anybody."""
    return tuple(range(max(year - SERIES_YEARS + 1, min(first, year)), year + 1))


def age_group(born: int | None, year: int) -> str:
    """Give the group of the age that somebody reaches in the year; "" where it is not known."""
    if born is None or born > year:
        return ""
    age = year - born
    return next(each.key for each in AGES if each.oldest is None or age <= each.oldest)
