"""Editions over the wire: what everybody may read, with the checksums to prove it by."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the library reads the annotations
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.editions.queries import (
    published_edition,
    published_editions,
    published_files,
)
from undaunted.core.editions.rules import read_manifest

if TYPE_CHECKING:
    from undaunted.core.editions.models import PublishedEdition

__all__ = ["router"]

router = Router(tags=["editions"])
SHOWN = 200
BRIEFLY = "public, max-age=60"


class EditionLine(Schema):
    """One edition in the list; `withdrawn_at` stands on a tombstone."""

    id: UUID
    kind: str
    series: str
    number: str
    title: str
    as_of: date
    known_at: datetime
    languages: list[str]
    published_at: datetime
    withdrawn_at: datetime | None


class FileLineOut(Schema):
    """One file with its checksum; `address` is empty once it was destroyed."""

    name: str
    language: str
    media_type: str
    size: int
    sha256: str
    address: str


class EditionOut(EditionLine):
    """One edition with its files, the key that signed it, and what it was written with."""

    signing_key: str
    renderers: dict[str, str]
    replaces: list[str]
    files: list[FileLineOut]


@router.get("/", response=list[EditionLine], summary="List published editions")
@face("public")
def editions(
    request: HttpRequest,  # noqa: ARG001 - the router passes it
    response: HttpResponse,
) -> list[dict[str, Any]]:
    """Give the newest editions and tombstones first."""
    response.headers["Cache-Control"] = BRIEFLY
    return [_line(row) for row in published_editions(PUBLIC)[:SHOWN]]


@router.get("/{uuid:edition}", response=EditionOut, summary="Give one edition with its checksums")
@face("public")
def edition(
    request: HttpRequest,  # noqa: ARG001 - the router passes it
    response: HttpResponse,
    edition: UUID,
) -> dict[str, Any]:
    """Give one edition or its tombstone; what is not published answers as if it did not exist."""
    held = published_edition(PUBLIC, edition)
    if held is None:
        raise Http404
    response.headers["Cache-Control"] = BRIEFLY
    told = read_manifest(bytes(held.manifest or b""))
    files = [
        {
            "name": file.name,
            "language": file.language,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "address": "" if held.withdrawn_at else f"/editions/{edition}/{file.name}",
        }
        for file in published_files(PUBLIC, edition)
    ]
    return _line(held) | {
        "signing_key": held.signing_key,
        "renderers": dict(told.renderers),
        "replaces": [line.sha256 for line in told.replaces],
        "files": files,
    }


def _line(row: PublishedEdition) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "series": row.series,
        "number": row.label,
        "title": row.title,
        "as_of": row.as_of,
        "known_at": row.known_at,
        "languages": row.languages,
        "published_at": row.published_at,
        "withdrawn_at": row.withdrawn_at,
    }
