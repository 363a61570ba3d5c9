"""Annexes by program: redacted, opened, looked at by a second person."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import ConfigDict, Field

from undaunted.core.accounts.api import actor_of, conflicts
from undaunted.core.evidence.api import MarksIn
from undaunted.core.evidence.rules import Unredactable
from undaunted.repression.dossiers.actions import look_at_annex, open_annex, redact_annex
from undaunted.repression.dossiers.analysis import dossier_told, gather
from undaunted.repression.dossiers.api.root import DECIDE, ONE, PROPOSE, READ, DossierIdOut, router
from undaunted.repression.dossiers.forms import victims_named
from undaunted.repression.dossiers.queries import dossier_for, part_of
from undaunted.repression.dossiers.rules import DossierRefused
from undaunted.site.answers import found

__all__: list[str] = []

ANNEX = f"{ONE}/annexes/{{uuid:annex}}"
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RedactionIn(MarksIn):
    """What is taken out of an annex, on which ground, and whom the copy still shows."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "passages": ["Vasil Dobrev"],
                "boxes": [{"page": 1, "left": 10, "top": 25, "width": 40, "height": 5}],
                "ground": "agreement",
                "shows": [1],
            }
        }
    )
    shows: list[int | UUID] = Field(
        default_factory=list,
        max_length=200,
        description="Numbers of people of the dossier, as papers print them, or their ids.",
    )


class LookIn(Schema):
    """The digest of the file that was looked at: it shows nobody but whom the annex says."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"sha256": "0" * 64}})
    sha256: Digest


@router.post(f"{ANNEX}/redacted", response=dict[str, Any], auth=PROPOSE, summary="Redact an annex")
def redact(request: HttpRequest, dossier: UUID, annex: UUID, told: RedactionIn) -> dict[str, Any]:
    """Let a redacted copy go along in place of an annex; gives the dossier as it stands then."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    part = found(part_of(actor, held, "annex", annex))
    with conflicts(DossierRefused, Unredactable):
        shows = victims_named(actor, held, told.shows)
        redact_annex(part, told.marks(), told.ground, shows=shows, actor=actor, at=timezone.now())
    return dossier_told(actor, gather(actor, held))


@router.get(f"{ANNEX}/file", auth=READ, summary="The file of an annex")
def file(request: HttpRequest, dossier: UUID, annex: UUID) -> HttpResponse:
    """Give the bytes that go along of an annex; whoever looks at it has opened it so."""
    actor = actor_of(request)
    part = found(part_of(actor, found(dossier_for(actor, dossier)), "annex", annex))
    with conflicts(DossierRefused):
        going = open_annex(part, actor=actor, at=timezone.now())
    answer = HttpResponse(going.content, content_type=going.media_type)
    answer["Content-Disposition"] = f'attachment; filename="annex.{going.ending}"'
    return answer


@router.post(
    f"{ANNEX}/looks", response={201: DossierIdOut}, auth=DECIDE, summary="Say that you looked at it"
)
def look(request: HttpRequest, dossier: UUID, annex: UUID, told: LookIn) -> Any:  # noqa: ANN401
    """Say, as a second person who opened it, that the file shows nobody but whom the annex says."""
    actor = actor_of(request)
    part = found(part_of(actor, found(dossier_for(actor, dossier)), "annex", annex))
    with conflicts(DossierRefused):
        return look_at_annex(part, told.sha256, actor=actor, at=timezone.now())
