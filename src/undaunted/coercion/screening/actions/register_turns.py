"""Steps on one register come one after the other, each at a moment of its own."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.coercion.screening.queries import last_screening

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["in_turn"]

LEAST = timedelta(microseconds=1)


@contextmanager
def in_turn(holder: UUID, *, actor: Actor, at: datetime) -> Iterator[datetime]:
    """Take a step in one transaction, alone; give its moment, after that of the last screening."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('screening register ' || %s, 0))",
                [str(holder)],
            )
        last = last_screening(actor, holder)
        yield at if last is None else max(at, last.recorded_at + LEAST)
