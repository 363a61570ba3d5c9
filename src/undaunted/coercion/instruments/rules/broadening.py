"""Figures and days told less exactly: ranges in steps of 1, 2 and 5, half years.

Two figures in one range are told alike, so that a summary says the range and nothing more.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from undaunted.core.actors.rules.partial_date import PartialDate

if TYPE_CHECKING:
    from datetime import date

__all__ = ["amount_range", "count_range", "half_year", "share_range"]

SHARES = (0, 5, 10, 25, 50, 75, 100)
FEW = 10
JUNE, DECEMBER = 6, 12
STEPS = (1, 2, 5)


def amount_range(value: str, unit: str) -> str:
    """Tell an amount by the two steps that it lies between."""
    low, high = _between(Decimal(value))
    return f"between {low:,} and {high:,} {unit}".strip()


def count_range(value: str) -> str:
    """Tell a number of things or people by a range; few are told as few."""
    number = Decimal(value)
    if number < FEW:
        return f"fewer than {FEW}"
    low, high = _between(number)
    return f"between {low:,} and {high:,}"


def share_range(value: str) -> str:
    """Tell a share by a range of per cents."""
    number = Decimal(value)
    low, high = next(
        (low, high) for low, high in pairwise(SHARES) if number < high or high == SHARES[-1]
    )
    return f"between {low} % and {high} %"


def half_year(value: str) -> str:
    """Tell a day or month by its half year, and a year with the one beside it."""
    told = PartialDate.parse(value)
    first, last = cast("date", told.earliest), cast("date", told.latest)
    if first.year == last.year and last.month - first.month == DECEMBER - 1:
        even = first.year - first.year % 2
        return f"{even} or {even + 1}"
    if (first.month <= JUNE) != (last.month <= JUNE) or first.year != last.year:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    half = "first" if last.month <= JUNE else "second"
    return f"the {half} half of {first.year}"


def _between(value: Decimal) -> tuple[int, int]:
    """Give the steps around a number, found from its size and not by counting up to it."""
    power = max(value.adjusted(), 0) if value else 0
    ladder = [step * 10**each for each in (power, power + 1) for step in STEPS]
    return next((low, high) for low, high in pairwise([0, *ladder]) if value < high)
