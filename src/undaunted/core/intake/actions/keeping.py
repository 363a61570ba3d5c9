"""What both ways of handing in have in common: a letter kept, and an entry that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.models import Letter
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["drop_draft", "keep_letter", "note_outside"]


def drop_draft(lookup: bytes) -> None:
    """Delete the draft of what is handed in now."""
    with connections[INTAKE].cursor() as cursor:
        cursor.execute("SELECT intake_drop_draft(%s)", [lookup])


def keep_letter(record: UUID, kind: str, sequence: int, envelope: bytes, hour: datetime) -> None:
    """Keep one sealed letter in its mailbox, through the intake connection."""
    Letter.objects.using(INTAKE).create(
        mailbox_id=record, kind=kind, sequence=sequence, envelope=envelope, at=hour
    )


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
