"""Measures that an investor must keep: recorded, looked at on their days, found kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.assessing import checked_evidence
from undaunted.coercion.screening.actions.telling import ended, held_case, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.standing import condition_of
from undaunted.coercion.screening.models import Check, Mitigation
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import Mitigation as MitigationKind
from undaunted.coercion.screening.rules import (
    MitigationRefused,
    Outcome,
    Report,
    check_condition,
    check_report,
)
from undaunted.coercion.screening.rules.casework import EvidenceKind, checked_text
from undaunted.core.accounts.queries import organisations_for

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case, Decision
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = [
    "CheckPlan",
    "MitigationPlan",
    "end_mitigation",
    "record_check",
    "record_mitigation",
    "register_conditions",
]

FIRST_LOOK = 6
"""Months until a condition is first looked at, unless somebody says otherwise of it."""


@dataclass(frozen=True, slots=True)
class MitigationPlan:
    """A measure: what is to be done, since when, who looks at it, and how many months apart."""

    kind: MitigationKind
    text: str
    starts_on: date
    months: int
    watched_by: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """One look at a measure; a breach names the evidence on which it rests."""

    day: date
    outcome: Outcome
    text: str
    evidence: tuple[tuple[EvidenceKind, UUID], ...] = ()


def record_mitigation(
    case: Case, plan: MitigationPlan, *, actor: Actor, at: datetime
) -> Mitigation:
    """Put a measure into the register, under the decision that was taken.

    It takes the place of what taking the decision wrote of that condition and nobody looked at yet.
    Raises `MitigationRefused` for one that cannot be watched, or where nothing was decided.
    """
    with in_turn():
        held = held_case(case, actor=actor)
        sheet = case_as_known(actor, held, at)
        decision = sheet.decision
        if decision is None or not decision.conditions:
            raise MitigationRefused("decision: none that sets conditions was taken in this case")
        values = {
            "kind": MitigationKind(plan.kind),
            "text": checked_text("text", plan.text),
            "starts_on": plan.starts_on,
            "months": plan.months,
            "watched_by": checked_text("watched_by", plan.watched_by, 200),
            "ends_on": plan.ends_on,
        }
        check_condition(condition_of(Mitigation(**values)))
        old = _written(sheet, decision, plan.text.strip())
        if old is not None:
            ended(old, "told in full", "case.measure_ended", actor=actor, at=at)
        return told(
            Mitigation, held, "case.measure_recorded", actor=actor, at=at, decision=decision,
            replaces=old, **values,
        )  # fmt: skip


def register_conditions(decision: Decision, case: Case, *, actor: Actor, at: datetime) -> None:
    """Write a decision's conditions into the register of measures; part of taking it.

    Each binds from the day of the decision, is looked at by the authority, first in half a year,
    and is told in full later, with `record_mitigation`.
    """
    authority = organisations_for(actor).filter(pk=case.holder).first()
    for text in decision.conditions:
        told(
            Mitigation,
            case,
            "case.measure_recorded",
            actor=actor,
            at=at,
            decision=decision,
            kind=MitigationKind.OTHER,
            text=text,
            starts_on=decision.day,
            months=FIRST_LOOK,
            watched_by=(authority.name if authority else str(case.holder))[:200],
        )


def record_check(mitigation: Mitigation, plan: CheckPlan, *, actor: Actor, at: datetime) -> Check:
    """Record what was found when a measure was looked at. Raises `MitigationRefused`."""
    if plan.day > at.date():
        raise MitigationRefused("on: it lies ahead; give the day on which it was looked at")
    with in_turn():
        held = held_case(mitigation.case, actor=actor)
        evidence = checked_evidence(held, plan.evidence)
        outcome = Outcome(plan.outcome)
        named = tuple(each["id"] for each in evidence)
        check_report(condition_of(mitigation), Report(plan.day, outcome, plan.text, named))
        return told(
            Check,
            held,
            "case.measure_looked_at",
            actor=actor,
            at=at,
            mitigation=mitigation,
            day=plan.day,
            outcome=outcome,
            text=checked_text("text", plan.text),
            evidence=evidence,
        )


def end_mitigation(mitigation: Mitigation, *, why: str, actor: Actor, at: datetime) -> Mitigation:
    """End a measure that is lifted or replaced; it stays on record."""
    with in_turn():
        held_case(mitigation.case, actor=actor)
        return ended(mitigation, why, "case.measure_ended", actor=actor, at=at)


def _written(sheet: CaseSheet, decision: Decision, text: str) -> Mitigation | None:
    """Give what stands of a condition as the decision wrote it, where nobody looked at it yet."""
    return next(
        (
            row
            for row in sheet.mitigations
            if row.decision_id == decision.pk
            and (row.kind, row.text) == (MitigationKind.OTHER, text)
            and not sheet.checks_of(row)
        ),
        None,
    )
