"""What differs between two versions: told in lines first, and read in whole for a page of them.

A version may change every entry of a list, and everybody may ask what did: the database compares
digests, and whoever shows fifty changes reads the entries of these fifty.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections
from django.db.models import Q

from undaunted.core.listings.models import ListEntry
from undaunted.core.listings.queries.missing import unread_among
from undaunted.core.listings.rules import Changed, EventKind, ListChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.models import ListVersion

__all__ = [
    "ChangeLine",
    "change_lines",
    "changes_between",
    "changes_of",
    "delisted_of",
    "forms_since",
]

_AT_ONCE = 500
_LINES = """
SELECT coalesce(n.key, o.key), coalesce(n.name, o.name), o.id, n.id
FROM (SELECT id, key, name, digest FROM published_list_entry WHERE source = %(source)s
      AND first <= %(before)s AND last > %(before)s AND last <= %(after)s) o
FULL JOIN (SELECT id, key, name, digest FROM published_list_entry WHERE source = %(source)s
      AND first > %(before)s AND first <= %(after)s AND (last IS NULL OR last > %(after)s)) n
USING (key) WHERE o.digest IS DISTINCT FROM n.digest
"""


class ChangeLine(NamedTuple):
    """One change in short: what, of which entry, and the rows that hold both of its forms."""

    change: ListChange
    key: str
    name: str
    before: UUID | None
    after: UUID | None
    unread: bool = False
    """Whether it went, and a row that nobody can place may be it."""


def change_lines(actor: Actor, before: ListVersion, after: ListVersion) -> tuple[ChangeLine, ...]:
    """Give in short what came, went and was changed from one version to a later one.

    By change, name and key; nothing of what the entries say is read.
    """
    asked: dict[str, str | int] = {
        "source": before.source,
        "before": before.number,
        "after": after.number,
    }
    with connections["public"].cursor() as cursor:
        cursor.execute(_LINES, asked)
        lines = [
            ChangeLine(_change(old, new), key, name, old, new) for key, name, old, new in cursor
        ]
    went = [each.key for each in lines if each.change is ListChange.REMOVED]
    unread = unread_among(actor, after.source, went, after.number)
    told = (each._replace(unread=each.key in unread) for each in lines)
    return tuple(sorted(told, key=lambda each: (each.change, each.name.casefold(), each.key)))


def changes_of(_actor: Actor, lines: Sequence[ChangeLine]) -> tuple[Changed, ...]:
    """Give the changes of these lines with both forms of their entries, in the order of lines."""
    return tuple(chain.from_iterable(map(_read, _portions(lines))))


def changes_between(actor: Actor, before: ListVersion, after: ListVersion) -> tuple[Changed, ...]:
    """Give what came, went and was changed from one version to a later one, all of it read."""
    return changes_of(actor, change_lines(actor, before, after))


def delisted_of(_actor: Actor, lines: Sequence[ChangeLine]) -> frozenset[str]:
    """Give the keys of these of which the later form tells a delisting that the earlier did not."""
    found: set[str] = set()
    for portion in _portions(lines):
        days: dict[UUID | None, frozenset[str]] = {
            row: frozenset(each["day"] for each in told or () if each["kind"] == EventKind.DELISTED)
            for row, told in _rows(portion).values_list("id", "content__events")
        }
        none: frozenset[str] = frozenset()
        found |= {
            each.key for each in portion if days.get(each.after, none) - days.get(each.before, none)
        }
    return frozenset(found)


def forms_since(
    _actor: Actor, source: str, sure: int, number: int, parts: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Give what a version changed since an earlier one: key, what it said, and what it says.

    The last is None of an entry that it no longer holds. With 0 for the earlier version what has
    changed is given as it first stood, and None with it. Of both forms only these `parts` are read,
    as they are kept, beside the key; a part that is empty is left out.
    """
    read = ("key", *(f"content__{part}" for part in parts))
    rows = ListEntry.objects.filter(source=source, first__lte=number)
    old = rows.filter(last__lte=number)
    now: dict[str, tuple[Any, ...]] = {}
    if sure:
        old = old.filter(first__lte=sure, last__gt=sure)
        new = rows.filter(Q(last__isnull=True) | Q(last__gt=number), first__gt=sure)
        new = new.filter(key__in=old.order_by().values("key"))
        told = new.order_by().values_list(*read).iterator(_AT_ONCE)
        now = {form[0]: form for form in told}
    old = old.order_by("key", "first").distinct("key")
    for form in old.values_list(*read).iterator(_AT_ONCE):
        later = now.get(form[0])
        yield form[0], _form(parts, form), None if later is None else _form(parts, later)


def _form(parts: Sequence[str], told: Sequence[Any]) -> dict[str, Any]:
    """Give parts of an entry by their names, as whoever reads entries takes them."""
    named = zip(("key", *parts), told, strict=True)
    return {name: value for name, value in named if value is not None}


def _change(before: UUID | None, after: UUID | None) -> ListChange:
    if before is None:
        return ListChange.ADDED
    return ListChange.REMOVED if after is None else ListChange.AMENDED


def _portions(lines: Sequence[ChangeLine]) -> Iterator[Sequence[ChangeLine]]:
    return (lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE))


def _rows(lines: Iterable[ChangeLine]) -> QuerySet[ListEntry]:
    named = chain.from_iterable((each.before, each.after) for each in lines)
    return ListEntry.objects.filter(pk__in=[each for each in named if each is not None])


def _read(lines: Sequence[ChangeLine]) -> tuple[Changed, ...]:
    held = {each.pk: each.entry for each in _rows(lines)}
    return tuple(
        Changed(
            each.change,
            each.key,
            held[each.before] if each.before else None,
            held[each.after] if each.after else None,
            each.unread,
        )
        for each in lines
    )
