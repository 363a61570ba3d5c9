"""What a list can say of a day: which version is asked, and how far its silence counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["OLD_AFTER", "Footing", "HeldVersion", "footing_of", "version_on"]

OLD_AFTER: Final = timedelta(days=30)
"""Issuers change their lists weekly; what is missing from an older version says nothing."""


class Footing(StrEnum):
    """How a version stands to the day that is asked about."""

    CURRENT = "current"
    OLD = "old"
    """Older than `OLD_AFTER`, or of a list that has ended."""
    UNDATED = "undated"
    """Of no known day: nobody can tell whether it is current."""
    LATER = "later"
    """Only a later version is held: what had gone before it is not known."""
    ABSENT = "absent"
    """No version is held."""


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version that is held: `day` is its file's own, else the one on which it was fetched.

    A file that somebody brought and that bears no day is of no known day.
    """

    source: str
    number: int
    day: date | None
    loaded: date
    id: str = ""
    """Names it for whoever keeps what was read of it."""
    given: bool = False
    """Whether the day was given by who loaded it, for the file tells none."""
    sure_since: date | None = None
    """The day from which more than one person's word says that the file is the issuer's."""
    nameless: bool = False
    """Whether rows of it could not be read that may be an entry that is missing."""
    kept: frozenset[str] = frozenset()
    """Keys of entries whose rows could not be read, and that stand as they last stood."""

    @property
    def at_latest(self) -> date:
        """The last day of which it can speak."""
        return self.day or self.loaded


def version_on(
    versions: Iterable[HeldVersion], on: date, known: date | None = None
) -> HeldVersion | None:
    """Give the version that speaks of a day, among those loaded by the day `known`.

    That is the last one not later than the day; where every one is later, the first.
    """
    held = sorted(
        (each for each in versions if known is None or each.loaded <= known),
        key=lambda each: each.number,
    )
    by_then = [each for each in held if each.at_latest <= on]
    return by_then[-1] if by_then else (held[0] if held else None)


def footing_of(version: HeldVersion | None, on: date, ended: date | None = None) -> Footing:
    """Say how far a version speaks of a day; a list that has ended is old from that day on."""
    if version is None:
        return Footing.ABSENT
    if version.at_latest > on:
        return Footing.LATER
    if ended is not None and ended <= on:
        return Footing.OLD
    if version.day is None:
        return Footing.UNDATED
    if on - version.day > OLD_AFTER:
        return Footing.OLD
    return Footing.CURRENT
