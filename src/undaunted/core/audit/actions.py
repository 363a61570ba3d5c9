"""Recording what was done, in the transaction that does it.

Nearly every step leaves an entry: it and its detail go to the database as one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connections, transaction

from undaunted.core.audit.models import Detail, Entry
from undaunted.core.audit.rules import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["NotInTransaction", "record_entry"]

_ADDED: Final = """
    WITH entry AS (
        INSERT INTO audit_entry (id, seq, at, actor, verb, subject_kind, subject_id, "right",
            digest, previous, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    )
    INSERT INTO audit_detail (entry_id, month, detail) VALUES (%s, %s, %s)
"""
"""The values of an entry, then those of its detail, each in the order of its model."""


class NotInTransaction(RuntimeError):
    """An action tried to leave its audit entry outside the transaction of its change."""


def record_entry(  # noqa: PLR0913  (who, what, to what, when, under which right, with what detail)
    verb: str,
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID | str,
    at: datetime,
    right: str = "role",
    detail: Mapping[str, object] | None = None,
    using: str = "default",
) -> Entry:
    """Add one entry to the chain; it is numbered and hashed when the transaction commits.

    `using` names the connection of the change: the desk's, or intake's, where nobody is signed in.

    Raises `NotInTransaction` outside `transaction.atomic()`.
    """
    if not connections[using].in_atomic_block:
        raise NotInTransaction(f"{verb} must record its entry in the transaction of its change")
    held = dict(detail or {})
    entry = Entry(
        at=at,
        actor=actor.id,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        right=right,
        digest=digest_of(held),
    )
    _add(entry, Detail(entry=entry, month=at.date().replace(day=1), detail=held), using=using)
    return entry


def _add(entry: Entry, detail: Detail, *, using: str) -> None:
    connection = connections[using]
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for row in (entry, detail)
        for field in row._meta.concrete_fields
    ]
    with transaction.mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
        cursor.execute(_ADDED, values)
    entry._state.adding, entry._state.db = False, using  # noqa: SLF001 - as `create` leaves it
