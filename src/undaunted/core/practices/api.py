"""The library over the wire: everybody reads what is CLEAR; programs propose and decide."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the library reads the annotations
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.practices.actions import (
    PracticeRefused,
    accept_version,
    confirm_practice,
    decline_version,
    propose_practice,
    revise_practice,
    withdraw_practice,
)
from undaunted.core.practices.queries import (
    practice_for,
    practice_menu,
    practices_for,
    published_practice,
    published_practices,
    version_for,
    versions_of,
)
from undaunted.core.practices.rules import (
    Aim,
    Condition,
    EntryBroken,
    Instrument,
    PracticeStage,
    PracticeTlp,
    Withdrawal,
    read_entry,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.core.practices.models import Practice, Version
    from undaunted.core.practices.rules import Entry

__all__ = ["router"]

router = Router(tags=["practices"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_READERS = 50
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


class PracticeOut(Schema):
    """A public practice: `practice` is its whole text, written as in a pack."""

    reference: str
    number: int
    accepted_at: datetime
    reviewed_at: datetime
    practice: dict[str, Any]


class MenuOut(Schema):
    """A practice of a menu, with what of its needs is met and what is missing."""

    practice: dict[str, Any]
    number: int
    reviewed_on: str
    met: list[Condition]
    missing: list[Condition]


class HeldOut(Schema):
    """A practice at the desk."""

    id: UUID
    reference: str
    aim: Aim
    tlp: PracticeTlp
    current: int | None
    reviewed_at: datetime | None
    withdrawn_at: datetime | None


class PracticeVersionOut(Schema):
    """A version and where it stands."""

    id: UUID
    practice_id: UUID
    number: int
    state: str
    tlp: PracticeTlp
    digest: str


class PracticeIn(Schema):
    """A practice as in a pack, for an organisation; `readers` only for what is RED."""

    holder: UUID
    practice: dict[str, Any]
    readers: Annotated[list[UUID], Field(max_length=MOST_READERS, default_factory=list)]


class RevisionIn(Schema):
    """Another text of a practice; its reference stays."""

    practice: dict[str, Any]
    readers: Annotated[list[UUID], Field(max_length=MOST_READERS, default_factory=list)]


class PracticeDecisionIn(Schema):
    """Yes, or no with the reason."""

    accept: bool
    why: Annotated[str, Field(max_length=2000, default=""), AfterValidator(_without_nulls)]


class PracticeWithdrawalIn(Schema):
    """Why a practice is hidden."""

    why: Withdrawal


@router.get("/", response=list[PracticeOut], summary="Public practices")
@face("public")
def list_practices(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    aim: Aim | None = None,
    instrument: Instrument | None = None,
    stage: PracticeStage | None = None,
    condition: Condition | None = None,
) -> list[dict[str, Any]]:
    """Give the practices marked CLEAR, by aim, means, stage and need."""
    rows = published_practices(
        PUBLIC,
        aim=aim or "",
        instrument=instrument or "",
        stage=stage or "",
        condition=condition or "",
    )
    return [_public(row) for row in rows[:MOST_SHOWN]]


@router.get("/menu", response=list[MenuOut], summary="What fits")
@face("public")
def show_menu(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    aim: Aim,
    condition: Annotated[list[Condition], Query(max_length=len(Condition), default_factory=list)],
) -> list[dict[str, Any]]:
    """Give the public practices for an aim, what lacks least first, held against what there is."""
    return [
        {
            "practice": each.entry.as_data(),
            "number": each.number,
            "reviewed_on": each.reviewed_on.isoformat(),
            "met": each.met,
            "missing": each.missing,
        }
        for each in practice_menu(PUBLIC, aim=aim, conditions=condition)
    ]


@router.get("/desk/practices", response=list[HeldOut], auth=READ, summary="Practices at the desk")
def list_held(request: HttpRequest) -> list[Practice]:
    """Give the practices that the token's person may read."""
    return list(practices_for(actor_of(request))[:MOST_SHOWN])


@router.post(
    "/desk/practices",
    response={201: PracticeVersionOut},
    auth=PROPOSE,
    summary="Propose a practice",
)
def add_practice(request: HttpRequest, proposal: PracticeIn) -> Any:  # noqa: ANN401 - ninja's status
    """Propose a practice; a second person accepts it."""
    entry = _entry(proposal.practice)
    with _refusals():
        return propose_practice(
            proposal.holder,
            entry,
            actor=actor_of(request),
            at=timezone.now(),
            readers=proposal.readers,
        )


@router.get(
    "/desk/practices/{uuid:practice}/versions",
    response=list[PracticeVersionOut],
    auth=READ,
    summary="Versions",
)
def list_versions(request: HttpRequest, practice: UUID) -> list[Version]:
    """Give the versions of a practice, newest first."""
    actor = actor_of(request)
    return list(versions_of(actor, _found(practice_for(actor, practice))))


@router.post(
    "/desk/practices/{uuid:practice}/versions",
    response={201: PracticeVersionOut},
    auth=PROPOSE,
    summary="Revise",
)
def add_version(request: HttpRequest, practice: UUID, revision: RevisionIn) -> Any:  # noqa: ANN401
    """Propose another text of a practice."""
    actor = actor_of(request)
    held = _found(practice_for(actor, practice))
    entry = _entry({**revision.practice, "reference": held.reference})
    with _refusals():
        return revise_practice(
            held, entry, actor=actor, at=timezone.now(), readers=revision.readers
        )


@router.post(
    "/desk/versions/{uuid:version}/decision",
    response=PracticeVersionOut,
    auth=DECIDE,
    summary="Decide",
)
def settle_version(request: HttpRequest, version: UUID, decision: PracticeDecisionIn) -> Version:
    """Accept a version as another person than its proposer, or decline it with the reason."""
    actor = actor_of(request)
    held = _found(version_for(actor, version))
    with _refusals():
        if decision.accept:
            return accept_version(held, actor=actor, at=timezone.now())
        return decline_version(held, decision.why, actor=actor, at=timezone.now())


@router.post(
    "/desk/practices/{uuid:practice}/confirmation",
    response=HeldOut,
    auth=DECIDE,
    summary="It still holds",
)
def confirm(request: HttpRequest, practice: UUID) -> Practice:
    """Say that the accepted version still holds; the next year begins."""
    actor = actor_of(request)
    held = _found(practice_for(actor, practice))
    with _refusals():
        return confirm_practice(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/practices/{uuid:practice}/withdrawal", response=HeldOut, auth=DECIDE, summary="Withdraw"
)
def withdraw(request: HttpRequest, practice: UUID, withdrawal: PracticeWithdrawalIn) -> Practice:
    """Hide a practice everywhere at once."""
    actor = actor_of(request)
    held = _found(practice_for(actor, practice))
    with _refusals():
        return withdraw_practice(held, withdrawal.why, actor=actor, at=timezone.now())


@router.get("/{slug:reference}", response=PracticeOut, summary="One practice")
@face("public")
def show_practice(request: HttpRequest, reference: str) -> dict[str, Any]:  # noqa: ARG001
    """Give one public practice with its sources and how each was read."""
    return _public(_found(published_practice(PUBLIC, reference)))


def _public(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the projection
    return {
        "reference": row.reference,
        "number": row.number,
        "accepted_at": row.accepted_at,
        "reviewed_at": row.reviewed_at,
        "practice": row.content,
    }


def _entry(data: dict[str, Any]) -> Entry:
    try:
        return read_entry(data, where="practice")
    except EntryBroken as broken:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(broken)) from None


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing


def _refusals() -> AbstractContextManager[None]:
    return conflicts(PracticeRefused)
