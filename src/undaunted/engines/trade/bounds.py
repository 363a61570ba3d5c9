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

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import scipy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.trade.tangents import Tangent

__all__ = ["Gap", "gap_of", "widest_of"]

BENDS = (1.0, 0.5, 0.2)
"""Values of a."""
INWARD = 0.3
"""How far from the best point that is known towards the highest the next tangent is put."""


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """How far a front is from what tangents say is possible.

    Attributes:
        weights: [W], of cost against harm.
        most: [W], what harm - weight x cost can be at most.
        more: [P], so much more harm than each point's there can be at its cost; parts of one.
        above: [W], how far any solved point lies above a tangent at most; it is in `most`.
        compared: how many pairs of point and tangent were compared for each weight.
        where: q[W, M, L], where the highest point lies, to put a further tangent there.
        kind: "estimate", since concavity is tested and not proved.
    """

    weights: NDArray[np.float64]
    most: NDArray[np.float64]
    more: NDArray[np.float64]
    above: NDArray[np.float64]
    compared: int
    where: NDArray[np.float64]
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
    where = np.zeros((len(weights), *widest.shape))
    for at, weight in enumerate(weights):
        for bend, (heights, slopes, box, points) in zip(BENDS, told, strict=True):
            height, slope = heights[0] - weight * heights[1], slopes[0] - weight * slopes[1]
            over = harm - weight * cost - (height[:, None] + slope @ points.T)
            highest, place = _highest(height, slope, box)
            beyond = float(over.max(initial=0.0))
            if highest + beyond < most[at]:
                most[at], above[at] = highest + beyond, beyond
                best = max(tangents, key=lambda each: each.harm - weight * each.cost)
                inward = 1 - (1 - best.closed) ** bend
                inward = inward + INWARD * (place.reshape(widest.shape) - inward)
                where[at] = 1 - (1 - inward) ** (1 / bend)
    more = _more(most, weights, front)
    return Gap(weights, most, more, above, len(tangents) * len(closed), where)


def widest_of(gaps: Sequence[Gap], front: tuple[NDArray[np.float64], NDArray[np.float64]]) -> Gap:
    """Give the gap that holds whichever of several cases comes about."""
    most = np.max([each.most for each in gaps], axis=0)
    return replace(
        gaps[0],
        most=most,
        more=_more(most, gaps[0].weights, front),
        above=np.max([each.above for each in gaps], axis=0),
        compared=sum(each.compared for each in gaps),
    )


def _more(
    most: NDArray[np.float64],
    weights: NDArray[np.float64],
    front: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Give how much more harm than the front's there can be at its cost."""
    told: NDArray[np.float64] = (most[:, None] + weights[:, None] * front[1]).min(0) - front[0]
    return np.maximum(told, 0.0)


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
    points = (1 - (1 - closed) ** bend).reshape(len(closed), widest.size)
    return heights, slopes, (1 - (1 - widest) ** bend).ravel(), points


def _highest(
    heights: NDArray[np.float64], slopes: NDArray[np.float64], box: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Give the highest point under all tangents over the box, by linear programming, and where."""
    most = np.append(box, np.inf)
    found = scipy.optimize.linprog(
        np.append(np.zeros_like(box), -1.0),
        A_ub=np.column_stack([-slopes, np.ones(len(heights))]),
        b_ub=heights,
        bounds=np.column_stack([np.append(np.zeros_like(box), -np.inf), most]),
    )
    return float(-found.fun), found.x[:-1]
