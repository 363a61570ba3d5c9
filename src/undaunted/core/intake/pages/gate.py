"""The gate of this process: tickets for forms, and what is asked while very many come."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings

from undaunted.core.intake.rules import Asked, Gate, Ticket, make_ticket, read_ticket

__all__ = ["new_ticket", "pass_gate", "ticket_of"]

_GATE: Final = Gate()


def new_ticket() -> str:
    """Give a ticket to put into a form."""
    return make_ticket(_key(), at=time.time())


def ticket_of(text: str) -> Ticket | None:
    """Read the ticket that came with a form."""
    return read_ticket(text, _key(), at=time.time())


def pass_gate(ticket: Ticket | None, answer: str = "") -> Asked | None:
    """Let somebody pass (None), or give what is still asked of them."""
    return _GATE.ask(ticket, answer, at=time.time())


def _key() -> bytes:
    return str(settings.SECRET_KEY).encode()
