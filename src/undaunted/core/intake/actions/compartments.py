"""Mailboxes and people: who is kept from one, which team holds it, who opens it in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.accounts.queries import account_name
from undaunted.core.audit.actions import record_entry
from undaunted.core.intake.models import Conflict
from undaunted.core.intake.queries import (
    attachments_for,
    conflicts_for,
    duty_files,
    places_to_move,
    redactions_for,
)
from undaunted.core.vault.actions import (
    bar_from,
    break_glass,
    lift_bar,
    move_records,
    renew_bars,
)
from undaunted.core.vault.queries import bars_for
from undaunted.core.vault.rules import NotThatTeam

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.intake.rules import ConflictKind, WhyBroken
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "NoSuchColleague",
    "break_mailbox",
    "declare_conflict",
    "end_conflict",
    "keep_from_mailbox",
    "let_in_again",
    "move_mailbox",
    "seal_out_barred",
]


class NoSuchColleague(ValueError):
    """Nobody whom the actor works with has this id: there is nobody to keep out."""


def move_mailbox(mailbox: Mailbox, team: UUID, *, key: OpenKey, actor: Actor, at: datetime) -> None:
    """Give a mailbox, with its files and copies, to another compartment; only that one opens it.

    Raises `Forbidden`, `NotThatTeam`.
    """
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    if not places_to_move(actor, mailbox).filter(pk=team).exists():
        raise NotThatTeam("choose another team of the organisation that receives")
    with transaction.atomic():
        records = _records(mailbox, actor)
        _record("mailbox.moved", mailbox, actor, at, to=str(team))
        move_records(records, team, key=key, actor=actor, at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT intake_move(%s)", [mailbox.pk])


def keep_from_mailbox(
    mailbox: Mailbox, person: UUID, *, key: OpenKey | None, actor: Actor, at: datetime
) -> None:
    """Keep somebody from a mailbox: the actor who declares a conflict, or by a steward another.

    Raises `Forbidden`, and `NoSuchColleague` for an id that is nobody's.
    """
    verb = Verb.RECORD if person == actor.person else Verb.MANAGE_TEAM
    require(actor, verb, Facts(holder=mailbox.holder))
    _require_colleague(person, actor)
    with transaction.atomic():
        records = _records(mailbox, actor)
        _record("mailbox.conflict_recorded", mailbox, actor, at, person=str(person))
        bar_from(records, person, key=key, actor=actor, at=at)


def let_in_again(
    mailbox: Mailbox, person: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> None:
    """Lift, as a steward, what keeps somebody from a mailbox, its files and copies.

    The keys are sealed to that person again. A conflict with a state or an organisation that they
    have declared stays, and keeps them from what concerns it. Raises `Forbidden`.
    """
    require(actor, Verb.MANAGE_TEAM, Facts(holder=mailbox.holder))
    with transaction.atomic():
        lifted = list(bars_for(actor, _records(mailbox, actor)).filter(user=person))
        if not lifted:
            raise Forbidden("nothing keeps this person from this mailbox")
        for bar in lifted:
            lift_bar(bar, key=key, actor=actor, at=at)
        _record("mailbox.conflict_lifted", mailbox, actor, at, person=str(person))


def seal_out_barred(mailbox: Mailbox, *, key: OpenKey, actor: Actor, at: datetime) -> int:
    """Seal the keys of a mailbox without those who are barred from it and still could open it."""
    require(actor, Verb.RECORD, Facts(holder=mailbox.holder))
    done = renew_bars(_records(mailbox, actor), key=key, actor=actor, at=at)
    if done:
        _record("mailbox.keys_renewed", mailbox, actor, at, records=done)
    return done


def declare_conflict(  # noqa: PLR0913  (whose, in which house, with what, by whom, when)
    person: UUID, holder: UUID, kind: ConflictKind, about: str, *, actor: Actor, at: datetime
) -> Conflict:
    """Record that somebody has a conflict with a state or an organisation.

    Raises `Forbidden`, and `NoSuchColleague` for an id that is nobody's.
    """
    verb = Verb.RECORD if person == actor.person else Verb.MANAGE_TEAM
    require(actor, verb, Facts(holder=holder))
    _require_colleague(person, actor)
    with transaction.atomic():
        made = Conflict.objects.create(
            holder=holder,
            user=person,
            kind=kind.value,
            about=about.strip(),
            by=actor.person,
            at=at,
        )
        _note_conflict("conflict.declared", made, actor=actor, at=at)
    return made


def end_conflict(conflict: UUID, *, actor: Actor, at: datetime) -> None:
    """End a conflict of somebody else, as a steward. Raises `Forbidden`."""
    found = conflicts_for(actor).filter(pk=conflict).exclude(user=actor.person).first()
    if found is None:
        raise Forbidden("no such conflict")
    require(actor, Verb.MANAGE_TEAM, Facts(holder=found.holder))
    with transaction.atomic():
        Conflict.objects.filter(pk=found.pk).update(ended_at=at, ended_by=actor.person)
        _note_conflict("conflict.ended", found, actor=actor, at=at)


def break_mailbox(
    mailbox: UUID, *, why: WhyBroken, key: OpenKey, actor: Actor, at: datetime
) -> OpenKey:
    """Open a mailbox of another team in an emergency; gives the key that opens it, for an hour.

    The alarm, the reporter's line and the right to see anything are one row. Raises `NotThatTeam`.
    """
    with transaction.atomic():
        files = duty_files(actor, mailbox)
        opened = break_glass(mailbox, files, why=why.value, key=key, actor=actor, at=at)
        record_entry(
            "mailbox.broken_open",
            actor=actor,
            subject_kind="mailbox",
            subject_id=mailbox,
            at=at,
            right="emergency",
            detail={"why": why.value, "files": len(files)},
        )
    return opened


def _require_colleague(person: UUID, actor: Actor) -> None:
    if person != actor.person and not account_name(actor, person):
        raise NoSuchColleague(f"{person}: nobody you work with has this id; choose a colleague")


def _records(mailbox: Mailbox, actor: Actor) -> list[UUID]:
    files = attachments_for(actor, mailbox).values_list("pk", flat=True)
    copies = redactions_for(actor, mailbox).values_list("pk", flat=True)
    return [mailbox.pk, *files, *copies]


def _record(verb: str, mailbox: Mailbox, actor: Actor, at: datetime, **detail: object) -> None:
    record_entry(
        verb, actor=actor, subject_kind="mailbox", subject_id=mailbox.pk, at=at, detail=detail
    )


def _note_conflict(verb: str, conflict: Conflict, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="conflict",
        subject_id=conflict.pk,
        at=at,
        detail={"person": str(conflict.user), "kind": conflict.kind},
    )
