"""An attack on a decision, what came of it, and whether the decision stands by that.

What speaks against a decision is not taken back by whoever recorded it, and whoever took back what
came of an attack, or recorded it in words alone, does not say alone with what result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from undaunted.coercion.screening.actions.telling import ended, held_case, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.standing import OVERTURNING
from undaunted.coercion.screening.models import Recourse
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.casework import (
    RecourseResult,
    checked_day,
    checked_text,
    needed_text,
)
from undaunted.core.access.rules import Facts, Verb, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Decision
    from undaunted.core.access.rules import Actor

__all__ = ["record_recourse", "record_result", "withdraw_recourse"]


def record_recourse(  # noqa: PLR0913 - against what, where, when, with what outcome, by whom, when
    decision: Decision,
    *,
    body: str,
    lodged_on: date,
    outcome: str = "",
    outcome_on: date | None = None,
    result: str | None = None,
    actor: Actor,
    at: datetime,
) -> Recourse:
    """Record that a decision was attacked, and later what came of it (another row).

    Raises `ScreeningRefused` for a decision that was not taken, and for a result of what the actor
    took back before or recorded in words alone: another person records that.
    """
    if decision.taken_at is None:
        raise ScreeningRefused("decision: it was not taken; there is nothing to attack")
    checked_day("lodged_on", lodged_on, first=decision.day, last=at.date())
    if len({bool(outcome.strip()), outcome_on is not None, bool(result)}) > 1:
        raise ScreeningRefused(
            "outcome: what came of it, its day and its result go together; write all three"
        )
    if outcome_on is not None:
        checked_day("outcome_on", outcome_on, first=lodged_on, last=at.date())
    with in_turn():
        held = held_case(decision.case, actor=actor, closed=True)
        if result and _is_own(decision, actor):
            raise ScreeningRefused(
                "result: you recorded or took back what came of it; another person records it"
            )
        return told(
            Recourse,
            held,
            "case.recourse_recorded",
            actor=actor,
            at=at,
            decision=decision,
            body=needed_text("body", body, 200),
            lodged_on=lodged_on,
            outcome=checked_text("outcome", outcome),
            outcome_on=outcome_on,
            result=RecourseResult(result) if result else "",
        )


def record_result(
    recourse: Recourse, result: RecourseResult, *, actor: Actor, at: datetime
) -> Recourse:
    """Say, as a second person, whether a decision stands by what came of an attack on it.

    What came of it was recorded by somebody else, in words alone; the row is replaced by one with
    its result, and stays on record. Raises `ScreeningRefused` where nothing came of it yet, or its
    result is recorded.
    """
    hands = frozenset({recourse.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=recourse.holder, earlier_hands=hands))
    if not recourse.outcome or recourse.result:
        raise ScreeningRefused(
            "result: nothing came of it yet, or its result is recorded; look again"
        )
    with in_turn():
        held = held_case(recourse.case, actor=actor, verb=Verb.PUBLISH, closed=True)
        old = ended(recourse, "its result is recorded", "case.recourse_withdrawn",
                    actor=actor, at=at)  # fmt: skip
        return told(
            Recourse,
            held,
            "case.recourse_recorded",
            actor=actor,
            at=at,
            replaces=old,
            decision=old.decision,
            body=old.body,
            lodged_on=old.lodged_on,
            outcome=old.outcome,
            outcome_on=old.outcome_on,
            result=RecourseResult(result),
        )


def withdraw_recourse(recourse: Recourse, *, why: str, actor: Actor, at: datetime) -> Recourse:
    """Withdraw what was recorded of an attack on a decision; it stays on record.

    That a decision does not stand is taken back by a second person. Raises `Forbidden`.
    """
    verb = Verb.PUBLISH if recourse.result in OVERTURNING else Verb.RECORD
    if verb is Verb.PUBLISH:
        hands = frozenset({recourse.recorded_by})
        require(actor, verb, Facts(holder=recourse.holder, earlier_hands=hands))
    with in_turn():
        held_case(recourse.case, actor=actor, verb=verb, closed=True)
        return ended(recourse, why, "case.recourse_withdrawn", actor=actor, at=at)


def _is_own(decision: Decision, actor: Actor) -> bool:
    """Tell whether somebody took back what came of an attack, or recorded it without a result."""
    mine = Q(withdrawn_by=actor.person, replaced_by__isnull=True) | Q(
        withdrawn_at__isnull=True, recorded_by=actor.person, result=""
    )
    return Recourse.objects.filter(mine, decision=decision).exclude(outcome="").exists()
