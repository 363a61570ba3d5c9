"""Recognition of a person under a standard: statuses, who may change them, and tiers.

There is no stored "is a political prisoner". A status is recorded under one named standard and
rests on an assessment whose result was computed; to recognise takes two different people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.access.rules import Verb
from undaunted.core.standards.rules import says_something
from undaunted.engines.census import Tier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

__all__ = [
    "COUNTED",
    "REFUSALS",
    "TIER_MEANING",
    "TRANSITIONS",
    "RecognitionStatus",
    "StatusDecision",
    "StatusReason",
    "Tier",
    "Transition",
    "decide_change",
    "next_statuses",
]


class RecognitionStatus(StrEnum):
    """Where a person stands under one standard (card 1.3)."""

    CANDIDATE = "candidate"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    FORMER = "former"
    DISPUTED = "disputed"


TIER_MEANING: Mapping[Tier, str] = MappingProxyType(
    {
        Tier.A: "Two or more independent sources, one of them primary",
        Tier.B: "One reliable source",
        Tier.C: "Reported",
        Tier.D: "Disputed",
    }
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One step a status may take: who proposes, who confirms, and on what it must rest."""

    proposed_by: Verb
    confirmed_by: Verb | None
    result: bool | None = None
    """The computed result it needs: True met, False not met, None any."""


_OPEN = Transition(Verb.PROPOSE_RECOGNITION, None)
_RECOGNISE = Transition(Verb.PROPOSE_RECOGNITION, Verb.RECOGNISE, result=True)
_DECLINE = Transition(Verb.PROPOSE_RECOGNITION, Verb.RECOGNISE, result=False)
_END = Transition(Verb.PROPOSE_RECOGNITION, Verb.RECOGNISE)

_S = RecognitionStatus
TRANSITIONS: Mapping[tuple[RecognitionStatus, RecognitionStatus], Transition] = MappingProxyType(
    {
        (_S.CANDIDATE, _S.RECOGNISED): _RECOGNISE,
        (_S.CANDIDATE, _S.NOT_RECOGNISED): _DECLINE,
        (_S.CANDIDATE, _S.DISPUTED): _OPEN,
        (_S.RECOGNISED, _S.FORMER): _END,
        (_S.RECOGNISED, _S.NOT_RECOGNISED): _DECLINE,
        (_S.RECOGNISED, _S.DISPUTED): _END,
        (_S.NOT_RECOGNISED, _S.CANDIDATE): _OPEN,
        (_S.NOT_RECOGNISED, _S.DISPUTED): _OPEN,
        (_S.DISPUTED, _S.CANDIDATE): _OPEN,
        (_S.DISPUTED, _S.RECOGNISED): _RECOGNISE,
        (_S.DISPUTED, _S.NOT_RECOGNISED): _DECLINE,
        (_S.FORMER, _S.CANDIDATE): _END,
        (_S.FORMER, _S.RECOGNISED): _RECOGNISE,
        (_S.FORMER, _S.DISPUTED): _END,
    }
)
"""The state table. What is not in it cannot happen; nothing is ever deleted.

Whoever is or was recognised counts, now or in the past: each step away from there changes a count
and takes a second person. Until that person decides, the case counts as before.
"""

COUNTED = frozenset({_S.RECOGNISED, _S.FORMER})
"""Statuses under which a person counts, now or until an end."""


class StatusReason(StrEnum):
    """Why a status may or may not change; pages word it."""

    ALLOWED = "allowed"
    NO_SUCH_STEP = "no_such_step"
    REASON_MISSING = "reason_missing"
    RESULT_UNCLEAR = "result_unclear"
    RESULT_CONTRADICTS = "result_contradicts"
    SECOND_PERSON_MISSING = "second_person_missing"
    SAME_PERSON = "same_person"
    END_MISSING = "end_missing"


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


REFUSALS: Mapping[StatusReason, str] = MappingProxyType(
    {
        StatusReason.NO_SUCH_STEP: _("This status cannot follow the one in force."),
        StatusReason.REASON_MISSING: _("Give the reasons."),
        StatusReason.RESULT_UNCLEAR: _(
            "The assessment does not decide yet. Assess the case under this standard first."
        ),
        StatusReason.RESULT_CONTRADICTS: _("The outcome of the assessment says otherwise."),
        StatusReason.SECOND_PERSON_MISSING: _("A second person must decide."),
        StatusReason.SAME_PERSON: _("Somebody other than the proposer decides."),
        StatusReason.END_MISSING: _(
            "Give the day on which recognition ended: until then the person counts."
        ),
    }
)
"""What each reason but `ALLOWED` says to a person."""


@dataclass(frozen=True, slots=True)
class StatusDecision:
    """Whether the status may change, and why."""

    allowed: bool
    reason: StatusReason


def next_statuses(current: RecognitionStatus) -> tuple[RecognitionStatus, ...]:
    """Return the statuses that may follow `current`, in the order of the vocabulary."""
    return tuple(status for status in RecognitionStatus if (current, status) in TRANSITIONS)


def decide_change(  # noqa: PLR0913 - every fact the table asks for, none with a default
    current: RecognitionStatus,
    new: RecognitionStatus,
    *,
    proposer: UUID,
    confirmer: UUID | None,
    reason: str,
    result: bool | None,
    ends_on: date | None,
) -> StatusDecision:
    """Return whether `current` may become `new`; `ends_on` is the day on which it ends to hold.

    Who was recognised counts until a day, so FORMER needs that day. `result` is the computed
    outcome of the assessment: True met, False not met, None unclear.
    That proposer and confirmer hold the verbs of the transition is for `access` to decide.
    """
    step = TRANSITIONS.get((current, new))
    if step is None:
        return StatusDecision(allowed=False, reason=StatusReason.NO_SUCH_STEP)
    needs_second = step.confirmed_by is not None
    failures = (
        (not says_something(reason), StatusReason.REASON_MISSING),
        (new is RecognitionStatus.FORMER and ends_on is None, StatusReason.END_MISSING),
        (step.result is not None and result is None, StatusReason.RESULT_UNCLEAR),
        (step.result not in {None, result}, StatusReason.RESULT_CONTRADICTS),
        (needs_second and confirmer is None, StatusReason.SECOND_PERSON_MISSING),
        (needs_second and confirmer == proposer, StatusReason.SAME_PERSON),
    )
    first = next((why for failed, why in failures if failed), None)
    return StatusDecision(allowed=first is None, reason=first or StatusReason.ALLOWED)
