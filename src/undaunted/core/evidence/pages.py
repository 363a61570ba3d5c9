"""Documents at the desk: what they are, what happened to them, and the clean copy to look at.

The original is not handed out by any page: it may tell who made it, and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, decide, face
from undaunted.core.evidence.actions import make_clean_copy, record_custody
from undaunted.core.evidence.models import CleanCopy
from undaunted.core.evidence.queries import (
    clean_copy_of,
    custody_of,
    document_for,
    documents_for,
    open_clean_copy,
)
from undaunted.core.evidence.rules import CustodyKind, MediaKind, WhyUncleanable

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.models import Document

__all__ = ["clean", "copy", "document_page", "documents"]

SHOWN = 200
REMOVED = {
    "attached_files": _("files attached to it"),
    "camera_data": _("notes of the camera, such as place and time"),
    "colour_profile": _("the colour profile of a device"),
    "comments": _("comments and the names of those who wrote them"),
    "document_properties": _("properties such as author, program and dates"),
    "earlier_versions": _("earlier versions and tracked changes"),
    "further_frames": _("all but the first frame"),
    "hidden_data": _("data that no page shows"),
    "invisible_characters": _("characters that cannot be seen"),
    "outside_links": _("links that would fetch something when it is opened"),
    "picture_notes": _("text notes inside pictures"),
    "printer_settings": _("settings of a printer"),
    "scripts": _("scripts and actions"),
    "signatures": _("digital signatures"),
}
KEPT = {
    "hidden_sheets": _("It has sheets that are hidden. Look at them before you share it."),
    "speaker_notes": _("It has speaker notes. Read them before you share it."),
}
REFUSED = {
    WhyUncleanable.UNKNOWN_KIND: _("We cannot clean files of this kind."),
    WhyUncleanable.DAMAGED: _("The file is damaged or is not what it says it is."),
    WhyUncleanable.LOCKED: _("The file is locked with a password. Ask for one without."),
    WhyUncleanable.PROGRAM: _("The file holds a program. Ask for one without macros."),
    WhyUncleanable.FILE_INSIDE: _("The file holds another file that we cannot clean."),
    WhyUncleanable.TOO_LARGE: _("The file is too large to be cleaned."),
    WhyUncleanable.TOO_SLOW: _("The file took too long to be cleaned."),
}
CUSTODY = {
    CustodyKind.RECEIVED: _("received"),
    CustodyKind.HASHED: _("checksum taken"),
    CustodyKind.ARCHIVED: _("archived"),
    CustodyKind.CLEANED: _("clean copy made"),
    CustodyKind.TRANSLATED: _("translated"),
    CustodyKind.VIEWED: _("clean copy looked at"),
    CustodyKind.VERIFIED: _("verified"),
    CustodyKind.EXPORTED: _("exported"),
    CustodyKind.TRANSFERRED: _("handed over"),
    CustodyKind.WITHDRAWN: _("withdrawn"),
    CustodyKind.DESTROYED: _("destroyed"),
}


@face("desk")
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that the reader may know of."""
    rows = documents_for(_actor(request))[:SHOWN]
    return TemplateResponse(request, "evidence/documents.html", {"documents": rows})


@face("desk")
@require_safe
def document_page(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show what a document is, its log of custody, and what may be seen of it."""
    actor = _actor(request)
    found = _found(actor, document)
    made = clean_copy_of(actor, found)
    shown = {
        "document": found,
        "copy": made,
        "removed": [REMOVED[word] for word in made.removed if word in REMOVED] if made else [],
        "kept": [KEPT[word] for word in made.kept if word in KEPT] if made else [],
        "refused": REFUSED[WhyUncleanable(made.refused)] if made and made.refused else "",
        "custody": [
            (CUSTODY[CustodyKind(step.kind)], step.at) for step in custody_of(actor, found)
        ],
        "may_clean": decide(actor, Verb.RECORD, Facts(holder=found.holder)).allowed,
    }
    return TemplateResponse(request, "evidence/document.html", shown)


@face("desk")
@require_POST
def clean(request: HttpRequest, document: UUID) -> HttpResponse:
    """Make the clean copy."""
    actor = _actor(request)
    make_clean_copy(_found(actor, document), actor=actor, at=timezone.now())
    return redirect("evidence:document", document)


@face("desk")
@require_POST
def copy(request: HttpRequest, document: UUID) -> HttpResponseBase:
    """Hand out the clean copy as a file to save; that it was looked at is in the log."""
    actor = _actor(request)
    found = _found(actor, document)
    made = clean_copy_of(actor, found)
    try:
        content = open_clean_copy(actor, found)
    except CleanCopy.DoesNotExist:
        raise Http404 from None
    if decide(actor, Verb.RECORD, Facts(holder=found.holder)).allowed:
        record_custody(found, CustodyKind.VIEWED, actor=actor, at=timezone.now())
    kind = MediaKind(cast("CleanCopy", made).media_type)
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=f"document-{found.sha256[:8]}.{kind.ending}",
        content_type=kind.value,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def _found(actor: Actor, document: UUID) -> Document:
    found = document_for(actor, document)
    if found is None:
        raise Http404
    return found
