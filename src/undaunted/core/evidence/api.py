"""Redacted copies by program: made, told of, taken, withdrawn; the same rules as at the desk.

A sealed document opens with a key, and no program holds one: its copies are made at the desk.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID  # noqa: TC003 - ninja reads the annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.evidence.actions import (
    make_redacted_copy,
    note_taking,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.models import RedactedCopy  # noqa: TC001 - as above
from undaunted.core.evidence.queries import (
    copy_to_hand_out,
    document_for,
    open_redacted_copy,
    redacted_copies_of,
    redacted_copy_for,
)
from undaunted.core.evidence.rules import Box, Ground, Marks, MediaKind, Unredactable, marks_of
from undaunted.site.answers import found

__all__ = ["BoxIn", "MarksIn", "router"]

router = Router(tags=["documents"])
READ, PROPOSE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE))
COPY = "/desk/redacted/{uuid:redacted}"


class BoxIn(Schema):
    """A rectangle of a page, from 1; its edges in per cent of the page as it is shown."""

    page: int
    left: float
    top: float
    width: float
    height: float


class MarksIn(Schema):
    """What is taken out of a copy, and on which ground."""

    passages: list[Annotated[str, Field(max_length=300)]] = Field(
        default_factory=list, max_length=200
    )
    boxes: list[BoxIn] = Field(default_factory=list, max_length=500)
    ground: Ground

    def marks(self) -> Marks:
        """Give what is to be taken out. Raises `Unredactable`."""
        boxes = (Box(each.page, each.left, each.top, each.width, each.height)
                 for each in self.boxes)  # fmt: skip
        return marks_of(self.passages, boxes)


@router.get(
    "/desk/{uuid:document}/redacted",
    response=list[dict[str, Any]],
    auth=READ,
    summary="Redacted copies of a document",
)
def list_copies(request: HttpRequest, document: UUID) -> list[dict[str, Any]]:
    """Give the copies that stand, the newest first: how much was taken out and why, never what."""
    actor = actor_of(request)
    held = found(document_for(actor, document))
    return [_told(each) for each in redacted_copies_of(actor, held)]


@router.post(
    "/desk/{uuid:document}/redacted",
    response=dict[str, Any],
    auth=PROPOSE,
    summary="Make a redacted copy",
)
def make(request: HttpRequest, document: UUID, told: MarksIn) -> dict[str, Any]:
    """Take something out of a document's clean copy and keep what is left."""
    actor = actor_of(request)
    held = found(document_for(actor, document))
    with conflicts(Unredactable):
        made = make_redacted_copy(held, told.marks(), told.ground, actor=actor, at=timezone.now())
    return _told(made)


@router.get(COPY, response=dict[str, Any], auth=READ, summary="A redacted copy")
def show(request: HttpRequest, redacted: UUID) -> dict[str, Any]:
    """Give what a copy is, how much is black, and what people have to look at."""
    return _told(found(redacted_copy_for(actor_of(request), redacted)))


@router.get(f"{COPY}/file", auth=READ, summary="Its bytes")
def file(request: HttpRequest, redacted: UUID) -> HttpResponse:
    """Give the bytes of a copy; that it was taken is in the log of its document."""
    actor = actor_of(request)
    held = found(copy_to_hand_out(actor, redacted))
    note_taking(held, actor=actor, at=timezone.now())
    kind = MediaKind(held.media_type)
    with open_redacted_copy(actor, redacted) as content:
        answer = HttpResponse(content.read(), content_type=kind.value)
    name = f"redacted-{held.sha256[:8]}.{kind.ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@router.post(f"{COPY}/withdraw", response=dict[str, Any], auth=PROPOSE, summary="Withdraw it")
def withdraw(request: HttpRequest, redacted: UUID) -> dict[str, Any]:
    """Withdraw a copy in which something was overlooked: its bytes go."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, redacted))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    withdraw_redacted_copy(held, actor=actor, at=timezone.now())
    return {"id": str(held.pk), "withdrawn": True}


def _told(copy: RedactedCopy) -> dict[str, Any]:
    return {
        "id": str(copy.pk),
        "document": str(copy.document_id),
        "sha256": copy.sha256,
        "of_sha256": copy.of_sha256,
        "size": copy.size,
        "media_type": copy.media_type,
        "ground": copy.ground,
        "passages": copy.passages,
        "boxes": copy.boxes,
        "places": copy.places,
        "kept": copy.kept,
        "unsearched": copy.unsearched,
        "of_sealed": copy.of_sealed,
        "made_by": str(copy.made_by),
        "made_at": copy.made_at.isoformat(),
    }
