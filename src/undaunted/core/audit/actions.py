"""Recording what was done, in the transaction that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from undaunted.core.audit.models import Detail, Entry
from undaunted.core.audit.rules import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["NotInTransaction", "record_entry"]


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
    entry = Entry.objects.using(using).create(
        at=at,
        actor=actor.id,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        right=right,
        digest=digest_of(held),
    )
    Detail.objects.using(using).create(entry=entry, month=at.date().replace(day=1), detail=held)
    return entry
