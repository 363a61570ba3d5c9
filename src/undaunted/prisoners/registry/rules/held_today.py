"""Whether a case is held today by the counting rule, and if a spell goes on without, why not.

A spell without an end makes nobody held by itself (docs/explanation/counting.md): it must have
surely begun, it must be of a kind that deprives of liberty, and the person must be alive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Covered", "DatedSpell", "Held", "held_today", "open_spells"]


class Held(StrEnum):
    """What the counting rule says of a person today."""

    SURELY = "surely"
    UNCONFIRMED = "unconfirmed"
    """Surely by the record, but nobody confirmed it within twelve months."""
    PERHAPS_BEGUN = "perhaps_begun"
    """The beginning is known in part, and today lies between its bounds."""
    PERHAPS_ENDED = "perhaps_ended"
    """The end is known in part, and today lies between its bounds."""
    UNTIL_DEATH = "until_death"
    LATER = "later"
    """Detention counts from the latest day on which it may have begun, and that lies ahead."""
    UNDATED = "undated"
    NOT_COUNTED = "not_counted"
    """What goes on is of a kind that is not counted as detention."""
    NOT_KNOWN = "not_known"


class DatedSpell(Protocol):
    """What is read of a published spell."""

    category: str
    in_stock: bool
    end: str
    start_earliest: date | None
    start_latest: date | None


Shown = TypeVar("Shown", bound=DatedSpell)


@dataclass(frozen=True, slots=True)
class Covered:
    """What the segments of a case say of a day: surely held, perhaps, confirmed; when it died."""

    surely: bool
    possibly: bool
    unconfirmed: bool
    died_on: date | None


def open_spells(spells: Iterable[Shown]) -> list[Shown]:
    """Give the spells of deprivation of liberty of which no end is on record."""
    return [one for one in spells if one.category == "deprivation_of_liberty" and not one.end]


def held_today(covered: Covered, spells: Iterable[DatedSpell], *, on: date) -> Held:
    """Give what the rule says of a person with these spells, and the reason where one goes on."""
    if covered.surely:
        return Held.UNCONFIRMED if covered.unconfirmed else Held.SURELY
    going_on = open_spells(spells)
    counted = [one for one in going_on if one.in_stock]
    if covered.possibly:
        ahead = any(not one.start_latest or one.start_latest > on for one in counted)
        return Held.PERHAPS_BEGUN if ahead else Held.PERHAPS_ENDED
    if counted and covered.died_on:
        return Held.UNTIL_DEATH
    if any(one.start_earliest or one.start_latest for one in counted):
        return Held.LATER
    if counted:
        return Held.UNDATED
    return Held.NOT_COUNTED if going_on else Held.NOT_KNOWN
