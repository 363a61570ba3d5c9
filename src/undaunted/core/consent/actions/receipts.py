"""Withdrawal by whoever holds a receipt: without an account, at once, and kept like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connections, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.actions.news import deliver_news
from undaunted.core.consent.actions.withdrawals import write_withdrawals
from undaunted.core.consent.models import HolderKey
from undaunted.core.consent.rules import LedgerRefused, LedgerTampered, hour_of
from undaunted.core.vault.rules import INTAKE, draw_receipt

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import Grant
    from undaunted.core.vault.rules import Receipt

__all__ = ["Withdrawn", "bind_receipt", "give_receipt", "withdraw_by_receipt"]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What ended, and whether the ledger outside the database holds it already."""

    grants: tuple[UUID, ...]
    kept_outside: bool


def give_receipt(grants: Collection[Grant], *, actor: Actor, at: datetime) -> Receipt:
    """Draw a receipt under which these agreements can be withdrawn; to be shown once."""
    receipt = draw_receipt()
    bind_receipt(grants, receipt.lookup, actor=actor, at=at)
    return receipt


def bind_receipt(grants: Collection[Grant], lookup: bytes, *, actor: Actor, at: datetime) -> None:
    """Let whoever holds the receipt behind `lookup` withdraw these agreements.

    The database refuses where that person has withdrawn everything on the day of the agreement or
    later. Raises `Forbidden`.
    """
    for grant in grants:
        require(actor, Verb.RECORD, Facts(holder=grant.holder))
    with transaction.atomic():
        HolderKey.objects.bulk_create(HolderKey(grant=grant, lookup=lookup) for grant in grants)
        for grant in grants:
            record_entry(
                "consent.receipt_given",
                actor=actor,
                subject_kind="consent",
                subject_id=grant.pk,
                at=at,
            )


def withdraw_by_receipt(
    lookup: bytes, *, actor: Actor, at: datetime, which: UUID | None = None
) -> Withdrawn:
    """End one agreement, or all with whatever is recorded under this receipt later today.

    The hour is kept, not the minute, so that it cannot be laid beside what a network saw; of what
    follows from it too. Every part that holds something hears of it before this comes back.
    """
    hour = hour_of(at)
    with transaction.atomic(using=INTAKE):
        if which is None:
            _ask("SELECT consent_object(%s, %s)", lookup, hour)
        rows = _ask("SELECT withdrawn FROM consent_withdraw(%s, %s, %s)", lookup, which, hour)
        ended = tuple(row[0] for row in rows)
        for grant in ended:
            record_entry(
                "consent.withdrawn_by_receipt",
                actor=actor,
                subject_kind="consent",
                subject_id=grant,
                at=hour,
                right="receipt",
                using=INTAKE,
            )
    try:
        write_withdrawals(actor=actor, at=hour)
        kept = True
    except (LedgerRefused, LedgerTampered, OSError):
        kept = False
    deliver_news(actor=actor, at=hour)
    return Withdrawn(ended, kept)


def _ask(statement: str, *asked: bytes | UUID | datetime | None) -> list[tuple[UUID, ...]]:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
