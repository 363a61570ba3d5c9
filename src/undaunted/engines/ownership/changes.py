"""What changes when stakes do: control worked out anew from where it changed, and over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.control import Control, control, held_by, told_control
from undaunted.engines.ownership.graph import votes_graph
from undaunted.engines.ownership.parties import Parties, PartyKind
from undaunted.engines.ownership.reaching import bounds_of, reached
from undaunted.engines.ownership.shares import ALWAYS, NEVER, Right
from undaunted.engines.ownership.surroundings import upstream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.engines.ownership.graph import Graph, Ints, Numbers
    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["Crossing", "crossings", "over_one_register", "recontrolled", "with_filing"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A day on which what is held of a company passes a threshold, upward or downward.

    Shares are lowest ones in units, by the owners and what they control on that day.
    """

    day: date
    before: int
    after: int
    threshold: Threshold

    @property
    def upward(self) -> bool:
        """Tell whether more is held than before."""
        return self.after > self.before


def with_filing(stakes: Stakes, filing: Stakes) -> Stakes:
    """Give the table as it would be after a filing, over the same parties.

    A row of the filing stands for every earlier row of its owner, company and right; one of nothing
    says that all is sold. What sellers keep must be filed too: totals are not made to fit.
    """
    had, filed = (
        (table.owner.astype(np.int64) * len(table.parties) + table.owned) * len(Right) + table.right
        for table in (stakes, filing)
    )
    kept = stakes.take(~np.isin(had, filed))
    return kept.joined_with(filing.take(filing.hi > 0))


def over_one_register(stakes: Stakes, other: Stakes) -> tuple[Stakes, Stakes]:
    """Give two tables over the parties of both; those of the first keep their numbers."""
    numbers = {each: number for number, each in enumerate(stakes.parties.ids)}
    moved = np.array(
        [numbers.setdefault(each, len(numbers)) for each in other.parties.ids], np.int32
    )
    kinds = np.zeros(len(numbers), np.int8)
    kinds[moved] = other.parties.kinds
    told = stakes.parties.kinds != PartyKind.UNKNOWN
    kinds[: told.size][told] = stakes.parties.kinds[told]
    labels = dict(other.parties.labels) | dict(stakes.parties.labels)
    parties = Parties(tuple(numbers), kinds, labels, numbers)
    return (
        replace(stakes, parties=parties),
        replace(other, parties=parties, owner=moved[other.owner], owned=moved[other.owned]),
    )


def crossings(
    stakes: Stakes, owners: Sequence[str], company: str, thresholds: Sequence[Threshold]
) -> tuple[Crossing, ...]:
    """Give when owners passed thresholds in a company: acquisitions that creep show here.

    Every day on which a stake above the company begins or ends is looked at.
    """
    near = upstream(stakes, company, tuple(owners))
    asked = near.parties.number_of(company)
    days = np.unique(np.concatenate([near.valid_from, near.valid_to]))
    found, before = [], 0
    for day in days[(days > ALWAYS) & (days < NEVER)].tolist():
        at = date.fromordinal(day)
        before = _held_on(near, date.fromordinal(day - 1), owners, asked)
        after = _held_on(near, at, owners, asked)
        found += [
            Crossing(at, before, after, threshold)
            for threshold in thresholds
            if threshold.met_by(before) != threshold.met_by(after)
        ]
    return tuple(found)


def _held_on(stakes: Stakes, day: date, owners: Sequence[str], company: int) -> int:
    return held_by(control(votes_graph(stakes.as_of(day)), owners), company)[0]


def recontrolled(found: Control, after: Graph, touched: Ints) -> Control:
    """Give control over a changed graph, looking only where stakes were touched and below.

    `touched` are companies in which stakes were added, changed or removed. The answer is that of
    working it out from the start.
    """
    must = _walk(found, after, touched, may=False)
    if after.exact:
        every = must
    elif found.graph.exact:
        every = reached(after, found.threshold, found.seeds, may=True)
    else:
        every = _walk(found, after, touched, may=True)
    return told_control(after, found.threshold, found.seeds, must, every)


def _walk(found: Control, after: Graph, touched: Ints, *, may: bool) -> Numbers:
    """Take out what rested on touched companies, then put back and add what still follows."""
    order = reached(found.graph, found.threshold, found.seeds, may=True) if may else found.must
    bounds = bounds_of(after, found.threshold, may=may)
    inside = dict.fromkeys(order.tolist())
    asked = set(touched.tolist())
    waiting = [each for each in asked if each in inside]
    suspect = set(waiting)
    while waiting:
        company = waiting.pop()
        below = found.graph.owned[found.graph.stakes_of(company)].tolist()
        new = {each for each in below if each in inside} - suspect
        suspect |= new
        waiting += new
    seeds = set(found.seeds.tolist())
    for each in suspect:
        del inside[each]
    waiting = sorted((asked | suspect) - seeds)
    while waiting:
        company = waiting.pop()
        if company in inside or company in seeds:
            continue
        held = after.stakes_in(company)
        ours = [
            place for place in range(held.start, held.stop)
            if (owner := int(after.owner[place])) in inside or owner in seeds
        ]  # fmt: skip
        highest = int(bounds.hi[ours].sum(dtype=np.int64))
        lowest = int(bounds.lo[ours].sum(dtype=np.int64))
        if bounds.met(company, highest, lowest):
            inside[company] = None
            waiting += after.owned[after.stakes_of(company)].tolist()
    return np.array(list(inside), np.int32)
