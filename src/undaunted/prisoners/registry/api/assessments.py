"""Assessing under a standard with a token, and dissenting; the outcome is computed each time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.access.rules import Actor, Sharing
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.evidence.queries import sources_for
from undaunted.core.standards.actions import record_assessment, record_dissent
from undaunted.core.standards.queries import assessment_for, assessments_for, outcome_of
from undaunted.core.standards.rules import Finding, Value, pack
from undaunted.prisoners.registry.api.checks import NO_NULLS, found, refusals, standard_known
from undaunted.prisoners.registry.api.people import Made
from undaunted.prisoners.registry.queries.records import case_file
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
RECORD = TokenScope(Scope.RECORD)

Reason = Annotated[str, Field(max_length=10_000), NO_NULLS]
Answer = Any


class FindingIn(Schema):
    """What was found about one criterion, and why."""

    value: Value
    reasons: Annotated[list[Reason], Field(max_length=20, default_factory=list)]
    sources: Annotated[list[UUID], Field(max_length=50, default_factory=list)]
    public: bool = False


class RegistryAssessmentIn(Schema):
    """Findings by criterion under one standard; the outcome is computed, never given."""

    standard: str
    findings: Annotated[dict[str, FindingIn], Field(min_length=1, max_length=100)]


class DissentIn(Schema):
    """How somebody reads the same facts otherwise, and why."""

    text: Annotated[str, Field(min_length=1, max_length=8000, pattern=r"[^\s\x00]"), NO_NULLS]


class Dissenting(Schema):
    """A dissent beside an assessment."""

    id: UUID
    by: UUID
    text: str


class Assessed(Schema):
    """One reading under one version of a standard, its computed outcome, and who dissents."""

    id: UUID
    standard: str
    version: str
    made_on: date
    assessor: UUID
    result: str
    findings: dict[str, FindingIn]
    dissents: list[Dissenting]


@router.get(
    "/people/{uuid:party}/assessments",
    response=list[Assessed],
    auth=READ,
    summary="Assessments of a person",
)
def own_assessments(request: HttpRequest, party: UUID) -> Answer:
    """Give the current assessments of a person over all records, the newest first."""
    actor = actor_of(request)
    members = [one.pk for one in found(case_file(actor, party)).members]
    return [_told(one) for one in assessments_for(actor, "person", members)]


@router.post(
    "/people/{uuid:party}/assessments", response={201: Made}, auth=RECORD, summary="Assess"
)
def add_assessment(request: HttpRequest, party: UUID, assessment: RegistryAssessmentIn) -> Answer:
    """Record findings under the version of a standard in force today."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    standard = standard_known("standard", assessment.standard, body=True)
    known = pack(standard, timezone.now().date()).criteria
    for name in assessment.findings:
        if name not in known:
            raise Unusable(f"findings/{name}", "no such criterion", allowed=known, body=True)
    _refuse_unknown_sources(actor, assessment.findings)
    with refusals():
        made = record_assessment(
            "person",
            person.pk,
            actor=actor,
            at=timezone.now(),
            holder=person.holder,
            pack=standard,
            findings={
                name: Finding(one.value, tuple(one.reasons), tuple(map(str, one.sources)))
                for name, one in assessment.findings.items()
            },
            public_reasons=[name for name, one in assessment.findings.items() if one.public],
            sharing=Sharing(person.sharing),
        )
    return {"id": made.pk}


@router.post(
    "/people/{uuid:party}/assessments/{uuid:assessment}/dissents",
    response={201: Made},
    auth=RECORD,
    summary="Dissent",
)
def add_dissent(request: HttpRequest, party: UUID, assessment: UUID, dissent: DissentIn) -> Answer:
    """Record that somebody reads the same facts otherwise; the assessment stays as it is."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    held = found(assessment_for(actor, assessment))
    if held.subject_id not in {one.pk for one in file.members}:
        raise Http404
    with refusals():
        made = record_dissent(held, dissent.text, actor=actor, at=timezone.now())
    return {"id": made.pk}


def _refuse_unknown_sources(actor: Actor, findings: dict[str, FindingIn]) -> None:
    named = {source for one in findings.values() for source in one.sources}
    held = set(sources_for(actor).filter(pk__in=named).values_list("pk", flat=True))
    for name, one in findings.items():
        for number, source in enumerate(one.sources):
            if source not in held:
                raise Unusable(f"findings/{name}/sources/{number}", "no such source", body=True)


def _told(held: Any) -> dict[str, Any]:  # noqa: ANN401 - an assessment with its rows
    return {
        "id": held.pk,
        "standard": held.pack,
        "version": held.pack_version,
        "made_on": held.made_on,
        "assessor": held.assessor,
        "result": outcome_of(held).result,
        "findings": {
            row.criterion: {
                "value": row.value,
                "reasons": list(filter(None, row.reasons.split("\n\n"))),
                "sources": row.sources,
                "public": row.reasons_public,
            }
            for row in held.findings.all()
        },
        "dissents": [{"id": one.pk, "by": one.by, "text": one.text} for one in held.dissents.all()],
    }
