"""Documents at the desk: what they are, what happened to them, and the clean copy to look at.

The original is not handed out by any page: it may tell who made it, and where.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face, require
from undaunted.core.accounts.queries import bound_actor
from undaunted.core.evidence.actions import (
    CustodyBroken,
    KeyNeeded,
    clean_or_refuse,
    note_viewing,
    open_copy,
    open_original,
    record_clean_copy,
    record_custody,
)
from undaunted.core.evidence.forms import CUSTODY, KEPT, REFUSED, REMOVED, CustodyForm
from undaunted.core.evidence.models import CleanCopy
from undaunted.core.evidence.queries import (
    clean_copy_of,
    custody_of,
    document_for,
    documents_for,
    is_withdrawn,
    open_clean_copy,
    redacted_copies_of,
    stamps_of,
)
from undaunted.core.evidence.rules import CustodyKind, MediaKind, WhyUncleanable
from undaunted.core.vault.queries import open_key_of as vault_key_of
from undaunted.core.vault.rules import VaultError
from undaunted.site.ranges import UNOPENED, answer_part, may_play

if TYPE_CHECKING:
    from typing import BinaryIO
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.models import Document
    from undaunted.core.vault.rules import OpenKey

__all__ = ["clean", "copy", "document_page", "documents", "play"]

SHOWN = 200


@face("desk")
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that the reader may know of."""
    rows = documents_for(actor_of(request))[:SHOWN]
    return TemplateResponse(request, "evidence/documents.html", {"documents": rows})


@face("desk")
@may_play
@require_http_methods(["GET", "HEAD", "POST"])
def document_page(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show what a document is, its log of custody, and what may be seen; take one more step."""
    actor = actor_of(request)
    found = _found(actor, document)
    form = CustodyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _step_taken(found, form, actor):
        return redirect("evidence:document", document)
    made = clean_copy_of(actor, found)
    gone = is_withdrawn(actor, found)
    may_record = decide(actor, Verb.RECORD, Facts(holder=found.holder)).allowed
    shown = {
        "document": found,
        "copy": made,
        "kind": MediaKind(made.media_type) if made and made.media_type else None,
        "gone": gone,
        "played": None if gone else _played(made),
        "locked": found.team is not None and _key(request) is None,
        "removed": [REMOVED[word] for word in made.removed if word in REMOVED] if made else [],
        "kept": [KEPT[word] for word in made.kept if word in KEPT] if made else [],
        "refused": REFUSED[WhyUncleanable(made.refused)] if made and made.refused else "",
        "stamps": stamps_of(actor, found),
        "custody": [(CUSTODY[CustodyKind(step.kind)], step) for step in custody_of(actor, found)],
        "redacted": redacted_copies_of(actor, found),
        "may_redact": may_record and not gone and bool(made and made.sha256),
        "may_record": may_record,
        "form": form,
    }
    return TemplateResponse(request, "evidence/document.html", shown)


@face("desk")
@require_POST
def clean(request: HttpRequest, document: UUID) -> HttpResponse:
    """Make the clean copy, once this request's transaction is over."""
    actor = actor_of(request)
    found = _found(actor, document)
    require(actor, Verb.RECORD, Facts(holder=found.holder))
    if clean_copy_of(actor, found) is not None:
        return redirect("evidence:document", document)
    try:
        original = open_original(found, key=_key(request), actor=actor, at=timezone.now())
    except KeyNeeded:
        messages.info(request, _("Open your key first: this document is sealed to a team."))
        return redirect("vault:vault")
    except VaultError:
        messages.error(request, _("Your key does not open this document. It is its team's."))
    else:
        session = request.session.session_key
        transaction.on_commit(lambda: _make_copy(original, found, session))
    return redirect("evidence:document", document)


@face("desk")
@require_POST
def copy(request: HttpRequest, document: UUID) -> HttpResponseBase:
    """Hand out the clean copy as a file to save; that it was looked at is in the log."""
    actor = actor_of(request)
    found = _to_hand_out(actor, document)
    made = clean_copy_of(actor, found)
    try:
        content = _copy_of(request, found)
    except CleanCopy.DoesNotExist:
        raise Http404 from None
    except KeyNeeded:
        messages.info(request, _("Open your key first: this document is sealed to a team."))
        return redirect("vault:vault")
    except VaultError:
        messages.error(request, _("Your key does not open this document. It is its team's."))
        return redirect("evidence:document", document)
    if decide(actor, Verb.RECORD, Facts(holder=found.holder)).allowed:
        record_custody(found, CustodyKind.VIEWED, actor=actor, at=timezone.now())
    kind = MediaKind(cast("CleanCopy", made).media_type)
    answer = FileResponse(
        content, as_attachment=True, filename=_name(found, kind), content_type=kind.value
    )
    answer.headers["Content-Security-Policy"] = UNOPENED
    answer.headers["Cache-Control"] = "no-store"
    return answer


@face("desk")
@require_safe
def play(request: HttpRequest, document: UUID) -> HttpResponse:
    """Give a clean copy of film or sound to the player on the document's page, in parts.

    That it was looked at is in the log, once an hour for each person.
    """
    actor = actor_of(request)
    found = _to_hand_out(actor, document)
    made = clean_copy_of(actor, found)
    kind = _played(made)
    if kind is None:
        raise Http404
    try:
        with _copy_of(request, found) as held:
            content = held.read()
    except (KeyNeeded, VaultError):
        raise Http404 from None
    if decide(actor, Verb.RECORD, Facts(holder=found.holder)).allowed:
        note_viewing(found, actor=actor, at=timezone.now())
    return answer_part(request, content, kind=kind.value, name=_name(found, kind))


def _played(made: CleanCopy | None) -> MediaKind | None:
    """Give the kind of a copy that is played in its page; None for any other."""
    kind = MediaKind(made.media_type) if made and made.sha256 else None
    return kind if made and kind and kind.is_played(made.size) else None


def _name(document: Document, kind: MediaKind) -> str:
    return f"document-{document.sha256[:8]}.{kind.ending}"


def _make_copy(original: bytes, document: Document, key: str | None) -> None:
    """Clean a file, which may take a minute and a half, while no transaction waits for it."""
    outcome = clean_or_refuse(io.BytesIO(original))
    with transaction.atomic():
        actor = bound_actor(key)
        if not actor.is_public:  # signed out meanwhile
            record_clean_copy(document, outcome, actor=actor, at=timezone.now())


def _step_taken(document: Document, form: CustodyForm, actor: Actor) -> bool:
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    if not form.is_valid():
        return False
    kind, note = CustodyKind(form.cleaned_data["kind"]), form.cleaned_data["note"]
    try:
        record_custody(document, kind, actor=actor, at=timezone.now(), note=note)
    except CustodyBroken:
        form.add_error("kind", _("This step cannot follow what has happened so far."))
        return False
    return True


def _copy_of(request: HttpRequest, document: Document) -> BinaryIO:
    actor = actor_of(request)
    made = clean_copy_of(actor, document)
    if document.team is None or made is None or not made.sha256:
        return open_clean_copy(actor, document)
    return open_copy(document, key=_key(request), actor=actor, at=timezone.now())


def _key(request: HttpRequest) -> OpenKey | None:
    return vault_key_of(actor_of(request), request, at=timezone.now())


def _found(actor: Actor, document: UUID) -> Document:
    found = document_for(actor, document)
    if found is None:
        raise Http404
    return found


def _to_hand_out(actor: Actor, document: UUID) -> Document:
    """Give a document that was not withdrawn: of one that was nothing is handed out."""
    found = _found(actor, document)
    if is_withdrawn(actor, found):
        raise Http404
    return found
