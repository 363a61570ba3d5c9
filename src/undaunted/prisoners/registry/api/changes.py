"""What waits of published cases for a second person, and that person's approval, with a token."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from undaunted.core.access.rules import Actor
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.prisoners.registry.actions.publication import approve_changes, approve_import
from undaunted.prisoners.registry.api.checks import PageSize, found, refusals
from undaunted.prisoners.registry.queries.changes import (
    ACT,
    LEVELS,
    PERSON,
    Difference,
    WaitingCase,
    gates_waiting,
    offers_for,
    waiting_cases,
    whole_digest,
)
from undaunted.prisoners.registry.queries.imports import batch_for
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
DECIDE = TokenScope(Scope.DECIDE)

Answer = Any
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32,64}$")]
OfImport = Annotated[UUID | None, Query(alias="import")]

_FIELDS = {"act": ACT, "person": PERSON, "level": LEVELS}


class Changed(Schema):
    """One thing that the public would see otherwise; null where it sees nothing of it.

    Of an act, a person and the levels of consent: by field. Of the others: what there is of them.
    """

    kind: str
    before: dict[str, Any] | list[Any] | None
    after: dict[str, Any] | list[Any] | None


class WaitingChanges(Schema):
    """A published case with what was recorded of it since two people last approved it.

    `digest` goes back with the approval. `own`: the token's person made one of the changes and
    does not approve them. `changes` is empty where nothing that is shown differs.
    """

    gate: UUID
    reference: str
    person: UUID
    since: datetime
    own: bool
    digest: str
    changes: list[Changed]


class ChangesPage(Schema):
    """One page of cases; `next` is the cursor of the page after, empty on the last.

    `seen` goes back with the approval of an import as a whole; empty where no import was named.
    """

    total: int
    cases: list[WaitingChanges]
    seen: str
    next: str


class Seen(Schema):
    """A case as it was looked at."""

    gate: UUID
    digest: Digest


class ApprovalIn(Schema):
    """What is approved: some cases, or all that an import changed; all of it or nothing."""

    cases: Annotated[list[Seen], Field(max_length=1000, default_factory=list)]
    batch: Annotated[UUID | None, Field(alias="import")] = None
    seen: Digest | None = None


class Approved(Schema):
    """How many cases were approved, with those that are one person with them."""

    approved: int


@router.get("/changes", response=ChangesPage, auth=READ, summary="Changes that wait")
def own_changes(
    request: HttpRequest, *, batch: OfImport = None, cursor: str = "", size: PageSize = 25
) -> Answer:
    """Give what waits before the public sees it: before and after, in order of reference."""
    actor = actor_of(request)
    if batch is not None:
        found(batch_for(actor, batch))
    gates = gates_waiting(actor, batch=batch)
    some = list(gates.filter(reference__gt=_after(cursor))[: size + 1])
    waiting = waiting_cases(actor, some[:size])
    offers = offers_for(actor, gates.values_list("pk", flat=True)) if batch else {}
    return {
        "total": gates.count(),
        "cases": [_told(actor, one) for one in waiting],
        "seen": whole_digest(actor, offers) if batch else "",
        "next": _cursor(some[size - 1].reference) if len(some) > size else "",
    }


@router.post("/changes/approval", response={201: Approved}, auth=DECIDE, summary="Approve changes")
def approve(request: HttpRequest, approval: ApprovalIn) -> Answer:
    """Let changes be shown, as somebody who made none of them; 409 where more was changed since."""
    actor, at = actor_of(request), timezone.now()
    if bool(approval.cases) == (approval.batch is not None):
        raise Unusable("cases", "name cases, or an import, and not both", body=True)
    if approval.batch is None:
        seen = {one.gate: one.digest for one in approval.cases}
        with refusals():
            return {"approved": approve_changes(seen, actor=actor, at=at)}
    if approval.seen is None:
        raise Unusable("seen", "give what changes?import= says as `seen`", body=True)
    held = found(batch_for(actor, approval.batch))
    with refusals():
        return {"approved": approve_import(held.pk, approval.seen, actor=actor, at=at)}


def _told(actor: Actor, one: WaitingCase) -> dict[str, Any]:
    return {
        "gate": one.gate.pk,
        "reference": one.gate.reference,
        "person": one.gate.party_id,
        "since": one.since,
        "own": actor.id in one.hands,
        "digest": one.digest,
        "changes": [_changed(each) for each in one.differences],
    }


def _changed(one: Difference) -> dict[str, Any]:
    fields = _FIELDS.get(one.kind)

    def side(values: tuple[Any, ...]) -> dict[str, Any] | list[Any] | None:
        if fields is None:
            return list(values)
        return dict(zip(fields, values, strict=True)) if values else None

    return {"kind": one.kind, "before": side(one.before), "after": side(one.after)}


def _cursor(reference: str) -> str:
    return base64.urlsafe_b64encode(reference.encode()).decode()


def _after(cursor: str) -> str:
    try:
        reference = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (ValueError, binascii.Error):
        raise Unusable("cursor", "it was not given by this list") from None
    if _cursor(reference) != cursor or "\x00" in reference:
        raise Unusable("cursor", "it was not given by this list")
    return reference
