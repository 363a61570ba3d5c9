"""Reads of the library: what is public, what the desk may read, and the menu for other subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import connection
from django.db.models import Q

from undaunted.core.access.queries import seen_by
from undaunted.core.practices.models import Practice, PublishedPractice, Version
from undaunted.core.practices.rules import (
    MenuEntry,
    PracticeTlp,
    State,
    fit,
    in_menu_order,
    no_wider_than,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.rules import Aim, Condition, Entry, Instrument, PracticeStage

__all__ = [
    "colleague_named",
    "practice_for",
    "practice_menu",
    "practice_named",
    "practices_for",
    "published_practice",
    "published_practices",
    "version_for",
    "versions_of",
    "waiting_versions",
]

Row = TypeVar("Row", Practice, Version)


def published_practices(
    _actor: Actor, *, aim: str = "", instrument: str = "", stage: str = "", condition: str = ""
) -> QuerySet[PublishedPractice]:
    """Give what is public, by title; a value that is empty asks for all."""
    rows = PublishedPractice.objects.all()
    if aim:
        rows = rows.filter(aim=aim)
    if instrument:
        rows = rows.filter(instrument=instrument)
    if stage:
        rows = rows.filter(stages__contains=[stage])
    if condition:
        rows = rows.filter(conditions__contains=[condition])
    return rows.order_by("title", "reference")


def published_practice(_actor: Actor, reference: str) -> PublishedPractice | None:
    """Give one public practice; None where there is none."""
    return PublishedPractice.objects.filter(reference=reference).first()


def practices_for(actor: Actor) -> QuerySet[Practice]:
    """Give the practices that the actor may read, by reference; withdrawn ones to their holder."""
    mine = Q(withdrawn_at__isnull=True) | Q(holder__in=actor.organisations)
    rows = seen_by(actor, Practice.objects.filter(mine))
    return _readable(actor, rows).order_by("reference")


def practice_for(actor: Actor, practice: UUID) -> Practice | None:
    """Give one practice; None for absent and for forbidden."""
    return practices_for(actor).filter(pk=practice).first()


def practice_named(actor: Actor, reference: str) -> Practice | None:
    """Give one practice by its reference; None for absent and for forbidden."""
    return practices_for(actor).filter(reference=reference).first()


def versions_of(actor: Actor, practice: Practice) -> QuerySet[Version]:
    """Give the versions of a practice that the actor may read, newest first."""
    rows = seen_by(actor, Version.objects.filter(practice=practice))
    return _readable(actor, rows).order_by("-number")


def version_for(actor: Actor, version: UUID) -> Version | None:
    """Give one version; None for absent and for forbidden."""
    rows = seen_by(actor, Version.objects.filter(pk=version))
    return _readable(actor, rows).select_related("practice").first()


def waiting_versions(actor: Actor) -> QuerySet[Version]:
    """Give what waits for a second person, oldest first."""
    rows = seen_by(actor, Version.objects.filter(state=State.WAITING))
    return _readable(actor, rows).select_related("practice").order_by("proposed_at", "id")


def colleague_named(_actor: Actor, holder: UUID, name: str) -> UUID | None:
    """Give somebody of an organisation by their exact user name, for whoever may record there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT practices_colleague(%s, %s)", [holder, name])
        row = cursor.fetchone()
    return row[0] if row else None


def practice_menu(  # noqa: PLR0913 - what is asked for, what there is, who will read it
    actor: Actor,
    *,
    aim: Aim,
    conditions: Collection[Condition] = (),
    instruments: Collection[Instrument] = (),
    stages: Collection[PracticeStage] = (),
    most: PracticeTlp = PracticeTlp.CLEAR,
) -> tuple[MenuEntry, ...]:
    """Give the accepted practices for an aim with all of their text, what lacks least first.

    `conditions` are what the country, its counterpart and one's own law offer. `most` is the
    strictest marking that whoever will read the menu may see; above CLEAR the desk's own tables are
    read, so the public gets nothing more. Instruments and stages narrow it where they are given.
    """
    held = (
        _from_desk(actor, aim, most)
        if most is not PracticeTlp.CLEAR and not actor.is_public
        else _from_public(actor, aim)
    )
    found = []
    for entry, number, reviewed_on in held:
        if instruments and entry.instrument not in instruments:
            continue
        if stages and frozenset(stages).isdisjoint(entry.stages):
            continue
        met, missing = fit(entry, conditions)
        found.append(MenuEntry(entry, entry.tlp, number, reviewed_on, met, missing))
    return in_menu_order(found)


def _from_public(actor: Actor, aim: Aim) -> Iterable[tuple[Entry, int, date]]:
    for row in published_practices(actor, aim=aim.value):
        yield row.entry, row.number, row.reviewed_at.date()


def _from_desk(actor: Actor, aim: Aim, most: PracticeTlp) -> Iterable[tuple[Entry, int, date]]:
    practices = practices_for(actor).filter(
        aim=aim.value, current__isnull=False, withdrawn_at__isnull=True
    )
    held = {row.pk: row for row in practices if no_wider_than(PracticeTlp(row.tlp), most)}
    rows = seen_by(actor, Version.objects.filter(practice__in=held, state=State.ACCEPTED))
    for row in _readable(actor, rows):
        practice = held[row.practice_id]
        if practice.current == row.number and practice.reviewed_at is not None:
            yield row.entry, row.number, practice.reviewed_at.date()


def _readable(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Leave out what is RED and names other readers; row security says the same."""
    return rows.filter(~Q(tlp=PracticeTlp.RED) | Q(readers__contains=[actor.id]))
