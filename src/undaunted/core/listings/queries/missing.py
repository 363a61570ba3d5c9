"""What left a list, and how sure that is: by one person's file, or in one that cannot all be read.

An entry whose row nobody can place is not gone. It may be in a version of which more than one
person's word says that it is the issuer's, and still nobody knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Max, Min, OuterRef, Q

from undaunted.core.listings.models import ListEntry, ListVersion
from undaunted.core.listings.rules import perhaps_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "listed_anew",
    "missing_from",
    "rows_gone",
    "unread_among",
    "unread_from",
    "unread_versions",
    "vouched_for",
    "whole_versions",
]


def missing_from(actor: Actor, source: str, *, face: str = "public") -> dict[str, int]:
    """Give by key the version that dropped an entry, of which one person's file alone says so.

    They are missing still: no later version holds them again, and none that more than one person
    vouches for lacks them (`vouched_gone`). `face` is the connection of whoever writes lists.
    """
    whole = list(whole_versions(actor).using(face).filter(source=source))
    vouched = max(_vouched(whole), default=0)
    if not any(each.removed for each in whole if each.number > vouched):
        return {}
    rows = rows_gone(source, max(each.number for each in whole), face=face)
    told = rows.filter(last__gt=vouched).values_list("key", "last")
    return {key: last for key, last in told if last is not None}


def vouched_for(actor: Actor, source: str) -> tuple[int, ...]:
    """Give the versions that were fetched from the issuer, or that a second person confirmed."""
    return _vouched(whole_versions(actor).filter(source=source))


def unread_versions(actor: Actor, source: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the versions with rows that nobody can place, and those without that are vouched for.

    What the latter lack is gone; both are as `perhaps_unread` asks for them.
    """
    whole = list(whole_versions(actor).filter(source=source))
    return (
        tuple(each.number for each in whole if each.nameless),
        tuple(each.number for each in whole if each.sure and not each.nameless),
    )


def unread_from(actor: Actor, source: str, number: int) -> frozenset[str]:
    """Give the keys of entries that went by a version, and that a row nobody can place may be."""
    doubtful, read = unread_versions(actor, source)
    if not doubtful:
        return frozenset()
    rows = rows_gone(source, number)
    told = rows.filter(last__gt=max(read, default=0), last__lte=max(doubtful))
    return frozenset(told.values_list("key", flat=True))


def unread_among(actor: Actor, source: str, keys: Iterable[str], number: int) -> frozenset[str]:
    """Give which of these, that a version lacks and an earlier one held, are perhaps not gone."""
    doubtful, read = unread_versions(actor, source)
    wanted = tuple(keys) if doubtful else ()
    if not wanted:
        return frozenset()
    back = listed_anew(actor, source, wanted, number)
    rows = ListEntry.objects.filter(source=source, key__in=wanted, last__lte=number)
    gone = rows.order_by().values_list("key").annotate(Max("last"))
    return frozenset(
        key for key, last in gone if perhaps_unread(doubtful, read, last, back.get(key))
    )


def listed_anew(_actor: Actor, source: str, keys: Iterable[str], number: int) -> Mapping[str, int]:
    """Give by key the first version after one that holds an entry again."""
    rows = ListEntry.objects.filter(source=source, key__in=tuple(keys), first__gt=number)
    return dict(rows.order_by().values_list("key").annotate(Min("first")))


def _vouched(whole: Iterable[ListVersion]) -> tuple[int, ...]:
    return tuple(each.number for each in whole if each.sure)


def rows_gone(source: str, number: int, *, face: str = "public") -> QuerySet[ListEntry]:
    """Give the entries that earlier versions held and this one does not, as they last stood."""
    kept = ListEntry.objects.using(face)
    rows = kept.filter(source=source, last__lte=number)
    held = kept.filter(source=source, key=OuterRef("key"), first__lte=number).filter(
        Q(last__isnull=True) | Q(last__gt=OuterRef("last"))
    )
    return rows.filter(~Exists(held))


def whole_versions(_actor: Actor) -> QuerySet[ListVersion]:
    """Give every version that was loaded whole and not withdrawn."""
    return ListVersion.objects.filter(whole=True, withdrawn_at__isnull=True)
