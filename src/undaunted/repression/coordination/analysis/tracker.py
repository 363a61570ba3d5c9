"""Designations and delistings, out of the versions of lists: public facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from undaunted.core.listings.queries import (
    change_lines,
    history_of,
    latest_change,
    listed_anew,
    lists_standing,
    unread_versions,
    versions_of,
    vouched_for,
)
from undaunted.core.listings.rules import (
    Changed,
    ListChange,
    list_source,
    perhaps_unread,
    vouched_gone,
)
from undaunted.repression.coordination.analysis.changes import ListChanges
from undaunted.repression.coordination.rules import Change, EntryKey, Tracked, tracked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.core.listings.rules import ListSource

__all__ = ["ListTracked", "entry_history", "list_changes", "lists_tracked"]


@dataclass(frozen=True, slots=True)
class ListTracked:
    """A list with the latest version that changed it, and how many entries that one did so to."""

    listing: ListSource
    version: ListVersion
    first: bool
    """Whether it is the first that was loaded here: what it holds was not designated by it."""


def lists_tracked(actor: Actor) -> tuple[ListTracked, ...]:
    """Give the lists that were loaded, with what the latest version did that changed them."""
    held = [
        (each.listing, latest_change(actor, each.listing.code)) for each in lists_standing(actor)
    ]
    return tuple(
        ListTracked(listing, version, first=_before(actor, version) is None)
        for listing, version in held
        if version is not None
    )


def list_changes(
    actor: Actor, version: ListVersion, *, kind: Change | None = None
) -> Sequence[Tracked]:
    """Give what a version did against the one before; nothing for the first loaded here.

    Entries are read where one looks: of a page of changes those of the page alone.
    """
    before = _before(actor, version)
    if before is None:
        return ()
    lines = change_lines(actor, before, version)
    source, number = version.source, version.number
    gone = [each.key for each in lines if each.change is ListChange.REMOVED]
    back = listed_anew(actor, source, gone, number)
    vouched = vouched_for(actor, source)
    missing = frozenset(key for key in gone if not vouched_gone(vouched, number, back.get(key)))
    found = ListChanges(actor, version, lines, missing)
    return found if kind is None else found.of(kind)


def entry_history(actor: Actor, entry: EntryKey) -> tuple[Tracked, ...]:
    """Give what versions did to one entry, oldest first; none for what no list has held.

    An entry that stood in the first version loaded here begins there, without a designation.
    """
    source, key = entry
    forms = history_of(actor, source, key)
    if not forms:
        return ()
    days = {each.number: each.loaded_at.date() for each in versions_of(actor, source)}
    vouched, unplaced = vouched_for(actor, source), unread_versions(actor, source)
    found = []
    if forms[0].first > min(days, default=0):
        begun = Changed(ListChange.ADDED, key, None, forms[0].entry)
        found.append(_told(source, begun, forms[0].first, days))
    for earlier, later in pairwise(forms):
        if earlier.last != later.first and earlier.last is not None:
            doubt = perhaps_unread(*unplaced, earlier.last, later.first)
            gone = Changed(ListChange.REMOVED, key, earlier.entry, None, doubt)
            found.append(
                _told(
                    source,
                    gone,
                    earlier.last,
                    days,
                    sure=vouched_gone(vouched, earlier.last, later.first),
                )
            )
            come = Changed(ListChange.ADDED, key, None, later.entry)
            found.append(_told(source, come, later.first, days))
        else:
            amended = Changed(ListChange.AMENDED, key, earlier.entry, later.entry)
            found.append(_told(source, amended, later.first, days))
    if forms[-1].last is not None:
        doubt = perhaps_unread(*unplaced, forms[-1].last)
        gone = Changed(ListChange.REMOVED, key, forms[-1].entry, None, doubt)
        found.append(
            _told(source, gone, forms[-1].last, days, sure=vouched_gone(vouched, forms[-1].last))
        )
    return tuple(each for each in found if each is not None)


def _told(
    source: str, changed: Changed, number: int, days: dict[int, date], *, sure: bool = True
) -> Tracked | None:
    if number not in days:
        return None
    return _tracked(source, changed, number, days[number], sure=sure)


def _tracked(source: str, changed: Changed, number: int, seen: date, *, sure: bool) -> Tracked:
    by_name = list_source(source).by_name
    return tracked(source, changed, version=number, seen=seen, by_name=by_name, sure=sure)


def _before(actor: Actor, version: ListVersion) -> ListVersion | None:
    rows = versions_of(actor, version.source).filter(withdrawn_at__isnull=True)
    return rows.filter(number__lt=version.number).first()
