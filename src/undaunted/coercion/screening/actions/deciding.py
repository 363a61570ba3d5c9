"""A case moved from stage to stage; a decision proposed by one person and taken by a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from undaunted.coercion.screening.actions.assessing import checked_evidence
from undaunted.coercion.screening.actions.going_on import renewed_go_on
from undaunted.coercion.screening.actions.keeping import seal_texts
from undaunted.coercion.screening.actions.mitigating import register_conditions
from undaunted.coercion.screening.actions.partners_ended import (
    end_partner_periods,
    renew_partner_periods,
)
from undaunted.coercion.screening.actions.phases import turn_clocks
from undaunted.coercion.screening.actions.telling import enter, held_case, note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.phases import regimes_between
from undaunted.coercion.screening.analysis.standing import (
    SPOKEN,
    draft_decision,
    standing_of,
    terms_kept,
)
from undaunted.coercion.screening.models import Decision
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import (
    DECIDABLE,
    UNWOUND,
    DecisionKind,
    DecisionRefused,
    ScreeningRefused,
    ScreeningStage,
    Side,
    StageRefused,
    Terms,
    check_conditions,
    check_decidable,
    check_decision,
    check_heard,
    check_move,
    check_reasons,
    check_terms,
    regime_named,
    step_into,
)
from undaunted.coercion.screening.rules.casework import (
    EvidenceKind,
    checked_day,
    checked_text,
    needed_text,
)
from undaunted.coercion.screening.rules.cooperation import check_urgent
from undaunted.core.access.rules import Facts, Forbidden, Verb, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Assessment, Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Regime
    from undaunted.coercion.screening.rules.terms import Recourse as RecourseWay
    from undaunted.core.access.rules import Actor

__all__ = [
    "DecisionPlan",
    "move_case",
    "propose_decision",
    "return_decision",
    "take_decision",
]

AHEAD = timedelta(days=31)
"""So far ahead may the day lie from which a decision counts."""


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    """A decision under one regime; `factors` are ids of assessments that stand.

    `conditions` are texts, which become measures as it is taken, on their `terms`: none for the
    usual ones, one set for all, or one for each. `kept` is read by the screening team alone.
    `completed`: the investment was completed already; `unwind_by`: the last day on which it is
    unwound. `urgent`: why it is taken while partners may still speak;
    `urgent_told_on` and `urgent_told_to`: when which of them were told that it would be.
    """

    regime: str
    kind: DecisionKind
    reasons: str
    factors: tuple[UUID, ...]
    day: date
    conditions: tuple[str, ...] = ()
    no_less: str = ""
    utmost_account: str = ""
    completed: bool = False
    kept: str = ""
    terms: tuple[Terms, ...] = ()
    urgent: str = ""
    unwind_by: date | None = None
    urgent_told_on: date | None = None
    urgent_told_to: str = ""


def move_case(
    case: Case, to: ScreeningStage, *, actor: Actor, at: datetime, reason: str = ""
) -> Case:
    """Take a case to its next stage; the second person's decision takes it to `decided` itself.

    Raises `StageRefused` where the step is not the next, lacks reasons, or what it needs.
    """
    if to in {ScreeningStage.DECIDED, ScreeningStage.FILED}:
        way = (
            "take the decision that is proposed"
            if to is ScreeningStage.DECIDED
            else "submit the filing"
        )
        raise StageRefused(f"stage: nobody moves a case to {to}; {way}")
    said = checked_text("reason", reason)
    with in_turn():
        held = held_case(case, actor=actor)
        stage = ScreeningStage(held.stage)
        standing = standing_of(actor, case_as_known(actor, held, at), said)
        check_move(stage, to, Side.OFFICER, standing)
        if standing.proposed:
            raise StageRefused("stage: a decision is proposed; take it or send it back first")
        enter(held, to, said, actor=actor, at=at)
        step = step_into(stage, to)
        if step is not None:
            turn_clocks(held, step, on=at.date(), actor=actor, at=at)
        elif to in DECIDABLE:
            renew_partner_periods(held, actor=actor, at=at)
            renewed_go_on(held, actor=actor, at=at)
    return held


def propose_decision(case: Case, plan: DecisionPlan, *, actor: Actor, at: datetime) -> Decision:
    """Propose a decision; it waits for a second person.

    Raises `DecisionRefused` with all that it lacks: a factor above all, and nationality is none.
    """
    regime = regime_named(plan.regime)
    reasons = needed_text("reasons", plan.reasons)
    with in_turn():
        held = held_case(case, actor=actor, verb=Verb.ASSESS)
        proposed = case_as_known(actor, held, at).proposed is not None
        check_decidable(held.stage, proposed=proposed)
        values = _checked(held, plan, regime, actor=actor, at=at)
        made = Decision(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            reasons=reasons,
            **values,
        )
        seal_texts(made, {"reasons": checked_text("kept", plan.kept)}, held, actor=actor, at=at)
        made.save(force_insert=True)
        note("case.decision_proposed", held, actor=actor, at=at, row=str(made.pk))
    return made


def take_decision(decision: Decision, *, actor: Actor, at: datetime) -> Decision:
    """Take a decision as it was proposed, as a second person; the periods of the case end.

    Its conditions are in the register of measures from then on.
    Raises `DecisionRefused` where it could not be proposed any more: a factor or a piece of
    evidence on which it rests was withdrawn, the case is out of scope, a partner spoke meanwhile;
    and where partners may still speak, and it does not say why it cannot wait.
    """
    hands = frozenset({decision.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=decision.holder, earlier_hands=hands))
    with in_turn():
        case = held_case(decision.case, actor=actor, verb=Verb.PUBLISH)
        held = _waiting(decision)
        sheet = case_as_known(actor, case, at)
        check_move(
            ScreeningStage(case.stage),
            ScreeningStage.DECIDED,
            Side.DECIDER,
            standing_of(actor, sheet),
        )
        _still_stands(held, sheet)
        check_heard(partner_periods(actor, case, at), held.urgent, held.urgent_told_on)
        held.taken_at, held.taken_by = at, actor.person
        held.save(update_fields=["taken_at", "taken_by"])
        note("case.decision_taken", case, actor=actor, at=at, row=str(held.pk))
        register_conditions(held, case, actor=actor, at=at)
        turned = step_into(ScreeningStage(case.stage), ScreeningStage.DECIDED)
        enter(case, ScreeningStage.DECIDED, "", actor=actor, at=at)
        if turned is not None:
            turn_clocks(case, turned, on=at.date(), actor=actor, at=at, under=Verb.PUBLISH)
        end_partner_periods(case, actor=actor, at=at)
    return held


def return_decision(decision: Decision, why: str, *, actor: Actor, at: datetime) -> Decision:
    """Send a proposed decision back with a reason; whoever proposed it may take it back so too."""
    verb = Verb.ASSESS if actor.id == decision.recorded_by else Verb.PUBLISH
    require(actor, verb, Facts(holder=decision.holder, earlier_hands=frozenset()))
    with in_turn():
        case = held_case(decision.case, actor=actor, verb=verb)
        held = _waiting(decision)
        held.returned_at, held.returned_by = at, actor.person
        held.returned_why = needed_text("why", why)
        held.save(update_fields=["returned_at", "returned_by", "returned_why"])
        note("case.decision_returned", case, actor=actor, at=at, row=str(held.pk))
    return held


def _checked(
    case: Case, plan: DecisionPlan, regime: Regime, *, actor: Actor, at: datetime
) -> dict[str, Any]:
    sheet = case_as_known(actor, case, at)
    received = sheet.received_on
    checked_day("day", plan.day, first=received, last=at.date() + AHEAD)
    bearing = regimes_between(case.jurisdiction, *{received or plan.day, plan.day})
    if regime not in bearing:
        raise DecisionRefused(
            f"regime: {regime.title} was not in force here, neither on the day of receipt nor "
            "on that of the decision; decide under one that was"
        )
    chosen = tuple(row for row in sheet.assessments if row.pk in set(plan.factors))
    if len(chosen) != len(set(plan.factors)):
        raise DecisionRefused("factors: one of them does not stand in this case; look again")
    if any(row.regime != regime.key for row in chosen):
        raise DecisionRefused(f"factors: one of them is of another regime than {regime.title}")
    _evidence_stands(sheet, chosen)
    check_reasons(plan.reasons)
    conditions = [needed_text("conditions", each) for each in plan.conditions]
    check_conditions(conditions)
    account = {
        "no_less": checked_text("no_less", plan.no_less),
        "utmost_account": checked_text("utmost_account", plan.utmost_account),
    }
    urgent = checked_text("urgent", plan.urgent)
    told_to = checked_text("urgent_told_to", plan.urgent_told_to)
    check_urgent(urgent, plan.urgent_told_on, told_to)
    if plan.urgent_told_on is not None:
        checked_day("urgent_told_on", plan.urgent_told_on, first=received, last=at.date())
    draft = draft_decision(
        sheet, regime, DecisionKind(plan.kind), chosen, completed=plan.completed,
        conditions=len(conditions), day=plan.day, unwind_by=plan.unwind_by, **account,
    )  # fmt: skip
    check_decision(draft)
    conditions += [UNWOUND] if draft.kind is DecisionKind.UNWIND else []
    return account | {
        "regime": regime.key,
        "kind": DecisionKind(plan.kind),
        "factors": [str(row.pk) for row in chosen],
        "conditions": conditions,
        "terms": _terms(plan, len(plan.conditions)),
        "urgent": urgent,
        "urgent_told_on": plan.urgent_told_on,
        "urgent_told_to": told_to,
        "unwind_by": plan.unwind_by,
        "completed": plan.completed,
        "day": plan.day,
        "recourse": [_recourse(each) for each in regime.recourse],
    }


def _recourse(way: RecourseWay) -> dict[str, Any]:
    return {
        "body": way.body,
        "within": way.within,
        "days": way.days,
        "law": way.source.law,
        "article": way.source.article,
        "status": str(way.source.status),
    }


def _still_stands(decision: Decision, sheet: CaseSheet) -> None:
    chosen = tuple(row for row in sheet.assessments if str(row.pk) in decision.factors)
    if len(chosen) < len(decision.factors):
        raise DecisionRefused(
            "factors: one on which it rests was withdrawn or corrected since; send it back"
        )
    if any(row.recorded_at > decision.recorded_at and row.kind in SPOKEN for row in sheet.comments):
        raise DecisionRefused("utmost_account: a partner has spoken since; send it back")
    _evidence_stands(sheet, chosen)
    check_decision(
        draft_decision(
            sheet, regime_named(decision.regime), DecisionKind(decision.kind), chosen,
            completed=decision.completed,
            conditions=_conditions_set(decision),
            no_less=decision.no_less, utmost_account=decision.utmost_account,
            day=decision.day, unwind_by=decision.unwind_by,
        )
    )  # fmt: skip


def _conditions_set(decision: Decision) -> int:
    """Count the conditions that somebody wrote: an unwinding has its own besides."""
    own = decision.kind == DecisionKind.UNWIND and UNWOUND in decision.conditions
    return len(decision.conditions) - own


def _evidence_stands(sheet: CaseSheet, chosen: tuple[Assessment, ...]) -> None:
    for row in chosen:
        evidence = [(EvidenceKind(each["kind"]), UUID(each["id"])) for each in row.evidence]
        try:
            checked_evidence(sheet.case, evidence, sheet.fallen)
        except ScreeningRefused as problem:
            said = str(problem).removeprefix("evidence: ")
            raise DecisionRefused(f"{row.factor}: {said}") from None


def _terms(plan: DecisionPlan, number: int) -> list[dict[str, Any]]:
    """Give the terms of each condition as they are kept; none where nobody said any."""
    terms = plan.terms * number if len(plan.terms) == 1 else plan.terms
    if terms and len(terms) != number:
        raise DecisionRefused(
            f"terms: there are {len(terms)} for {number} conditions; give one, or one for each"
        )
    for each in terms:
        check_terms(each, plan.day)
        checked_text("watched_by", each.watched_by, 200)
    return [terms_kept(each) for each in terms]


def _waiting(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk)
    held = rows.order_by("id").first()
    if held is None:
        raise Forbidden("there is no such decision for you")
    if held.taken_at is not None or held.returned_at is not None:
        raise DecisionRefused("decision: it was taken or sent back before; look again")
    return held
