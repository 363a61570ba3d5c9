"""Reads of lists: versions, entries as they stand or stood, what changed, and all names at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, Value
from django.db.models.functions import Concat

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.listings.models import ListEntry, ListVersion
from undaunted.core.listings.queries.changes import (
    ChangeLine,
    change_lines,
    changes_between,
    changes_of,
    delisted_of,
    forms_since,
)
from undaunted.core.listings.queries.missing import (
    listed_anew,
    missing_from,
    rows_gone,
    unread_among,
    unread_from,
    unread_versions,
    vouched_for,
    whole_versions,
)
from undaunted.core.listings.rules import Kind, list_sources, stands_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry, EventKind, ListSource

__all__ = [
    "ChangeLine",
    "EntryLine",
    "EntryMark",
    "ListVersion",
    "Standing",
    "VersionLine",
    "change_lines",
    "changes_between",
    "changes_of",
    "counts_unseen",
    "delisted_of",
    "entries_gone",
    "entries_in_force",
    "entries_last_named",
    "entries_named",
    "entries_of",
    "entries_that",
    "entry_for",
    "first_versions",
    "forms_since",
    "history_of",
    "in_force_among",
    "keys_unseen",
    "latest_change",
    "lines_gone",
    "lines_of",
    "listed_anew",
    "lists_standing",
    "marks_in_force",
    "missing_by_one",
    "missing_from",
    "unread_among",
    "unread_from",
    "unread_versions",
    "version_for",
    "version_in_force",
    "versions_known",
    "versions_of",
    "vouched_for",
]

_AT_ONCE = 500
_LINES_AT_ONCE = 5_000
_LINE_PARTS = ("events", "programmes", "measures", "nationalities", "countries", "births")


class VersionLine(NamedTuple):
    """A version in short: which, its issuer's day as EDTF, how it came and when."""

    id: str
    source: str
    number: int
    published: str
    came: str
    loaded_at: datetime
    attested_at: datetime | None
    nameless: bool
    """Whether rows of it could not be read that may be an entry that is missing."""
    kept: frozenset[str]
    """Keys whose rows could not be read: their entries stand as they last stood."""


class EntryMark(NamedTuple):
    """Which entry, how its issuer's words digest, and whether it was delisted."""

    source: str
    key: str
    digest: str
    delisted: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A list with the version in force; None where none was ever loaded."""

    listing: ListSource
    version: ListVersion | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in short, for whoever lays all lists side by side: parts as they are kept."""

    key: str
    kind: str
    name: str
    search: str
    gone_by: int | None
    parts: dict[str, Any]
    first: int = 1
    """Number of the version that brought it in this form."""


def lists_standing(actor: Actor) -> tuple[Standing, ...]:
    """Give every list with the version in force."""
    held: dict[str, ListVersion] = {}
    for each in whole_versions(actor).order_by("source", "number"):
        held[each.source] = each
    return tuple(Standing(each, held.get(each.code)) for each in list_sources().values())


def versions_of(_actor: Actor, source: str) -> QuerySet[ListVersion]:
    """Give the versions of a list, newest first, withdrawn ones too."""
    return ListVersion.objects.filter(source=source, whole=True).order_by("-number")


def version_in_force(actor: Actor, source: str) -> ListVersion | None:
    """Give the version of a list that is in force."""
    return whole_versions(actor).filter(source=source).order_by("-number").first()


def latest_change(actor: Actor, source: str) -> ListVersion | None:
    """Give the latest version of a list that changed an entry; the last where none did.

    A list that is fetched unchanged has versions of later days, which change nothing.
    """
    rows = whole_versions(actor).filter(source=source).order_by("-number")
    did = Q(added__gt=0) | Q(amended__gt=0) | Q(removed__gt=0)
    return rows.filter(did).first() or rows.first()


def missing_by_one(actor: Actor) -> dict[str, ListVersion]:
    """Give by list the last version that dropped what is missing still by one person's file."""
    found: dict[str, ListVersion] = {}
    for standing in lists_standing(actor):
        version = standing.version
        if version is None or version.sure:
            continue
        if missing := missing_from(actor, version.source):
            held = version_for(actor, version.source, max(missing.values()))
            found[version.source] = held or version
    return found


def version_for(actor: Actor, source: str, number: int) -> ListVersion | None:
    """Give one version that stands or stood; None for one that is withdrawn."""
    return whole_versions(actor).filter(source=source, number=number).first()


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
    if "\x00" in source + key:
        return ()
    return tuple(ListEntry.objects.filter(source=source, key=key).order_by("first"))


def versions_known(_actor: Actor) -> tuple[VersionLine, ...]:
    """Give every version of every list in short, oldest first, those withdrawn left out."""
    rows = whole_versions(_actor).order_by("source", "number")
    told = rows.values_list(
        "id",
        "source",
        "number",
        "published",
        "came",
        "loaded_at",
        "attested_at",
        "nameless",
        "kept",
    )
    return tuple(
        VersionLine(str(each[0]), *each[1:-2], bool(each[-2]), frozenset(each[-1])) for each in told
    )


