"""What a team does with a mailbox: open it with a reason, answer, warn, assign, close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.actions.retention import keep_closed_mailbox
from undaunted.core.intake.models import Letter, Mailbox, Opening
from undaunted.core.intake.queries import letters_for, own_conflicts
from undaunted.core.intake.rules import (
    ANSWERS,
    INCOMING,
    REPLY,
    SAFETY,
    VERSION,
    ConflictKind,
    Declared,
    LetterUnreadable,
    State,
    WhyOpened,
    concerns,
    hour_of,
    may_become,
    read_answers,
    read_text,
    write_text,
)
from undaunted.core.vault.actions import open_all, seal_for
from undaunted.core.vault.rules import VaultClosed, head_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.rules import Answers
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "ConflictFound",
    "NotInTeam",
    "Opened",
    "WrongStep",
    "answer_mailbox",
    "assign_mailbox",
    "close_mailbox",
    "look_again",
    "note_opening",
    "open_mailbox",
    "reopen_mailbox",
    "warn_staff",
]

_TOLD_BY_THE_DATABASE: Final = frozenset({WhyOpened.EMERGENCY, WhyOpened.EXPORT})
"""The line for the reporter is written by the trigger that lets these happen."""


class NotInTeam(ValueError):
    """Somebody cannot be given a mailbox: not in its team, or kept from it."""


class WrongStep(ValueError):
    """The mailbox is not in the state that this step needs."""


class ConflictFound(Forbidden):
    """What the mailbox says concerns somebody's declared conflict; nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter in the clear: answers of a door, or a text; None where it cannot be read."""

    kind: str
    at: datetime
    sequence: int
    head: str
    answers: Answers | None = None
    text: str | None = None


def open_mailbox(
    mailbox: Mailbox, *, key: OpenKey, actor: Actor, at: datetime, reason: WhyOpened
) -> tuple[Opened, ...]:
    """Open everything in a mailbox; that it was opened, and why, is told to the reporter.

    Notes about dangers to staff come first. Raises `Forbidden`, and a `VaultError` that names what
    is wrong with an envelope. Raises `ConflictFound` where it concerns a state or organisation with
    which the actor has declared a conflict: call `keep_from_mailbox` then.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        held = list(letters_for(actor, mailbox))
        contents = open_all(
            [(each.kind, each.sequence, bytes(each.envelope)) for each in held],
            mailbox.pk,
            version=VERSION,
            key=key,
            actor=actor,
            at=at,
            right=reason.value,
        )
        letters = tuple(map(_opened, held, contents))
        _require_no_conflict(letters, actor)
        note_opening(mailbox, actor=actor, at=at, reason=reason)
        if reason is not WhyOpened.EMERGENCY:
            Letter.objects.filter(mailbox=mailbox, kind__in=INCOMING, read_on__isnull=True).update(
                read_on=at.date()
            )
            if mailbox.state == State.NEW:
                _move(mailbox, State.OPEN, at)
        _record("mailbox.opened", mailbox, actor, at, reason=reason.value)
    return tuple(sorted(letters, key=lambda each: each.kind != SAFETY))


def look_again(
    mailbox: Mailbox, *, key: OpenKey | None, actor: Actor, at: datetime, reason: WhyOpened
) -> None:
    """Let nobody past who has declared a conflict with what the mailbox says, be it since a look.

    Whoever has declared any opens anew, in memory. Raises `ConflictFound`, a `VaultError`, and
    `VaultClosed` where that takes a key and none is open.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    if not own_conflicts(actor).exists():
        return
    if key is None:
        raise VaultClosed("open your key first: what you declared is compared with the mailbox")
    open_mailbox(mailbox, key=key, actor=actor, at=at, reason=reason)


def note_opening(mailbox: Mailbox, *, actor: Actor, at: datetime, reason: WhyOpened) -> None:
    """Tell the reporter that something of a mailbox was opened, by whom, that day and why."""
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    if reason not in _TOLD_BY_THE_DATABASE:
        Opening.objects.bulk_create(
            [Opening(mailbox=mailbox, by=actor.person, on=at.date(), reason=reason.value)],
            ignore_conflicts=True,
        )


def answer_mailbox(
    mailbox: Mailbox, text: str, *, actor: Actor, at: datetime, key: OpenKey | None = None
) -> Letter:
    """Seal an answer that the reporter opens with the receipt, and the team with its keys.

    Whoever has declared a conflict needs an open `key`. Raises as `look_again`.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        look_again(mailbox, key=key, actor=actor, at=at, reason=WhyOpened.CASEWORK)
        letter = _seal(mailbox, text, REPLY, actor, at, also=(mailbox.recipient,))
        _record("mailbox.answered", mailbox, actor, at)
    return letter


def warn_staff(mailbox: Mailbox, text: str, *, actor: Actor, at: datetime) -> Letter:
    """Seal a note about dangers to whoever works on a mailbox; the reporter never sees it."""
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    with transaction.atomic():
        letter = _seal(mailbox, text, SAFETY, actor, at)
        _record("mailbox.staff_warned", mailbox, actor, at)
    return letter


def assign_mailbox(mailbox: Mailbox, person: UUID | None, *, actor: Actor, at: datetime) -> Mailbox:
    """Give a mailbox to one person of the team, or back to nobody.

    Raises `NotInTeam` for somebody outside the team, or who is kept from the mailbox.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    try:
        with transaction.atomic():
            mailbox.assigned_to = person
            mailbox.save(update_fields=["assigned_to"])
            _record("mailbox.assigned", mailbox, actor, at, person=str(person or ""))
    except IntegrityError as problem:
        raise NotInTeam("choose somebody of the team who is not kept from it") from problem
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


def _opened(letter: Letter, content: bytes) -> Opened:
    head = head_of(bytes(letter.envelope))
    facts = (letter.kind, letter.at, letter.sequence, head)
    try:
        if letter.kind == ANSWERS:
            return Opened(*facts, answers=read_answers(content))
        return Opened(*facts, text=read_text(content))
    except LetterUnreadable:
        return Opened(*facts)


def _require_no_conflict(letters: tuple[Opened, ...], actor: Actor) -> None:
    declared = [Declared(ConflictKind(each.kind), each.about) for each in own_conflicts(actor)]
    if declared and concerns(declared, [text for each in letters for text in _texts(each)]):
        raise ConflictFound("this concerns a conflict of interest that you have declared")


def _texts(letter: Opened) -> Iterator[str]:
    if letter.text:
        yield letter.text
    for value in letter.answers.given.values() if letter.answers else ():
        yield from [value] if isinstance(value, str) else value


def _seal(  # noqa: PLR0913  (in which mailbox, what, as what, by whom, when, for whom outside)
    mailbox: Mailbox,
    text: str,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    also: tuple[str, ...] = (),
) -> Letter:
    sealed = seal_for(
        mailbox.team,
        mailbox.pk,
        write_text(text),
        kind=kind,
        version=VERSION,
        actor=actor,
        at=at,
        also=also,
    )
    return Letter.objects.create(
        mailbox=mailbox,
        kind=kind,
        sequence=sealed.binding.sequence,
        envelope=sealed.envelope,
        at=hour_of(at),
    )


def _record(verb: str, mailbox: Mailbox, actor: Actor, at: datetime, **detail: object) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="mailbox",
        subject_id=mailbox.pk,
        at=at,
        detail=detail,
    )
