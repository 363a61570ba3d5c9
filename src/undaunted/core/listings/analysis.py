"""Names of two forms of an entry held against each other: the list's own door to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.listings.rules import Kind, Quality, successors
from undaunted.engines.names import Kind as NameKind
from undaunted.engines.names import NameRefused, best, prepare_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.core.listings.rules import Entry, Succession
    from undaunted.engines.names import Aliases

__all__ = ["ALIKE", "succession"]

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
