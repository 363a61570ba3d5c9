"""How the desk of coordination answers: found or absent, a step taken or what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect
from django.utils import timezone

from undaunted.core.access.pages import Desk
from undaunted.core.vault.queries import open_key_of
from undaunted.repression.coordination.rules import CoordinationRefused
from undaunted.site.answers import found, stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["found", "sought", "stopped", "taken", "with_key", "written"]

_DESK: Final = Desk((CoordinationRefused,))
sought, taken, written = _DESK.sought, _DESK.taken, _DESK.written


def with_key(
    request: HttpRequest, actor: Actor, step: Callable[[OpenKey], HttpResponse], back: str
) -> HttpResponse:
    """Take a step with the key that is open in this session; without one, the way to open it."""
    key = open_key_of(actor, request, at=timezone.now())
    if key is None:
        return redirect("vault:vault")
    try:
        return step(key)
    except CoordinationRefused as refusal:
        return stopped(request, refusal, back)
