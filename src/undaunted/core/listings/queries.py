"""Reads of lists: versions, entries as they stand or stood, what changed, and all names at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.listings.models import ListEntry, ListVersion
from undaunted.core.listings.rules import Kind, compared, list_sources, stands_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Changed, Entry, EventKind, ListSource

__all__ = [
    "ListVersion",
    "Standing",
    "changes_between",
    "entries_in_force",
    "entries_of",
    "entries_that",
    "entry_for",
    "history_of",
    "lists_standing",
    "version_for",
    "version_in_force",
    "versions_of",
]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """A list with the version in force; None where none was ever loaded."""

    listing: ListSource
    version: ListVersion | None


def lists_standing(actor: Actor) -> tuple[Standing, ...]:
    """Give every list with the version in force."""
    held: dict[str, ListVersion] = {}
    for each in _whole(actor).order_by("source", "number"):
        held[each.source] = each
    return tuple(Standing(each, held.get(each.code)) for each in list_sources().values())


def versions_of(_actor: Actor, source: str) -> QuerySet[ListVersion]:
    """Give the versions of a list, newest first, withdrawn ones too."""
    return ListVersion.objects.filter(source=source, whole=True).order_by("-number")


def version_in_force(actor: Actor, source: str) -> ListVersion | None:
    """Give the version of a list that is in force."""
    return _whole(actor).filter(source=source).order_by("-number").first()


def version_for(actor: Actor, source: str, number: int) -> ListVersion | None:
    """Give one version that stands or stood; None for one that is withdrawn."""
    return _whole(actor).filter(source=source, number=number).first()


def entries_of(
    _actor: Actor,
    version: ListVersion,
    *,
    words: str = "",
    kind: Kind | None = None,
    programme: str = "",
    delisted: bool = True,
) -> QuerySet[ListEntry]:
    """Give the entries of a version by name, narrowed to words, a kind or a programme."""
    rows = ListEntry.objects.filter(source=version.source, first__lte=version.number)
    rows = rows.filter(Q(last__isnull=True) | Q(last__gt=version.number))
    for word in _search_words(words):
        rows = rows.filter(search__contains=word)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if programme:
        rows = rows.filter(programmes__contains=[programme])
    if not delisted:
        rows = rows.filter(delisted=False)
    return rows.order_by("name", "id")


def entry_for(actor: Actor, source: str, key: str, version: ListVersion) -> ListEntry | None:
    """Give one entry as it stands in a version."""
    return entries_of(actor, version).filter(source=source, key=key).first()


def history_of(_actor: Actor, source: str, key: str) -> tuple[ListEntry, ...]:
    """Give every form of an entry by the version that brought it, also of one that is gone."""
    return tuple(ListEntry.objects.filter(source=source, key=key).order_by("first"))


def changes_between(_actor: Actor, before: ListVersion, after: ListVersion) -> tuple[Changed, ...]:
    """Give what came, went and was changed from one version to a later one."""
    rows = ListEntry.objects.filter(source=before.source)
    ended = rows.filter(first__lte=before.number, last__gt=before.number, last__lte=after.number)
    begun = rows.filter(first__gt=before.number, first__lte=after.number)
    begun = begun.filter(Q(last__isnull=True) | Q(last__gt=after.number))
    return compared(
        (each.entry for each in ended.iterator(_AT_ONCE)),
        (each.entry for each in begun.iterator(_AT_ONCE)),
    )


def entries_in_force(
    actor: Actor, sources: Iterable[str] | None = None, *, on: date | None = None
) -> Iterator[tuple[str, Entry]]:
    """Give source and entry of everything in force, in a stream: for whoever compares names.

    Of a day, what was delisted or has ended by then is left out; without one nothing is.
    """
    wanted = set(sources) if sources is not None else None
    for standing in lists_standing(actor):
        if standing.version is None or (wanted is not None and standing.listing.code not in wanted):
            continue
        for each in entries_of(actor, standing.version).iterator(_AT_ONCE):
            entry = each.entry
            if on is None or stands_on(entry, on):
                yield each.source, entry


def entries_that(actor: Actor, event: EventKind) -> Iterator[tuple[str, Entry]]:
    """Give source and entry of everything in force whose list tells such an event, in a stream."""
    told = [{"kind": event.value}]
    for standing in lists_standing(actor):
        if standing.version is not None:
            rows = entries_of(actor, standing.version).filter(content__events__contains=told)
            for each in rows.iterator(_AT_ONCE):
                yield each.source, each.entry


def _whole(_actor: Actor) -> QuerySet[ListVersion]:
    return ListVersion.objects.filter(whole=True, withdrawn_at__isnull=True)


def _search_words(text: str) -> tuple[str, ...]:
    """Give the words that a name is searched by, as names are kept for searching."""
    return tuple(clean_name(text).casefold().split())[:12]
