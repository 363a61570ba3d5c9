"""The database's identity context: binding a session's token for one transaction."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

import psycopg
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ask_discreetly", "bind_terminal", "bind_token", "terminal_token"]

terminal_token: ContextVar[str | None] = ContextVar("terminal_token", default=None)
"""Token of whoever signed in at the terminal in this process."""


def bind_token(token: str | None) -> dict[str, Any] | None:
    """Bind `token` for this transaction; give what the database knows of it, or None.

    The binding is transaction-local and ends with it. Policies look the token up anew each time.
    """
    rows = ask_discreetly("SELECT identity_bind(%s) || identity_hats()", [token or ""])
    found = rows[0][0] if rows else None
    if isinstance(found, str):
        found = json.loads(found)
    return found


def bind_terminal() -> dict[str, Any] | None:
    """Bind whoever signed in at the terminal, for this transaction; else nobody."""
    return bind_token(terminal_token.get())


def ask_discreetly(statement: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run a statement whose parameters travel apart from its text; gives its rows.

    The server shows the text of running statements to every connection of the same role. A token
    in the text could be read there by whoever gets a statement of their own in.
    """
    connection.ensure_connection()
    held = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection)
    with connection.wrap_database_errors, psycopg.Cursor(held) as cursor:
        cursor.execute(cast("Any", statement), parameters, prepare=False)
        return cursor.fetchall() if cursor.description else []
