"""Who controls whom: the least set that holds more than a threshold of each of its companies.

A set of owners controls a company when it, and the companies it controls, together hold more than
half (Atzeni, Bellomarini and others on the company control problem). With ranges and missing shares
that is a set that *must* be controlled, and a larger one that *may* be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import walking
from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.reaching import all_control, reached
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints, Numbers
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Control", "control", "control_by", "held_by", "told_control"]


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """What a set of owners controls under a threshold; numbers of parties, in order of finding.

    Attributes:
        must: controlled whatever the shares are within their ranges.
        may: controlled for some shares, `must` not among them.
        joint: half held by the set and half by one other, so that neither decides alone.
        contested: of `must` and `may`, those in which the stakes add up to more than the whole.
    """

    graph: Graph
    threshold: Threshold
    seeds: Ints
    must: Numbers
    may: Numbers
    joint: Numbers
    contested: Numbers

    def names(self, numbers: Numbers) -> tuple[str, ...]:
        """Give the identifiers, sorted."""
        return tuple(sorted(self.graph.parties.named(numbers)))


def control(graph: Graph, owners: Iterable[str], threshold: Threshold = MAJORITY) -> Control:
    """Give what owners, acting as one, control: the organs of one state, or one company."""
    return control_by(graph, graph.parties.numbers_of(owners), threshold)


def control_by(graph: Graph, seeds: Ints, threshold: Threshold = MAJORITY) -> Control:
    """Give the same for numbers of parties."""
    if not seeds.size:
        raise QuestionMalformed("control is asked of one owner at least")
    must = reached(graph, threshold, seeds, may=False)
    every = must if graph.exact else reached(graph, threshold, seeds, may=True)
    return told_control(graph, threshold, seeds, must, every)


def told_control(
    graph: Graph, threshold: Threshold, seeds: Ints, must: Numbers, every: Numbers
) -> Control:
    """Give control from what must be and what may be controlled (`every`, both together)."""
    return Control(
        graph=graph,
        threshold=threshold,
        seeds=seeds,
        must=must,
        may=every[~np.isin(every, must)],
        joint=_joint(graph, threshold, np.concatenate([seeds, must])),
        contested=every[graph.over[every]],
    )


def held_by(found: Control, company: int) -> tuple[int, int]:
    """Give how much of a company the set and what it must control hold: lowest and highest."""
    graph = found.graph
    held = graph.stakes_in(company)
    ours = np.isin(graph.owner[held], np.concatenate([found.seeds, found.must]))
    lowest = int(graph.lo[held][ours].sum(dtype=np.int64))
    highest = int(graph.hi[held][ours].sum(dtype=np.int64))
    if not graph.over[company]:
        left = WHOLE - int(graph.total[company]) + lowest
        highest = max(lowest, min(highest, left))
    return lowest, highest


def _joint(graph: Graph, threshold: Threshold, group: Ints) -> Numbers:
    """Give companies of which the group has half the votes and one other has the other half.

    One other is one party, or several of which one controls the rest.
    """
    none = np.empty(0, np.int32)
    if threshold != MAJORITY:
        return none
    inside = np.zeros(graph.size, np.bool_)
    inside[group] = True
    ours = inside[graph.owner] & ~inside[graph.owned]
    theirs = ~inside[graph.owner] & ~inside[graph.owned]
    voting = WHOLE - (graph.own_lo if graph.suspended else 0)
    halves = np.ones(graph.size, np.bool_)
    for side in (ours, theirs):
        held = np.bincount(graph.owned[side], weights=graph.lo[side], minlength=graph.size)
        halves &= (2 * held.astype(np.int64) == voting) & (held > 0)
    others = {
        int(company): np.unique(graph.owner[_held_by(graph, int(company), theirs)])
        for company in np.flatnonzero(halves)
    }
    alone = [company for company, holders in others.items() if holders.size == 1]
    shared = {company: holders for company, holders in others.items() if holders.size > 1}
    if shared:
        alone += _under_one(graph, shared)
    return np.array(sorted(alone), np.int32)


def _held_by(graph: Graph, company: int, side: NDArray[np.bool_]) -> Ints:
    held = graph.stakes_in(company)
    places: Ints = np.flatnonzero(side[held] & (graph.lo[held] > 0)) + held.start
    return places


def _under_one(graph: Graph, shared: dict[int, Numbers]) -> list[int]:
    """Give companies whose holders are one party and what it controls."""
    owners, companies = all_control(graph).columns()
    first, order = walking.grouped(companies, graph.size)

    def above(holder: int) -> set[int]:
        controllers = owners[order[first[holder] : first[holder + 1]]]
        return {holder, *controllers.tolist()}

    return [
        company
        for company, holders in shared.items()
        if set.intersection(*(above(int(each)) for each in holders))
    ]
