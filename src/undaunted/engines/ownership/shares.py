"""Shares as whole numbers of a billionth, so that "more than half" is exact in every engine."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "ALWAYS", "HALF", "NEVER", "WHOLE", "Right", "as_part", "in_words", "some_of", "units",
    "unstated",
]  # fmt: skip

WHOLE = 1_000_000_000
"""100 %."""

HALF = WHOLE // 2

ALWAYS = 0
"""A day before all days: no beginning is stated. Days are proleptic ordinals (`date.toordinal`)."""

NEVER = 4_000_000
"""A day after all days: no end is stated."""

NEAR = 1e-3
"""Of a unit: what lies nearer to a whole number is that number, written in binary."""


class Right(IntEnum):
    """Kinds of right; each is a layer of its own, and layers are never merged.

    `PARTNER` is a general partner, managing member or equivalent: one who is has more than nothing
    of that layer (`some_of`), and it does not matter how much; one who may be can have nothing.
    """

    EQUITY = 0
    VOTES = 1
    PROFITS = 2
    ASSETS = 3
    BOARD = 4
    SPECIAL = 5
    PROXY = 6
    CONTRACT = 7
    CONCERT = 8
    LENDER = 9
    TRUST = 10
    NOMINEE = 11
    PARTNER = 12


def units(parts: NDArray[np.float64], *, up: bool = False) -> NDArray[np.int64]:
    """Turn parts of one into units, cut off (`up`: raised), so that rounding makes no majority.

    Three holdings of a sixth are not more than half, whatever their last digit says.
    """
    scaled = parts * WHOLE
    nearest = np.rint(scaled)
    cut = np.ceil(scaled) if up else np.floor(scaled)
    return np.where(np.abs(scaled - nearest) < NEAR, nearest, cut).astype(np.int64)


def some_of(right: Right, lowest: int, highest: int) -> tuple[int, int]:
    """Give the share of a row that is in no doubt: a general partner's is more than nothing."""
    least = 1 if right is Right.PARTNER else 0
    return max(lowest, least), max(highest, least)


def unstated(lowest: int, highest: int) -> bool:
    """Tell whether a share says no more than that there is a stake."""
    return lowest <= 1 and highest == WHOLE


def as_part(share: int) -> float:
    """Give a share as a part of one."""
    return share / WHOLE


def in_words(share: int) -> str:
    """Give a share as a percentage, with as many digits as it has."""
    told = f"{100 * share / WHOLE:.7f}".rstrip("0").rstrip(".")
    return f"{told} %"
