"""What somebody without an account does: hand in, come back, read, write again.

What they type is in memory for the time of one request, sealed, and gone. It is never written to a
disk or a log. Nobody is signed in, so the actor is the public; the vault's audit entry says that
something was sealed to a record, and nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

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
    Answers,
    Danger,
    Door,
    draw_receipt,
    hour_of,
    read_text,
    severity_of,
    write_answers,
    write_text,
)
from undaunted.core.vault.actions import open_outside, recipient_of, seal_for
from undaunted.core.vault.rules import INTAKE, VaultError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.queries import Found, Team
    from undaunted.core.intake.rules import Receipt

__all__ = [
    "Handed",
    "NobodyReceives",
    "OpenReply",
    "hand_in",
    "note_read",
    "read_replies",
    "write_message",
]

_DECOY_DOOR: Final = Door.HELP


class NobodyReceives(ValueError):
    """No team of this instance can receive: nobody has made keys yet."""


@dataclass(frozen=True, slots=True, repr=False)
class Handed:
    """The receipts, to be shown once: the real one, and one that opens something harmless."""

    receipt: Receipt
    harmless: Receipt | None


@dataclass(frozen=True, slots=True)
class OpenReply:
    """An answer of the team, opened with the receipt; `text` is None where it cannot be read."""

    at: datetime
    text: str | None
    unread: bool


def hand_in(  # noqa: PLR0913  (what, when, to whom, what besides, with which receipt, by whom)
    answers: Answers,
    *,
    at: datetime,
    team: UUID | None = None,
    harmless_text: str = "",
    receipt: Receipt | None = None,
    actor: Actor = PUBLIC,
) -> Handed:
    """Seal what somebody says to a team that receives, and give the receipt.

    With `harmless_text` a second mailbox is made beside it, of the same look and size, that holds
    nothing but this text as an answer: for somebody who is forced to hand a receipt over. `receipt`
    is that of a draft, which is gone then. Raises `NobodyReceives`.
    """
    chosen = _team(team, actor)
    hour = hour_of(at)
    with transaction.atomic(using=INTAKE):
        receipt = receipt or draw_receipt()
        _make_mailbox(chosen, answers, hour, actor, receipt)
        drop_draft(receipt.lookup)
        harmless = None
        if harmless_text:
            nothing = Answers(_DECOY_DOOR, Danger.NO, {}, answers.spoken, decoy=True)
            harmless = draw_receipt()
            _make_mailbox(chosen, nothing, hour, actor, harmless, reply=harmless_text)
    return Handed(receipt, harmless)


def write_message(
    found: Found, text: str, receipt: Receipt, *, at: datetime, actor: Actor = PUBLIC
) -> None:
    """Seal one more message to the team; a mailbox that was closed is open again.

    Raises `TooMuchToday`.
    """
    with transaction.atomic(using=INTAKE):
        _put(
            found.team,
            found.id,
            write_text(text),
            kind=MESSAGE,
            hour=hour_of(at),
            actor=actor,
        )
        _call("SELECT intake_wake(%s)", receipt.lookup)
        note_outside("mailbox.written", found.id, hour_of(at), actor)


def read_replies(
    found: Found, receipt: Receipt, *, at: datetime, actor: Actor = PUBLIC
) -> tuple[OpenReply, ...]:
    """Open the team's answers with the receipt, and note the day they were first looked at."""
    assert actor.is_public  # noqa: S101 - nobody signed in holds a receipt
    opened = []
    for reply in found.replies:
        try:
            text = read_text(open_outside(reply.envelope, reply.bound, secret=receipt.secret))
        except (VaultError, ValueError):
            text = None
        opened.append(OpenReply(reply.at, text, reply.unread))
    note_read(found, receipt.lookup, at=at, actor=actor)
    return tuple(opened)


def note_read(found: Found, lookup: bytes, *, at: datetime, actor: Actor = PUBLIC) -> None:
    """Note the day on which the team's answers were first looked at."""
    assert actor.is_public  # noqa: S101 - nobody signed in holds a receipt
    if any(reply.unread for reply in found.replies):
        _call("SELECT intake_note_read(%s, %s)", lookup, at.date())


def _team(team: UUID | None, actor: Actor) -> Team:
    teams = receiving_teams(actor)
    chosen = next((each for each in teams if team in {None, each.id}), None)
    if chosen is None:
        raise NobodyReceives("no team can receive a report now")
    return chosen


def _make_mailbox(  # noqa: PLR0913  (to whom, what, when, by whom, who comes back, our answer)
    team: Team,
    answers: Answers,
    hour: datetime,
    actor: Actor,
    receipt: Receipt,
    *,
    reply: str = "",
) -> None:
    record = uuid4()
    recipient = recipient_of(receipt.secret)
    sealed = seal_for(
        team.id,
        record,
        write_answers(answers),
        kind=ANSWERS,
        version=VERSION,
        actor=actor,
        at=hour,
        door=INTAKE,
    )
    Mailbox.objects.using(INTAKE).create(
        pk=record,
        holder=team.holder,
        team=team.id,
        lookup=receipt.lookup,
        recipient=recipient,
        door=answers.door.value,
        severity=severity_of(answers.danger).value,
        arrived_at=hour,
    )
    keep_letter(record, ANSWERS, sealed.binding.sequence, sealed.envelope, hour)
    note_outside("mailbox.handed_in", record, hour, actor)
    if reply:
        _put(
            team.id,
            record,
            write_text(reply),
            kind=REPLY,
            hour=hour,
            actor=actor,
            also=(recipient,),
        )


def _put(  # noqa: PLR0913  (to whom, of which mailbox, what, as what, when, by whom)
    team: UUID,
    record: UUID,
    content: bytes,
    *,
    kind: str,
    hour: datetime,
    actor: Actor,
    also: tuple[str, ...] = (),
) -> None:
    sealed = seal_for(
        team,
        record,
        content,
        kind=kind,
        version=VERSION,
        actor=actor,
        at=hour,
        door=INTAKE,
        also=also,
    )
    keep_letter(record, kind, sealed.binding.sequence, sealed.envelope, hour)


def _call(statement: str, *asked: bytes | date) -> None:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, asked)
