"""Tickets for forms, and what is asked of whoever comes while very many do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse

from undaunted.core.intake import actions
from undaunted.core.intake.rules import make_ticket, read_ticket

if TYPE_CHECKING:
    from django.http import HttpResponse

    from undaunted.core.intake.rules import Asked, Ticket

__all__ = ["new_ticket", "pass_gate", "stopped", "ticket_of"]


def new_ticket() -> str:
    """Give a ticket to put into a form."""
    return make_ticket(_key(), at=time.time())


def ticket_of(text: str) -> Ticket | None:
    """Read the ticket that came with a form."""
    return read_ticket(text, _key(), at=time.time())


def pass_gate(ticket: Ticket | None, answer: str = "") -> Asked | None:
    """Let somebody pass (None), or give what is still asked of them."""
    return actions.pass_gate(ticket, answer, at=time.time())


def stopped(text: str, answer: str) -> HttpResponse | None:
    """Let a script pass (None), or answer it with the work that is asked and its ticket."""
    ticket = ticket_of(text)
    asked = pass_gate(ticket, answer)
    if asked is None:
        return None
    told = {"ticket": ticket.text if ticket else new_ticket(), "bits": asked.bits}
    return JsonResponse(told, status=429)


def _key() -> bytes:
    return str(settings.SECRET_KEY).encode()
