"""Reads for people without an account, through the intake connection and its definer functions.

A receipt that opens nothing costs the same: the same derivations, the same statements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections

from undaunted.core.intake.rules import MESSAGE, REPLY, VERSION, State
from undaunted.core.vault.rules import INTAKE, Binding

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.rules import Receipt

__all__ = [
    "Found",
    "Looked",
    "Reply",
    "Team",
    "draft_by_lookup",
    "files_of",
    "is_known",
    "mailbox_by_lookup",
    "mailbox_by_receipt",
    "next_message",
    "receives",
    "receiving_teams",
]


@dataclass(frozen=True, slots=True)
class Team:
    """A team that receives: its id, the organisation that holds what it is told, its name."""

    id: UUID
    holder: UUID
    organisation: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A sealed answer of the team and what it is bound to."""

    envelope: bytes
    bound: Binding
    at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """That somebody of an organisation looked, on which day and why."""

    on: date
    reason: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mailbox as its owner sees it."""

    id: UUID
    holder: UUID
    team: UUID
    recipient: str
    door: str
    state: State
    arrived_at: datetime
    replies: tuple[Reply, ...]
    looked: tuple[Looked, ...]


def receiving_teams(_actor: Actor) -> tuple[Team, ...]:
    """Give the teams to whom a report can be sealed now, the oldest first."""
    return tuple(Team(*row) for row in _rows("SELECT * FROM intake_teams()", []))


def receives(actor: Actor, team: UUID) -> bool:
    """Tell whether a team receives, and give the connection back: a file takes long to arrive."""
    found = any(each.id == team for each in receiving_teams(actor))
    if not connections[INTAKE].in_atomic_block:
        connections[INTAKE].close()
    return found


def mailbox_by_receipt(actor: Actor, receipt: Receipt) -> Found | None:
    """Give the mailbox that a receipt opens; None where there is none, never was, or is erased."""
    return mailbox_by_lookup(actor, receipt.lookup)


def mailbox_by_lookup(_actor: Actor, lookup: bytes) -> Found | None:
    """Give the mailbox of a receipt's lookup value, which a browser works out by itself."""
    asked = [lookup]
    boxes = _rows("SELECT * FROM intake_mailbox(%s)", asked)
    replies = _rows("SELECT * FROM intake_answers(%s)", asked)
    looked = _rows("SELECT * FROM intake_openings(%s)", asked)
    if not boxes:
        return None
    box, holder, team, recipient, door, state, arrived_at = boxes[0]
    return Found(
        id=box,
        holder=holder,
        team=team,
        recipient=recipient,
        door=door,
        state=State(state),
        arrived_at=arrived_at,
        replies=tuple(
            Reply(bytes(envelope), Binding(holder, box, REPLY, VERSION, number), at, unread)
            for number, envelope, at, unread in replies
        ),
        looked=tuple(Looked(*row) for row in looked),
    )


def files_of(_actor: Actor, lookup: bytes) -> int:
    """Give how many files belong to a mailbox."""
    ((number,),) = _rows("SELECT intake_files(%s)", [lookup])
    return int(number)


def draft_by_lookup(_actor: Actor, lookup: bytes) -> bytes | None:
    """Give the sealed draft that a receipt opens; None where there is none."""
    ((envelope,),) = _rows("SELECT intake_draft(%s)", [lookup])
    return None if envelope is None else bytes(envelope)


def is_known(_actor: Actor, mailbox: UUID) -> bool:
    """Tell whether something was handed in under this number already."""
    ((known,),) = _rows("SELECT intake_may_write(%s)", [mailbox])
    return bool(known)


def next_message(_actor: Actor, found: Found) -> tuple[str, int]:
    """Give the public key of a mailbox's record and the number of the next message to it."""
    ((_, _, recipient, _, _, number),) = _rows(
        "SELECT * FROM vault_place(%s, %s)", [found.id, MESSAGE]
    )
    return recipient, number


def _rows(statement: str, asked: list[Any]) -> list[tuple[Any, ...]]:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
