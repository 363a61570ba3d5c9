"""What a set of owners reaches: the walks of control over a graph, for one set and for every owner.

Under ranges there are two answers, and both are exact: what is held of one company says nothing of
another's, so one choice of shares serves all companies at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import walking
from undaunted.engines.ownership.parties import PartyKind
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints, Numbers
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Bounds", "Pairs", "all_control", "bounds_of", "reached"]

UNBOUNDED = 1 << 60
"""To spare, where lowest shares say nothing: every set holds just what its own rows say."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Who controls whom, for every owner that controls anything.

    Attributes:
        owners: those owners, ascending.
        first: companies of `owners[i]` stand from `first[i]` to `first[i + 1]`.
        companies: companies, in order of finding.
    """

    owners: Numbers
    first: Ints
    companies: Numbers

    def __len__(self) -> int:
        return int(self.companies.size)

    def of(self, owner: int) -> Numbers:
        """Give what one owner controls."""
        at = int(np.searchsorted(self.owners, owner))
        if at == self.owners.size or self.owners[at] != owner:
            return self.companies[:0]
        return self.companies[self.first[at] : self.first[at + 1]]

    def columns(self) -> tuple[Numbers, Numbers]:
        """Give owners and companies, a row a pair."""
        return np.repeat(self.owners, np.diff(self.first)), self.companies


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What a walk compares: shares of each stake, what is left over, what must be exceeded."""

    lo: Numbers
    hi: Numbers
    spare: Ints
    needed: Ints


def bounds_of(graph: Graph, threshold: Threshold, *, may: bool) -> Bounds:
    """Give the bounds of a walk: for what must be controlled, or for what may be."""
    own = graph.own_hi if may else graph.own_lo
    needed = threshold.needed(own if graph.suspended else np.zeros_like(own))
    if not may:
        return Bounds(graph.lo, graph.lo, np.full(graph.size, UNBOUNDED), needed)
    spare = np.where(graph.over, UNBOUNDED, np.maximum(WHOLE - graph.total, 0))
    return Bounds(graph.lo, graph.hi, spare, needed)


def reached(graph: Graph, threshold: Threshold, seeds: Ints, *, may: bool) -> Numbers:
    """Give what the seeds must, or may, control, in the order of finding."""
    bounds = bounds_of(graph, threshold, may=may)
    return walking.reach(
        graph.first, graph.out, graph.owned, bounds.lo, bounds.hi, bounds.spare, bounds.needed,
        seeds.astype(np.int64),
    )  # fmt: skip


def all_control(graph: Graph, threshold: Threshold = MAJORITY, *, may: bool = False) -> Pairs:
    """Give who must, or may, control whom, each owner by itself.

    Those who cannot decide as one (`PartyKind.SEVERAL`) control nothing.
    """
    bounds = bounds_of(graph, threshold, may=may)
    how, begins = walking.deciding(
        graph.held_first, graph.owner, bounds.lo, bounds.hi, bounds.spare, bounds.needed
    )
    begins &= graph.parties.kinds != PartyKind.SEVERAL
    kept = np.flatnonzero(how)
    first, by_owner = walking.grouped(graph.owner[kept], graph.size)
    kept = kept[by_owner]
    owned = graph.owned[kept]
    slot, leeway = _slots(bounds, owned, how[kept] == walking.TOGETHER)
    starts = np.flatnonzero(begins).astype(np.int32)
    # A start decides something, and so never stands as its complement.
    further = np.where(np.diff(first)[owned] > 0, owned, ~owned)
    places, companies = walking.reach_all(
        first, further, slot, bounds.lo[kept], bounds.hi[kept], leeway, starts
    )
    return Pairs(starts, places, companies[: places[-1]])


def _slots(bounds: Bounds, owned: Numbers, together: NDArray[np.bool_]) -> tuple[Numbers, Ints]:
    """Give each company that is decided together a number, and what must be exceeded of it."""
    shared = np.zeros(bounds.needed.size, np.bool_)
    shared[owned[together]] = True
    number = np.cumsum(shared, dtype=np.int32) - np.int32(1)
    slot = np.where(together, number[owned], np.int32(-1))
    companies = np.flatnonzero(shared)
    enough = bounds.needed[companies]
    return slot, np.stack([enough, enough - bounds.spare[companies]], axis=1)
