"""How much more a response could do at most: an estimate from tangents, held against points.

For a weight w, harm - w cost lies below each of its tangents wherever it is concave in 1 - (1 -
q)^a, q being what is closed (`closeness`). Then no choice at all, not even one that gave each
member a level of its own for each line, does better than the highest point under all tangents over
the whole box; that is the bound of Lagrange and Kelley. The model does not promise concavity, so
this is a bound only where it holds. Each point that was solved is therefore held against each
tangent, and the gap is widened by the greatest amount by which any lies above one; of several a
that with the least gap so widened is taken, since choices are the same whatever they are measured
by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.trade.tangents import Tangent

__all__ = ["Gap", "gap_of"]

BENDS = (1.0, 0.6, 0.4, 0.2)
"""Values of a."""
STEPS = 40
"""Of the descent over mixtures of tangents; any mixture gives a bound, more steps a lower one."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """How far a front is from what tangents say is possible.

    Attributes:
        weights: [W], of cost against harm.
        most: [W], what harm - weight x cost can be at most.
        more: [P], so much more harm than each point's there can be at its cost; parts of one.
        above: [W], how far any solved point lies above a tangent at most; it is in `most`.
        compared: how many pairs of point and tangent were compared for each weight.
        kind: "estimate", since concavity is tested and not proved.
    """

    weights: NDArray[np.float64]
    most: NDArray[np.float64]
    more: NDArray[np.float64]
    above: NDArray[np.float64]
    compared: int
    kind: str = "estimate"

    @property
    def greatest(self) -> float:
        """The widest gap of any point of the front."""
        return float(self.more.max())


def gap_of(  # noqa: PLR0913 - the tangents, the box, the points they are held against, the front
    tangents: Sequence[Tangent],
    widest: NDArray[np.float64],
    *,
    closed: NDArray[np.float64],
    harm: NDArray[np.float64],
    cost: NDArray[np.float64],
    front: tuple[NDArray[np.float64], NDArray[np.float64]],
    weights: NDArray[np.float64],
) -> Gap:
    """Work out the gap.

    Args:
        tangents: T of them.
        widest: q[M, L] at the highest level.
        closed: q[P, M, L] of solved points, with their harm and cost [P].
        front: harm and cost of the front.
        weights: [W].
    """
    told = [_bent(tangents, widest, closed, bend) for bend in BENDS]
    most, above = np.full(len(weights), np.inf), np.zeros(len(weights))
    for at, weight in enumerate(weights):
        for heights, slopes, box, points in told:
            height, slope = heights[0] - weight * heights[1], slopes[0] - weight * slopes[1]
            over = harm - weight * cost - (height[:, None] + slope @ points.T)
            least = _highest(height, slope * box) + max(float(over.max()), 0.0)
            if least < most[at]:
                most[at], above[at] = least, max(float(over.max()), 0.0)
    reach = (most[:, None] + weights[:, None] * front[1]).min(0)
    return Gap(weights, most, np.maximum(reach - front[0], 0.0), above, len(tangents) * len(closed))


def _bent(
    tangents: Sequence[Tangent],
    widest: NDArray[np.float64],
    closed: NDArray[np.float64],
    bend: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give heights at 0 [2, T], slopes [2, T, M x L] of harm and cost, the box, the points."""
    heights, slopes = np.zeros((2, len(tangents))), np.zeros((2, len(tangents), widest.size))
    for at, told in enumerate(tangents):
        bent = (1 - (1 - told.closed) ** bend).ravel()
        steep = (bend * (1 - told.closed) ** (bend - 1)).ravel()
        for kind, (value, slope) in enumerate(
            ((told.harm, told.harm_slopes), (told.cost, told.cost_slopes))
        ):
            slopes[kind, at] = slope.ravel() / steep
            heights[kind, at] = value - float(slopes[kind, at] @ bent)
    points = (1 - (1 - closed) ** bend).reshape(len(closed), -1)
    return heights, slopes, (1 - (1 - widest) ** bend).ravel(), points


def _highest(heights: NDArray[np.float64], slopes: NDArray[np.float64]) -> float:
    """Give the lowest bound found of max over the box of the least of all tangents.

    By duality it is the least over mixtures of tangents of the mixture's own maximum; by
    exponentiated subgradients (Kivinen and Warmuth, 1997), from the best single tangent upward.
    """
    alone = heights + np.maximum(slopes, 0.0).sum(1)
    best = float(alone.min())
    spread = float(alone.max()) - best
    logs = np.zeros(len(heights))
    logs[int(alone.argmin())] = 2.0
    for number in range(1, STEPS + 1):
        mixture = np.exp(logs - logs.max())
        mixture /= mixture.sum()
        mixed = mixture @ slopes
        best = min(best, float(mixture @ heights + np.maximum(mixed, 0.0).sum()))
        uphill = heights + slopes @ (mixed > 0)
        uphill -= uphill.min()
        logs -= 4.0 * uphill / (float(uphill.max()) + 1e-3 * spread + 1e-300) / np.sqrt(number)
    return best
