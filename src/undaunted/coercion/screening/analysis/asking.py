"""One question to a table of stakes: do these owners control this company, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.drawing import drawn
from undaunted.coercion.screening.analysis.measuring import at_most, measured
from undaunted.engines.ownership import (
    OwnershipError,
    QuestionMalformed,
    Right,
    control,
    held_by,
    layer_graph,
    proofs_of,
    threshold_of,
    upstream,
    votes_graph,
)

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.rules import Measure
    from undaunted.coercion.screening.rules.drawings import Drawing
    from undaunted.engines.ownership import Control, Graph, Proof, Stakes, Threshold

__all__ = ["VOTES", "Answered", "Asked", "QuestionRefused", "answered", "layers"]

VOTES = "votes"
"""Votes where they are stated, equity where they are not."""


class QuestionRefused(OwnershipError):
    """A question that has no answer; the message says what to ask in its place."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes:
        company: identifier of the company.
        owners: identifiers of owners who act as one.
        right: `votes`, or one kind of right.
        threshold: a part of one.
        reached: the threshold need only be reached.
        measure: a law's test, in place of right and threshold.
        as_of: what held on this day.
        known_at: what was known on this day; nothing means all that the table holds.
    """

    company: str
    owners: tuple[str, ...]
    as_of: date
    known_at: date | None = None
    right: str = VOTES
    threshold: float = 0.5
    reached: bool = False
    measure: Measure | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The answer; `found` is over everybody above the company, `whole` over the whole table.

    Attributes:
        answer: `must`, `may`, `joint` or `no`.
        held: lowest and highest share that the owners hold with what they must control.
        proofs: of the company; none where it is not controlled.
        rests_on: what decides beside shares.
        rows: rows of the table above the company on which a law's test rests.
    """

    asked: Asked
    whole: Control
    found: Control
    company: int
    answer: str
    held: tuple[int, int]
    proofs: tuple[Proof, ...]
    rests_on: str = ""
    rows: tuple[int, ...] | None = None

    @property
    def threshold(self) -> Threshold:
        """Give how much is enough."""
        measure = self.asked.measure
        return self.found.threshold if measure is None else measure.threshold

    @property
    def over(self) -> tuple[int, ...]:
        """Give companies on which the answer rests whose stakes add up to more than the whole."""
        steps = {step.company for proof in self.proofs for step in proof.steps}
        rows = self.found.graph.stakes.owned[list(self.rows or ())].tolist()
        asked = dict.fromkeys([self.company, *sorted({*steps, *rows})])
        return tuple(each for each in asked if self.found.graph.over[each])

    def drawing(self, opened: frozenset[str] = frozenset(), *, everything: bool = False) -> Drawing:
        """Give the picture; `opened` are companies whose folded holders are shown."""
        return drawn(self.found, self.company, opened, everything=everything, carrying=self.rows)


def layers() -> tuple[str, ...]:
    """Give the kinds of right that may be asked about."""
    return tuple(each.name.lower() for each in Right)


def answered(stakes: Stakes, asked: Asked) -> Answered:
    """Answer a question; one that names an unknown party or no kind of right is refused."""
    try:
        return _answered(stakes, asked)
    except OwnershipError as refusal:
        raise QuestionRefused(str(refusal)) from refusal


def _answered(stakes: Stakes, asked: Asked) -> Answered:
    if not asked.owners:
        raise QuestionMalformed("control is asked of one owner at least")
    on_day = stakes.as_of(asked.as_of)
    if asked.known_at is not None:
        on_day = on_day.known_at(asked.known_at)
    if asked.measure is not None:
        return _measured(on_day, asked, asked.measure)
    threshold = threshold_of(asked.threshold, reached=asked.reached)
    whole = control(_graph(on_day, asked.right), asked.owners, threshold)
    near = upstream(on_day, asked.company, asked.owners)
    found = control(_graph(near, asked.right), asked.owners, threshold)
    company = found.graph.parties.number_of(asked.company)
    return Answered(
        asked, whole, found, company, _answer(found, company), at_most(held_by(found, company)),
        tuple(proofs_of(found, [company])),
    )  # fmt: skip


def _measured(on_day: Stakes, asked: Asked, measure: Measure) -> Answered:
    """Answer by a measure; what is controlled in the whole table follows from its chain."""
    told = measured(on_day, asked.owners, asked.company, measure)
    whole = control(votes_graph(on_day), asked.owners, measure.chain)
    return Answered(
        asked, whole, told.found, told.company, told.answer, told.held, told.proofs,
        told.rests_on, told.rows,
    )  # fmt: skip


def _graph(stakes: Stakes, right: str) -> Graph:
    if right == VOTES:
        return votes_graph(stakes)
    if right not in layers():
        raise QuestionMalformed(f"a kind of right is one of {', '.join(layers())}")
    return layer_graph(stakes, Right[right.upper()])


def _answer(found: Control, company: int) -> str:
    for numbers, answer in ((found.must, "must"), (found.may, "may"), (found.joint, "joint")):
        if company in numbers:
            return answer
    return "no"
