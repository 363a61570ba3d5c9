"""What everybody may read: the editions, one of them with its checksums, its files."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.editions.pages.answers import file_answer, found, replaced_files
from undaunted.core.editions.queries import (
    published_edition,
    published_editions,
    published_file,
    published_files,
)
from undaunted.core.editions.rules import fingerprint
from undaunted.core.editions.writers import MANIFEST, SIGNATURE
from undaunted.site.caching import SHORT, kept_briefly

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.editions.models import PublishedEdition

__all__ = ["WHY", "edition_file", "edition_list", "edition_page"]

SHOWN = 200
LONGEST_CODE = 4
WHY = {
    "revoked": _("Somebody in it withdrew their consent."),
    "expired": _("The consent of somebody in it ran out."),
    "erased": _("The record of somebody in it was erased."),
    "editor": _("Its editors withdrew it."),
}


@face("public")
@require_safe
@kept_briefly
def edition_list(request: HttpRequest) -> HttpResponse:
    """List the published editions, newest first, and the tombstones of those withdrawn.

    With `?country=XR` those about that country, and those about all.
    """
    rows = published_editions(PUBLIC, country=request.GET.get("country", "")[:LONGEST_CODE])
    shown = {"editions": rows[:SHOWN]}
    return render(request, "editions/public/list.html", shown)


@face("public")
@require_safe
@kept_briefly
def edition_page(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Show one edition with its files and their checksums, or its tombstone."""
    held = found(published_edition(PUBLIC, edition))
    shown = {
        "edition": held,
        "why": WHY.get(held.why, ""),
        "files": [(file, _address(held, file.name)) for file in published_files(PUBLIC, edition)],
        "replaced": replaced_files(held.manifest),
        "fingerprint": fingerprint(held.signing_key),
        "manifest_name": MANIFEST,
        "signature_name": SIGNATURE,
        "later": published_editions(PUBLIC).filter(replaces_id=edition).first(),
    }
    status = HTTPStatus.GONE if held.withdrawn_at else HTTPStatus.OK
    return render(request, "editions/public/edition.html", shown, status=status)


def _address(edition: PublishedEdition, name: str) -> str:
    return "" if edition.withdrawn_at else reverse("editions:file", args=[edition.pk, name])


def _etag(_request: HttpRequest, edition: UUID, name: str) -> str | None:
    held = published_edition(PUBLIC, edition)
    if held is None or held.withdrawn_at:  # what is destroyed is 410, whatever a reader kept
        return None
    files = {row.name: row for row in published_files(PUBLIC, edition)}
    return f'"{files[name].sha256}"' if name in files else None


@face("public")
@require_safe
@condition(etag_func=_etag)
def edition_file(request: HttpRequest, edition: UUID, name: str) -> HttpResponse:
    """Give one file as it was published; 410 once its edition was withdrawn."""
    held = found(published_edition(PUBLIC, edition))
    if held.withdrawn_at:
        return edition_page(request, edition)
    if name in {MANIFEST, SIGNATURE}:
        content = held.manifest if name == MANIFEST else held.signature
        media = "application/json" if name == MANIFEST else "application/octet-stream"
        answer = file_answer(bytes(content or b""), name, media)
    else:
        file = found(published_file(PUBLIC, edition, name))
        answer = file_answer(bytes(file.content or b""), file.name, file.media_type)
    patch_cache_control(answer, public=True, max_age=SHORT)
    return answer
