"""How well a record is supported: tiers A to D, from the sources behind it (rule K8).

A: two or more independent sources, at least one of them primary (court paper, lawyer, family).
B: at least one reliable source. C: reported, nothing more. D: disputed, whatever the sources.
Two sources that repeat one origin are one source: independence is counted in origins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from undaunted.engines.census.days import Flags, Numbers

__all__ = [
    "HEADLINE_TIERS",
    "RANGE_TIERS",
    "SourceMark",
    "Tier",
    "TierGiven",
    "TierReason",
    "tier_from_sources",
    "tiers_from_counts",
]


class Tier(IntEnum):
    """Four tiers, best first: a smaller number is better supported."""

    A = 0
    B = 1
    C = 2
    D = 3


HEADLINE_TIERS: Final = (Tier.A, Tier.B)
RANGE_TIERS: Final = (Tier.A, Tier.B, Tier.C)
_ENOUGH: Final = 2


class TierReason(StrEnum):
    """Why a record has its tier; the caller words it."""

    CORROBORATED = "two_independent_one_primary"
    RELIABLE = "one_reliable"
    REPORTED = "reported"
    UNSOURCED = "no_source"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class SourceMark:
    """One source behind a record: where it had it from, and what kind of source it is."""

    origin: str
    primary: bool
    reliable: bool


@dataclass(frozen=True, slots=True)
class TierGiven:
    """A tier with what it was given for."""

    tier: Tier
    reason: TierReason
    independent: int
    primary: int
    reliable: int


def tier_from_sources(sources: Iterable[SourceMark], *, disputed: bool = False) -> TierGiven:
    """Return the tier that these sources carry; the counts are of distinct origins."""
    marks = tuple(sources)
    independent = len({mark.origin for mark in marks})
    primary = len({mark.origin for mark in marks if mark.primary})
    reliable = len({mark.origin for mark in marks if mark.reliable})
    tier, reason = _judge(independent, primary=primary, reliable=reliable, disputed=disputed)
    return TierGiven(tier, reason, independent, primary, reliable)


def tiers_from_counts(
    independent: Numbers, primary: Numbers, reliable: Numbers, disputed: Flags
) -> NDArray[np.int64]:
    """Return tiers for many records, shape (n,), from counts of distinct origins."""
    corroborated = (independent >= _ENOUGH) & (primary >= 1)
    return np.select(
        [disputed, corroborated, reliable >= 1],
        [np.int64(Tier.D), np.int64(Tier.A), np.int64(Tier.B)],
        default=np.int64(Tier.C),
    )


def _judge(
    independent: int, *, primary: int, reliable: int, disputed: bool
) -> tuple[Tier, TierReason]:
    if disputed:
        return Tier.D, TierReason.DISPUTED
    if independent >= _ENOUGH and primary:
        return Tier.A, TierReason.CORROBORATED
    if reliable:
        return Tier.B, TierReason.RELIABLE
    return Tier.C, TierReason.REPORTED if independent else TierReason.UNSOURCED
