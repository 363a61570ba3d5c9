"""What both ways of handing in have in common: a letter kept, and an entry that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import OperationalError, connections

from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.models import Letter
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["TooMuchToday", "drop_draft", "keep_letter", "note_outside"]

_LIMIT: Final = "54000"
"""The SQLSTATE with which the database refuses what is more than a day's messages."""


class TooMuchToday(ValueError):
    """The mailbox takes no more messages today; nothing of this one was kept."""


def drop_draft(lookup: bytes) -> None:
    """Delete the draft of what is handed in now."""
    with connections[INTAKE].cursor() as cursor:
        cursor.execute("SELECT intake_drop_draft(%s)", [lookup])


def keep_letter(record: UUID, kind: str, sequence: int, envelope: bytes, hour: datetime) -> None:
    """Keep one sealed letter in its mailbox, through the intake connection.

    Raises `TooMuchToday`; the transaction is over then.
    """
    try:
        Letter.objects.using(INTAKE).create(
            mailbox_id=record, kind=kind, sequence=sequence, envelope=envelope, at=hour
        )
    except OperationalError as problem:
        if getattr(problem.__cause__, "sqlstate", "") != _LIMIT:
            raise
        raise TooMuchToday("this mailbox takes no more messages today") from problem


def note_outside(verb: str, record: UUID, hour: datetime, actor: Actor) -> None:
    """Note that something was put into a mailbox; nobody is signed in, and no right is needed."""
    record_entry(
        verb,
        actor=actor,
        subject_kind="mailbox",
        subject_id=record,
        at=hour,
        right="none needed",
        using=INTAKE,
    )
