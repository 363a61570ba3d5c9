"""Redacting a document at the desk: what is taken out, a page under a grid, the copy to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.pages import Desk
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face, require
from undaunted.core.accounts.queries import account_name
from undaunted.core.evidence.actions import (
    draw_for_redacting,
    make_redacted_copy,
    note_viewing,
    record_custody,
)
from undaunted.core.evidence.forms import GROUNDS, KEPT, RedactForm
from undaunted.core.evidence.queries import (
    clean_copy_of,
    document_for,
    open_redacted_copy,
    redacted_copy_for,
)
from undaunted.core.evidence.rules import (
    CustodyKind,
    Ground,
    MediaKind,
    Unredactable,
    marks_of,
)
from undaunted.core.evidence.writers import page_picture
from undaunted.site.answers import found
from undaunted.site.ranges import UNOPENED

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.evidence.models import RedactedCopy

__all__ = ["page_redacted", "page_to_redact", "redact", "redacted", "redacted_copy"]

_DESK = Desk((Unredactable,))
_ON_PAGES = frozenset({MediaKind.PDF, MediaKind.JPEG, MediaKind.PNG})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, document: UUID) -> HttpResponse:
    """Say what is taken out of a document's clean copy; `?page=` shows another page of it."""
    actor = actor_of(request)
    held = found(document_for(actor, document))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    form = RedactForm(request.POST or None)

    def step() -> RedactedCopy:
        marks = marks_of(form.passages_told(), form.cleaned_data["boxes"])
        ground = Ground(form.cleaned_data["ground"])
        return make_redacted_copy(held, marks, ground, actor=actor, at=timezone.now())

    if made := _DESK.written(request, form, step):
        return redirect("evidence:redacted", made.pk)
    copy = clean_copy_of(actor, held)
    shown = {
        "document": held,
        "form": form,
        "ready": bool(copy and copy.sha256 and held.team is None),
        "drawn": copy is not None and copy.media_type in _ON_PAGES,
        "page": _number(request),
    }
    return TemplateResponse(request, "evidence/redact.html", shown)


@face("desk")
@require_safe
def page_to_redact(request: HttpRequest, document: UUID, page: int) -> HttpResponse:
    """Give a page of the clean copy as a picture under a grid of tenths."""
    actor = actor_of(request)
    held = found(document_for(actor, document))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    try:
        drawn, _ = draw_for_redacting(held, page, actor=actor, at=timezone.now())
    except Unredactable as problem:
        raise Http404 from problem
    return _picture(drawn)


@face("desk")
@require_safe
def redacted(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Show what a redacted copy is, and its pages to look at."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, copy))
    shown = {
        "copy": held,
        "document": held.document,
        "maker": account_name(actor, held.made_by),
        "ground": GROUNDS[Ground(held.ground)],
        "kept": [KEPT[word] for word in held.kept if word in KEPT],
        "drawn": held.media_type in _ON_PAGES,
        "page": _number(request),
    }
    return TemplateResponse(request, "evidence/redacted.html", shown)


@face("desk")
@require_safe
def page_redacted(request: HttpRequest, copy: UUID, page: int) -> HttpResponse:
    """Give a page of a redacted copy as a picture."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, copy))
    with open_redacted_copy(actor, copy) as file:
        content = file.read()
    try:
        drawn, _ = page_picture(content, MediaKind(held.media_type), page)
    except Unredactable as problem:
        raise Http404 from problem
    if decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed:
        note_viewing(held.document, actor=actor, at=timezone.now())
    return _picture(drawn)


@face("desk")
@require_POST
def redacted_copy(request: HttpRequest, copy: UUID) -> FileResponse:
    """Hand out a redacted copy as a file to save; that it was looked at is in the log."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, copy))
    if decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed:
        record_custody(held.document, CustodyKind.VIEWED, actor=actor, at=timezone.now())
    kind = MediaKind(held.media_type)
    answer = FileResponse(
        open_redacted_copy(actor, copy),
        as_attachment=True,
        filename=f"redacted-{held.sha256[:8]}.{kind.ending}",
        content_type=kind.value,
    )
    answer.headers["Content-Security-Policy"] = UNOPENED
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _number(request: HttpRequest) -> int:
    told = request.GET.get("page", "")
    return int(told) if told.isdecimal() and len(told) <= len("1000") and int(told) else 1


def _picture(drawn: bytes) -> HttpResponse:
    answer = HttpResponse(drawn, content_type="image/png")
    answer.headers["Content-Security-Policy"] = UNOPENED
    answer.headers["Cache-Control"] = "no-store"
    return answer
