"""The database's identity context: binding a session's token for one transaction."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import Any

from django.db import connection

__all__ = ["bind_terminal", "bind_token", "terminal_token"]

terminal_token: ContextVar[str | None] = ContextVar("terminal_token", default=None)
"""Token of whoever signed in at the terminal in this process."""


def bind_token(token: str | None) -> dict[str, Any] | None:
    """Bind `token` for this transaction; give what the database knows of it, or None.

    The binding is transaction-local and ends with it. Policies look the token up anew each time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_bind(%s)", [token or ""])
        row = cursor.fetchone()
    found = row[0] if row else None
    if isinstance(found, str):
        found = json.loads(found)
    return found


def bind_terminal() -> dict[str, Any] | None:
    """Bind whoever signed in at the terminal, for this transaction; else nobody."""
    return bind_token(terminal_token.get())
