"""Names held against each other: two forms of an entry, and entries against what somebody seeks.

Letters alone find nobody in another script or spelling, and whoever is not found reads as not
listed. So whoever follows the lists is asked who is called alike, besides those of these letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from undaunted.core.listings.queries import entries_of, version_in_force
from undaunted.core.listings.rules import Kind, Quality, alike_entries, successors
from undaunted.engines.names import Kind as NameKind
from undaunted.engines.names import NameRefused, best, prepare_all

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.models import ListEntry, ListVersion
    from undaunted.core.listings.rules import Entry, Likeness, Succession
    from undaunted.engines.names import Aliases

__all__ = ["ALIKE", "Sought", "entries_sought", "succession"]

ALIKE = 0.8
"""Likeness of names from which on one is the other written otherwise, where more speaks for it.
Above `REVIEW` of the engine, where a person looks: here nobody does."""


def succession(gone: Sequence[Entry], come: Sequence[Entry]) -> Succession:
    """Say which entries that came are, or may be, entries that went."""
    ready: dict[tuple[str, ...], Aliases | None] = {}

    def prepared(entry: Entry) -> Aliases | None:
        good = [each.text for each in entry.names if each.quality is not Quality.WEAK]
        kind = NameKind.PERSON if entry.kind is Kind.PERSON else NameKind.ORGANISATION
        place = (kind, *good)
        if place not in ready:
            try:
                ready[place] = prepare_all(good, kind)
            except NameRefused:
                ready[place] = None
        return ready[place]

    def alike(before: Entry, after: Entry) -> bool:
        one, other = prepared(before), prepared(after)
        return one is not None and other is not None and best(one, other).score >= ALIKE

    return successors(gone, come, alike)


@dataclass(frozen=True, slots=True)
class Sought(Sequence["tuple[ListEntry, Likeness | None]"]):
    """Entries that are sought by words: those of these letters by name, then the likest.

    Each with how like it is; nothing for one that has every word in these letters.
    """

    lettered: QuerySet[ListEntry] = field(repr=False)
    alike: tuple[tuple[ListEntry, Likeness], ...]
    lettered_count: int
    more: int = 0
    """Entries that are as like and not told: of each list the likest alone are."""
    letters_alone: bool = False
    """Whether they were searched by letters as written, so that silence says little."""

    def __len__(self) -> int:
        return self.lettered_count + len(self.alike)

    @overload
    def __getitem__(self, at: int) -> tuple[ListEntry, Likeness | None]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[ListEntry, Likeness | None], ...]: ...

    def __getitem__(
        self, at: int | slice
    ) -> tuple[ListEntry, Likeness | None] | tuple[tuple[ListEntry, Likeness | None], ...]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _step = at.indices(len(self))
        here = self.lettered_count
        rows = self.lettered[start : min(stop, here)] if start < here else ()
        further = self.alike[max(start - here, 0) : max(stop - here, 0)]
        return (*((each, None) for each in rows), *further)


def entries_sought(
    actor: Actor,
    version: ListVersion,
    *,
    words: str = "",
    kind: Kind | None = None,
    programme: str = "",
) -> Sought:
    """Give the entries of a version by words of a name, as `entries_of`, and those called alike.

    Names are held against each other in the version in force alone: an index of every older one,
    which anybody may ask for, would take the place of those in use.
    """
    rows = entries_of(actor, version, kind=kind, programme=programme)
    lettered = entries_of(actor, version, words=words, kind=kind, programme=programme)
    count = lettered.count()
    if not words.strip():
        return Sought(lettered, (), count)
    held = version_in_force(actor, version.source)
    told = alike_entries(actor, version.source, words) if held == version else None
    if told is None:
        return Sought(lettered, (), count, letters_alone=True)
    others = rows.exclude(pk__in=lettered.order_by().values("pk"))
    alike = [(row, told.found[row.key]) for row in others.filter(key__in=told.found)]
    alike.sort(key=lambda each: each[1].rank, reverse=True)
    more = others.filter(key__in=told.beyond).count() if told.beyond else 0
    return Sought(lettered, tuple(alike), count, more, letters_alone=not told.heard)
