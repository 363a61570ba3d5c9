"""Taking in what a reporter's browser has sealed: the server sees neither content nor receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions.keeping import drop_draft, keep_letter, note_outside
from undaunted.core.intake.models import Mailbox
from undaunted.core.intake.queries import receiving_teams
from undaunted.core.intake.rules import (
    ANSWERS,
    MESSAGE,
    REPLY,
    VERSION,
    hour_of,
    severity_of,
)
from undaunted.core.vault.actions import take_sealed
from undaunted.core.vault.rules import HEAD, INTAKE, NotThatTeam, recipient_from

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.queries import Found, Team
    from undaunted.core.intake.readers import Sealed, SealedBox, SealedMessage

__all__ = ["take_in", "take_message"]


def take_in(sent: Sealed, *, at: datetime, actor: Actor = PUBLIC) -> None:
    """Keep what a browser has sealed to a team, all of it or nothing.

    Raises a `VaultError` where the envelopes are none, or the team does not receive.
    """
    team = next((each for each in receiving_teams(actor) if each.id == sent.team), None)
    if team is None:
        raise NotThatTeam("no such team receives here")
    with transaction.atomic(using=INTAKE):
        for box in sent.mailboxes:
            _take(box, team, hour_of(at), actor)
            drop_draft(box.lookup)


def take_message(found: Found, sent: SealedMessage, *, at: datetime, actor: Actor = PUBLIC) -> None:
    """Keep one more message that a browser has sealed. Raises `TooMuchToday`, a `VaultError`."""
    hour = hour_of(at)
    with transaction.atomic(using=INTAKE):
        take_sealed(
            found.team,
            found.id,
            sent.envelope[:HEAD],
            kind=MESSAGE,
            version=VERSION,
            sequence=sent.sequence,
            actor=actor,
            at=hour,
            door=INTAKE,
        )
        keep_letter(found.id, MESSAGE, sent.sequence, sent.envelope, hour)
        with connections[INTAKE].cursor() as cursor:
            cursor.execute("SELECT intake_wake(%s)", [sent.lookup])
        note_outside("mailbox.written", found.id, hour, actor)


def _take(box: SealedBox, team: Team, hour: datetime, actor: Actor) -> None:
    recipient_from(box.recipient)
    take_sealed(
        team.id,
        box.record,
        box.envelope[:HEAD],
        kind=ANSWERS,
        version=VERSION,
        recipient=box.record_recipient,
        sealed_key=box.sealed_key,
        actor=actor,
        at=hour,
        door=INTAKE,
    )
    Mailbox.objects.using(INTAKE).create(
        pk=box.record,
        holder=team.holder,
        team=team.id,
        lookup=box.lookup,
        recipient=box.recipient,
        door=box.door.value,
        severity=severity_of(box.danger).value,
        arrived_at=hour,
    )
    keep_letter(box.record, ANSWERS, 1, box.envelope, hour)
    note_outside("mailbox.handed_in", box.record, hour, actor)
    if box.reply:
        take_sealed(
            team.id,
            box.record,
            box.reply[:HEAD],
            kind=REPLY,
            version=VERSION,
            actor=actor,
            at=hour,
            door=INTAKE,
        )
        keep_letter(box.record, REPLY, 1, box.reply, hour)
