"""Reads of assessments, with their outcome computed each time from the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.standards.models import Assessment, Dissent, FindingRow
from undaunted.core.standards.rules import Finding, Value, evaluate, pack_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Outcome

__all__ = [
    "Assessment",
    "FindingRow",
    "assessment_for",
    "assessment_rows",
    "assessments_for",
    "outcome_of",
]


def assessments_for(
    actor: Actor,
    subject_kind: str,
    subjects: Iterable[UUID],
    *,
    pack: str = "",
    known_at: datetime | None = None,
) -> QuerySet[Assessment]:
    """Give the assessments of these subjects with findings and dissent, newest first.

    They are the current ones, or those that were current at a moment.
    """
    current = Q(recorded_to__isnull=True)
    if known_at is not None:
        current = Q(recorded_from__lte=known_at) & (current | Q(recorded_to__gt=known_at))
    rows = Assessment.objects.filter(
        current, subject_kind=subject_kind, subject_id__in=tuple(subjects)
    )
    if pack:
        rows = rows.filter(pack=pack)
    return (
        seen_by(actor, rows)
        .prefetch_related("findings", "dissents")
        .order_by("-recorded_from", "id")
    )


def assessment_for(actor: Actor, assessment: UUID) -> Assessment | None:
    """Give one assessment, superseded or not; None where the actor may not see it."""
    rows = Assessment.objects.filter(pk=assessment)
    return seen_by(actor, rows).prefetch_related("findings", "dissents").first()


def assessment_rows(
    actor: Actor, subjects: Iterable[UUID] | QuerySet[Any, Any]
) -> dict[str, QuerySet[Any]]:
    """Give every row about these subjects, superseded ones too: for handing over and export.

    `subjects` are ids, or a query of ids.
    """
    made = seen_by(actor, Assessment.objects.filter(subject_id__in=subjects))
    return {
        "assessments": made,
        "findings": seen_by(actor, FindingRow.objects.filter(assessment__in=made)),
        "dissents": seen_by(actor, Dissent.objects.filter(assessment__in=made)),
    }


def outcome_of(assessment: Assessment) -> Outcome:
    """Compute the outcome of an assessment under the version it was made under."""
    findings = {
        row.criterion: Finding(
            Value(row.value),
            tuple(filter(None, row.reasons.split("\n\n"))),
            tuple(map(str, row.sources)),
        )
        for row in assessment.findings.all()
    }
    return evaluate(pack_version(f"{assessment.pack}@{assessment.pack_version}"), findings)
