"""Who is taken before whom, and which loops hold all of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

from undaunted.engines.ownership.ordering import ordered
from undaunted.engines.ownership.shares import WHOLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints, Numbers

    Parts = NDArray[np.float64]

__all__ = ["Plan", "planned"]

NEARLY = 1e-9
"""A loop whose parties hold all but so much of each other counts as closed."""
STEPS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Parties in an order in which owners come first.

    Attributes:
        starts: where each component begins in `order`.
        order: parties, by component.
        share: share of each stake, a part of one.
        own: what each party holds of itself.
        closed: components that hold all of themselves, ascending.
        cap: the most that anybody can have of a party.
    """

    starts: Ints
    order: Numbers
    share: Parts
    own: Parts
    closed: tuple[int, ...]
    cap: float

    def members(self, component: int) -> Ints:
        """Give the parties of a component."""
        begin, end = self.starts[component], self.starts[component + 1]
        return np.sort(self.order[begin:end]).astype(np.int64)


def planned(graph: Graph, *, highest: bool) -> Plan:
    """Give the plan for lowest shares, or for highest: these are capped, and no loop is closed."""
    share = (graph.hi if highest else graph.lo) / WHOLE
    own = (graph.own_hi if highest else graph.own_lo) / WHOLE
    starts, order = ordered(graph.held_first, graph.owner)
    if highest:
        return Plan(starts, order, share, own, (), 1.0)
    return Plan(starts, order, share, own, _closed(graph, share, own, starts, order), np.inf)


def _closed(
    graph: Graph, share: Parts, own: Parts, starts: Ints, order: Numbers
) -> tuple[int, ...]:
    """Find components whose spectral radius is one or more, by what each party holds within.

    The radius lies between the least and the greatest sum of shares within, and below the greatest
    where they differ. Where they lie on both sides of one, it is worked out.
    """
    label = np.empty(graph.size, np.int32)
    label[order] = np.repeat(np.arange(starts.size - 1, dtype=np.int32), np.diff(starts))
    within = label[graph.owner] == label[graph.owned]
    sums = own + np.bincount(graph.owned[within], weights=share[within], minlength=graph.size)
    sums = sums[order]
    least, most = (
        each.reduceat(sums, starts[:-1]) if sums.size else sums for each in (np.minimum, np.maximum)
    )
    closed = least >= 1 - NEARLY
    asked = np.flatnonzero(~closed & (most > 1 + NEARLY))
    if asked.size:
        held = scipy.sparse.csr_array(
            (share, graph.owner, graph.held_first), shape=(graph.size, graph.size)
        )
    for component in asked:
        members = np.sort(order[starts[component] : starts[component + 1]])
        closed[component] = _radius(held[members][:, members], own[members]) >= 1 - NEARLY
    return tuple(np.flatnonzero(closed).tolist())


def _radius(part: scipy.sparse.csr_array, own: Parts) -> float:
    """Give the spectral radius of a loop, from below, by powers of the matrix plus one."""
    vector = np.ones(own.size)
    least = 0.0
    for _ in range(STEPS):
        further = part @ vector + own * vector
        ratios = further / vector
        least = float(ratios.min())
        if least >= 1 - NEARLY or float(ratios.max()) < 1 - NEARLY:
            break
        vector = further + vector
        vector /= vector.max()
    return least
