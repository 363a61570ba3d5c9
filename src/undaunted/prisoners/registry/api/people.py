"""Recording persons and consent with a token; each operation calls one action."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.access.rules import Sharing
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.consent.actions import record_consent, revoke_consent
from undaunted.core.consent.queries import grant_rows_for, pending_of
from undaunted.core.consent.rules import (
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
    Relation,
)
from undaunted.core.evidence.actions import cite
from undaunted.core.sharing.queries import fingerprints_of
from undaunted.prisoners.registry.actions.people import correct_person, record_person
from undaunted.prisoners.registry.api.cases import told_case, unchanged_or_refused
from undaunted.prisoners.registry.api.checks import (
    NO_NULLS,
    Short,
    Word,
    country_code,
    day,
    found,
    refusals,
    term_of,
)
from undaunted.prisoners.registry.api.sources import Sourced, sources_given
from undaunted.prisoners.registry.queries.records import case_file, public_reference
from undaunted.prisoners.registry.rules.people import NameKind

__all__ = ["Made", "router"]

router = Router(tags=["desk"])
RECORD = TokenScope(Scope.RECORD)

Gender = Literal["", "female", "male", "other", "unknown"]
Codes = Annotated[list[Word], Field(max_length=20)]


class Made(Schema):
    """What was made."""

    id: UUID


class Standing(Schema):
    """An agreement of the same person that goes on."""

    id: UUID
    purpose: str
    audience: str
    level: str
    basis: str
    until: date


class Revoked(Made):
    """What followed and what still stands once an agreement has ended.

    `outstanding`: parts that have not followed yet and are asked again by themselves. `standing`:
    what else was agreed to and goes on. `public`: the reference under which the case can still be
    read; empty where it cannot.
    """

    outstanding: list[str]
    standing: list[Standing]
    public: str


class NameIn(Schema):
    """A name in any script."""

    text: Annotated[str, Field(min_length=1, max_length=300, pattern=r"[^\s\x00]"), NO_NULLS]
    kind: NameKind = NameKind.FULL
    language: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9-]*$")] = ""


class DetailsIn(Schema):
    """What is said about a person; a field left out stays as it is."""

    gender: Gender | None = None
    birth: Word | None = None
    death: Word | None = None
    nationalities: Codes | None = None
    country: Word | None = None
    roles: Codes | None = None


class PersonIn(DetailsIn, Sourced):
    """A person and the organisation that holds the record; the first name is shown.

    The sources carry the record, as at the desk.
    """

    holder: UUID
    names: Annotated[list[NameIn], Field(min_length=1, max_length=50)]
    sharing: Sharing = Sharing.ORGANISATION


class ConsentIn(Schema):
    """One agreement; every dimension is asked for."""

    purpose: Purpose
    audience: Short
    level: Literal["aggregate", "code", "pseudonym", "name"]
    field_groups: Annotated[list[FieldGroup], Field(min_length=1)]
    basis: Basis
    how: Annotated[str, Field(min_length=1, max_length=80), NO_NULLS]
    given_on: date
    until: date
    relation: Relation | Literal[""] = ""
    mandate_document: UUID | None = None
    mandate_until: date | None = None


@router.post("/people", response={201: Made}, auth=RECORD, summary="Record a person")
def add_person(request: HttpRequest, person: PersonIn) -> Any:  # noqa: ANN401 - ninja's status
    """Record a person with names, details and the sources of the record."""
    actor, at = actor_of(request), timezone.now()
    with refusals():
        made = record_person(
            person.holder,
            [(name.text, name.kind, name.language) for name in person.names],
            actor=actor,
            at=at,
            sharing=person.sharing,
            **_details(person),
        )
        for source, grade in sources_given(actor, person.sources):
            cite(source, actor=actor, at=at, subject_kind="party", subject_id=made.pk, grade=grade)
    return {"id": made.pk}


@router.patch("/people/{uuid:party}", response=Made, auth=RECORD, summary="Correct a person")
def change_person(request: HttpRequest, party: UUID, details: DetailsIn) -> dict[str, Any]:
    """Correct what is said about a person; needs If-Match with the ETag of the case."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    unchanged_or_refused(request, told_case(file))
    with refusals():
        changed = correct_person(file.party, actor=actor, at=timezone.now(), **_details(details))
    return {"id": changed.pk}


@router.post(
    "/people/{uuid:party}/consents", response={201: Made}, auth=RECORD, summary="Record consent"
)
def add_consent(request: HttpRequest, party: UUID, consent: ConsentIn) -> Any:  # noqa: ANN401
    """Record that somebody agreed to a use; see the reference of consent for the words."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    with refusals():
        audience = Audience.parse(consent.audience)
        made = record_consent(
            person.pk,
            actor=actor,
            at=timezone.now(),
            holder=person.holder,
            purpose=consent.purpose,
            audience=audience,
            fingerprints=fingerprints_of(actor, person.holder, audience),
            level=IdentityLevel[consent.level.upper()],
            field_groups=consent.field_groups,
            basis=consent.basis,
            how=consent.how,
            given_on=consent.given_on,
            until=consent.until,
            relation=consent.relation,
            mandate_document=consent.mandate_document,
            mandate_until=consent.mandate_until,
            sharing=Sharing(person.sharing),
        )
    return {"id": made.pk}


@router.post(
    "/people/{uuid:party}/consents/{uuid:grant}/revocation",
    response={201: Revoked},
    auth=RECORD,
    summary="Revoke consent",
)
def end_consent(request: HttpRequest, party: UUID, grant: UUID) -> Any:  # noqa: ANN401
    """End a grant now; whatever rests on it is taken back. Says what still stands."""
    actor, at = actor_of(request), timezone.now()
    file = found(case_file(actor, party))
    members = [one.pk for one in file.members]
    held = found(grant_rows_for(actor, members).filter(pk=grant).first())
    with refusals():
        news = revoke_consent(held, actor=actor, at=at)
    return {
        "id": held.pk,
        "outstanding": list(pending_of(actor, news)),
        "standing": grant_rows_for(actor, members).filter(
            revoked_at__isnull=True, until__gt=at.date()
        ),
        "public": public_reference(actor, file),
    }


def _details(given: DetailsIn) -> Any:  # noqa: ANN401 - the action's own dictionary
    names = DetailsIn.model_fields
    said = {k: v for k, v in given.model_dump(exclude_unset=True).items() if k in names}
    told = {name: value for name, value in said.items() if value is not None}
    for name in ("birth", "death"):
        if name in told:
            told[name] = day(name, told[name])
    if "country" in told:
        told["country"] = country_code("country", told["country"], body=True)
    if "nationalities" in told:
        told["nationalities"] = [
            country_code("nationalities", one, body=True) for one in told["nationalities"]
        ]
    if "roles" in told:
        told["roles"] = [term_of("roles", one, "target_roles", body=True) for one in told["roles"]]
    return told
