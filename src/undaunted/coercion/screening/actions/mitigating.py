"""Measures that an investor must keep: recorded, looked at on their days, found kept or broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.actions.assessing import checked_evidence
from undaunted.coercion.screening.actions.telling import ended, held_case, note, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.standing import (
    condition_of,
    measure_standing,
    terms_read,
)
from undaunted.coercion.screening.models import Check, Mitigation
from undaunted.coercion.screening.queries import authority_name, case_as_known
from undaunted.coercion.screening.rules import (
    UNWOUND,
    ConditionStanding,
    DecisionKind,
    MitigationRefused,
    Outcome,
    Report,
    Terms,
    check_condition,
    check_report,
)
from undaunted.coercion.screening.rules import Mitigation as MitigationKind
from undaunted.coercion.screening.rules.casework import (
    LONGEST_SOURCE,
    EvidenceKind,
    checked_text,
    needed_text,
)
from undaunted.core.access.rules import Facts, Verb, decide

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case, Decision
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor

__all__ = [
    "CheckPlan",
    "MitigationPlan",
    "decline_lifting",
    "end_mitigation",
    "record_check",
    "record_mitigation",
    "register_conditions",
]


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

    Its text is one of the decision's conditions, and it is watched as two people decided. It takes
    the place of what taking the decision wrote of it and nobody looked at yet.
    Raises `MitigationRefused` for one that cannot be watched or stands told already, or where
    nothing was decided.
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
        if values["text"] not in decision.conditions:
            raise MitigationRefused("text: the decision sets no such condition; copy one")
        _within_terms(plan, decision, authority_name(actor, held))
        old = _written(sheet, decision, plan.text.strip())
        if old is not None:
            ended(old, "told in full", "case.measure_ended", actor=actor, at=at)
        return told(
            Mitigation, held, "case.measure_recorded", actor=actor, at=at, decision=decision,
            replaces=old, **values,
        )  # fmt: skip


def register_conditions(decision: Decision, case: Case, *, actor: Actor, at: datetime) -> None:
    """Write a decision's conditions into the register of measures; part of taking it.

    Each binds from the day that its terms say or that of the decision, is looked at as they say or
    by the authority, first in half a year, and is told in full later, with `record_mitigation`.
    """
    told_terms = [terms_read(each) for each in decision.terms]
    terms = told_terms or [Terms()] * len(decision.conditions)
    unwinds = decision.kind == DecisionKind.UNWIND
    for text, each in zip(decision.conditions, terms, strict=True):
        told(
            Mitigation,
            case,
            "case.measure_recorded",
            actor=actor,
            at=at,
            decision=decision,
            kind=MitigationKind.DIVESTMENT if unwinds and text == UNWOUND else MitigationKind.OTHER,
            text=text,
            starts_on=each.starts_on or decision.day,
            ends_on=each.ends_on,
            months=each.months,
            watched_by=each.watched_by or authority_name(actor, case),
        )


def _within_terms(plan: MitigationPlan, decision: Decision, authority: str) -> None:
    """Hold a measure to what two people decided: when it binds, how often who looks at it.

    Where they said nothing of it, that is half a year, and the authority. More often is no less.
    """
    number = decision.conditions.index(plan.text.strip())
    terms = terms_read(decision.terms[number]) if decision.terms else Terms()
    since = terms.starts_on or decision.day
    if plan.starts_on != since:
        raise MitigationRefused(f"starts_on: by the decision it binds from {since}; give that day")
    if plan.ends_on != terms.ends_on:
        until = f"until {terms.ends_on}" if terms.ends_on else "until it is lifted"
        raise MitigationRefused(f"ends_on: by the decision it binds {until}; have it lifted by two")
    if plan.months > terms.months:
        raise MitigationRefused(
            f"months: by the decision it is looked at every {terms.months} months; look as often"
        )
    who = terms.watched_by or authority
    if plan.watched_by.strip() != who:
        raise MitigationRefused(f"watched_by: by the decision {who} looks at it; give that name")


def decline_lifting(mitigation: Mitigation, *, why: str, actor: Actor, at: datetime) -> Mitigation:
    """Decline, as a second person and with a reason, that a measure be lifted; it binds on.

    What was asked, and why it was declined, stays on record. Raises `MitigationRefused` where
    nobody asked, or who asked would decline.
    """
    reason = needed_text("why", why, LONGEST_SOURCE)
    with in_turn():
        case = held_case(mitigation.case, actor=actor, verb=Verb.PUBLISH)
        rows = Mitigation.objects.select_for_update(of=("self",)).filter(pk=mitigation.pk)
        held = rows.filter(withdrawn_at__isnull=True, lifting_at__isnull=False).first()
        if held is None or held.lifting_by is None or held.lifting_at is None:
            raise MitigationRefused("measure: nobody asks that it be lifted; look again")
        if not _second(case, {held.lifting_by}, actor):
            raise MitigationRefused("measure: a second person declines, not who asked for it")
        held.declined = [
            *held.declined,
            {
                "asked_at": held.lifting_at.isoformat(),
                "asked_by": str(held.lifting_by),
                "asked_why": held.lifting_why,
                "declined_at": at.isoformat(),
                "declined_by": str(actor.person),
                "declined_why": reason,
            },
        ]
        held.lifting_at, held.lifting_by, held.lifting_why = None, None, ""
        held.save(update_fields=["lifting_at", "lifting_by", "lifting_why", "declined"])
        note("case.measure_lifting_declined", case, actor=actor, at=at, row=str(held.pk))
    return held


def record_check(mitigation: Mitigation, plan: CheckPlan, *, actor: Actor, at: datetime) -> Check:
    """Record what was found when a measure was looked at. Raises `MitigationRefused`."""
    if plan.day > at.date():
        raise MitigationRefused("on: it lies ahead; give the day on which it was looked at")
    with in_turn():
        held = held_case(mitigation.case, actor=actor)
        sheet = case_as_known(actor, held, at)
        evidence = checked_evidence(held, plan.evidence, sheet.fallen)
        outcome = Outcome(plan.outcome)
        named = tuple(each["id"] for each in evidence)
        check_report(condition_of(mitigation), Report(plan.day, outcome, plan.text, named))
        _answers_a_breach(sheet, mitigation, outcome, named, actor)
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


def _answers_a_breach(
    sheet: CaseSheet,
    mitigation: Mitigation,
    outcome: Outcome,
    evidence: tuple[str, ...],
    actor: Actor,
) -> None:
    """Hold that a breach is undone by somebody else than recorded it, and on evidence."""
    looks = sorted(sheet.checks_of(mitigation), key=lambda row: (row.day, row.recorded_at))
    if not looks or looks[-1].outcome != Outcome.BROKEN or outcome is Outcome.BROKEN:
        return
    if not evidence:
        raise MitigationRefused("evidence: it was broken; name what shows that it is kept again")
    if looks[-1].recorded_by == actor.person:
        raise MitigationRefused("outcome: another person than recorded the breach says so")


def end_mitigation(mitigation: Mitigation, *, why: str, actor: Actor, at: datetime) -> Mitigation:
    """Ask that a measure be lifted, with a reason; a second person then lifts it by the same step.

    It binds until then, and stays on record. Raises `MitigationRefused` for one that was broken
    under the decision that stands, and where who asked would lift it.
    """
    asked_by = mitigation.lifting_by
    verb = Verb.RECORD if asked_by is None else Verb.PUBLISH
    with in_turn():
        held = held_case(mitigation.case, actor=actor, verb=verb)
        sheet = case_as_known(actor, held, at)
        broken = measure_standing(sheet, mitigation, at.date()) is ConditionStanding.BROKEN
        if broken and sheet.decision is not None and sheet.decision.pk == mitigation.decision_id:
            raise MitigationRefused("measure: it was broken; open the case again")
        if asked_by is None:
            return _asked(mitigation, why, held, actor=actor, at=at)
        if not _second(held, {asked_by}, actor):
            raise MitigationRefused("measure: a second person lifts it, not who asked for it")
        return ended(mitigation, why, "case.measure_ended", actor=actor, at=at)


def _asked(
    mitigation: Mitigation, why: str, case: Case, *, actor: Actor, at: datetime
) -> Mitigation:
    reason = needed_text("why", why, LONGEST_SOURCE)
    rows = Mitigation.objects.select_for_update(of=("self",)).filter(pk=mitigation.pk)
    held = rows.filter(withdrawn_at__isnull=True, lifting_at__isnull=True).first()
    if held is None:
        raise MitigationRefused("measure: it was lifted or asked to be; look again")
    held.lifting_at, held.lifting_by, held.lifting_why = at, actor.person, reason
    held.save(update_fields=["lifting_at", "lifting_by", "lifting_why"])
    note("case.measure_lifting_asked", case, actor=actor, at=at, row=str(held.pk))
    return held


def _second(case: Case, hands: Collection[UUID], actor: Actor) -> bool:
    """Whether somebody may confirm what those hands have done."""
    facts = Facts(holder=case.holder, earlier_hands=frozenset(hands))
    return decide(actor, Verb.PUBLISH, facts).allowed


def _written(sheet: CaseSheet, decision: Decision, text: str) -> Mitigation | None:
    """Give what stands of a condition as the decision wrote it, where nobody looked at it yet.

    Raises `MitigationRefused` where it stands otherwise: it would bind twice.
    """
    standing = [
        row for row in sheet.mitigations if (row.decision_id, row.text) == (decision.pk, text)
    ]
    fresh = (e for e in standing if e.kind == MitigationKind.OTHER and not sheet.checks_of(e))
    found = next(fresh, None)
    if standing and found is None:
        raise MitigationRefused("text: this condition stands in the register; look at it there")
    return found
