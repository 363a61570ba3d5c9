"""Whoever asks of files and whoever forgets one do so in turn: nothing comes back that went.

Of two who hold the same files against lists the second reads only once the first has ended: what
was read earlier closes no question of what was read later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.matching.rules import Named

__all__ = ["in_turn", "judge_in_turn", "read_in_turn"]

_LOCK = "SELECT pg_advisory_xact_lock(hashtext(%s))"


def in_turn(holder: UUID) -> None:
    """Let one at a time ask or forget of an organisation's files, until the transaction ends.

    Each question is asked once, and of nobody who is gone. Whoever is erased is forgotten under the
    same lock by `matching_forget` in the database, which knows who held their files.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"screening of {holder}"])


def read_in_turn(holder: UUID, kind: Named) -> None:
    """Let one at a time read an organisation's files of a kind to hold them against lists.

    Until the transaction ends, in which questions are asked and closed: taken before anything is
    read, and before `in_turn`. Whoever forgets a file waits for the asking alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"screening reads {holder} {kind.value}"])


def judge_in_turn() -> None:
    """Let one judge, confirm or undo at a time: whoever comes second reads what the first said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('matching of entries'))")
