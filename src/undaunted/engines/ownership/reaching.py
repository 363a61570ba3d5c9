"""What a set of owners reaches: the walks of control over a graph, for one set and for every owner.

Under ranges there are two answers, and both are exact: what is held of one company says nothing of
another's, so one choice of shares serves all companies at once. Where a company may hold shares of
itself in a range, it is looked whether one choice of them serves both bounds of what may be.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numba
import numpy as np

from undaunted.engines.ownership import deciding, narrowing, spreading, walking
from undaunted.engines.ownership.parties import PartyKind
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints, Numbers
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Bounds", "Pairs", "all_control", "bounds_of", "every_pair", "reached"]

UNBOUNDED = 1 << 60
"""To spare, where lowest shares say nothing: every set holds just what its own rows say."""

MANY, PARTS = 20_000, 8
"""From so many parties on they are taken in parts, by as many threads as there are cores."""


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
    """What a walk compares: shares of each stake, what is left over, what must be exceeded.

    Where lowest shares are the highest too, `spare` is unbounded: nothing is left over by others.
    `others` are the lowest shares in a company but its own, where those are a range, else -1; it is
    empty where none is. `enough` is the share that is asked for, the whole, and 1 where it has to
    be reached alone.
    """

    lo: Numbers
    hi: Numbers
    spare: Ints
    needed: Numbers
    others: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    enough: Ints = field(default_factory=lambda: np.zeros(3, np.int64))

    @property
    def bounding(self) -> Ints:
        """Give `spare` where it says anything, as compiled loops take it: empty elsewhere."""
        return self.spare if self.hi is not self.lo else np.empty(0, np.int64)

    def met(self, company: int, highest: int, lowest: int) -> bool:
        """Whether what is held of a company is enough of it."""
        both = min(highest, int(self.spare[company]) + lowest) > self.needed[company]
        return both and self.at_once(company, highest, lowest)

    def at_once(self, company: int, highest: int, lowest: int) -> bool:
        """Whether one choice of a company's own shares serves both bounds of what is held."""
        if not self.others.size:
            return True
        asked = (int(each) for each in self.enough)
        return bool(walking.at_once(highest, lowest, int(self.others[company]), *asked))


def bounds_of(graph: Graph, threshold: Threshold, *, may: bool) -> Bounds:
    """Give the bounds of a walk: for what must be controlled, or for what may be.

    What others leave is compared with what is needed where a company's own shares are the lowest,
    since it is left once: `spare` is less by the difference.
    """
    counted = graph.own_lo if graph.suspended else np.zeros_like(graph.own_lo)
    least = threshold.needed(counted)
    if not may:
        unbounded = np.broadcast_to(np.int64(UNBOUNDED), graph.size)
        return Bounds(graph.lo, graph.lo, unbounded, least.astype(np.int32))
    needed = threshold.needed(graph.own_hi) if graph.suspended else least
    spare = np.where(graph.over, UNBOUNDED, np.maximum(WHOLE - graph.total, 0) + needed - least)
    bounds = Bounds(graph.lo, graph.hi, spare, needed.astype(np.int32))
    ranging = _ranging(graph)
    if not ranging.any():
        return bounds
    enough = np.array([threshold.share, WHOLE, threshold.reached], np.int64)
    return replace(bounds, others=np.where(ranging, graph.total - graph.own_lo, -1), enough=enough)


def _ranging(graph: Graph) -> NDArray[np.bool_]:
    """Give the companies that may hold more shares of themselves than they must."""
    return graph.suspended & ~graph.over & (graph.own_lo < graph.own_hi)


def reached(
    graph: Graph,
    threshold: Threshold,
    seeds: Ints,
    *,
    may: bool,
    without: NDArray[np.bool_] | None = None,
) -> Numbers:
    """Give what the seeds must, or may, control, in the order of finding.

    Of companies `without` which it is asked nothing is held: no answer rests on them.
    """
    bounds = bounds_of(graph, threshold, may=may)
    if without is not None:
        left_out = without[graph.owned]
        lo = np.where(left_out, 0, bounds.lo).astype(np.int32)
        # Where one column is both, nothing bounds what others leave.
        hi = np.where(left_out, 0, bounds.hi).astype(np.int32) if may else lo
        bounds = replace(bounds, lo=lo, hi=hi)
    return _within(graph, bounds, seeds)


