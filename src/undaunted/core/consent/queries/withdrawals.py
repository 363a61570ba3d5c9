"""Reads of the ledger outside the database, and of what the database knows of it.

Nobody is named in either, so whoever serves may look: they hold opaque ids, days and digests.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections

from undaunted.core.consent.readers import read_ledger, read_noted, read_since
from undaunted.core.consent.rules import (
    Comparison,
    Head,
    Standing,
    Withdrawal,
    WithdrawalKind,
    compare,
    ledger_key,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["ledger_agrees", "ledger_standing", "ledger_state", "unwritten"]


def ledger_state(_actor: Actor, *, using: str = "default") -> tuple[Head, int]:
    """Give how far the database has seen the ledger written, and how much it has not."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT * FROM consent_ledger_state()")
        ((instance, number, link, waiting),) = cursor.fetchall()
    return Head(instance, number, link), waiting


def ledger_standing(actor: Actor) -> Comparison:
    """Compare database and ledger wholly. Raises `LedgerTampered`."""
    head, _ = ledger_state(actor)
    key = ledger_key(settings.SECRET_KEY)
    return compare(head, read_ledger(Path(settings.WITHDRAWALS_FOLDER), key), _noted())


def ledger_agrees(actor: Actor, *, using: str) -> bool:
    """Tell, by the end of the ledger alone, whether the database lacks none of it.

    Raises `LedgerTampered` where the ledger lacks what the database has seen written.
    """
    head, _ = ledger_state(actor, using=using)
    key = ledger_key(settings.SECRET_KEY)
    kept = read_since(Path(settings.WITHDRAWALS_FOLDER), head, key)
    if kept is None:
        return compare(head, None, _noted()).standing is Standing.NEW
    return kept.instance == head.instance and not kept.lines


def unwritten(_actor: Actor, *, most: int) -> list[Withdrawal]:
    """Give the oldest withdrawals that the ledger does not hold yet."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM consent_unwritten(%s)", [most])
        return [_withdrawal(*row) for row in cursor.fetchall()]


def _noted() -> Head | None:
    return read_noted(Path(settings.ANCHORS_FOLDER))


def _withdrawal(  # noqa: PLR0913, PLR0917 - the columns of one row
    id_: UUID, kind: str, at: datetime, subject: UUID | None, purpose: str, audience: str
) -> Withdrawal:
    return Withdrawal(id_, WithdrawalKind(kind), at, subject, purpose, audience)