def lines_of(_actor: Actor, source: str, number: int) -> Iterator[EntryLine]:
    """Give every entry of a version in short: a tenth of what an entry costs to read."""
    rows = ListEntry.objects.filter(source=source, first__lte=number)
    rows = rows.filter(Q(last__isnull=True) | Q(last__gt=number))
    return _lines(rows.order_by("key"), gone=False)


def lines_gone(_actor: Actor, source: str, number: int) -> Iterator[EntryLine]:
    """Give the entries that earlier versions held and this one does not, as they last stood."""
    return _lines(rows_gone(source, number).order_by("key"), gone=True)


def first_versions(_actor: Actor, source: str) -> dict[str, int]:
    """Give by its key the number of the first version that holds an entry."""
    rows = ListEntry.objects.filter(source=source).order_by().values_list("key")
    return dict(rows.annotate(Min("first")).iterator(_LINES_AT_ONCE))


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


def entries_gone(actor: Actor) -> Iterator[tuple[str, Entry]]:
    """Give source and entry of whatever left a list, as the last version that held it tells it."""
    for standing in lists_standing(actor):
        if standing.version is not None:
            rows = rows_gone(standing.version.source, standing.version.number)
            for each in rows.iterator(_AT_ONCE):
                yield each.source, each.entry


def marks_in_force(_actor: Actor, sources: Iterable[str] | None = None) -> tuple[EntryMark, ...]:
    """Give which entries are in force, in the order of source and key, without what they say."""
    rows = ListEntry.objects.filter(last__isnull=True)
    if sources is not None:
        rows = rows.filter(source__in=tuple(sources))
    told = rows.order_by("source", "key").values_list("source", "key", "digest", "delisted")
    return tuple(EntryMark(*each) for each in told.iterator(10_000))


def counts_unseen(_actor: Actor, seen: QuerySet[Any], sources: Iterable[str]) -> Mapping[str, int]:
    """Count by list the entries in force of which `seen` has no row with their words.

    `seen` is a table of whoever follows the lists: source, key and digest of what was looked at.
    """
    rows = _unseen(seen).filter(source__in=tuple(sources))
    return dict(rows.order_by().values_list("source").annotate(Count("id")))


def keys_unseen(_actor: Actor, seen: QuerySet[Any]) -> tuple[tuple[str, str], ...]:
    """Give source and key of the entries in force of which `seen` has no row with their words."""
    return tuple(_unseen(seen).order_by("source", "key").values_list("source", "key"))


def in_force_among(_actor: Actor, rows: QuerySet[Any], *fields: str) -> QuerySet[Any]:
    """Narrow rows to those of which each of the fields names an entry in force as source:key."""
    named = ListEntry.objects.alias(named=Concat("source", Value(":"), "key"))
    for each in fields:
        rows = rows.filter(Exists(named.filter(named=OuterRef(each), last__isnull=True)))
    return rows


def entries_named(_actor: Actor, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
    """Give the entries in force of these sources and keys."""
    wanted: dict[str, list[str]] = {}
    for source, key in keys:
        wanted.setdefault(source, []).append(key)
    return {
        (source, row.key): row.entry
        for source, held in wanted.items()
        for row in ListEntry.objects.filter(source=source, key__in=held, last__isnull=True)
    }


def entries_last_named(
    actor: Actor, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Entry]:
    """Give the entries of these keys that left their list, as the last version that held them."""
    wanted = set(keys)
    found: dict[tuple[str, str], Entry] = {}
    for standing in lists_standing(actor):
        source = standing.listing.code
        held = [key for code, key in wanted if code == source]
        if held and standing.version is not None:
            rows = rows_gone(source, standing.version.number).filter(key__in=held)
            found.update(((source, row.key), row.entry) for row in rows)
    return found


def _unseen(seen: QuerySet[Any]) -> QuerySet[ListEntry]:
    held = seen.filter(source=OuterRef("source"), key=OuterRef("key"), digest=OuterRef("digest"))
    return ListEntry.objects.filter(~Exists(held), last__isnull=True)


def _lines(rows: QuerySet[ListEntry], *, gone: bool) -> Iterator[EntryLine]:
    parts = tuple(f"content__{each}" for each in _LINE_PARTS)
    told = rows.values_list("key", "kind", "name", "search", "last", "first", *parts)
    for key, kind, name, search, last, first, *held in told.iterator(_LINES_AT_ONCE):
        found = {part: value for part, value in zip(_LINE_PARTS, held, strict=True) if value}
        yield EntryLine(key, kind, name, search, last if gone else None, found, first)


def entries_that(actor: Actor, event: EventKind) -> Iterator[tuple[str, Entry]]:
    """Give source and entry of everything in force whose list tells such an event, in a stream."""
    told = [{"kind": event.value}]
    for standing in lists_standing(actor):
        if standing.version is not None:
            rows = entries_of(actor, standing.version).filter(content__events__contains=told)
            for each in rows.iterator(_AT_ONCE):
                yield each.source, each.entry


def _search_words(text: str) -> tuple[str, ...]:
    """Give the words that a name is searched by, as names are kept for searching."""
    return tuple(clean_name(text).casefold().split())[:12]
