"""From episode to end: which stage follows which, who moves it, what must be there first."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.coercion.response.rules.refusals import PledgeFrozen, StageRefused
from undaunted.coercion.response.rules.terms import ResponseStage, Side

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "CLOCKS",
    "MOVES",
    "PLEDGE_STAGES",
    "Move",
    "Standing",
    "check_declaring",
    "check_ending",
    "check_move",
    "check_pledging",
    "next_stages",
]

_CHAIR = frozenset({Side.CHAIR})
_EITHER = frozenset({Side.CHAIR, Side.INVOKER})


@dataclass(frozen=True, slots=True)
class Standing:
    """What an invocation has so far; `adopted` is None until a decision is confirmed.

    `overdue`: the stage takes longer than it normally does, so every member may go on.
    """

    assessments: int = 0
    pledges: int = 0
    adopted: bool | None = None
    reason: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the workflow: who may take it, and whether reasons are needed."""

    sides: frozenset[Side]
    reasons: bool = False


MOVES: Mapping[tuple[ResponseStage, ResponseStage], Move] = MappingProxyType(
    {
        (ResponseStage.INVOKED, ResponseStage.CONSULTING): Move(_EITHER),
        (ResponseStage.CONSULTING, ResponseStage.ASSESSING): Move(_CHAIR),
        (ResponseStage.ASSESSING, ResponseStage.PLEDGING): Move(_CHAIR),
        (ResponseStage.PLEDGING, ResponseStage.DECIDING): Move(_CHAIR),
        (ResponseStage.DECIDING, ResponseStage.MONITORING): Move(_CHAIR),
        (ResponseStage.DECIDING, ResponseStage.CLOSED): Move(_CHAIR, reasons=True),
        (ResponseStage.MONITORING, ResponseStage.CLOSED): Move(_CHAIR, reasons=True),
        (ResponseStage.INVOKED, ResponseStage.CLOSED): Move(_EITHER, reasons=True),
        (ResponseStage.CONSULTING, ResponseStage.CLOSED): Move(_EITHER, reasons=True),
        (ResponseStage.ASSESSING, ResponseStage.CLOSED): Move(_EITHER, reasons=True),
        (ResponseStage.PLEDGING, ResponseStage.CLOSED): Move(_EITHER, reasons=True),
    }
)
"""The state table; the database holds the same order."""

CLOCKS: Mapping[ResponseStage, str] = MappingProxyType(
    {
        ResponseStage.INVOKED: "response-consultation-begins",
        ResponseStage.CONSULTING: "response-consultation",
        ResponseStage.ASSESSING: "response-assessment",
        ResponseStage.PLEDGING: "response-pledges",
        ResponseStage.DECIDING: "response-decision",
        ResponseStage.MONITORING: "response-review",
    }
)
"""The clock that runs in each stage."""

PLEDGE_STAGES = frozenset(
    {
        ResponseStage.INVOKED,
        ResponseStage.CONSULTING,
        ResponseStage.ASSESSING,
        ResponseStage.PLEDGING,
    }
)
"""Until the decision begins, pledges are made and changed."""


def check_move(
    stage: ResponseStage, to: ResponseStage, sides: Collection[Side], standing: Standing
) -> None:
    """Raise `StageRefused` unless a government of these sides may move the invocation there."""
    move = MOVES.get((stage, to))
    if move is None:
        ways = ", ".join(str(each) for each in next_stages(stage)) or "nowhere"
        raise StageRefused(f"stage: from {stage} an invocation goes to {ways}, not to {to}")
    if not (move.sides & set(sides) or (standing.overdue and Side.MEMBER in sides)):
        who = " or ".join(sorted(move.sides))
        raise StageRefused(
            f"stage: this step is taken by the {who}; by every member once the time for it is over"
        )
    if move.reasons and not standing.reason.strip():
        raise StageRefused("reason: say why it is closed")
    _check_ready(stage, to, standing)


def check_pledging(stage: ResponseStage | None) -> None:
    """Raise `PledgeFrozen` where the decision has begun; None is a pledge before any episode."""
    if stage is not None and stage not in PLEDGE_STAGES:
        raise PledgeFrozen(
            f"pledge: the invocation is at {stage}; what was put to the vote stays as it is, "
            "and a measure that is over is ended"
        )


def check_declaring(absent: int, *, overdue: bool) -> None:
    """Raise `StageRefused` where members may still vote: nobody closes a vote before its time."""
    if absent and not overdue:
        raise StageRefused(
            f"stage: {absent} of the members have not voted yet, and the time for it is not over"
        )


def check_ending(stage: ResponseStage | None) -> None:
    """Raise `StageRefused` for a pledge that is not in force: before the vote it is taken back."""
    if stage is ResponseStage.DECIDING:
        raise PledgeFrozen("pledge: what was put to the vote stays as it is until it is decided")
    if stage not in {ResponseStage.MONITORING, ResponseStage.CLOSED}:
        raise StageRefused("pledge: it is not in force; take it back instead")


def next_stages(stage: ResponseStage) -> tuple[ResponseStage, ...]:
    """Give where an invocation can go from here."""
    return tuple(to for (held, to) in MOVES if held is stage)


def _check_ready(stage: ResponseStage, to: ResponseStage, standing: Standing) -> None:
    if to is ResponseStage.PLEDGING and not standing.assessments:
        raise StageRefused("stage: no member has shared an assessment yet; share one first")
    if to is ResponseStage.DECIDING and not standing.pledges:
        raise StageRefused("stage: no member has shared a pledge yet; share one first")
    if stage is ResponseStage.DECIDING and standing.adopted is not (to is ResponseStage.MONITORING):
        raise StageRefused("stage: two people record first what the votes decided")
