"""What every page of the caseworkers' desk begins with: who asks, their open key, a mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.utils import timezone

from undaunted.core.intake.queries import mailbox_for
from undaunted.core.vault.queries import opened_key
from undaunted.core.vault.rules import VAULT_COOKIE, VaultClosed

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = ["actor_of", "key_of", "require_mailbox"]


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


def require_mailbox(request: HttpRequest, mailbox: UUID) -> Mailbox:
    """Give a mailbox of the actor's; a forbidden one is answered as if it did not exist."""
    box = mailbox_for(actor_of(request), mailbox)
    if box is None:
        raise Http404
    return box
