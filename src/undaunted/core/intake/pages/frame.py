"""What every page of the caseworkers' desk begins with: who asks, their open key, a mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone

from undaunted.core.intake.actions import keep_from_mailbox
from undaunted.core.intake.queries import mailbox_for
from undaunted.core.vault.queries import opened_key
from undaunted.core.vault.rules import VAULT_COOKIE, VaultClosed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["actor_of", "keep_away", "key_of", "require_mailbox"]


def actor_of(request: HttpRequest) -> Actor:
    """Give who asks."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def key_of(request: HttpRequest) -> OpenKey | None:
    """Give the key that is open in this session, or None."""
    cookie = request.COOKIES.get(VAULT_COOKIE, "")
    try:
        return opened_key(actor_of(request), request.session, cookie, at=timezone.now())
    except VaultClosed:
        return None


def keep_away(request: HttpRequest, box: Mailbox, key: OpenKey | None) -> HttpResponse:
    """Keep the actor from a mailbox that concerns a conflict of theirs, and say so."""
    actor = actor_of(request)
    keep_from_mailbox(box, actor.person, key=key, actor=actor, at=timezone.now())
    return TemplateResponse(request, "intake/desk/kept_from.html", {}, status=403)


def require_mailbox(request: HttpRequest, mailbox: UUID) -> Mailbox:
    """Give a mailbox of the actor's; a forbidden one is answered as if it did not exist."""
    box = mailbox_for(actor_of(request), mailbox)
    if box is None:
        raise Http404
    return box
