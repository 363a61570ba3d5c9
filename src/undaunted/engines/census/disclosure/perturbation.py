"""By how much a count is moved: a table of probabilities for each true count.

For each count the most even law (greatest entropy) among those that are unbiased, have the variance
asked for, move by no more than asked for, and show nothing below zero and no small number. Zero is
not moved. Where so small a count cannot have that variance, it has the nearest that it can; the
table says which.

Sources: Fraser and Wooton 2005 (cell keys), Marley and Leaver 2011 and Giessing 2016 (greatest
entropy); Eurostat's guidelines of 2019 for the census of 2021 call them perturbation tables.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from undaunted.engines.census.days import Numbers, Reals
from undaunted.engines.census.errors import ArgumentRefused, TableMalformed

__all__ = ["PerturbationTable", "Wish", "perturbation_table"]

_STEEPEST = 50.0
_NEAR = 1e-6
_SMALL = 2
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a table.

    ``farthest``: the largest move; ``variance``: of a move; ``smallest``: the least number that is
    shown other than zero.
    """

    farthest: int = 5
    variance: float = 3.0
    smallest: int = 3

    def __post_init__(self) -> None:
        if not _SMALL <= self.smallest <= self.farthest:
            raise ArgumentRefused(
                f"smallest: {self.smallest} lies between {_SMALL} and farthest, {self.farthest}"
            )
        if not _LEAST <= self.variance < self.farthest**2:
            raise ArgumentRefused(f"variance: {self.variance} cannot be had within the moves")


@dataclass(frozen=True, slots=True, eq=False)
class PerturbationTable:
    """Laws of moves.

    ``chances`` has the shape (counts, moves): row n for the count n, the last row for all larger;
    column d for the move d - farthest. ``variance``, shape (counts,), is what each row has.
    """

    wish: Wish
    chances: Reals
    variance: Reals

    def __post_init__(self) -> None:
        moves = np.arange(-self.wish.farthest, self.wish.farthest + 1)
        if self.chances.shape[1:] != moves.shape or np.any(self.chances < 0):
            raise TableMalformed("chances: one for each move, none below zero")
        off = np.abs(self.chances.sum(axis=1) - 1) + np.abs(self.chances @ moves)
        if np.any(off > _NEAR):
            raise TableMalformed(
                f"row {int(np.argmax(off > _NEAR))}: biased, or not adding up to 1"
            )

    def moves(self, counts: Numbers, chance: Reals) -> Numbers:
        """Return the move of each count for a number in [0, 1), shapes (n,)."""
        rows = np.minimum(counts, len(self.chances) - 1)
        passed = np.cumsum(self.chances, axis=1)[rows] <= chance[:, None]
        place: Numbers = np.minimum(passed.sum(axis=1), 2 * self.wish.farthest)
        moved: Numbers = place - self.wish.farthest
        return moved

    def told(self) -> float:
        """Return how often, at worst, a count and the next, moved apart, are shown differently."""
        width = 2 * self.wish.farthest + 1
        counts, shown = (
            len(self.chances),
            np.zeros((len(self.chances) + 1, len(self.chances) + width)),
        )
        for count in range(counts + 1):
            shown[count, count : count + width] = self.chances[min(count, counts - 1)]
        same = (shown[:-1] * shown[1:]).sum(axis=1)
        return float(1 - same.min())


def perturbation_table(wish: Wish) -> PerturbationTable:
    """Return the table of greatest entropy that fulfils a wish."""
    moves = np.arange(-wish.farthest, wish.farthest + 1)
    last = wish.farthest + wish.smallest
    rows = [np.where(moves == 0, 1.0, 0.0)]
    for count in range(1, last + 1):
        shown = count + moves
        rows.append(_law(moves, (shown == 0) | (shown >= wish.smallest), wish.variance))
    chances = np.stack(rows)
    return PerturbationTable(wish, chances, chances @ moves.astype(np.float64) ** 2)


def _law(moves: Numbers, allowed: np.ndarray, variance: float) -> Reals:
    kept = moves[allowed].astype(np.float64)
    below, above = kept[kept <= 0].max(), kept[kept >= 0].min()
    least = -below * above
    if variance <= least + _NEAR:
        law = _two_points(kept, below, above)
    else:
        most = -kept.min() * kept.max()
        law = _most_even(kept, min(variance, most - (most - least) / 20))
    whole = np.zeros(moves.size)
    whole[allowed] = law
    return whole


def _two_points(kept: Reals, below: float, above: float) -> Reals:
    """Give the unbiased law of least variance: on the two nearest moves."""
    return np.where(kept == below, above, np.where(kept == above, -below, 0.0)) / (above - below)


def _most_even(kept: Reals, variance: float) -> Reals:
    """Give the law exp(a d + b d**2) with mean zero and this variance."""

    def law(bend: float) -> Reals:
        steep = _STEEPEST + abs(bend) * float(np.ptp(kept))
        tilt = scipy.optimize.brentq(
            lambda tilt: float(_exponential(kept, tilt, bend) @ kept), -steep, steep
        )
        return _exponential(kept, tilt, bend)

    bend = scipy.optimize.brentq(
        lambda bend: float(law(bend) @ kept**2) - variance, -_STEEPEST, _STEEPEST
    )
    return law(bend)


def _exponential(kept: Reals, tilt: float, bend: float) -> Reals:
    powers = tilt * kept + bend * kept**2
    weights = np.exp(powers - powers.max())
    law: Reals = weights / weights.sum()
    return law
