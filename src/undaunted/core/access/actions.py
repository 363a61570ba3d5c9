"""The database's identity context: binding a session's token for one transaction."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

import psycopg
from django.conf import settings
from django.db import connection

from undaunted.core.access.rules import Forbidden, TooManyTries, actor_from, tries_bucket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.core.access.rules import Actor, Door

__all__ = [
    "ask_apart",
    "ask_discreetly",
    "bind_terminal",
    "bind_token",
    "forgive_try",
    "signed_in",
    "take_try",
    "terminal_token",
]

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
    if found and found["unseen"]:
        ask_apart("SELECT identity_seen(%s)", [token or ""])
    return found


def take_try(door: Door, name: str, *, device: str = "") -> None:
    """Count one try at `door` in `name` before it is judged. Raises `TooManyTries`.

    Counted at once and apart from the caller's transaction: of many tries that arrive together each
    sees those before it, and none is forgotten when its request fails.
    """
    bucket = tries_bucket(settings.SESSION_BINDING_KEY, door, name, device)
    wait = int(ask_apart("SELECT tries_take(%s)", [bucket])[0][0])
    if wait:
        raise TooManyTries(wait)


def forgive_try(door: Door, name: str, *, device: str = "", everything: bool) -> None:
    """Take the try back that was right; with `everything`, forget all wrong ones before it.

    Where strangers may be guessing in the same name, what they did is not forgotten.
    """
    bucket = tries_bucket(settings.SESSION_BINDING_KEY, door, name, device)
    ask_apart("SELECT tries_forgive(%s, %s)", [bucket, everything])


def bind_terminal() -> dict[str, Any] | None:
    """Bind whoever signed in at the terminal, for this transaction; else nobody."""
    return bind_token(terminal_token.get())


def signed_in(command: str) -> Actor:
    """Give whoever signed in at the terminal, bound for this transaction.

    Raises `Forbidden`, which says how to sign in for `command`.
    """
    actor = actor_from(bind_terminal())
    if actor.is_public:
        raise Forbidden(f"sign in first: undaunted --as USER {command} …")
    return actor


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


def ask_apart(statement: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    """Run a statement like `ask_discreetly` on a connection of its own; it is committed at once."""
    pool: Any = connection.pool  # type: ignore[attr-defined]
    pool.open()
    with (
        connection.wrap_database_errors,
        pool.connection() as apart,
        psycopg.Cursor(apart) as cursor,
    ):
        cursor.execute(cast("Any", statement), parameters, prepare=False)
        return cursor.fetchall() if cursor.description else []
