"""Recording sources and letting them carry claims, with a token."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from undaunted.core.access.rules import Sharing
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.evidence.actions import cite, record_source
from undaunted.core.evidence.queries import sources_for
from undaunted.core.evidence.rules import Grade, SourceKind
from undaunted.prisoners.registry.api.checks import Line, Name, Word, day, found, refusals
from undaunted.prisoners.registry.api.people import Made
from undaunted.prisoners.registry.queries.records import case_file, current_act
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
RECORD = TokenScope(Scope.RECORD)

Address = Annotated[str, Field(max_length=1000, pattern=r"^(https?://[^\s\x00]+)?$")]


class SourceIn(Schema):
    """Where claims come from; shown beside public claims only where `public` says so."""

    holder: UUID
    kind: SourceKind
    publisher: Name = ""
    title: Line = ""
    language: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9-]*$")] = ""
    url: Address = ""
    published: Word = ""
    archived_url: Address = ""
    public: bool = False
    sharing: Sharing = Sharing.ORGANISATION


class CitationIn(Schema):
    """A claim that a source carries: of a person's record or of an act (by its claim)."""

    source: UUID
    of: Literal["party", "act"]
    id: UUID
    claim: Word = ""
    grade: Word = "F6"
    locator: Name = ""


@router.post("/sources", response={201: Made}, auth=RECORD, summary="Record a source")
def add_source(request: HttpRequest, source: SourceIn) -> Any:  # noqa: ANN401 - ninja's status
    """Record a source."""
    day("published", source.published)
    with refusals():
        made = record_source(actor=actor_of(request), at=timezone.now(), **source.model_dump())
    return {"id": made.pk}


@router.post("/citations", response={201: Made}, auth=RECORD, summary="Cite a source")
def add_citation(request: HttpRequest, citation: CitationIn) -> Any:  # noqa: ANN401
    """Let a source carry one claim, or a whole record where `claim` is empty."""
    actor = actor_of(request)
    source = sources_for(actor).filter(pk=citation.source).first()
    if source is None:
        raise Unusable("source", "no such source", body=True)
    if citation.of == "party":
        found(case_file(actor, citation.id))
    else:
        found(current_act(actor, citation.id))
    with refusals():
        made = cite(
            source,
            actor=actor,
            at=timezone.now(),
            subject_kind=citation.of,
            subject_id=citation.id,
            claim=citation.claim,
            grade=Grade.parse(citation.grade),
            locator=citation.locator,
        )
    return {"id": made.pk}
