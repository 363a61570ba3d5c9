"""From notification to end: which stage follows which, who takes the step, what must be there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.refusals import DecisionRefused, StageRefused
from undaunted.coercion.screening.rules.terms import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DECIDABLE",
    "MOVES",
    "Move",
    "ScreeningStage",
    "Side",
    "Standing",
    "check_decidable",
    "check_move",
    "next_stages",
    "step_into",
]  # fmt: skip


class ScreeningStage(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    FILED = "filed"
    SCREENING = "screening"
    INDEPTH = "indepth"
    DECIDED = "decided"
    MONITORING = "monitoring"
    CLOSED = "closed"


class Side(StrEnum):
    """Who takes a step: who files, who works on the case, who takes the decision."""

    FILER = "filer"
    OFFICER = "officer"
    DECIDER = "decider"


_FILER, _OFFICER, _DECIDER = (frozenset({each}) for each in Side)
_EITHER = _FILER | _OFFICER

DECIDABLE = frozenset({ScreeningStage.SCREENING, ScreeningStage.INDEPTH})
"""Stages in which a decision is proposed, and taken by another person."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case has so far.

    Attributes:
        complete: the notification holds what it must hold.
        scoped: the scope test was recorded.
        inside: it found the transaction in scope.
        proposed: a decision that may be taken was proposed.
        other: whoever takes this step is not who proposed the decision.
        conditions: how many conditions the decision has that still run.
        unregistered: how many of its conditions never came into the register of measures.
        breached: a condition was found broken.
        overturned: a court or a body of review annulled the decision or sent it back.
        reason: why, where the step needs it.
    """

    complete: bool = False
    scoped: bool = False
    inside: bool = False
    proposed: bool = False
    other: bool = False
    conditions: int = 0
    unregistered: int = 0
    breached: bool = False
    overturned: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the workflow: who may take it, and whether reasons are needed."""

    sides: frozenset[Side]
    reasons: bool = False


MOVES: Mapping[tuple[ScreeningStage, ScreeningStage], Move] = MappingProxyType(
    {
        (ScreeningStage.DRAFT, ScreeningStage.FILED): Move(_EITHER),
        (ScreeningStage.DRAFT, ScreeningStage.CLOSED): Move(_EITHER, reasons=True),
        (ScreeningStage.FILED, ScreeningStage.SCREENING): Move(_OFFICER),
        (ScreeningStage.FILED, ScreeningStage.CLOSED): Move(_EITHER, reasons=True),
        (ScreeningStage.SCREENING, ScreeningStage.INDEPTH): Move(_OFFICER, reasons=True),
        (ScreeningStage.SCREENING, ScreeningStage.DECIDED): Move(_DECIDER),
        (ScreeningStage.SCREENING, ScreeningStage.CLOSED): Move(_EITHER, reasons=True),
        (ScreeningStage.INDEPTH, ScreeningStage.DECIDED): Move(_DECIDER),
        (ScreeningStage.INDEPTH, ScreeningStage.CLOSED): Move(_EITHER, reasons=True),
        (ScreeningStage.DECIDED, ScreeningStage.MONITORING): Move(_OFFICER),
        (ScreeningStage.DECIDED, ScreeningStage.CLOSED): Move(_OFFICER, reasons=True),
        (ScreeningStage.DECIDED, ScreeningStage.SCREENING): Move(_OFFICER, reasons=True),
        (ScreeningStage.MONITORING, ScreeningStage.SCREENING): Move(_OFFICER, reasons=True),
        (ScreeningStage.MONITORING, ScreeningStage.CLOSED): Move(_OFFICER, reasons=True),
    }
)
"""The state table; the database holds the same order. Who withdraws closes, and says why."""

_STEPS: Mapping[ScreeningStage, Step] = MappingProxyType(
    {
        ScreeningStage.SCREENING: Step.ACCEPTED,
        ScreeningStage.INDEPTH: Step.IN_DEPTH,
        ScreeningStage.DECIDED: Step.DECIDED,
    }
)


def check_move(stage: ScreeningStage, to: ScreeningStage, side: Side, standing: Standing) -> None:
    """Raise `StageRefused` unless this person may take the case there, as it stands."""
    move = MOVES.get((stage, to))
    if move is None:
        ways = ", ".join(next_stages(stage)) or "nowhere"
        raise StageRefused(f"stage: from {stage} a case goes to {ways}, not to {to}")
    if side not in move.sides:
        raise StageRefused(f"stage: this step is taken by the {' or '.join(sorted(move.sides))}")
    if move.reasons and not standing.reason.strip():
        raise StageRefused("reason: say why")
    _check_ready(stage, to, standing)


def check_decidable(stage: str, *, proposed: bool, word: str = "") -> None:
    """Raise `StageRefused` where nothing is decided yet or any more, `DecisionRefused` for two.

    `word` is how a page calls the stage.
    """
    if stage not in DECIDABLE:
        stage = word or stage
        raise StageRefused(f"stage: nothing is decided of a case that stands at {stage}")
    if proposed:
        raise DecisionRefused(
            "decision: one is proposed and waits for a second person; take it or send it back first"
        )


def next_stages(stage: ScreeningStage) -> tuple[ScreeningStage, ...]:
    """Give where a case can go from here."""
    return tuple(to for (held, to) in MOVES if held is stage)


def step_into(stage: ScreeningStage, to: ScreeningStage) -> Step | None:
    """Give the step that clocks know for a move; a case that comes back starts none anew."""
    back = to is ScreeningStage.SCREENING and stage is not ScreeningStage.FILED
    return None if back else _STEPS.get(to)


def _check_ready(stage: ScreeningStage, to: ScreeningStage, standing: Standing) -> None:
    if to is ScreeningStage.FILED and not standing.complete:
        raise StageRefused("stage: the notification is not complete; fill what is missing first")
    if (stage, to) == (ScreeningStage.FILED, ScreeningStage.SCREENING) and not (
        standing.scoped and standing.inside
    ):
        raise StageRefused(
            "stage: no scope test found it in scope; record one, or close the case with reasons"
        )
    if to is ScreeningStage.DECIDED and not standing.proposed:
        raise StageRefused("stage: no decision is proposed yet; propose one first")
    if to is ScreeningStage.DECIDED and not standing.other:
        raise StageRefused("stage: the decision is taken by another person than proposed it")
    if to is ScreeningStage.MONITORING and not standing.conditions:
        raise StageRefused("stage: the decision has no condition to be watched; close the case")
    if to is ScreeningStage.CLOSED and standing.breached:
        raise StageRefused("stage: a condition is broken; open the case again, or say it is kept")
    if to is ScreeningStage.CLOSED and (standing.conditions or standing.unregistered):
        raise StageRefused("stage: conditions still run; end them or watch them first")
    again = to is ScreeningStage.SCREENING and stage in {
        ScreeningStage.DECIDED,
        ScreeningStage.MONITORING,
    }
    if again and not (standing.breached or standing.overturned):
        raise StageRefused(
            "stage: a case is opened again where a condition was broken, or a court or a body of "
            "review annulled the decision or sent it back; record that first"
        )
