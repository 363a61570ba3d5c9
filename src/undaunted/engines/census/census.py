"""One data cut under one standard, made ready to be counted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from undaunted.engines.census.segments import (
    Segments,
    cut_segments,
    deaths_known,
    recognised_part,
)
from undaunted.engines.census.spells import Deaths, Recognitions, Spells

__all__ = ["RULE", "Census", "take_census"]

RULE: Final = "census-1"
"""Version of the counting rule; every result carries it, every change of the rule raises it."""


@dataclass(frozen=True, slots=True, eq=False)
class Census:
    """What was known at ``known_at``, under ``standard``.

    ``held`` is everyone's cover by spells, recognised or not; ``counted`` is the part of it
    on which the person is recognised. ``deaths`` has one row per dead person.
    """

    standard: str
    known_at: datetime
    held: Segments
    counted: Segments
    deaths: Deaths
    rule: str = field(default=RULE)


def take_census(
    spells: Spells,
    recognitions: Recognitions,
    deaths: Deaths | None = None,
    *,
    standard: str,
    known_at: datetime,
) -> Census:
    """Return the census of these spells under the standard that ``recognitions`` belong to.

    All three are what was recorded by ``known_at``; choosing those rows is the caller's part.
    """
    known = deaths_known(spells, deaths or Deaths())
    held = cut_segments(spells, known)
    return Census(standard, known_at, held, recognised_part(held, recognitions), known)
