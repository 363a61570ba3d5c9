"""A closed mailbox is kept for a while, then erased: keys, letters, files, and its receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import ClockRuns, StillNeeded, start_clock
from undaunted.core.vault.actions import erase_by_clock

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.intake.models import Mailbox

__all__ = ["MAILBOX", "erase_mailbox", "keep_closed_mailbox"]

MAILBOX = "mailbox"
"""The kind of subject under which the clock of a closed mailbox runs."""


def keep_closed_mailbox(mailbox: Mailbox, *, actor: Actor, at: datetime) -> None:
    """Start the clock that ends with the erasure of the mailbox; part of closing it."""
    start_clock(
        "retention-application",
        actor=actor,
        at=at,
        holder=mailbox.holder,
        subject_kind=MAILBOX,
        subject_id=mailbox.pk,
        started_at=at,
    )


def erase_mailbox(
    subject_id: UUID, clock: Clock, *, actor: Actor, at: datetime
) -> dict[str, object]:
    """Erase a mailbox that stayed closed: first the keys, then what they opened; gives counts.

    Raises `StillNeeded` where it was opened again since the clock began, and `ClockRuns` where the
    database finds that the clock has not ended.
    """
    records = _records_of(subject_id, clock)
    if records is None:
        raise StillNeeded("the mailbox was opened again")
    if not records:
        raise ClockRuns("the time for which this is kept is not over, or two people hold it")
    keys = sum(erase_by_clock(each, clock.pk, actor=actor, at=at) for each in records)
    _asked("intake_forget(%s, %s)", subject_id, clock.pk)
    places = [Path(settings.DOCUMENTS_FOLDER) / "sealed" / str(each) for each in records]
    files = [*places, *(each.with_suffix(".copy") for each in places)]
    transaction.on_commit(lambda: _unlink(files))
    done: dict[str, object] = {"keys": keys, "records": len(records)}
    record_entry(
        "mailbox.erased",
        actor=actor,
        subject_kind="mailbox",
        subject_id=subject_id,
        at=at,
        right="retention",
        detail=done,
    )
    return done


def _unlink(files: list[Path]) -> None:
    for each in files:
        each.unlink(missing_ok=True)


def _records_of(mailbox: UUID, clock: Clock) -> list[UUID] | None:
    found = _asked("intake_erasable(%s, %s)", mailbox, clock.pk)
    return [UUID(str(each)) for each in found] if found is not None else None


def _asked(call: str, *values: UUID) -> list[UUID] | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", list(values))
        row = cursor.fetchone()
    return row[0] if row else None
