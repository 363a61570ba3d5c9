"""Who controls whom: the least set that holds more than a threshold of each of its companies.

A set of owners controls a company when it, and the companies it controls, together hold more than
half (Atzeni, Bellomarini and others on the company control problem). With ranges and missing shares
that is a set that *must* be controlled, and a larger one that *may* be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.ownership import walking
from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.reaching import all_control, reached
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        contested: of `must` and `may`, those whose answer rests on a company in which the stakes
            add up to more than the whole: it or another on the way.
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
        contested=_contested(graph, threshold, seeds, must, every),
    )


def _contested(
    graph: Graph, threshold: Threshold, seeds: Ints, must: Numbers, every: Numbers
) -> Numbers:
    """Give what no longer must, or may, be controlled without companies of more than the whole."""
    if not graph.over[every].any():
        return every[:0]
    sure = reached(graph, threshold, seeds, may=False, without=graph.over)
    some = sure if graph.exact else reached(graph, threshold, seeds, may=True, without=graph.over)
    stays = np.where(np.isin(every, must), np.isin(every, sure), np.isin(every, some))
    return every[~stays]


def held_by(found: Control, company: int) -> tuple[int, int]:
    """Give how much of a company the set holds with what it controls: lowest and highest.

    Lowest with what it must control, highest with what it may control as well.
    """
    graph = found.graph
    held = graph.stakes_in(company)
    sure = np.concatenate([found.seeds, found.must])
    ours = np.isin(graph.owner[held], sure)
    every = ours | np.isin(graph.owner[held], found.may)
    lowest = int(graph.lo[held][ours].sum(dtype=np.int64))
    highest = int(graph.hi[held][every].sum(dtype=np.int64))
    if not graph.over[company]:
        others = int(graph.total[company]) - int(graph.lo[held][every].sum(dtype=np.int64))
        highest = max(lowest, min(highest, WHOLE - others))
    return lowest, highest


def _joint(graph: Graph, threshold: Threshold, group: Ints) -> Numbers:
    """Give companies of which the group has half the votes and one other has the other half.

    One other is one party, or several of which one controls the rest. Only what the group holds is
    looked at, so that a small group in a large graph takes little.
    """
    if threshold != MAJORITY:
        return np.empty(0, np.int32)
    inside = np.zeros(graph.size, np.bool_)
    inside[group] = True
    ours = graph.out[_places(graph.first, group)[0]]
    company, share = graph.owned[ours], graph.lo[ours]
    held = np.bincount(company, weights=share, minlength=graph.size)
    asked = np.unique(company[_half(graph, company, held[company]) & ~inside[company]])
    theirs, number = _places(graph.held_first, asked.astype(np.int64))
    others = ~inside[graph.owner[theirs]] & (graph.lo[theirs] > 0)
    theirs, number = theirs[others], number[others]
    rest = np.bincount(number, weights=graph.lo[theirs], minlength=asked.size)
    ends = np.cumsum(np.bincount(number, minlength=asked.size))
    owners = np.split(graph.owner[theirs], ends[:-1]) if asked.size else []
    halves = _half(graph, asked, rest)
    holders = {
        int(each): np.unique(owner)
        for each, owner, half in zip(asked, owners, halves, strict=True) if half
    }  # fmt: skip
    alone = [company for company, each in holders.items() if each.size == 1]
    shared = {company: each for company, each in holders.items() if each.size > 1}
    if shared:
        alone += _under_one(graph, shared)
    return np.array(sorted(alone), np.int32)


def _half(graph: Graph, company: Any, held: Any) -> Any:  # noqa: ANN401 - one or many of them
    """Tell whether what is held is half of the votes that count, and more than nothing."""
    voting = WHOLE - (graph.own_lo[company] if graph.suspended else 0)
    return (2 * held == voting) & (held > 0)


def _places(first: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Give where all stand that keys lead to, and the place of the key of each."""
    counts = first[keys + 1] - first[keys]
    number = np.repeat(np.arange(keys.size), counts)
    begins = first[keys] - (np.cumsum(counts) - counts)
    return begins[number] + np.arange(number.size), number


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
