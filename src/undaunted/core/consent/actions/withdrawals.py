"""Keeping the ledger of withdrawals outside the database, and making the database follow it.

A withdrawal is written in the database first, by a trigger, in the transaction that withdraws.
After the commit it is appended to the file and synced; only then is it numbered in the database. A
process that dies in between leaves a row without a number, which the next start or the worker's
next tick writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC, Forbidden, Role
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.actions.news import deliver_news
from undaunted.core.consent.models import News
from undaunted.core.consent.queries import (
    ledger_standing,
    ledger_state,
    unwritten,
)
from undaunted.core.consent.readers import read_former, read_noted, read_since, whatever_is_left
from undaunted.core.consent.rules import (
    Head,
    Kept,
    LedgerRefused,
    LedgerTampered,
    Standing,
    agreed,
    chained,
    compare,
    head_of,
    ledger_key,
    mac_of,
)
from undaunted.core.consent.writers import (
    append,
    begin,
    holding,
    note_head,
    put_aside,
    write_anew,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.rules import Line, Withdrawal

__all__ = [
    "accept_loss",
    "follow_ledger",
    "sign_former_ledger",
    "write_withdrawals",
    "write_withdrawals_after_commit",
]

BATCH = 1000
_KEEPERS = (Role.ADMINISTRATOR, Role.STEWARD)


def write_withdrawals_after_commit() -> None:
    """Let whoever withdraws hear that it is done only when it is also kept outside the database."""
    transaction.on_commit(_write_now)


def write_withdrawals(*, actor: Actor, at: datetime) -> int:
    """Append what the ledger lacks, sync it, and number it; gives how much that was.

    Raises `LedgerTampered` or `LedgerRefused` where the file is not the one that was written last,
    and `OSError` where the disk takes nothing: the withdrawal itself holds, and is written later.
    """
    folder = Path(settings.WITHDRAWALS_FOLDER)
    done = 0
    with holding(folder):
        while True:
            with transaction.atomic():
                head = _go_on_after(folder, actor)
                lines = chained(unwritten(actor, most=BATCH), head, _key())
                if not lines:
                    return done
                append(folder, lines)
                _note_written(lines)
                _record(actor, at, "consent.withdrawals_written", lines)
            note_head(Path(settings.ANCHORS_FOLDER), head_of(head.instance, lines))
            done += len(lines)


def follow_ledger(*, actor: Actor, at: datetime) -> int:
    """Withdraw here whatever the ledger holds and this database does not; gives how much.

    Every part that holds something hears of it, as of any withdrawal. Then what only the database
    holds is written. Raises `LedgerRefused` or `LedgerTampered`: then nothing may be served.
    """
    folder = Path(settings.WITHDRAWALS_FOLDER)
    with holding(folder), transaction.atomic():
        found = agreed(ledger_standing(actor))
        for line in found.missing:
            _apply(line.said, line.number, line.hash)
        if found.missing:
            _record(actor, at, "consent.ledger_followed", found.missing)
    if found.missing:
        deliver_news(actor=actor, at=at)
    write_withdrawals(actor=actor, at=at)
    return len(found.missing)


def accept_loss(*, actor: Actor, second: Actor, at: datetime, why: str) -> int:
    """Go on although the ledger was lost or altered, because two people say so.

    Whatever can still be read in the damaged file is withdrawn first, and the file is put aside.
    The new one holds what the database holds. Gives how much was read. Raises `Forbidden` unless
    two different stewards or administrators have proved both factors.
    """
    _require_two(actor, second)
    folder = Path(settings.WITHDRAWALS_FOLDER)
    with holding(folder), transaction.atomic():
        left = whatever_is_left(folder)
        for said in left:
            _apply(said, None, "")
        head, _ = ledger_state(actor)
        under = str(head.instance)
        _call("SELECT consent_begin_anew(%s, %s)", under, _mac("anew", 0, under))
        record_entry(
            "consent.ledger_loss_accepted",
            actor=actor,
            subject_kind="ledger",
            subject_id=under,
            at=at,
            detail={"second": str(second.person), "why": why, "read": len(left)},
        )
        put_aside(folder, at.strftime("%Y%m%dT%H%M%S"))
        write_anew(folder, Kept(head.instance, ()))
        note_head(Path(settings.ANCHORS_FOLDER), Head(head.instance))
    write_withdrawals(actor=actor, at=at)
    deliver_news(actor=actor, at=at)
    return len(left)


def sign_former_ledger(*, actor: Actor, at: datetime) -> int:
    """Chain a ledger from before there was a key anew under the key; gives how many lines it has.

    Only while it says what the database has seen written, to the last line. Raises
    `LedgerTampered` or `LedgerRefused` otherwise.
    """
    folder = Path(settings.WITHDRAWALS_FOLDER)
    with holding(folder), transaction.atomic():
        former = read_former(folder)
        if former is None:
            return 0
        head, _ = ledger_state(actor)
        if agreed(compare(head, former, read_noted(Path(settings.ANCHORS_FOLDER)))).missing:
            raise LedgerTampered(
                "the ledger is of an earlier version and holds what this database does not know"
            )
        lines = chained([line.said for line in former.lines], Head(head.instance), _key())
        if lines:
            _note_written(lines)
            _record(actor, at, "consent.ledger_signed", lines)
        write_anew(folder, Kept(head.instance, lines))
        note_head(Path(settings.ANCHORS_FOLDER), head_of(head.instance, lines))
    return len(lines)


def _key() -> bytes:
    return ledger_key(settings.SECRET_KEY)


def _write_now() -> None:
    write_withdrawals(actor=PUBLIC, at=timezone.now())


def _go_on_after(folder: Path, actor: Actor) -> Head:
    """Give the head to go on after, once what an interrupted process left is numbered."""
    head, _ = ledger_state(actor)
    kept = read_since(folder, head, _key())
    if kept is None:
        if head.number:
            raise LedgerRefused(Standing.LOST)
        begin(folder, head.instance)
        return head
    if kept.instance != head.instance:
        raise LedgerRefused(Standing.OTHER_INSTANCE)
    for line in kept.lines:
        _apply(line.said, line.number, line.hash)
    return head_of(head.instance, kept.lines) if kept.lines else head


def _apply(said: Withdrawal, number: int | None, link: str) -> None:
    list(
        News.objects.raw(
            "SELECT * FROM consent_apply(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                said.id, said.kind.value, said.at, said.subject, said.purpose, said.audience,
                number, link if number else "", _mac("apply", number or 0, link if number else ""),
            ],
        )
    )  # fmt: skip


def _note_written(lines: Iterable[Line]) -> None:
    held = tuple(lines)
    last = held[-1]
    _call(
        "SELECT consent_note_written(%s::uuid[], %s::bigint[], %s::text[], %s)",
        [line.said.id for line in held],
        [line.number for line in held],
        [line.hash for line in held],
        _mac("written", last.number, last.hash),
    )


def _record(actor: Actor, at: datetime, verb: str, lines: Iterable[Line]) -> None:
    """Note the head in the audit chain too, which is anchored by itself."""
    held = tuple(lines)
    record_entry(
        verb,
        actor=actor,
        subject_kind="ledger",
        subject_id=held[-1].hash,
        at=at,
        right="none needed",
        detail={"withdrawals": len(held), "number": held[-1].number},
    )


def _require_two(actor: Actor, second: Actor) -> None:
    for each in (actor, second):
        if not each.second_factor or not each.organisations_as(*_KEEPERS):
            raise Forbidden("two stewards or administrators must say so, each with both factors")
    if actor.person == second.person:
        raise Forbidden("a second person must say so too")


def _mac(verb: str, number: int, link: str) -> bytes:
    return mac_of(settings.SESSION_BINDING_KEY, verb, number, link)


def _call(statement: str, *asked: Any) -> None:  # noqa: ANN401 - what a statement takes
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
