"""Integrated ownership: the part of each company's cash flow that ends with an owner.

With W[i, j] the share of j that i holds, what i holds of j through every chain is W (I - W)^-1
(Brioschi, Buzzacchi and Colombo 1989). Where chains lead back to the owner, what flows in a circle
would be counted more than once: the owner's row is divided by V_ii, V = (I - W)^-1 (Vitali,
Glattfelder and Battiston 2011), which is what deleting all stakes in the owner gives. That is done
here, and it serves sets of owners as well.

A loop that holds all of itself (two companies that own each other wholly) has a spectral radius of
one and belongs to nobody outside: nothing of it is anybody's. It is reported, and so is a loop
whose stakes exceed the whole, of which nothing can be said. No share is endless or negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import flowing
from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.loops import planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints
    from undaunted.engines.ownership.loops import Plan

    Parts = NDArray[np.float64]

__all__ = ["Integrated", "Sweeping", "integrated"]

BATCH = 64
"""So many sets are followed together: what one party has of them lies side by side."""


@dataclass(frozen=True, slots=True)
class Sweeping:
    """When a loop counts as settled: largest movement of a share, most visits to parties."""

    tolerance: float = 1e-12
    visits: int = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Integrated:
    """What sets of owners hold of each party through every chain.

    Attributes:
        shares: parts of one, [party, set]; 1 for the owners themselves, NaN where loops leave it
            undetermined.
        closed: loops that hold all of themselves or more, and those that did not settle.
        movement: the last movement of any share that settled.
    """

    graph: Graph
    shares: Parts
    closed: tuple[Ints, ...]
    movement: float


def integrated(
    graph: Graph, sets: Sequence[Ints], *, highest: bool = False, sweeping: Sweeping | None = None
) -> Integrated:
    """Give what each set of owners holds of every party, by lowest shares or by highest.

    Highest shares give a bound that no choice of shares within the ranges exceeds, at most 1.
    """
    if not sets or any(not each.size for each in sets):
        raise QuestionMalformed("integrated ownership is asked of one owner at least")
    plan = planned(graph, highest=highest)
    batches = [
        _Followed(graph, plan, sets[begin : begin + BATCH], sweeping or Sweeping())
        for begin in range(0, len(sets), BATCH)
    ]
    closed = set(plan.closed)
    for each in batches:
        closed.update(np.flatnonzero(each.unsettled).tolist())
    return Integrated(
        graph,
        batches[0].shares if len(batches) == 1 else np.hstack([each.shares for each in batches]),
        tuple(plan.members(each) for each in sorted(closed)),
        max(each.movement for each in batches),
    )


class _Followed:
    """One batch of sets, followed through the components, closed loops each by itself."""

    def __init__(self, graph: Graph, plan: Plan, sets: Sequence[Ints], sweeping: Sweeping) -> None:
        self.graph, self.plan, self.sweeping = graph, plan, sweeping
        self.shares = np.zeros((graph.size, len(sets)))
        self.unsettled = np.zeros(plan.starts.size - 1, np.bool_)
        self.movement = 0.0
        looped = [plan.members(each) for each in plan.closed]
        given = np.unique(np.concatenate([*sets, *looped]))
        self.pin = np.full(graph.size, -1, np.int32)
        self.pin[given] = np.arange(given.size)
        self.pinned = np.zeros((given.size, len(sets)), np.bool_)
        self.value = np.ones((given.size, len(sets)))
        for number, members in enumerate(sets):
            self.pinned[self.pin[members], number] = True
        at = 0
        for component in plan.closed:
            self._flow(at, component)
            self._close(plan.members(component))
            self._flow(component, component + 1)
            at = component + 1
        self._flow(at, plan.starts.size - 1)

    def _close(self, loop: Ints) -> None:
        """Give a closed loop to nobody, or leave it open where others hold stakes in it."""
        graph, pins = self.graph, self.pin[loop]
        free = ~self.pinned[pins].any(axis=0)
        inside = np.isin(np.arange(graph.size), loop)
        flowing_in = np.zeros(self.shares.shape[1])
        for party in loop.tolist():
            held = graph.stakes_in(party)
            others = held.start + np.flatnonzero(~inside[graph.owner[held]])
            flowing_in += (self.plan.share[others, None] * self.shares[graph.owner[others]]).sum(0)
        self.value[np.ix_(pins, free)] = np.where(flowing_in == 0, 0.0, np.nan)[free]
        self.pinned[np.ix_(pins, free)] = True

    def _flow(self, begin: int, end: int) -> None:
        plan, graph = self.plan, self.graph
        unsettled, moved = flowing.flow(
            plan.starts[begin : end + 1], plan.order, graph.held_first, graph.owner, plan.share,
            plan.own, self.pin, self.pinned, self.value, plan.cap, self.sweeping.tolerance,
            self.sweeping.visits, self.shares,
        )  # fmt: skip
        self.unsettled[begin:end] = unsettled
        self.movement = max(self.movement, moved)
