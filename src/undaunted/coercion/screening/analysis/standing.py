"""What a case has so far, as the rules of its steps and decisions ask."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.queries import said_of, unregistered_in
from undaunted.coercion.screening.rules import (
    UNWOUND,
    Condition,
    ConditionStanding,
    Draft,
    FactorFinding,
    Found,
    InScope,
    Mitigation,
    Outcome,
    Report,
    ScreeningRefused,
    Standing,
    Terms,
    missing_fields,
    next_look,
    standing_on,
)
from undaunted.coercion.screening.rules.casework import CommentKind, RecourseResult, ScreeningOrigin

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Assessment, Check
    from undaunted.coercion.screening.models import Mitigation as MitigationRow
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import DecisionKind, Regime
    from undaunted.core.access.rules import Actor

__all__ = [
    "SPOKEN",
    "condition_of",
    "done_by_of",
    "draft_decision",
    "finding_of",
    "look_due",
    "measure_standing",
    "standing_of",
    "terms_kept",
    "terms_read",
]

SPOKEN = frozenset({CommentKind.COMMENT, CommentKind.OPINION})
"""What a decision takes utmost account of."""
OVERTURNING = frozenset({RecourseResult.ANNULLED, RecourseResult.SENT_BACK})
"""What a court or a body of review says of a decision that does not stand."""


def standing_of(actor: Actor, sheet: CaseSheet, reason: str = "") -> Standing:
    """Give what a case has, for its next step."""
    filing = sheet.filing
    complete = filing is not None and (
        sheet.case.origin != ScreeningOrigin.FILED or not missing_fields(said_of(actor, filing))
    )
    proposed = sheet.proposed
    day = sheet.at.date()
    states = [measure_standing(sheet, row, day) for row in sheet.mitigations]
    return Standing(
        complete=complete,
        scoped=bool(sheet.scopes),
        inside=any(row.outcome == InScope.YES for row in sheet.scopes),
        proposed=proposed is not None,
        other=proposed is not None and proposed.recorded_by != actor.id,
        conditions=sum(state is not ConditionStanding.ENDED for state in states),
        unregistered=len(unregistered_in(actor, sheet)),
        breached=ConditionStanding.BROKEN in states,
        overturned=_overturned(sheet),
        reason=reason,
    )


def _overturned(sheet: CaseSheet) -> bool:
    """Whether the last that was said of the decision annulled it or sent the case back."""
    said = [
        (row.outcome_on, row.recorded_at, row.result)
        for row in sheet.recourses
        if row.result and sheet.decision is not None and row.decision_id == sheet.decision.pk
    ]
    return bool(said) and max(said)[-1] in OVERTURNING


def draft_decision(  # noqa: PLR0913 - what a decision is
    sheet: CaseSheet,
    regime: Regime,
    kind: DecisionKind,
    assessments: tuple[Assessment, ...],
    *,
    completed: bool,
    conditions: int,
    no_less: str,
    utmost_account: str,
    day: date | None = None,
    unwind_by: date | None = None,
) -> Draft:
    """Give a decision as the rules look at it. Raises `ScreeningRefused` without a scope test."""
    scope = next((row for row in reversed(sheet.scopes) if row.regime == regime.key), None)
    if scope is None:
        raise ScreeningRefused(
            f"scope: no scope test under {regime.title} is recorded; record one first"
        )
    spoken = [row for row in sheet.comments if row.kind in SPOKEN]
    return Draft(
        kind=kind,
        regime=regime,
        in_scope=InScope(scope.outcome),
        completed=completed,
        findings=tuple(finding_of(row) for row in assessments),
        conditions=conditions,
        no_less=no_less,
        utmost_account=utmost_account,
        partners=len(spoken),
        day=day,
        unwind_by=unwind_by,
    )


def finding_of(row: Assessment) -> FactorFinding:
    """Give an assessment as the rules look at it."""
    return FactorFinding(row.factor, Found(row.finding), row.reasons, _ids(row.evidence))


def condition_of(row: MitigationRow, done_by: date | None = None) -> Condition:
    """Give a measure as the rules look at it; `done_by` where its decision says (`done_by_of`)."""
    return Condition(
        Mitigation(row.kind), row.text, row.starts_on, row.months, row.watched_by, row.ends_on,
        done_by,
    )  # fmt: skip


def done_by_of(sheet: CaseSheet, row: MitigationRow) -> date | None:
    """Give the last day on which an investment is unwound, of the measure that demands it."""
    if row.text != UNWOUND:
        return None
    return next((e.unwind_by for e in sheet.decisions if e.pk == row.decision_id), None)


def terms_kept(terms: Terms) -> dict[str, Any]:
    """Give the terms of a condition as they are kept."""
    return {
        "starts_on": terms.starts_on and terms.starts_on.isoformat(),
        "months": terms.months,
        "watched_by": terms.watched_by,
        "ends_on": terms.ends_on and terms.ends_on.isoformat(),
    }


def terms_read(kept: dict[str, Any]) -> Terms:
    """Give them back."""
    starts_on, ends_on = (
        date.fromisoformat(kept[each]) if kept[each] else None for each in ("starts_on", "ends_on")
    )
    return Terms(starts_on, kept["months"], kept["watched_by"], ends_on)


def measure_standing(sheet: CaseSheet, row: MitigationRow, day: date) -> ConditionStanding:
    """Tell how a measure stands on a day, by what was found of it."""
    condition = condition_of(row, done_by_of(sheet, row))
    return standing_on(condition, map(_report, sheet.checks_of(row)), day)


def look_due(sheet: CaseSheet, row: MitigationRow) -> date | None:
    """Give the day on which a measure is to be looked at next; past where nobody did."""
    return next_look(condition_of(row), [each.day for each in sheet.checks_of(row)])


def _report(row: Check) -> Report:
    return Report(row.day, Outcome(row.outcome), row.text, _ids(row.evidence))


def _ids(evidence: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(each["id"] for each in evidence)
