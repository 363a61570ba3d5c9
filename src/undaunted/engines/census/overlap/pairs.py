"""Two lists at a time: Lincoln and Petersen's estimate, and Chapman's, for comparison alone.

Two lists say nothing about how far being on one makes being on the other likelier; that is why
three are asked for, and why pairs that disagree are a warning: where they differ widely, the lists
do not fall independently.

Sources: Petersen 1896, Lincoln 1930; Chapman 1951 (finite, nearly unbiased), Seber 1970 (variance).
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from undaunted.engines.census.confidence import reach
from undaunted.engines.census.overlap.tables import OverlapTable

__all__ = ["PairEstimate", "chapman", "pair_estimates"]


@dataclass(frozen=True, slots=True)
class PairEstimate:
    """What one pair of lists says of everybody. ``petersen`` is None where nobody is on both."""

    lists: tuple[str, str]
    first: int
    second: int
    both: int
    petersen: float | None
    chapman: float
    low: float
    high: float
    confidence: float


def pair_estimates(table: OverlapTable, *, confidence: float = 0.95) -> tuple[PairEstimate, ...]:
    """Return the estimate of each pair of lists, the others looked away from."""
    shared = table.shared
    found = []
    for one, other in combinations(range(len(table.lists)), 2):
        first, second, both = (int(shared[at]) for at in ((one, one), (other, other), (one, other)))
        persons, error = chapman(first, second, both)
        least, width = first + second - both, reach(confidence) * error
        found.append(
            PairEstimate(
                lists=(table.lists[one], table.lists[other]),
                first=first,
                second=second,
                both=both,
                petersen=first * second / both if both else None,
                chapman=persons,
                low=max(least, persons - width),
                high=persons + width,
                confidence=confidence,
            )
        )
    return tuple(found)


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """Return Chapman's estimate of everybody and its standard error (Seber 1970)."""
    persons = (first + 1) * (second + 1) / (both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both)
    return persons, float(np.sqrt(spread / ((both + 1) ** 2 * (both + 2))))
