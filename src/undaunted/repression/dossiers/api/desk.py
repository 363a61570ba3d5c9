"""Dossiers by program: listed, shown, tested, submitted; nothing of them is public."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from undaunted.core.accounts.api import actor_of, conflicts
from undaunted.repression.dossiers.actions import (
    SubmissionPlan,
    end_submission,
    open_submission_file,
    release_submission,
    rewrite_submission,
    write_submission,
)
from undaunted.repression.dossiers.analysis import (
    acts_of,
    beside_told,
    dossier_short,
    gather,
    laws_beside,
    listed_beside,
    lists_not_held,
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
    etag_of,
    router,
    whole,
)
from undaunted.repression.dossiers.queries import (
    dossier_for,
    dossiers_for,
    files_given,
    submission_for,
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

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "law": "eu-2020-1998",
                "recipient": "Council of the European Union, working party RELEX",
                "language": "en",
                "without_summary": True,
            }
        }
    )

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


class AnewIn(Schema):
    """In which words a submission is written anew; none: in those that stand."""

    model_config = ConfigDict(json_schema_extra={"example": {"without_summary": True}})

    summary: str = Field("", max_length=10_000)
    without_summary: bool = False
    """Whether one is put together from the paper instead."""


class DossierReleaseIn(Schema):
    """Without which lists it goes out, of those that one person alone changed since."""

    model_config = ConfigDict(json_schema_extra={"example": {"without": ["xf-invented"]}})

    without: list[str] = Field(default_factory=list, max_length=40)


@router.get("/desk/dossiers", response=list[dict[str, Any]], auth=READ, summary="Dossiers")
def list_dossiers(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the dossiers that the token's person handles."""
    return [dossier_short(each) for each in dossiers_for(actor_of(request))[:MOST]]


@router.get(ONE, response=dict[str, Any], auth=READ, summary="A dossier")
def show(request: HttpRequest, response: HttpResponse, dossier: UUID) -> dict[str, Any]:
    """Give a dossier whole with its submissions, and its ETag for a change; victims by number."""
    actor = actor_of(request)
    told = whole(actor, found(dossier_for(actor, dossier)))
    response.headers["ETag"] = etag_of(told)
    return told


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
    return _unsearched(request, _told(actor, made))


@router.get(SENT, response=dict[str, Any], auth=READ, summary="A submission")
def submission(request: HttpRequest, submission: UUID) -> dict[str, Any]:
    """Give a submission with the digests of its files."""
    actor = actor_of(request)
    return _told(actor, found(submission_for(actor, submission)))


@router.post(f"{SENT}/release", response=dict[str, Any], auth=DECIDE, summary="Release it")
def release(
    request: HttpRequest, submission: UUID, told: DossierReleaseIn | None = None
) -> dict[str, Any]:
    """Release a submission as a second person, without lists that one person alone changed."""
    without = told.without if told else []
    return _done(request, submission, partial(release_submission, without=without))


@router.post(f"{SENT}/again", response=dict[str, Any], auth=PROPOSE, summary="Write it anew")
def again(request: HttpRequest, submission: UUID, told: AnewIn | None = None) -> dict[str, Any]:
    """Write a submission anew, with another summary where one is given; the old one ends."""
    summary, neutral = (told.summary, told.without_summary) if told else ("", False)
    step = partial(rewrite_submission, summary=summary, neutral=neutral)
    return _unsearched(request, _done(request, submission, step))


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


def _unsearched(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    """Say beside what was written which lists nobody could search, as the paper says."""
    lacking = lists_not_held(actor_of(request), first=told["jurisdiction"])
    return told | {"lists_not_searched": list(lacking)}


def _told(actor: Actor, made: Submission) -> dict[str, Any]:
    return submission_told(made, files_given(actor, made))
