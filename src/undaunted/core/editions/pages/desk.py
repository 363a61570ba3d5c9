"""Editions at the desk: built, proposed by one person, published by another, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.editions.actions import (
    build_edition,
    discard_edition,
    propose_edition,
    publish_edition,
    withdraw_edition,
)
from undaunted.core.editions.analysis import rewritten, stem_of
from undaunted.core.editions.forms import EditionForm
from undaunted.core.editions.pages.answers import file_answer, found, replaced_files
from undaunted.core.editions.pages.public import WHY
from undaunted.core.editions.queries import edition_file_for, edition_for, editions_for, files_of
from undaunted.core.editions.rules import EditionRefused, read_manifest
from undaunted.core.editions.writers import draft_text, embargo_text
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.models import Edition

__all__ = [
    "board",
    "discard",
    "draft_file",
    "new_edition",
    "own_edition",
    "propose",
    "publish",
    "withdraw",
]

SHOWN = 100
STATES = {
    "draft": gettext_lazy("draft"),
    "proposed": gettext_lazy("proposed"),
    "published": gettext_lazy("published"),
    "withdrawn": gettext_lazy("withdrawn"),
}
MARKED = (".html", ".pdf", ".docx")


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the editions of one's organisations and what waits for a second person."""
    rows = [(row, STATES[row.state]) for row in editions_for(actor_of(request))[:SHOWN]]
    return TemplateResponse(request, "editions/desk/board.html", {"editions": rows})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest) -> HttpResponse:
    """Build an edition as a draft, frozen at the last entry of the ledger."""
    actor = actor_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EditionForm(*sent, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = build_edition(form.wanted(), form.chosen_holder, actor=actor, at=timezone.now())
        except EditionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("editions-desk:edition", made.pk)
    return TemplateResponse(request, "editions/desk/form.html", {"form": form})


@face("desk")
@require_safe
def own_edition(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Show one edition, its files, what changed since the one before, and the next step."""
    actor = actor_of(request)
    held = found(edition_for(actor, edition))
    hands = frozenset(each for each in (held.proposed_by, held.built_by) if each)
    facts = Facts(holder=held.holder, earlier_hands=hands or None)
    shown = {
        "edition": held,
        "state": STATES[held.state],
        "why": WHY.get(held.why, ""),
        "files": [(file, _address(held, file.name)) for file in files_of(actor, held)],
        "replaced": replaced_files(held.manifest),
        "may_propose": held.state == "draft"
        and held.built_at is not None
        and decide(actor, Verb.PROPOSE_PUBLICATION, facts).allowed,
        "may_publish": held.state == "proposed" and decide(actor, Verb.PUBLISH, facts).allowed,
        "may_withdraw": held.state == "published" and decide(actor, Verb.TAKE_DOWN, facts).allowed,
        "may_discard": held.state in {"draft", "proposed"}
        and held.replaces_id is None
        and decide(actor, Verb.PROPOSE_PUBLICATION, facts).allowed,
    }
    return TemplateResponse(request, "editions/desk/edition.html", shown)


@face("desk")
@require_safe
def draft_file(request: HttpRequest, edition: UUID, name: str) -> HttpResponse:
    """Give one file to whoever reviews it, marked on every page until the public may have it."""
    actor = actor_of(request)
    held = found(edition_for(actor, edition))
    file = found(edition_file_for(actor, edition, name))
    if file.content is None or not name.endswith(MARKED):
        raise Http404
    manifest = read_manifest(bytes(held.manifest or b""))
    frozen_name = f"{stem_of(manifest.series, manifest.number)}-{file.language}.json"
    frozen = found(edition_file_for(actor, edition, frozen_name))
    written = rewritten(
        replace(manifest, languages=(file.language,)),
        {frozen_name: bytes(frozen.content or b"")},
        mark=_mark(held),
    )
    content = next(each.content for each in written.files if each.name == name)
    return file_answer(content, f"draft-{name}", file.media_type)


@face("desk")
@require_POST
def propose(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Propose a draft for publication."""
    return _step(request, edition, propose_edition)


@face("desk")
@require_POST
def publish(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Publish a proposed edition as the second person."""
    return _step(request, edition, publish_edition)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Withdraw a published edition; its bytes are destroyed."""
    return _step(request, edition, withdraw_edition)


@face("desk")
@require_POST
def discard(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Delete a draft that nobody published."""
    actor = actor_of(request)
    held = found(edition_for(actor, edition))
    try:
        discard_edition(held, actor=actor, at=timezone.now())
    except EditionRefused as refusal:
        return _stopped(request, refusal, edition)
    return redirect("editions-desk:board")


def _address(edition: Edition, name: str) -> str:
    if edition.state == "withdrawn" or not name.endswith(MARKED):
        return ""
    return reverse("editions-desk:file", args=[edition.pk, name])


def _step(request: HttpRequest, edition: UUID, action: Callable[..., Edition]) -> HttpResponse:
    actor: Actor = actor_of(request)
    held = found(edition_for(actor, edition))
    try:
        action(held, actor=actor, at=timezone.now())
    except EditionRefused as refusal:
        return _stopped(request, refusal, edition)
    return redirect("editions-desk:edition", edition)


def _stopped(request: HttpRequest, problem: EditionRefused, edition: UUID) -> HttpResponse:
    back = reverse("editions-desk:edition", args=[edition])
    return stopped(request, problem, back)


def _mark(edition: Edition) -> Callable[[], str]:
    """Give the words across its pages: none once the public may read it."""
    until = edition.embargo_until
    if edition.state != "published":
        return (lambda: embargo_text(until)) if until else draft_text
    return (lambda: embargo_text(until)) if until and until > timezone.now() else str
