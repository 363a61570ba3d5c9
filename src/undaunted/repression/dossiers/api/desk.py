"""Dossiers by program: listed, shown, tested, submitted; nothing of them is public."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from undaunted.core.accounts.api import actor_of, conflicts
from undaunted.core.evidence.api import MarksIn
from undaunted.core.evidence.rules import Unredactable
from undaunted.repression.dossiers.actions import (
    SubmissionPlan,
    end_submission,
    open_submission_file,
    redact_annex,
    release_submission,
    rewrite_submission,
    write_submission,
)
from undaunted.repression.dossiers.analysis import (
    acts_of,
    beside_told,
    dossier_short,
    dossier_told,
    gather,
    laws_beside,
    listed_beside,
    submission_told,
    tests_told,
)
from undaunted.repression.dossiers.api.root import (
    DECIDE,
    MOST,
    ONE,
    PROPOSE,
    READ,
    SENT,
    router,
)
from undaunted.repression.dossiers.queries import (
    dossier_for,
    dossiers_for,
    files_given,
    part_of,
    submission_for,
    submissions_of,
)
from undaunted.repression.dossiers.rules import FIRST_LAWS, DossierRefused
from undaunted.repression.sanctions.rules import SanctionsRefused, authorities, authority_for
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Submission

__all__: list[str] = []


class SubmissionIn(Schema):
    """For whom a submission is written, and under which law."""

    law: str = Field(max_length=40)
    recipient: str = Field(max_length=200)
    language: str = Field("en", max_length=12)
    people: list[UUID] = Field(default_factory=list, max_length=200)
    partner: UUID | None = None
    key: str = Field("", max_length=80)
    coincidences: list[Annotated[str, Field(max_length=60)]] = Field(
        default_factory=list, max_length=20
    )
    summary: str = Field("", max_length=10_000)
    without_summary: bool = False
    """Whether one is put together from the paper in place of the dossier's."""


class RedactionIn(MarksIn):
    """What is taken out of an annex, on which ground, and whom the copy still shows."""

    shows: list[UUID] = Field(default_factory=list, max_length=200)


class AnewIn(Schema):
    """In which words a submission is written anew; none: in those that stand."""

    summary: str = Field("", max_length=10_000)


@router.get("/desk/dossiers", response=list[dict[str, Any]], auth=READ, summary="Dossiers")
def list_dossiers(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the dossiers that the token's person handles."""
    return [dossier_short(each) for each in dossiers_for(actor_of(request))[:MOST]]


@router.get(ONE, response=dict[str, Any], auth=READ, summary="A dossier")
def show(request: HttpRequest, dossier: UUID) -> dict[str, Any]:
    """Give a dossier whole with its submissions; victims by number."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    rows = submissions_of(actor, held)
    return dossier_told(gather(actor, held)) | {
        "submissions": [_told(actor, each) for each in rows]
    }


@router.get(f"{ONE}/tests", response=list[dict[str, Any]], auth=READ, summary="Laws side by side")
def laws(
    request: HttpRequest,
    dossier: UUID,
    law: Annotated[list[str], Query(default_factory=list, max_length=40)],
) -> list[dict[str, Any]]:
    """Give each person's facts under the laws, as they may be told to each government."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    with conflicts(SanctionsRefused):
        chosen = [authority_for(each) for each in law]
    chosen = chosen or [each for each in authorities().values() if each.pack]
    sheet = gather(actor, held)
    return tests_told(sheet, laws_beside(actor, sheet, chosen, on=timezone.now().date()))


@router.get(f"{ONE}/listed", response=dict[str, Any], auth=READ, summary="Who is listed where")
def listed(
    request: HttpRequest,
    dossier: UUID,
    law: Annotated[list[str], Query(default_factory=list, max_length=40)],
    event: UUID | None = None,
) -> dict[str, Any]:
    """Give its people beside lists and laws; with `event`, a claim, whoever is linked to it."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    with conflicts(SanctionsRefused, DossierRefused):
        chosen = [authority_for(each) for each in law or FIRST_LAWS]
        sheet = gather(actor, held)
        acts = acts_of(sheet, event)
    today = timezone.now().date()
    return beside_told(listed_beside(actor, [sheet], chosen, on=today, acts=acts))


@router.post(
    f"{ONE}/submissions", response=dict[str, Any], auth=PROPOSE, summary="Write a submission"
)
def write(request: HttpRequest, dossier: UUID, told: SubmissionIn) -> dict[str, Any]:
    """Write a submission of whoever agreed to its recipient; a second person releases it."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    plan = SubmissionPlan(
        told.law,
        told.recipient,
        told.language,
        tuple(told.people),
        told.partner,
        told.key,
        told.coincidences,
        told.summary,
        told.without_summary,
    )
    with conflicts(DossierRefused):
        made = write_submission(held, plan, actor=actor, at=timezone.now())
    return _told(actor, made)


@router.post(
    f"{ONE}/annexes/{{uuid:annex}}/redacted",
    response=dict[str, Any],
    auth=PROPOSE,
    summary="Redact an annex",
)
def redact(request: HttpRequest, dossier: UUID, annex: UUID, told: RedactionIn) -> dict[str, Any]:
    """Let a redacted copy go along in place of an annex; gives the dossier as it stands then."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    part = found(part_of(actor, held, "annex", annex))
    with conflicts(DossierRefused, Unredactable):
        redact_annex(
            part, told.marks(), told.ground, shows=told.shows, actor=actor, at=timezone.now()
        )
    return dossier_told(gather(actor, held))


@router.get(SENT, response=dict[str, Any], auth=READ, summary="A submission")
def submission(request: HttpRequest, submission: UUID) -> dict[str, Any]:
    """Give a submission with the digests of its files."""
    actor = actor_of(request)
    return _told(actor, found(submission_for(actor, submission)))


@router.post(f"{SENT}/release", response=dict[str, Any], auth=DECIDE, summary="Release it")
def release(request: HttpRequest, submission: UUID) -> dict[str, Any]:
    """Release a submission as a second person."""
    return _done(request, submission, release_submission)


@router.post(f"{SENT}/again", response=dict[str, Any], auth=PROPOSE, summary="Write it anew")
def again(request: HttpRequest, submission: UUID, told: AnewIn | None = None) -> dict[str, Any]:
    """Write a submission anew, with another summary where one is given; the old one ends."""
    step = partial(rewrite_submission, summary=told.summary if told else "")
    return _done(request, submission, step)


@router.post(f"{SENT}/end", response=dict[str, Any], auth=PROPOSE, summary="End it")
def end(request: HttpRequest, submission: UUID) -> dict[str, Any]:
    """End a submission and destroy its files."""
    return _done(request, submission, end_submission)


@router.get(f"{SENT}/files/{{str:name}}", auth=READ, summary="One of its files")
def file(request: HttpRequest, submission: UUID, name: str) -> HttpResponse:
    """Give the bytes of one file."""
    actor = actor_of(request)
    held = found(submission_for(actor, submission))
    with conflicts(DossierRefused):
        given = open_submission_file(held, name, actor=actor, at=timezone.now())
    answer = HttpResponse(bytes(given.content or b""), content_type=given.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return answer


def _done(
    request: HttpRequest, submission: UUID, step: Callable[..., Submission]
) -> dict[str, Any]:
    actor = actor_of(request)
    held = found(submission_for(actor, submission))
    with conflicts(DossierRefused):
        return _told(actor, step(held, actor=actor, at=timezone.now()))


def _told(actor: Actor, made: Submission) -> dict[str, Any]:
    return submission_told(made, files_given(actor, made))
