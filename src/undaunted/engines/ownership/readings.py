"""What each law says of an owner and a company: answer, share compared, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.control import control_by, held_by
from undaunted.engines.ownership.graph import layer_graph
from undaunted.engines.ownership.imputing import imputed
from undaunted.engines.ownership.layers import graphs_of, linked
from undaunted.engines.ownership.shares import Right
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
    interests = tuple(_compared(each, least, most) for each in (CFIUS_STAKE, CFIUS_STATE))
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

    Both tests of 31 CFR 800.244(a): 49 % or more of the person, who takes 25 % or more.
    """
    tests = ((CFIUS_STATE, state, person), (CFIUS_STAKE, (person,), business))
    answers = {
        _compared(
            standard, *(imputed(stakes, owners, held, may=may) for may in (False, True))
        ).answer
        for standard, owners, held in tests
    }
    if Answer.NO in answers:
        return Answer.NO
    return Answer.MAY if Answer.MAY in answers else Answer.MUST


def _compared(standard: Standard, lowest: float, highest: float) -> Reading:
    met = standard.threshold.met_by
    answer = Answer.MUST if met(lowest) else Answer.MAY if met(highest) else Answer.NO
    return Reading(standard, answer, lowest, highest)


def _linked_reading(near: Stakes, standard: Standard, seeds: np.ndarray, asked: int) -> Reading:
    graphs = graphs_of(near, standard.rights)
    answer = Answer.NO
    for may in (True, False):
        if asked in linked(graphs, seeds, standard.threshold, may=may):
            answer = Answer.MAY if may else Answer.MUST
    ours = np.concatenate([seeds, linked(graphs, seeds, standard.threshold, may=False)])
    sums = []
    for graph in graphs:
        held = graph.stakes_in(asked)
        mine = np.isin(graph.owner[held], ours)
        sums.append((graph.lo[held][mine].sum(), graph.hi[held][mine].sum()))
    lowest, highest = max(int(low) for low, _ in sums), max(int(high) for _, high in sums)
    return Reading(standard, answer, lowest, highest)


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
