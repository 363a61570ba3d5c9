"""Recording what an assessor found, and dissent; the outcome is computed and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.standards.models import Assessment, Dissent, FindingRow
from undaunted.core.standards.rules import evaluate, says_something
from undaunted.core.standards.rules import pack as pack_in_force

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.rules import Finding, Pack

__all__ = ["SubjectUnfit", "record_assessment", "record_assessments", "record_dissent"]


class SubjectUnfit(ValueError):
    """The standard does not speak about this kind of subject."""


def record_assessment(  # noqa: PLR0913 - subject, standard, findings, who and when
    subject_kind: str,
    subject_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    holder: UUID,
    pack: str,
    findings: Mapping[str, Finding],
    public_reasons: Collection[str] = (),
    sharing: Sharing = Sharing.ORGANISATION,
) -> Assessment:
    """Record findings under the version of `pack` in force today; replaces the assessor's last one.

    `public_reasons` names the criteria whose reasons may be published; others stay restricted.
    Raises `FindingsStrange` for a criterion the pack does not have.
    """
    require(actor, Verb.ASSESS, Facts(holder=holder))
    standard = _fitting(pack, subject_kind, [findings], at)
    frame = _Frame(standard, subject_kind, holder, sharing, actor.person, at)
    with transaction.atomic():
        Assessment.objects.filter(
            subject_kind=subject_kind,
            subject_id=subject_id,
            pack=standard.id,
            assessor=actor.person,
            recorded_to__isnull=True,
        ).update(recorded_to=at)
        assessment = frame.assessment(subject_id)
        assessment.save(force_insert=True)
        FindingRow.objects.bulk_create(
            _finding(assessment, criterion, found, public=criterion in public_reasons)
            for criterion, found in findings.items()
        )
        record_entry(
            "assessment.recorded",
            actor=actor,
            subject_kind=subject_kind,
            subject_id=subject_id,
            at=at,
            detail={
                "assessment": str(assessment.pk),
                "pack": standard.reference,
                "findings": {name: found.value.value for name, found in findings.items()},
            },
        )
    return assessment


def record_assessments(  # noqa: PLR0913 - subjects, standard, findings, who and when
    subject_kind: str,
    findings: Mapping[UUID, Mapping[str, Finding]],
    *,
    actor: Actor,
    at: datetime,
    holder: UUID,
    pack: str,
    public_reasons: Collection[str] = (),
    sharing: Sharing = Sharing.ORGANISATION,
) -> dict[UUID, Assessment]:
    """Record first assessments of many subjects under one pack; gives them by subject.

    One audit entry holds the Merkle root of the findings. Raises as `record_assessment` does.
    """
    require(actor, Verb.ASSESS, Facts(holder=holder))
    standard = _fitting(pack, subject_kind, findings.values(), at)
    frame = _Frame(standard, subject_kind, holder, sharing, actor.person, at)
    made = {subject: frame.assessment(subject) for subject in findings}
    rows = [
        _finding(made[subject], name, finding, public=name in public_reasons)
        for subject, found in findings.items()
        for name, finding in found.items()
    ]
    with transaction.atomic():
        Assessment.objects.bulk_create(made.values())
        FindingRow.objects.bulk_create(rows)
        record_entry(
            "assessment.recorded_together",
            actor=actor,
            subject_kind="assessment_batch",
            subject_id=merkle_root(
                f"{row.assessment_id} {row.criterion} {row.value}".encode() for row in rows
            ),
            at=at,
            detail={"assessments": len(made), "pack": standard.reference},
        )
    return made


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all assessments of one recording share."""

    standard: Pack
    subject_kind: str
    holder: UUID
    sharing: Sharing
    assessor: UUID
    at: datetime

    def assessment(self, subject: UUID) -> Assessment:
        """Make the row of one subject; it is not saved."""
        return Assessment(
            holder=self.holder,
            sharing=self.sharing,
            subject_kind=self.subject_kind,
            subject_id=subject,
            pack=self.standard.id,
            pack_version=str(self.standard.version),
            made_on=self.at.date(),
            assessor=self.assessor,
            recorded_from=self.at,
        )


def _fitting(
    pack: str, subject_kind: str, findings: Iterable[Mapping[str, Finding]], at: datetime
) -> Pack:
    """Give the version of `pack` in force, which speaks about the kind and has these criteria."""
    standard = pack_in_force(pack, at.date())
    if subject_kind not in standard.subject_kinds:
        raise SubjectUnfit(f"{standard.reference} does not speak about {subject_kind}")
    for found in findings:
        evaluate(standard, found)
    return standard


def _finding(assessment: Assessment, name: str, finding: Finding, *, public: bool) -> FindingRow:
    return FindingRow(
        holder=assessment.holder,
        sharing=assessment.sharing,
        assessment=assessment,
        criterion=name,
        value=finding.value.value,
        reasons="\n\n".join(finding.reasons),
        reasons_public=public,
        sources=list(finding.sources),
    )


def record_dissent(assessment: Assessment, text: str, *, actor: Actor, at: datetime) -> Dissent:
    """Record that somebody reads the same facts otherwise, and why."""
    require(actor, Verb.ASSESS, Facts(holder=assessment.holder))
    if not says_something(text):
        raise ValueError("a dissent gives its reasons")
    with transaction.atomic():
        dissent = Dissent.objects.create(
            holder=assessment.holder,
            sharing=assessment.sharing,
            assessment=assessment,
            by=actor.person,
            at=at,
            text=text,
        )
        record_entry(
            "assessment.dissented",
            actor=actor,
            subject_kind="assessment",
            subject_id=assessment.pk,
            at=at,
        )
    return dissent
