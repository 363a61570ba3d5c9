"""What a team does with a mailbox: open it with a reason, answer, assign, close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.actions.retention import keep_closed_mailbox
from undaunted.core.intake.models import Letter, Mailbox, Opening
from undaunted.core.intake.queries import letters_for
from undaunted.core.intake.rules import (
    ANSWERS,
    REPLY,
    VERSION,
    LetterUnreadable,
    State,
    WhyOpened,
    hour_of,
    may_become,
    read_answers,
    read_text,
    write_text,
)
from undaunted.core.vault.actions import open_sealed, seal_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.rules import Answers
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "Opened",
    "WrongStep",
    "answer_mailbox",
    "assign_mailbox",
    "close_mailbox",
    "open_mailbox",
    "reopen_mailbox",
]


class WrongStep(ValueError):
    """The mailbox is not in the state that this step needs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter in the clear: answers of a door, or a text; None where it cannot be read."""

    kind: str
    at: datetime
    answers: Answers | None = None
    text: str | None = None


def open_mailbox(
    mailbox: Mailbox, *, key: OpenKey, actor: Actor, at: datetime, reason: WhyOpened
) -> tuple[Opened, ...]:
    """Open everything in a mailbox; that it was opened, and why, is told to the reporter.

    Raises `Forbidden`, and a `VaultError` that names what is wrong with an envelope.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        letters = tuple(
            _opened(letter, key=key, actor=actor, at=at, reason=reason)
            for letter in letters_for(actor, mailbox)
        )
        Opening.objects.bulk_create(
            [Opening(mailbox=mailbox, by=actor.person, on=at.date(), reason=reason.value)],
            ignore_conflicts=True,
        )
        if mailbox.state == State.NEW:
            _move(mailbox, State.OPEN, at)
        _record("mailbox.opened", mailbox, actor, at, reason=reason.value)
    return letters


def answer_mailbox(mailbox: Mailbox, text: str, *, actor: Actor, at: datetime) -> Letter:
    """Seal an answer that the reporter opens with the receipt, and the team with its keys."""
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        sealed = seal_for(
            mailbox.team,
            mailbox.pk,
            write_text(text),
            kind=REPLY,
            version=VERSION,
            actor=actor,
            at=at,
            also=(mailbox.recipient,),
        )
        letter = Letter.objects.create(
            mailbox=mailbox,
            kind=REPLY,
            sequence=sealed.binding.sequence,
            envelope=sealed.envelope,
            at=hour_of(at),
        )
        _record("mailbox.answered", mailbox, actor, at)
    return letter


def assign_mailbox(mailbox: Mailbox, person: UUID, *, actor: Actor, at: datetime) -> Mailbox:
    """Give a mailbox to one person of the team."""
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        mailbox.assigned_to = person
        mailbox.save(update_fields=["assigned_to"])
        _record("mailbox.assigned", mailbox, actor, at, person=str(person))
    return mailbox


def close_mailbox(mailbox: Mailbox, *, actor: Actor, at: datetime) -> Mailbox:
    """Close a mailbox; a later message of the reporter opens it again. Raises `WrongStep`.

    The clock that ends with its erasure starts.
    """
    with transaction.atomic():
        closed = _step(mailbox, State.CLOSED, "mailbox.closed", actor=actor, at=at)
        keep_closed_mailbox(closed, actor=actor, at=at)
    return closed


def reopen_mailbox(mailbox: Mailbox, *, actor: Actor, at: datetime) -> Mailbox:
    """Open a closed mailbox again. Raises `WrongStep`."""
    return _step(mailbox, State.OPEN, "mailbox.reopened", actor=actor, at=at)


def _step(mailbox: Mailbox, then: State, verb: str, *, actor: Actor, at: datetime) -> Mailbox:
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        held = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)
        _move(held, then, at)
        _record(verb, held, actor, at)
    return held


def _move(mailbox: Mailbox, then: State, at: datetime) -> None:
    if not may_become(State(mailbox.state), then):
        raise WrongStep(f"a mailbox that is {mailbox.state} does not become {then.value}")
    mailbox.state = then.value
    mailbox.closed_at = hour_of(at) if then is State.CLOSED else None
    mailbox.save(update_fields=["state", "closed_at"])


def _opened(
    letter: Letter, *, key: OpenKey, actor: Actor, at: datetime, reason: WhyOpened
) -> Opened:
    content = open_sealed(
        bytes(letter.envelope),
        letter.mailbox_id,
        kind=letter.kind,
        version=VERSION,
        sequence=letter.sequence,
        key=key,
        actor=actor,
        at=at,
        right=reason.value,
    )
    try:
        if letter.kind == ANSWERS:
            return Opened(letter.kind, letter.at, answers=read_answers(content))
        return Opened(letter.kind, letter.at, text=read_text(content))
    except LetterUnreadable:
        return Opened(letter.kind, letter.at)


def _record(verb: str, mailbox: Mailbox, actor: Actor, at: datetime, **detail: object) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="mailbox",
        subject_id=mailbox.pk,
        at=at,
        detail=detail,
    )
