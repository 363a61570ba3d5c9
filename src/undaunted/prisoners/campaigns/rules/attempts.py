"""Did attempts increase? Twelve months against the twelve before, with how far chance goes.

The log holds what people logged. More care in logging looks like more attempts, and no test can
tell the two apart; so a comparison refuses where the log is too young for the year before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import comb
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LEAST",
    "SURE",
    "Comparison",
    "MonthPair",
    "Verdict",
    "compare_attempts",
    "month_start",
]

YEAR: Final = 12
SURE: Final = 0.05
LEAST: Final = 6
"""Below six raises in both years even six to none would be no surprise: nothing can be told."""


class Verdict(StrEnum):
    """What the comparison says."""

    MORE = "more"
    FEWER = "fewer"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"
    LOG_TOO_YOUNG = "log_too_young"


@dataclass(frozen=True, slots=True)
class MonthPair:
    """One month, and the same month of the year before."""

    first: date
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Twelve whole months against the twelve before them.

    `p_value` is the chance of a split at least as uneven if both years were alike: exact, of a
    binomial with one half. None where nothing is tested.
    """

    months: tuple[MonthPair, ...]
    now: int
    before: int
    verdict: Verdict
    p_value: float | None
    until: date
    """First day that is not counted."""


def compare_attempts(
    days: Iterable[date], *, until: date, logged_since: date | None = None
) -> Comparison:
    """Compare the days of raises in the twelve whole months before `until` with the year before.

    `logged_since` is the day of the oldest entry of the whole log.
    """
    end = month_start(until)
    counted = Counter(month_start(day) for day in days if day < end)
    months = tuple(
        MonthPair(first, counted[first], counted[_back(first, YEAR)])
        for first in (_back(end, back) for back in range(YEAR, 0, -1))
    )
    now, before = sum(each.now for each in months), sum(each.before for each in months)
    young = logged_since is None or logged_since >= _back(end, 2 * YEAR - 1)
    verdict, chance = _verdict(now, before, young=young)
    return Comparison(months, now, before, verdict, chance, end)


def month_start(day: date) -> date:
    """Give the first day of the month."""
    return day.replace(day=1)


def _verdict(now: int, before: int, *, young: bool) -> tuple[Verdict, float | None]:
    if young:
        return Verdict.LOG_TOO_YOUNG, None
    total = now + before
    if total < LEAST:
        return Verdict.TOO_FEW, None
    tail = sum(comb(total, each) for each in range(max(now, before), total + 1))
    chance = min(1.0, 2 * tail / 2**total)
    if chance > SURE:
        return Verdict.NO_CLEAR_CHANGE, chance
    return (Verdict.MORE if now > before else Verdict.FEWER), chance


def _back(first: date, months: int) -> date:
    year, month = divmod(first.year * YEAR + first.month - 1 - months, YEAR)
    return date(year, month + 1, 1)
