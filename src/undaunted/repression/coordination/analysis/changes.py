"""Changes of a version in the words of sanctions, of which entries are read where one looks.

A version may change every entry of a list, and everybody may ask what it did, page by page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from undaunted.core.listings.queries import changes_of, delisted_of
from undaunted.core.listings.rules import ListChange, list_source
from undaunted.repression.coordination.rules import Change, Tracked, kind_of, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ChangeLine, ListVersion

__all__ = ["ListChanges"]


class ListChanges(Sequence[Tracked]):
    """What a version did against the one before."""

    def __init__(
        self,
        actor: Actor,
        version: ListVersion,
        lines: Sequence[ChangeLine],
        missing: frozenset[str],
    ) -> None:
        """Begin with lines alone; `missing` are keys of which one person's file says they went."""
        self._actor, self._version, self._lines = actor, version, tuple(lines)
        self._missing = missing
        self._by_name = list_source(version.source).by_name

    def of(self, kind: Change) -> ListChanges:
        """Narrow it to changes of one kind."""
        amended = [each for each in self._lines if each.change is ListChange.AMENDED]
        asked = kind in {Change.AMENDED, Change.DELISTED}
        delisted = delisted_of(self._actor, amended) if asked else frozenset()
        found = [each for each in self._lines if self._kind(each, delisted) is kind]
        return ListChanges(self._actor, self._version, found, self._missing)

    def __len__(self) -> int:
        """How many changes there are."""
        return len(self._lines)

    def __iter__(self) -> Iterator[Tracked]:
        """Go through all, read together."""
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Tracked: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Tracked, ...]: ...
    def __getitem__(self, at: int | slice) -> Tracked | tuple[Tracked, ...]:
        """Read the entries of one change, or of some."""
        if isinstance(at, int):
            return self[at : at + 1 or None][0]
        version = self._version
        return tuple(
            tracked(
                version.source,
                each,
                version=version.number,
                seen=version.loaded_at.date(),
                by_name=self._by_name,
                sure=each.key not in self._missing,
            )
            for each in changes_of(self._actor, self._lines[at])
        )

    def _kind(self, line: ChangeLine, delisted: frozenset[str]) -> Change:
        return kind_of(
            line.change,
            by_name=self._by_name,
            sure=line.key not in self._missing,
            delisted=line.key in delisted,
            unread=line.unread,
        )
