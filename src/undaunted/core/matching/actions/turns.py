"""Whoever asks of files and whoever forgets one do so in turn: nothing comes back that went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["in_turn"]


def in_turn(holder: UUID) -> None:
    """Let one at a time ask or forget of an organisation's files, until the transaction ends.

    Each question is asked once, and of nobody who is gone. Whoever is erased is forgotten under the
    same lock by `matching_forget` in the database, which knows who held their files.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"screening of {holder}"])
