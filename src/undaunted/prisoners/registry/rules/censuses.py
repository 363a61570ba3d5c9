"""On which day of a yearly census somebody was held: a snapshot, not a count over a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from undaunted.core.standards.rules import Value, held_at_snapshot, snapshot_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from undaunted.core.standards.rules import Pack

__all__ = ["CustodySpell", "first_census_day"]


class CustodySpell(Protocol):
    """What is read of a spell of detention."""

    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None


def first_census_day(spells: Collection[CustodySpell], standard: Pack, until: date) -> date | None:
    """Give the first day of this census, up to `until`, on which one of the spells surely holds.

    None where no spell surely does, or where the standard is no census.
    """
    begun = [spell.start_latest for spell in spells if spell.start_latest]
    if not begun:
        return None
    for year in range(max(min(begun), standard.valid_from).year, until.year + 1):
        day = snapshot_day(standard, year)
        if day is None or day > until:
            return None
        if any(_held(spell, day) for spell in spells):
            return day
    return None


def _held(spell: CustodySpell, day: date) -> bool:
    if spell.start_earliest is None or spell.start_latest is None:
        return False
    held = held_at_snapshot(
        day,
        start_earliest=spell.start_earliest,
        start_latest=spell.start_latest,
        end_earliest=spell.end_earliest,
        end_latest=spell.end_latest,
    )
    return held is Value.MET
