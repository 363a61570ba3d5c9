"""What the authority finds: the scope test of a day, and factors with reasons and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from undaunted.coercion.screening.actions.keeping import seal_texts
from undaunted.coercion.screening.actions.phases import start_called_for
from undaunted.coercion.screening.actions.telling import ended, held_case, note, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.scoping import scopes_on
from undaunted.coercion.screening.analysis.sheets import facts_with_owners
from undaunted.coercion.screening.analysis.standing import finding_of
from undaunted.coercion.screening.models import (
    Analysis,
    Answer,
    Assessment,
    Comment,
    Fact,
    ListCheck,
    Load,
    Scope,
    Stake,
)
from undaunted.coercion.screening.queries import case_as_known, fallen_analyses
from undaunted.coercion.screening.rules import (
    Found,
    ScreeningRefused,
    check_finding,
    regime_named,
)
from undaunted.coercion.screening.rules.casework import (
    EvidenceKind,
    checked_country,
    checked_day,
    checked_text,
)
from undaunted.core.access.rules import Verb

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.rules import Facts
    from undaunted.core.access.rules import Actor

__all__ = [
    "AssessmentPlan",
    "assess_factor",
    "checked_evidence",
    "correct_assessment",
    "record_scope",
    "withdraw_assessment",
]

TITLE = 80
"""Letters of a fact that are its title."""
EVIDENCE = {
    EvidenceKind.FILE: Load,
    EvidenceKind.STAKE: Stake,
    EvidenceKind.FACT: Fact,
    EvidenceKind.ANALYSIS: Analysis,
    EvidenceKind.ANSWER: Answer,
    EvidenceKind.LIST: ListCheck,
    EvidenceKind.COMMENT: Comment,
}


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """One factor of a regime: what was found, why, and on which rows of the case it rests.

    `evidence` is pairs of a kind and an id; `kept` is read by the screening team alone.
    """

    regime: str
    factor: str
    finding: Found
    reasons: str
    evidence: tuple[tuple[EvidenceKind, UUID], ...] = ()
    kept: str = ""


def record_scope(case: Case, facts: Facts, *, actor: Actor, at: datetime) -> tuple[Scope, ...]:
    """Hold the investment against every regime of the case's country on its day, and keep that.

    States that the case's own stakes show above the acquirer count, whether told or not.
    Earlier answers are replaced, those of regimes that bear on it no longer among them, and stay
    on record. Raises `RegimeUnknown`, and `ScreeningRefused` for a day that lies ahead (a case is
    held against the law that is in force) and for a state of the target that is none.
    """
    checked_day("day", facts.day, first=None, last=at.date())
    for each in sorted(facts.target.states):
        checked_country("states", each)
    sheet = case_as_known(actor, case, at)
    answers = scopes_on(case.jurisdiction, facts_with_owners(actor, sheet, facts))
    with in_turn():
        held = held_case(case, actor=actor)
        standing = {row.regime: row for row in case_as_known(actor, held, at).scopes}
        made = []
        for answer in answers:
            old = standing.pop(answer["regime"], None)
            if old is not None:
                ended(old, "asked anew", "case.scope_replaced", actor=actor, at=at)
            made.append(
                told(Scope, held, "case.scope_recorded", actor=actor, at=at, replaces=old, **answer)
            )
        for old in standing.values():
            ended(old, "asked anew", "case.scope_replaced", actor=actor, at=at)
        start_called_for(held, actor=actor, at=at)
    return tuple(made)


def assess_factor(case: Case, plan: AssessmentPlan, *, actor: Actor, at: datetime) -> Assessment:
    """Assess one factor. Raises `DecisionRefused` for one that cannot be kept."""
    with in_turn():
        held = held_case(case, actor=actor, verb=Verb.ASSESS)
        twice = Assessment.objects.filter(
            case=held, regime=plan.regime, factor=plan.factor, withdrawn_at__isnull=True
        )
        if twice.exists():
            raise ScreeningRefused(f"factor: {plan.factor} is assessed already; correct that one")
        return _assessed(held, plan, None, actor=actor, at=at)


def correct_assessment(
    assessment: Assessment, plan: AssessmentPlan, *, why: str, actor: Actor, at: datetime
) -> Assessment:
    """Replace an assessment; both stay on record, and a decision rests on the one it named."""
    with in_turn():
        held = held_case(assessment.case, actor=actor, verb=Verb.ASSESS)
        if (plan.regime, plan.factor) != (assessment.regime, assessment.factor):
            raise ScreeningRefused("factor: it is another one; withdraw this and assess that")
        old = ended(assessment, why, "case.assessment_withdrawn", actor=actor, at=at)
        return _assessed(held, plan, old, actor=actor, at=at)


def withdraw_assessment(
    assessment: Assessment, *, why: str, actor: Actor, at: datetime
) -> Assessment:
    """Withdraw an assessment; it stays on record."""
    with in_turn():
        held_case(assessment.case, actor=actor, verb=Verb.ASSESS)
        return ended(assessment, why, "case.assessment_withdrawn", actor=actor, at=at)


def checked_evidence(
    case: Case, evidence: Sequence[tuple[EvidenceKind, UUID]], fallen: Collection[UUID]
) -> list[dict[str, str]]:
    """Give evidence as it is kept. Raises `ScreeningRefused` for what is not in the case.

    So it does for what was withdrawn, and for `fallen` analyses, whose stakes changed since.
    """
    told_: list[dict[str, str]] = []
    for kind, key in dict.fromkeys(evidence):
        row = _in_case(case, EvidenceKind(kind), key)
        if row is None:
            raise ScreeningRefused(f"evidence: the case holds no {kind} {key}; look again")
        if getattr(row, "withdrawn_at", None) is not None:
            raise ScreeningRefused(
                f"evidence: {_titled(row)} was withdrawn; cite what stands in its place"
            )
        if key in fallen:
            raise ScreeningRefused(
                f"evidence: the answer of {row.as_of} was asked before its stakes changed; ask "
                "anew who controls"
            )
        told_.append({"kind": str(EvidenceKind(kind)), "id": str(key)})
    return told_


def _in_case(case: Case, kind: EvidenceKind, key: UUID) -> Any:  # noqa: ANN401 - a row of any table
    model: Any = EVIDENCE[kind]
    here = Q(case=case)
    if kind is EvidenceKind.COMMENT:
        here |= Q(notice__case=case)
    return model.objects.filter(here, pk=key).order_by("pk").first()


def _titled(row: Any) -> str:  # noqa: ANN401 - a row of any table
    """Give a row as people know it: a file by its name, a fact by what it says."""
    if isinstance(row, Fact):
        return row.text[:TITLE]
    if isinstance(row, ListCheck):
        return f"{row.list_name} \N{MIDDLE DOT} {row.party.name}"
    return str(row)


def _assessed(
    case: Case, plan: AssessmentPlan, old: Assessment | None, *, actor: Actor, at: datetime
) -> Assessment:
    made = Assessment(
        holder=case.holder,
        case=case,
        recorded_at=at,
        recorded_by=actor.person,
        replaces=old,
        regime=plan.regime,
        factor=plan.factor,
        finding=Found(plan.finding),
        reasons=checked_text("reasons", plan.reasons),
        evidence=checked_evidence(case, plan.evidence, fallen_analyses(actor, case, at)),
    )
    check_finding(regime_named(plan.regime), finding_of(made))
    seal_texts(made, {"reasons": checked_text("kept", plan.kept)}, case, actor=actor, at=at)
    made.save(force_insert=True)
    note("case.factor_assessed", case, actor=actor, at=at, row=str(made.pk))
    return made
