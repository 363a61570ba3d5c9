"""What each law says of an owner and a company: answer, share compared, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.control import control_by, held_by
from undaunted.engines.ownership.graph import layer_graph
from undaunted.engines.ownership.imputing import imputed
from undaunted.engines.ownership.layers import graphs_of, linked
from undaunted.engines.ownership.shares import WHOLE, Right
from undaunted.engines.ownership.standards import (
    ACI,
    CFIUS_PARENT,
    CFIUS_STAKE,
    CFIUS_STATE,
    UK,
)
from undaunted.engines.ownership.surroundings import upstream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.standards import Standard

__all__ = ["Answer", "Reading", "readings", "substantial_interest"]

PARTNER = "a general partner"


class Answer(StrEnum):
    """Whether a test is met: whatever the shares are in their ranges, for some, or never."""

    MUST = "must"
    MAY = "may"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Reading:
    """One test read on an owner and a company: its answer, and the shares that were compared."""

    standard: Standard
    answer: Answer
    lowest: float
    highest: float
    rests_on: str = ""


def readings(stakes: Stakes, owners: Sequence[str], company: str) -> tuple[Reading, ...]:
    """Read every test; `stakes` are those of one day."""
    near = upstream(stakes, company, tuple(owners))
    seeds, asked = near.parties.numbers_of(owners), near.parties.number_of(company)
    votes, equity = graphs_of(near, (Right.VOTES, Right.EQUITY))
    held = [held_by(control_by(graph, seeds), asked) for graph in (votes, equity)]
    largest = max(lowest for lowest, _ in held), max(highest for _, highest in held)
    by_level = tuple(_compared(standard, *largest) for standard in UK)
    least, most = (imputed(near, owners, company, may=may) for may in (False, True))
    interests = _compared(CFIUS_STAKE, least, most), _state_in(near, owners, company)
    return (
        _linked_reading(near, CFIUS_PARENT, seeds, asked),
        *interests,
        *by_level,
        _government_linked(near, seeds, asked),
    )


def substantial_interest(
    stakes: Stakes, state: Sequence[str], person: str, business: str
) -> Answer:
    """Tell whether a state has a substantial interest in a person that takes one in a business.

    Both tests of 31 CFR 800.244: 49 % or more of the person, who takes 25 % or more.
    """
    taken = (imputed(stakes, (person,), business, may=may) for may in (False, True))
    answers = {_state_in(stakes, state, person).answer, _compared(CFIUS_STAKE, *taken).answer}
    if Answer.NO in answers:
        return Answer.NO
    return Answer.MAY if Answer.MAY in answers else Answer.MUST


def _state_in(stakes: Stakes, state: Sequence[str], person: str) -> Reading:
    """Read 800.244(a), and (b) where a general partner directs: the interest in it alone counts.

    Where somebody may be general partner, what counts may be either.
    """
    partners = layer_graph(stakes, Right.PARTNER)
    held = partners.stakes_in(stakes.parties.number_of(person))
    named = stakes.parties.named(partners.owner[held])
    sure = stakes.parties.named(partners.owner[held][partners.lo[held] > 0])

    def interest(entity: str, *, may: bool) -> float:
        return float(WHOLE) if entity in state else imputed(stakes, state, entity, may=may)

    if sure:
        least = max(interest(each, may=False) for each in sure)
        most = max(interest(each, may=True) for each in named)
        return replace(_compared(CFIUS_STATE, least, most), rests_on=PARTNER)
    each_way = (*named, person)
    least = min(interest(each, may=False) for each in each_way)
    return _compared(CFIUS_STATE, least, max(interest(each, may=True) for each in each_way))


def _compared(standard: Standard, lowest: float, highest: float) -> Reading:
    met = standard.threshold.met_by
    answer = Answer.MUST if met(lowest) else Answer.MAY if met(highest) else Answer.NO
    return Reading(standard, answer, lowest, highest)


def _linked_reading(near: Stakes, standard: Standard, seeds: np.ndarray, asked: int) -> Reading:
    graphs, whatever = graphs_of(near, standard.rights), graphs_of(near, standard.whatever)
    answer, groups = Answer.NO, {}
    for may in (True, False):
        found = linked(graphs, seeds, standard.threshold, may=may, whatever=whatever)
        groups[may] = np.concatenate([seeds, found])
        if asked in found:
            answer = Answer.MAY if may else Answer.MUST
    ours = groups[False]
    lowest = highest = 0
    for graph in graphs:
        held = graph.stakes_in(asked)
        owner = graph.owner[held]
        lowest = max(lowest, int(graph.lo[held][np.isin(owner, ours)].sum()))
        highest = max(highest, int(graph.hi[held][np.isin(owner, groups[True])].sum()))
    directs = any(
        np.isin(graph.owner[graph.stakes_in(asked)], ours).any() for graph in whatever
    ) and not standard.threshold.met_by(lowest)
    return Reading(standard, answer, lowest, highest, PARTNER if directs else "")


def _government_linked(near: Stakes, seeds: np.ndarray, asked: int) -> Reading:
    """Read article 10(1): a majority of any kind, or a special right, whatever its share."""
    found = _linked_reading(near, ACI, seeds, asked)
    if found.answer is Answer.MUST:
        return found
    graphs = graphs_of(near, ACI.rights)
    ours = np.concatenate([seeds, linked(graphs, seeds, ACI.threshold, may=False)])
    for right, says in ((Right.SPECIAL, "a special right"), (Right.CONTRACT, "a contract")):
        layer = layer_graph(near, right)
        held = layer.stakes_in(asked)
        if np.isin(layer.owner[held], ours).any():
            answer = Answer.MUST if right is Right.SPECIAL else Answer.MAY
            return Reading(ACI, answer, found.lowest, found.highest, says)
    return found
