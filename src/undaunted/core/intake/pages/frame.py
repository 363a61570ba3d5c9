"""What every page of the caseworkers' desk begins with: who asks, their open key, a mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone

from undaunted.core.access.rules import actor_of
from undaunted.core.intake.actions import keep_from_mailbox
from undaunted.core.intake.queries import mailbox_for
from undaunted.core.vault.queries import open_key_of as vault_key_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["actor_of", "keep_away", "key_of", "require_mailbox"]

_ASKED = "_open_key"


def key_of(request: HttpRequest) -> OpenKey | None:
    """Give the key that is open in this session, or None; a request asks once."""
    held = request.__dict__
    if _ASKED not in held:
        held[_ASKED] = vault_key_of(actor_of(request), request, at=timezone.now())
    found: OpenKey | None = held[_ASKED]
    return found


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
