"""Which of many points nobody should pass over: more harm at less cost is better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["envelope", "front_of", "thinned"]


def front_of(harm: NDArray[np.float64], cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the numbers of the points that no other dominates, by rising cost.

    Of points that are equal in both, the first is kept. A point without numbers is passed over.
    """
    known = np.flatnonzero(np.isfinite(harm) & np.isfinite(cost))
    order = known[np.lexsort((known, -harm[known], cost[known]))]
    best = np.maximum.accumulate(np.concatenate([[-np.inf], harm[order]]))[:-1]
    return order[harm[order] > best]


def envelope(
    harm: NDArray[np.float64], cost: NDArray[np.float64], at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the upper concave envelope of a front, told by rising cost, at some costs."""
    kept: list[int] = []
    for new in range(len(cost)):
        while len(kept) > 1 and _below(harm, cost, kept[-2], kept[-1], new):
            kept.pop()
        kept.append(new)
    told: NDArray[np.float64] = np.interp(at, cost[kept], harm[kept])
    return told


def thinned(
    harm: NDArray[np.float64], cost: NDArray[np.float64], *, most: int | None
) -> NDArray[np.int64]:
    """Give at most so many points of the front, spread evenly along it, by rising cost.

    Of neighbours the one nearest to the concave envelope stays; None keeps the whole front.
    """
    front = front_of(harm, cost)
    if most is None or len(front) <= most:
        return front
    h, c = harm[front], cost[front]
    along = (h - h[0]) / (h[-1] - h[0]) + (c - c[0]) / (c[-1] - c[0])
    cell = np.minimum((along / 2 * most).astype(int), most - 1)
    short = envelope(h, c, c) - h
    order: Any = np.lexsort((short, cell))
    _, first = np.unique(cell[order], return_index=True)
    told: NDArray[np.int64] = front[np.sort(order[first])]
    return told


def _below(
    harm: NDArray[np.float64], cost: NDArray[np.float64], left: int, middle: int, right: int
) -> bool:
    rise = (harm[right] - harm[left]) * (cost[middle] - cost[left])
    return bool((harm[middle] - harm[left]) * (cost[right] - cost[left]) <= rise)
