"""Notices entered by hand or by table, held against lists and case files, and erased."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.matching.actions import forget_file, screen_again, screen_subjects
from undaunted.core.matching.rules import Named, Reference
from undaunted.repression.coordination.actions.turns import in_turn
from undaunted.repression.coordination.models import Notice
from undaunted.repression.coordination.readers import nationalities_named, read_notices
from undaunted.repression.coordination.rules import CoordinationRefused, checked_notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.actions import Screened
    from undaunted.repression.coordination.rules import ToldNotice

__all__ = [
    "erase_notice",
    "import_notices",
    "record_notices",
    "screen_notices",
]


def record_notices(
    holder: UUID,
    told: Iterable[ToldNotice],
    *,
    actor: Actor,
    at: datetime,
    amending: bool = False,
) -> tuple[Notice, ...]:
    """Enter notices, all or none. Raises `CoordinationRefused` naming the field.

    A notice whose number is there already is entered anew once the earlier one was erased; with
    `amending` it takes the place of what was told, and what was answered of it holds while it says
    the same of who that is. Where it says something else and notices were held against lists, the
    worker holds them anew.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    named = [replace(e, nationalities=nationalities_named(e.nationalities)) for e in told]
    kept = [checked_notice(each) for each in named]
    numbers = [each.number for each in kept]
    with in_turn():
        known = Notice.objects.filter(holder=holder, number__in=numbers, erased_at__isnull=True)
        there = {each.number: each for each in known.select_for_update()}
        taken = () if amending else there
        again = next((e for at_, e in enumerate(numbers) if e in taken or e in numbers[:at_]), None)
        if again is not None:
            raise CoordinationRefused(f"number: {again} is entered already; erase that one first")
        others = [e for e in kept if e.number in there and there[e.number].told != _facts(e)]
        rows = tuple(_kept(holder, each, there.get(each.number), actor, at) for each in kept)
        if others:
            screen_again([holder], Named.NOTICE, actor=actor, at=at)
        return rows


def import_notices(
    holder: UUID, content: bytes, *, actor: Actor, at: datetime, amending: bool = False
) -> tuple[Notice, ...]:
    """Enter the notices of a table, all or none. Raises `CoordinationRefused` naming the row."""
    return record_notices(holder, read_notices(content), actor=actor, at=at, amending=amending)


def screen_notices(holder: UUID, *, actor: Actor, at: datetime) -> Screened:
    """Hold whom notices name against lists in force and one's own case files.

    What comes up is a question; answered once, it is not asked again while neither side changes.
    """
    return screen_subjects(holder, Named.NOTICE, actor=actor, at=at)


def erase_notice(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Erase whom a notice names; that it was there stays, and nothing that was asked of it."""
    require(actor, Verb.RECORD, Facts(holder=notice.holder))
    with in_turn():
        held = Notice.objects.select_for_update().filter(pk=notice.pk, erased_at=None).first()
        if held is None:
            raise CoordinationRefused("notice: it was erased before")
        held.told, held.erased_at = {}, at
        held.save(update_fields=["told", "erased_at"])
        file = Reference(Named.NOTICE, str(held.pk))
        forget_file(file, held.holder, actor=actor, at=at)
        _note("notice.erased", held, actor=actor, at=at)
    return held


def _kept(
    holder: UUID, told: ToldNotice, there: Notice | None, actor: Actor, at: datetime
) -> Notice:
    """Keep a notice, in the place of what was told under its number where one is there."""
    held = there or Notice(
        pk=uuid4(), holder=holder, sharing=Sharing.ORGANISATION, number=told.number,
        recorded_at=at, recorded_by=actor.person,
    )  # fmt: skip
    held.kind, held.state, held.told = told.kind, told.state, _facts(told)
    held.source, held.file = told.source, told.file
    if there is None:
        held.save(force_insert=True)
    else:
        held.save(update_fields=["kind", "state", "told", "source", "file"])
    _note("notice.amended" if there else "notice.recorded", held, actor=actor, at=at)
    return held


def _facts(told: ToldNotice) -> dict[str, object]:
    return {
        "names": list(told.names),
        "births": list(told.births),
        "nationalities": list(told.nationalities),
        "identifiers": list(told.identifiers),
        "gender": told.gender,
    }


def _note(verb: str, notice: Notice, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="notice", subject_id=notice.pk, at=at)
