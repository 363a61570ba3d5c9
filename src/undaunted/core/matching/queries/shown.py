"""Pairs with all that is shown of them, and what names it: each verdict is of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.listings.queries import entries_last_named, entries_named
from undaunted.core.matching.rules import digest_of_pairs, form_of_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.models import MatchJudgement
    from undaunted.core.matching.rules import EntryKey

__all__ = ["Shown", "shown_of_pairs"]

Pair = tuple["EntryKey", "EntryKey"]


@dataclass(frozen=True, slots=True)
class Shown:
    """Pairs, their entries, and those of them that left their list and are as they last stood."""

    pairs: tuple[Pair, ...]
    entries: Mapping[EntryKey, Entry]
    gone: frozenset[EntryKey]

    @property
    def seen(self) -> str:
        """What names all pairs as they are shown."""
        return digest_of_pairs(self.pairs, self.entries, self.gone)

    def seen_of(self, pair: Pair) -> str:
        """Give what names one of the pairs as it is shown."""
        return digest_of_pairs([pair], self.entries, self.gone)

    def changed(self, row: MatchJudgement) -> bool:
        """Whether something else is shown than its judge was.

        Of a verdict from before that was kept, whether either side is somebody else by its form.
        """
        if row.shown:
            return row.shown != self.seen_of(row.pair)
        kept = zip(row.pair, (row.left_digest, row.right_digest), strict=True)
        return any(
            (entry := self.entries.get(key)) is None or form_of_entry(entry).digest != was
            for key, was in kept
        )


def shown_of_pairs(actor: Actor, pairs: Iterable[Pair]) -> Shown:
    """Give pairs with their entries as they are; one that left its list as it last stood."""
    held = tuple(pairs)
    wanted = {key for pair in held for key in pair}
    standing = entries_named(actor, wanted)
    off = wanted - standing.keys()
    return Shown(held, standing | (entries_last_named(actor, off) if off else {}), frozenset(off))
