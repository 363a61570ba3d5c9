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
    note_taking,
    note_viewing,
    withdraw_redacted_copy,
)
from undaunted.core.evidence.forms import GROUNDS, KEPT, RedactForm, page_asked
from undaunted.core.evidence.queries import (
    clean_copy_of,
    copy_to_hand_out,
    document_for,
    is_withdrawn,
    open_redacted_copy,
    redacted_copy_for,
)
from undaunted.core.evidence.rules import Ground, MediaKind, Unredactable
from undaunted.core.evidence.writers import page_picture
from undaunted.core.vault.queries import open_key_of
from undaunted.site.answers import found
from undaunted.site.components.clauses import commas_text
from undaunted.site.ranges import UNOPENED

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.evidence.models import Document, RedactedCopy
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "page_redacted",
    "page_to_redact",
    "redact",
    "redacted",
    "redacted_copy",
    "withdraw",
]

_DESK = Desk((Unredactable,), about=frozenset({"document"}))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, document: UUID) -> HttpResponse:
    """Say what is taken out of a document's clean copy; `?page=` shows another page of it."""
    actor = actor_of(request)
    held = found(document_for(actor, document))
    require(actor, Verb.RECORD, Facts(holder=held.holder))
    form = RedactForm(request.POST or None, sealed=held.team is not None)
    key = _key(request, held)

    def step() -> RedactedCopy:
        return make_redacted_copy(
            held, form.marks(), form.why(), actor=actor, at=timezone.now(), key=key,
            lies_open=form.may_lie_open(),
        )  # fmt: skip

    if made := _DESK.written(request, form, step):
        return redirect("evidence:redacted", made.pk)
    copy = clean_copy_of(actor, held)
    shown = {
        "document": held,
        "form": form,
        "ready": bool(copy and copy.sha256),
        "locked": held.team is not None and key is None,
        "drawn": bool(copy and copy.sha256 and MediaKind(copy.media_type).has_pages),
        "page": page_asked(request.GET),
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
        drawn, _ = draw_for_redacting(
            held, page, actor=actor, at=timezone.now(), key=_key(request, held)
        )
    except Unredactable as problem:
        raise Http404 from problem
    return _picture(drawn)


@face("desk")
@require_safe
def redacted(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Show what a redacted copy is, and its pages to look at."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, copy))
    gone = is_withdrawn(actor, held.document)
    shown = {
        "copy": held,
        "document": held.document,
        "maker": account_name(actor, held.made_by),
        "ground": GROUNDS[Ground(held.ground)],
        "kept": [KEPT[word] for word in held.kept if word in KEPT],
        "unsearched": commas_text(map(str, held.unsearched)),
        "drawn": MediaKind(held.media_type).has_pages and not gone,
        "gone": gone,
        "page": page_asked(request.GET),
        "may_withdraw": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "evidence/redacted.html", shown)


@face("desk")
@require_safe
def page_redacted(request: HttpRequest, copy: UUID, page: int) -> HttpResponse:
    """Give a page of a redacted copy as a picture."""
    actor = actor_of(request)
    held = found(copy_to_hand_out(actor, copy))
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
    held = found(copy_to_hand_out(actor, copy))
    note_taking(held, actor=actor, at=timezone.now())
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


@face("desk")
@require_POST
def withdraw(request: HttpRequest, copy: UUID) -> HttpResponse:
    """Withdraw a redacted copy in which something was overlooked; its bytes go."""
    actor = actor_of(request)
    held = found(redacted_copy_for(actor, copy))
    withdraw_redacted_copy(held, actor=actor, at=timezone.now())
    return redirect("evidence:document", held.document_id)


def _key(request: HttpRequest, document: Document) -> OpenKey | None:
    """Give the key that is open in this session, where the document needs one."""
    if document.team is None:
        return None
    return open_key_of(actor_of(request), request, at=timezone.now())


def _picture(drawn: bytes) -> HttpResponse:
    answer = HttpResponse(drawn, content_type="image/png")
    answer.headers["Content-Security-Policy"] = UNOPENED
    answer.headers["Cache-Control"] = "no-store"
    return answer
