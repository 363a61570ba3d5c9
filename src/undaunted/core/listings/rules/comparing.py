"""What differs between two forms of one entry, field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.rules.entry import Entry
from undaunted.core.listings.rules.rereading import is_reread
from undaunted.core.listings.rules.unread import UNREAD

if TYPE_CHECKING:
    from undaunted.core.listings.rules.terms import ListChange

__all__ = ["REREAD", "Changed", "changed_fields"]

REREAD: Final = "reread"
"""The word for an entry whose issuer changed nothing."""
_NOT_TOLD = frozenset({"key", "rows", "file_key"})


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that came, went or was changed between two versions."""

    change: ListChange
    key: str
    before: Entry | None
    after: Entry | None
    unread: bool = False
    """Whether it went, and a row that nobody can place may be it."""

    @property
    def name(self) -> str:
        """The name in the later version; in the earlier one where it is gone."""
        return (self.after or self.before).name  # type: ignore[union-attr]

    @property
    def fields(self) -> tuple[str, ...]:
        """Give the fields that differ; none where the entry came or went."""
        if self.before is None or self.after is None:
            return ()
        return changed_fields(self.before, self.after)

    @property
    def reread(self) -> bool:
        """Whether the issuer's words are the same, and a later program reads them otherwise."""
        return (
            self.before is not None
            and self.after is not None
            and is_reread(self.before, self.after)
        )

    @property
    def told(self) -> str:
        """What happened to it, by the word of a change.

        `reread` is no change of the issuer's, and of what is `unread` nobody knows whether it went.
        """
        if self.unread:
            return UNREAD
        return REREAD if self.reread else self.change.value


def changed_fields(before: Entry, after: Entry) -> tuple[str, ...]:
    """Give the names of the fields that differ, in the order of an entry."""
    return tuple(
        field.name
        for field in fields(Entry)
        if field.name not in _NOT_TOLD and getattr(before, field.name) != getattr(after, field.name)
    )
