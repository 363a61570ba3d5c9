"""Files of a mailbox: a clean copy to save, and film and sound to play where they lie."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import face
from undaunted.core.accounts.queries import bound_actor
from undaunted.core.intake.actions import ConflictFound, keep_copy, open_copy, read_attachment
from undaunted.core.intake.pages.frame import actor_of, keep_away, key_of, require_mailbox
from undaunted.core.intake.pages.handing import hand_clean_copy, hand_over, name_of
from undaunted.core.intake.pages.shown import Shown, show_mailbox
from undaunted.core.intake.queries import attachments_for, openings_for
from undaunted.core.intake.rules import WhyOpened
from undaunted.core.vault.rules import VaultError
from undaunted.site.ranges import answer_part, may_play

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.evidence.rules import Cleaned
    from undaunted.core.intake.models import Attachment, Mailbox
    from undaunted.core.intake.pages.handing import Keep
    from undaunted.core.vault.rules import OpenKey

__all__ = ["file", "play", "stream"]


@face("desk")
@require_POST
def file(request: HttpRequest, mailbox: UUID, attachment: UUID) -> HttpResponse:
    """Give the clean copy of a file: to save, or to play; or say why there is none.

    Only to whoever has opened the letters: what they say may concern a conflict of interest.
    """
    box = require_mailbox(request, mailbox)
    held, key = _held(request, box, attachment), key_of(request)
    if key is None:
        return redirect("vault:vault")
    if not _has_looked(request, box):
        return redirect("intake-desk:mailbox", mailbox)
    saving = "save" in request.POST
    try:
        copy = _kept(request, box, held, key)
        if copy is not None:
            return hand_over(HttpResponse(), copy, held.pk) if saving else _to_player(held, copy)
        original = read_attachment(
            held,
            box,
            key=key,
            actor=actor_of(request),
            at=timezone.now(),
            reason=WhyOpened.CASEWORK,
        )
    except ConflictFound:
        return keep_away(request, box, key)
    except VaultError as error:
        return show_mailbox(request, box, Shown(problem=str(error)))

    def refuse(answer: HttpResponse, told: str) -> None:
        messages.error(request, told)
        answer.status_code = HTTPStatus.FOUND
        answer.headers["Location"] = reverse("intake-desk:mailbox", args=[mailbox])

    keep = None if saving else _keeper(held, box, request.session.session_key)
    return hand_clean_copy(original, held.pk, refuse, keep)


@face("desk")
@may_play
@require_safe
def play(request: HttpRequest, mailbox: UUID, attachment: UUID) -> HttpResponse:
    """Show the player of a film or a sound file whose clean copy is kept."""
    box = require_mailbox(request, mailbox)
    held = _held(request, box, attachment)
    if key_of(request) is None:
        return redirect("vault:vault")
    if not _has_looked(request, box):
        return redirect("intake-desk:mailbox", mailbox)
    shown = {"box": box, "held": held, "sound": "sound" in request.GET}
    return TemplateResponse(request, "intake/desk/player.html", shown)


@face("desk")
@require_safe
def stream(request: HttpRequest, mailbox: UUID, attachment: UUID) -> HttpResponse:
    """Give a kept copy to the player, in parts; each part is an opening, in the trail like any."""
    box = require_mailbox(request, mailbox)
    held, key = _held(request, box, attachment), key_of(request)
    if key is None or not _has_looked(request, box):
        raise Http404
    try:
        copy = _kept(request, box, held, key)
    except ConflictFound:
        return keep_away(request, box, key)
    if copy is None:
        raise Http404
    return answer_part(request, copy.content, kind=copy.kind.value, name=name_of(copy, held.pk))


def _held(request: HttpRequest, box: Mailbox, attachment: UUID) -> Attachment:
    held = attachments_for(actor_of(request), box).filter(pk=attachment).first()
    if held is None:
        raise Http404
    return held


def _has_looked(request: HttpRequest, box: Mailbox) -> bool:
    actor = actor_of(request)
    return openings_for(actor, box).filter(by=actor.person).exists()


def _kept(request: HttpRequest, box: Mailbox, held: Attachment, key: OpenKey) -> Cleaned | None:
    """Open the copy that is kept; None where none is, or what lies there is not what was sealed."""
    try:
        return open_copy(
            held,
            box,
            key=key,
            actor=actor_of(request),
            at=timezone.now(),
            reason=WhyOpened.CASEWORK,
        )
    except VaultError:
        return None


def _keeper(held: Attachment, box: Mailbox, session: str | None) -> Keep:
    """Give what seals a copy and leads to its player; nothing for who signed out meanwhile."""

    def keep(answer: HttpResponse, copy: Cleaned) -> None:
        with transaction.atomic():
            actor = bound_actor(session)
            if not actor.is_public:
                keep_copy(held, box, copy, actor=actor, at=timezone.now())
        answer.status_code = HTTPStatus.FOUND
        answer.headers["Location"] = _to_player(held, copy).url

    return keep


def _to_player(held: Attachment, copy: Cleaned) -> HttpResponseRedirect:
    address = reverse("intake-desk:play", args=[held.mailbox_id, held.pk])
    return HttpResponseRedirect(f"{address}?sound=1" if copy.kind.is_sound else address)