def _within(graph: Graph, bounds: Bounds, seeds: Ints) -> Numbers:
    return walking.reach(
        graph.first, graph.out, graph.owned, bounds.lo, bounds.hi, bounds.bounding, bounds.needed,
        bounds.others, bounds.enough, seeds.astype(np.int64),
    )  # fmt: skip


def all_control(graph: Graph, threshold: Threshold = MAJORITY, *, may: bool = False) -> Pairs:
    """Give who must, or may, control whom, each owner by itself.

    Those who cannot decide as one (`PartyKind.SEVERAL`) control nothing.
    """
    bounds = bounds_of(graph, threshold, may=may)
    several = graph.parties.kinds == PartyKind.SEVERAL
    found = every_pair(
        (graph.first, graph.out, graph.owned), graph.held_first, graph.owner, bounds, several
    )
    return _walked_anew(graph, bounds, found) if bounds.others.size else found


def _walked_anew(graph: Graph, bounds: Bounds, found: Pairs) -> Pairs:
    """Ask one by one of the owners who reach a company that may hold more shares of itself.

    The walks of all owners look at both bounds of what they hold, not at whether one choice of such
    shares serves both: they may find too much there, and below.
    """
    doubtful = np.unique(found.columns()[0][_ranging(graph)[found.companies]])
    if not doubtful.size:
        return found
    asked = set(doubtful.tolist())
    each = {
        owner: _within(graph, bounds, np.array([owner]))
        if owner in asked else found.of(owner)
        for owner in found.owners.tolist()
    }  # fmt: skip
    held = {owner: companies for owner, companies in each.items() if companies.size}
    first = np.cumsum([0, *(companies.size for companies in held.values())])
    companies = np.concatenate([found.companies[:0], *held.values()])
    return Pairs(np.array(list(held), np.int32), first.astype(np.int64), companies)


def every_pair(
    below: tuple[Ints, Numbers, Numbers],
    held_first: Ints,
    owner: Numbers,
    bounds: Bounds,
    several: NDArray[np.bool_],
) -> Pairs:
    """Give who controls whom; `several` are those who cannot decide as one.

    `below` leads from owners to companies: what `narrowing` asks for.
    """
    size = held_first.size - 1
    columns = held_first, owner, bounds.lo, bounds.hi, bounds.bounding, bounds.needed
    decider, begins = np.empty(size, np.int32), np.zeros(size + 1, np.bool_)

    def decide(begin: int, end: int) -> None:
        deciding.decided(begin, end, *columns, decider, begins)

    with ThreadPoolExecutor(numba.get_num_threads()) as pool:
        edges = _edges(size)
        list(pool.map(decide, edges[:-1], edges[1:]))
        together = narrowing.narrowed(decider, *below, *columns[:2], bounds.hi, bounds.needed)
        laid = spreading.laid_out(decider, together, *columns)
        starts = np.flatnonzero(begins[:-1]).astype(np.int32)
        if several.size:
            starts = starts[~several[starts]]

        def walk(begin: int, end: int) -> tuple[Ints, Numbers]:
            room = np.empty(len(laid.rows) * (end - begin) // starts.size + 1024, np.int32)
            own = laid._replace(sums=spreading.own_sums(laid.sums))
            return spreading.reach_all(*own, starts[begin:end], room)

        edges = _edges(starts.size)
        walked = list(pool.map(walk, edges[:-1], edges[1:])) if starts.size else []
    return _joined(starts, walked)


def _joined(starts: Numbers, walked: list[tuple[Ints, Numbers]]) -> Pairs:
    """Give the pairs of all parts; each is let go as soon as it was taken over."""
    places = np.zeros(starts.size + 1, np.int64)
    if walked:
        np.cumsum(np.concatenate([np.diff(begin) for begin, _ in walked]), out=places[1:])
    companies = np.empty(int(places[-1]), np.int32)
    end = companies.size
    while walked:
        begin, found = walked.pop()
        companies[end - begin[-1] : end] = found[: begin[-1]]
        end -= int(begin[-1])
    return Pairs(starts, places, companies)


def _edges(number: int) -> list[int]:
    """Give where what one thread takes at once begins; the answer does not depend on it."""
    parts = PARTS if number > MANY else 1
    return [number * part // parts for part in range(parts + 1)]
