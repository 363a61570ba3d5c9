"""Notices to and from other installations, by program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from undaunted.coercion.screening.actions import comment_elsewhere, write_dispatch
from undaunted.coercion.screening.analysis.register_told import dispatch_told, received_told
from undaunted.coercion.screening.api.assets import READ, RECORD, Long, Words, found, refusals
from undaunted.coercion.screening.queries import (
    case_for,
    dispatches_for,
    received_for,
    received_here,
)
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.core.accounts.api import actor_of

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Dispatch

__all__ = ["router"]

router = Router(tags=["screening notices"])
MOST_SHOWN = 500
Told = dict[str, Any]


class DispatchIn(Schema):
    """What is told of which case: its short name or id, and what is chosen of it."""

    case: Words
    with_stakes: bool = False
    factors: list[UUID] = []  # noqa: RUF012 - the schema copies it
    message: Long = ""


class ElsewhereIn(Schema):
    """A comment on a notice that came from elsewhere."""

    author: Words
    kind: CommentKind = CommentKind.COMMENT
    text: Long


@router.get("/written", response=list[Told], auth=READ, summary="Notices written down")
def list_dispatches(request: HttpRequest) -> list[Told]:
    """Give notices and comments to be sent, with the kind and id that a package names."""
    return [dispatch_told(each) for each in dispatches_for(actor_of(request))[:MOST_SHOWN]]


@router.post("/written", response={201: Told}, auth=RECORD, summary="Write a notice down")
def make_dispatch(request: HttpRequest, told: DispatchIn) -> Told:
    """Freeze the non-confidential version of a case with what is chosen, to be sent."""
    actor = actor_of(request)
    case = found(case_for(actor, told.case))
    with refusals():
        made: Dispatch = write_dispatch(
            case, with_stakes=told.with_stakes, factors=told.factors, message=told.message,
            actor=actor, at=timezone.now(),
        )  # fmt: skip
    return dispatch_told(made)


@router.get("/received", response=list[Told], auth=READ, summary="Notices received")
def list_received(request: HttpRequest) -> list[Told]:
    """Give notices and comments that came in packages."""
    return [received_told(each) for each in received_for(actor_of(request))[:MOST_SHOWN]]


@router.post("/received/{uuid:which}/comment", response={201: Told}, auth=RECORD,
             summary="Comment on one")  # fmt: skip
def make_comment(request: HttpRequest, which: UUID, told: ElsewhereIn) -> Told:
    """Write a comment down, to be sent back in a package."""
    actor = actor_of(request)
    held = found(received_here(actor, which))
    with refusals():
        made = comment_elsewhere(
            held, told.text, author=told.author, kind=told.kind, actor=actor, at=timezone.now()
        )
    return dispatch_told(made)
