"""Which practices fit: what each needs, held against what a country and its counterpart offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from undaunted.core.practices.rules.entry import Entry
    from undaunted.core.practices.rules.terms import Condition, PracticeTlp

__all__ = ["YEAR", "MenuEntry", "fit", "in_menu_order", "overdue"]

YEAR = 365
"""Days after which a practice is to be looked at again; the clock says it to the day."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A practice as report, memo and shelter take it: all of its text, and how it fits."""

    entry: Entry
    tlp: PracticeTlp
    number: int
    reviewed_on: date
    met: tuple[Condition, ...]
    missing: tuple[Condition, ...]

    @property
    def fits(self) -> bool:
        """Whether nothing that it needs is missing."""
        return not self.missing


def fit(
    entry: Entry, conditions: Collection[Condition]
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """Give what the practice needs and is there, and what it needs and is missing."""
    held = frozenset(conditions)
    met = tuple(each for each in entry.conditions if each in held)
    return met, tuple(each for each in entry.conditions if each not in held)


def in_menu_order(entries: Iterable[MenuEntry]) -> tuple[MenuEntry, ...]:
    """Order a menu: what lacks least first, then by title; never by how well it is said to work."""
    return tuple(
        sorted(
            entries,
            key=lambda each: (len(each.missing), each.entry.title, each.entry.reference),
        )
    )


def overdue(reviewed_on: date, today: date) -> bool:
    """Tell whether a year has gone by since somebody looked."""
    return (today - reviewed_on).days > YEAR
