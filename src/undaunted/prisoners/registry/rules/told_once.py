"""Spells that several lists tell alike are one deprivation, shown once with the best tier.

Months alone do not prove it: somebody may be arrested twice in one month. Where the earliest end
lies behind the latest beginning, or no end is on record, two spells of the same days surely
overlap, and the counting rule counts them once too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

__all__ = ["Telling", "told_once"]

_DETENTION = "deprivation_of_liberty"

Spell = TypeVar("Spell")


@dataclass(frozen=True, slots=True)
class Telling:
    """What decides whether two spells of a case are told alike; days and months both will do."""

    category: str
    start_latest: Any
    end_earliest: Any
    open: bool
    tier: str
    rest: Hashable
    """Everything else that is shown."""

    @property
    def surely_overlaps_itself(self) -> bool:
        """Whether two spells of these days have a day in common, whichever days they were."""
        if self.category != _DETENTION or not self.start_latest:
            return False
        return self.open or bool(self.end_earliest and self.end_earliest > self.start_latest)


def told_once(
    spells: Iterable[Spell], telling: Callable[[Spell], Telling]
) -> list[tuple[Spell, str]]:
    """Give the spells of one case in their order, each with the best tier it is told with.

    Of several that are the same the first stands.
    """
    found: dict[Hashable, tuple[Spell, str]] = {}
    for number, spell in enumerate(spells):
        told = telling(spell)
        key = (told.category, told.start_latest, told.end_earliest, told.open, told.rest)
        place: Hashable = key if told.surely_overlaps_itself else number
        first, tier = found.get(place, (spell, told.tier))
        found[place] = first, min(tier, told.tier)
    return list(found.values())
