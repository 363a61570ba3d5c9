"""What versions of lists did to entries, in the words of sanctions; public facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.listings.rules import EventKind, ListChange
from undaunted.repression.coordination.rules.terms import Change

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.listings.rules import Changed, Entry
    from undaunted.repression.coordination.rules.proposals import EntryKey

__all__ = ["Tracked", "change_of", "kind_of", "tracked"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """One change of one entry.

    Attributes:
        seen: day on which the version was loaded here: not the day of the act.
        acted: day that the list itself gives for it, EDTF; "" where it gives none.
        fields: what was amended.
        silent: the entry is gone, and the list does not say why: no delisting is claimed.
    """

    entry: EntryKey
    name: str
    change: Change
    seen: date
    version: int
    acted: str = ""
    reasons: str = ""
    fields: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the entry merely is no longer there."""
        return self.change in {
            Change.REMOVED,
            Change.MISSING,
            Change.UNREAD,
            Change.LINE_GONE,
        }


def change_of(changed: Changed, *, by_name: bool = False, sure: bool = True) -> Change:
    """Say what happened. Gone without a word is removed; delisted only where the list says so.

    It is missing where one person's file alone says so, and not `sure`, and unread where a row that
    nobody can place may be it. On a list whose entries are
    known by name, another spelling is one line gone and another new.
    """
    delisted = bool(_days(changed.after) - _days(changed.before))
    told = {"by_name": by_name, "sure": sure, "delisted": delisted}
    return kind_of(changed.change, **told, unread=changed.unread)


def kind_of(
    change: ListChange,
    *,
    by_name: bool = False,
    sure: bool = True,
    delisted: bool = False,
    unread: bool = False,
) -> Change:
    """Say what happened as `change_of` does, of an entry of which one knows no more."""
    if change is ListChange.ADDED:
        return Change.NEW_LINE if by_name else Change.DESIGNATED
    if change is ListChange.REMOVED:
        known = Change.UNREAD if unread else Change.REMOVED
        gone = known if sure else Change.MISSING
        return Change.LINE_GONE if by_name else gone
    return Change.DELISTED if delisted else Change.AMENDED


def tracked(  # noqa: PLR0913 - a change, of which list, when it was seen, and how sure it is
    source: str,
    changed: Changed,
    *,
    version: int,
    seen: date,
    by_name: bool = False,
    sure: bool = True,
) -> Tracked:
    """Give a change between two versions as the tracker shows it."""
    what = change_of(changed, by_name=by_name, sure=sure)
    told = changed.after or changed.before
    return Tracked(
        entry=(source, changed.key),
        name=changed.name,
        change=what,
        seen=seen,
        version=version,
        acted=_acted(what, told),
        reasons=told.reasons if told else "",
        fields=changed.fields,
    )


def _days(entry: Entry | None) -> frozenset[str]:
    if entry is None:
        return frozenset()
    return frozenset(each.day for each in entry.events if each.kind is EventKind.DELISTED)


def _acted(what: Change, told: Entry | None) -> str:
    kinds = {
        Change.DESIGNATED: EventKind.DESIGNATED,
        Change.NEW_LINE: EventKind.DESIGNATED,
        Change.DELISTED: EventKind.DELISTED,
        Change.AMENDED: EventKind.AMENDED,
    }
    kind = kinds.get(what)
    if told is None or kind is None:
        return ""
    days = told.happened(kind)
    return days[-1].day if days else ""
