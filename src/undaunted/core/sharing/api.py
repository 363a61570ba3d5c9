"""Sharing over the wire: programs read, propose and decline. They never sign, and open nothing.

Sealing and taking in need a person's open key, which no token carries.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the library reads the annotations
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, AwareDatetime, Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.consent.rules import Purpose  # noqa: TC001 - as above
from undaunted.core.sharing.actions import Wanted, decline_parcel, propose_parcel
from undaunted.core.sharing.queries import (
    arrivals_for,
    copies_of,
    parcel_for,
    parcels_for,
    partners_for,
    slips_outstanding,
)
from undaunted.core.sharing.rules import MOST_ITEMS, MOST_RECIPIENTS, Pap, ShareRefused, Tlp, scheme

__all__ = ["router"]

router = Router(tags=["desk"])
READ, SHARE = TokenScope(Scope.READ), TokenScope(Scope.SHARE)
SHOWN = 200


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Title = Annotated[str, Field(max_length=120), AfterValidator(_without_nulls)]


class MarkingOut(Schema):
    """A marking with its publisher's sentence."""

    scheme: str
    version: str
    code: str
    sentence: str
    source: str
    status: str


class PartnerOut(Schema):
    """A partner and whether anything may go to it."""

    id: UUID
    name: str
    kind: str
    audience: str
    fingerprint: str
    verified: bool
    ended: bool


class SharingPackageOut(Schema):
    """A package with its recipients; never its contents."""

    id: UUID
    title: str
    state: str
    tlp: str
    pap: str
    purpose: str
    expires_at: datetime
    recipients: list[UUID]


class ArrivalOut(Schema):
    """A package that arrived; never its contents."""

    id: UUID
    partner: UUID
    sequence: int
    missing: int
    tlp: str
    pap: str
    expires_at: datetime


class TakedownOut(Schema):
    """A takedown whose receipt has not arrived."""

    id: UUID
    partner: UUID
    package: UUID
    why: str
    released_at: datetime


class ThingIn(Schema):
    """One thing to share."""

    kind: Annotated[str, Field(max_length=48), AfterValidator(_without_nulls)]
    id: UUID


class PackageIn(Schema):
    """What to propose. Partners and circles are written out; nobody is not everybody."""

    holder: UUID
    title: Title
    items: Annotated[list[ThingIn], Field(min_length=1, max_length=MOST_ITEMS)]
    partners: Annotated[list[UUID], Field(max_length=MOST_RECIPIENTS, default_factory=list)]
    circles: Annotated[list[UUID], Field(max_length=MOST_RECIPIENTS, default_factory=list)]
    tlp: Tlp
    pap: Pap
    purpose: Purpose
    expires_at: AwareDatetime


@router.get("/desk/markings", response=list[MarkingOut], auth=READ, summary="TLP and PAP")
def list_markings(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it in
    """Give every marking with the sentence of its publisher and where it was read."""
    return [
        {
            "scheme": name,
            "version": found.version,
            "code": marking.code,
            "sentence": marking.sentence,
            "source": found.url,
            "status": found.status,
        }
        for name in ("tlp", "pap")
        for found in (scheme(name),)
        for marking in found.markings.values()
    ]


@router.get("/desk/partners", response=list[PartnerOut], auth=READ, summary="Partners")
def list_partners(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the partners of the token's organisations."""
    return [
        {
            "id": row.pk,
            "name": row.name,
            "kind": row.kind,
            "audience": row.audience,
            "fingerprint": row.fingerprint,
            "verified": row.verified_at is not None,
            "ended": row.ended_at is not None,
        }
        for row in partners_for(actor_of(request))[:SHOWN]
    ]


@router.get("/desk/packages", response=list[SharingPackageOut], auth=READ, summary="Packages sent")
def list_packages(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the packages that were proposed, newest first."""
    return [_package(request, row.pk) for row in parcels_for(actor_of(request))[:SHOWN]]


@router.post(
    "/desk/packages", response={201: SharingPackageOut}, auth=SHARE, summary="Propose a package"
)
def add_package(request: HttpRequest, package: PackageIn) -> Any:  # noqa: ANN401 - ninja's status
    """Propose a package; a person with an open key seals it at the desk."""
    told = package.model_dump(exclude={"holder", "items", "partners", "circles"})
    wanted = Wanted(
        **told,
        things=tuple((each.kind, each.id) for each in package.items),
        partners=tuple(package.partners),
        circles=tuple(package.circles),
    )
    try:
        made = propose_parcel(package.holder, wanted, actor=actor_of(request), at=timezone.now())
    except ShareRefused as refusal:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from None
    return _package(request, made.pk)


@router.get(
    "/desk/packages/{uuid:parcel}", response=SharingPackageOut, auth=READ, summary="One package"
)
def show_package(request: HttpRequest, parcel: UUID) -> dict[str, Any]:
    """Give one package."""
    return _package(request, parcel)


@router.post(
    "/desk/packages/{uuid:parcel}/decline",
    response=SharingPackageOut,
    auth=SHARE,
    summary="Decline",
)
def turn_down(request: HttpRequest, parcel: UUID) -> dict[str, Any]:
    """Turn a proposed package down."""
    found = parcel_for(actor_of(request), parcel)
    if found is None:
        raise Http404
    try:
        decline_parcel(found, actor=actor_of(request), at=timezone.now())
    except ShareRefused as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None
    return _package(request, parcel)


@router.get("/desk/arrivals", response=list[ArrivalOut], auth=READ, summary="Packages received")
def list_arrivals(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the packages that arrived, newest first."""
    return [
        {
            "id": row.pk,
            "partner": row.partner_id,
            "sequence": row.sequence,
            "missing": row.missing,
            "tlp": row.tlp,
            "pap": row.pap,
            "expires_at": row.expires_at,
        }
        for row in arrivals_for(actor_of(request))[:SHOWN]
    ]


@router.get("/desk/takedowns", response=list[TakedownOut], auth=READ, summary="Open takedowns")
def list_takedowns(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the takedowns that partners have not confirmed, oldest first."""
    return [
        {
            "id": row.pk,
            "partner": row.copy.partner_id,
            "package": row.copy.parcel_id,
            "why": row.why,
            "released_at": row.released_at,
        }
        for row in slips_outstanding(actor_of(request))[:SHOWN]
    ]


def _package(request: HttpRequest, parcel: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    row = parcel_for(actor, parcel)
    if row is None:
        raise Http404
    return {
        "id": row.pk,
        "title": row.title,
        "state": row.state,
        "tlp": row.tlp,
        "pap": row.pap,
        "purpose": row.purpose,
        "expires_at": row.expires_at,
        "recipients": [copy.partner_id for copy in copies_of(actor, row)],
    }
