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

__all__ = ["DECIDABLE", "MOVES", "Move", "Side", "Stage", "Standing", "check_decidable",
           "check_move", "next_stages", "step_into"]  # fmt: skip


class Stage(StrEnum):
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

DECIDABLE = frozenset({Stage.SCREENING, Stage.INDEPTH})
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


MOVES: Mapping[tuple[Stage, Stage], Move] = MappingProxyType(
    {
        (Stage.DRAFT, Stage.FILED): Move(_EITHER),
        (Stage.DRAFT, Stage.CLOSED): Move(_EITHER, reasons=True),
        (Stage.FILED, Stage.SCREENING): Move(_OFFICER),
        (Stage.FILED, Stage.CLOSED): Move(_EITHER, reasons=True),
        (Stage.SCREENING, Stage.INDEPTH): Move(_OFFICER, reasons=True),
        (Stage.SCREENING, Stage.DECIDED): Move(_DECIDER),
        (Stage.SCREENING, Stage.CLOSED): Move(_EITHER, reasons=True),
        (Stage.INDEPTH, Stage.DECIDED): Move(_DECIDER),
        (Stage.INDEPTH, Stage.CLOSED): Move(_EITHER, reasons=True),
        (Stage.DECIDED, Stage.MONITORING): Move(_OFFICER),
        (Stage.DECIDED, Stage.CLOSED): Move(_OFFICER, reasons=True),
        (Stage.DECIDED, Stage.SCREENING): Move(_OFFICER, reasons=True),
        (Stage.MONITORING, Stage.SCREENING): Move(_OFFICER, reasons=True),
        (Stage.MONITORING, Stage.CLOSED): Move(_OFFICER, reasons=True),
    }
)
"""The state table; the database holds the same order. Who withdraws closes, and says why."""

_STEPS: Mapping[Stage, Step] = MappingProxyType(
    {
        Stage.SCREENING: Step.ACCEPTED,
        Stage.INDEPTH: Step.IN_DEPTH,
        Stage.DECIDED: Step.DECIDED,
    }
)


def check_move(stage: Stage, to: Stage, side: Side, standing: Standing) -> None:
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


def next_stages(stage: Stage) -> tuple[Stage, ...]:
    """Give where a case can go from here."""
    return tuple(to for (held, to) in MOVES if held is stage)


def step_into(stage: Stage, to: Stage) -> Step | None:
    """Give the step that clocks know for a move; a case that comes back starts none anew."""
    back = to is Stage.SCREENING and stage is not Stage.FILED
    return None if back else _STEPS.get(to)


def _check_ready(stage: Stage, to: Stage, standing: Standing) -> None:
    if to is Stage.FILED and not standing.complete:
        raise StageRefused("stage: the notification is not complete; fill what is missing first")
    if (stage, to) == (Stage.FILED, Stage.SCREENING) and not (standing.scoped and standing.inside):
        raise StageRefused(
            "stage: no scope test found it in scope; record one, or close the case with reasons"
        )
    if to is Stage.DECIDED and not standing.proposed:
        raise StageRefused("stage: no decision is proposed yet; propose one first")
    if to is Stage.DECIDED and not standing.other:
        raise StageRefused("stage: the decision is taken by another person than proposed it")
    if to is Stage.MONITORING and not standing.conditions:
        raise StageRefused("stage: the decision has no condition to be watched; close the case")
    if to is Stage.CLOSED and standing.breached:
        raise StageRefused("stage: a condition is broken; open the case again, or say it is kept")
    if to is Stage.CLOSED and (standing.conditions or standing.unregistered):
        raise StageRefused("stage: conditions still run; end them or watch them first")
    again = to is Stage.SCREENING and stage in {Stage.DECIDED, Stage.MONITORING}
    if again and not (standing.breached or standing.overturned):
        raise StageRefused(
            "stage: a case is opened again where a condition was broken, or a court or a body of "
            "review annulled the decision or sent it back; record that first"
        )
