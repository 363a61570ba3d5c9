"""By what control is measured: a majority of votes, or a test of a law with its share and source.

A regime names the test that is its own, if its law sets one; where none does, a majority of votes
is asked, and that no law's share was used is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.engines.ownership import (
    HALF,
    MAJORITY,
    STANDARDS,
    OwnershipError,
    Standard,
    Threshold,
    threshold_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.rules.terms import Regime

__all__ = [
    "BY_MAJORITY",
    "BY_SHARE",
    "Measure",
    "measure_by_share",
    "measure_for",
    "measure_named",
    "measures",
]

BY_MAJORITY, BY_SHARE = "majority", "share"
OF_THE_PERSON = "cfius_substantial_state"
"""It asks of the person who acquires, and not of the business: no answer about a target."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; `standard` is the law's test, none of a majority or of a share of one's own."""

    key: str
    threshold: Threshold
    standard: Standard | None = None

    @property
    def law(self) -> str:
        """Give law and article; nothing where no law says so."""
        return "" if self.standard is None else self.standard.law

    @property
    def chain(self) -> Threshold:
        """Give how much makes a link of the chain above the last one."""
        if self.standard is None:
            return self.threshold
        parent = self.key.startswith("cfius_")
        return Threshold(HALF, reached=True) if parent else MAJORITY

    def told(self) -> dict[str, object]:
        """Give it for programs, and as it is kept."""
        found = self.standard
        return {
            "measure": self.key,
            "law": self.law,
            "asks": "votes, through whatever is controlled" if found is None else found.asks,
            "threshold": str(self.threshold),
            "verified": None if found is None else found.verified,
            "read": "" if found is None else f"{found.source}, {found.on}",
        }


MAJORITY_MEASURE = Measure(BY_MAJORITY, MAJORITY)


def measures() -> tuple[Measure, ...]:
    """Give every measure that can be asked of a target."""
    asked = (each for each in STANDARDS if each.key != OF_THE_PERSON)
    return MAJORITY_MEASURE, *(Measure(each.key, each.threshold, each) for each in asked)


def measure_named(key: str) -> Measure:
    """Give a measure by its key. Raises `ScreeningRefused`."""
    found = next((each for each in measures() if each.key == key), None)
    if found is None:
        known = ", ".join(each.key for each in measures())
        raise ScreeningRefused(f"measure: {key!r} is none; there are {known}")
    return found


def measure_by_share(part: float, *, reached: bool) -> Measure:
    """Give a measure by a share of one's own, a part of one. Raises `ScreeningRefused`."""
    try:
        return Measure(BY_SHARE, threshold_of(part, reached=reached))
    except OwnershipError as refusal:
        raise ScreeningRefused(f"threshold: {refusal}") from refusal


def measure_for(regimes: Iterable[Regime]) -> tuple[Measure, Regime | None]:
    """Give the measure of the first regime whose law has one; else a majority, and no regime."""
    for each in regimes:
        if each.measure:
            return measure_named(each.measure), each
    return MAJORITY_MEASURE, None
