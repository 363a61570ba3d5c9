"""Who is counted on a day, as far as they are published: those held longest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["HeldPerson", "longest_held"]

_STATEMENT = """
    SELECT c.id, c.reference, c.name, s.country, to_char(s.start_on, 'YYYY-MM'), s.tier
    FROM published_segment s JOIN published_case c ON c.id = s.case_id
    WHERE s.standard = %(standard)s AND s.start_on <= %(as_of)s AND s.end_on > %(as_of)s
      AND s.certain AND s.tier IN ('A', 'B')
      AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
      AND (%(country)s = '*' OR s.country = %(country)s)
    ORDER BY date_trunc('month', s.start_on), c.reference COLLATE "C" LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """One person in a count: a name where consent gives one, and since which month counted."""

    id: UUID
    reference: str
    name: str
    country: str
    since: str
    tier: str


def longest_held(
    _actor: Actor,
    *,
    as_of: date,
    known_at: datetime,
    country: str | None = None,
    standard: str = DEFAULT_STANDARD,
    most: int = 25,
) -> tuple[HeldPerson, ...]:
    """Give those published persons of the count of `as_of` who have been in it longest."""
    asked = {
        "standard": standard,
        "as_of": as_of,
        "known_at": known_at,
        "country": country or EVERYWHERE,
        "most": most,
    }
    return tuple(HeldPerson(*row) for row in rows(_STATEMENT, asked))
