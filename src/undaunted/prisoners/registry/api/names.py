"""Names of a person, with a token: recorded, corrected, withdrawn, shown first."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.actors.models import PartyName
from undaunted.prisoners.registry.actions.names import (
    correct_name,
    record_name,
    show_name_first,
    withdraw_name,
)
from undaunted.prisoners.registry.api.cases import told_case, unchanged_or_refused
from undaunted.prisoners.registry.api.checks import NO_NULLS, found, refusals
from undaunted.prisoners.registry.api.people import Made, NameIn
from undaunted.prisoners.registry.queries.records import CaseFile, case_file
from undaunted.prisoners.registry.rules.people import NameKind

__all__ = ["router"]

router = Router(tags=["desk"])
RECORD = TokenScope(Scope.RECORD)

Answer = Any


class OneMoreName(NameIn):
    """A name in any script; `first` makes it the one that is shown."""

    first: bool = False


class NameChange(Schema):
    """What stands in the place of a wrong name; kind and language left out stay as they are."""

    text: Annotated[str, Field(min_length=1, max_length=300, pattern=r"[^\s\x00]"), NO_NULLS]
    kind: NameKind | None = None
    language: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9-]*$")] | None = None


@router.post(
    "/people/{uuid:party}/names", response={201: Made}, auth=RECORD, summary="Record a name"
)
def add_name(request: HttpRequest, party: UUID, name: OneMoreName) -> Answer:
    """Record one more name of a person."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    with refusals():
        made = record_name(person, actor=actor, at=timezone.now(), **name.model_dump())
    return {"id": made.pk}


@router.patch(
    "/people/{uuid:party}/names/{uuid:name}", response=Made, auth=RECORD, summary="Correct a name"
)
def change_name(request: HttpRequest, party: UUID, name: UUID, change: NameChange) -> Answer:
    """Put another name in the place of a wrong one; needs If-Match with the ETag of the case.

    The wrong name stays as history; the answer names the row that stands now.
    """
    actor = actor_of(request)
    file = found(case_file(actor, party))
    held = _name(file, name)
    unchanged_or_refused(request, told_case(file))
    with refusals():
        made = correct_name(
            held,
            change.text,
            actor=actor,
            at=timezone.now(),
            kind=held.kind if change.kind is None else change.kind,
            language=held.language if change.language is None else change.language,
        )
    return {"id": made.pk}


@router.delete(
    "/people/{uuid:party}/names/{uuid:name}",
    response={204: None},
    auth=RECORD,
    summary="Withdraw a name",
)
def remove_name(request: HttpRequest, party: UUID, name: UUID) -> Answer:
    """Withdraw a name that was wrong; needs If-Match. 409 for the only name of a record."""
    actor = actor_of(request)
    file = found(case_file(actor, party))
    held = _name(file, name)
    unchanged_or_refused(request, told_case(file))
    with refusals():
        withdraw_name(held, actor=actor, at=timezone.now())


@router.post(
    "/people/{uuid:party}/names/{uuid:name}/first",
    response={201: Made},
    auth=RECORD,
    summary="Show a name first",
)
def show_first(request: HttpRequest, party: UUID, name: UUID) -> Answer:
    """Make a name the one that is shown of its record."""
    actor = actor_of(request)
    held = _name(found(case_file(actor, party)), name)
    with refusals():
        show_name_first(held, actor=actor, at=timezone.now())
    return {"id": held.pk}


def _name(file: CaseFile, name: UUID) -> PartyName:
    return found(next((one for one in file.names if one.pk == name), None))
