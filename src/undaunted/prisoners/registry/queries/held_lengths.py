"""How long published persons have been held, as numbers of persons by days held (rule K5).

Days are those of a person's cover, so that two spells of the same days count once. Whoever may
still be held on the day is marked: the end has not been seen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["DaysHeld", "ages_held", "days_held"]

_DAYS = """
    SELECT c.country, p.surely, p.possibly, p.held, count(*) FROM (
        SELECT s.case_id,
            sum(CASE WHEN s.certain THEN least(s.end_on, %(as_of)s) - s.start_on ELSE 0 END)::int
                AS surely,
            sum(least(s.end_on, %(as_of)s) - s.start_on)::int AS possibly,
            bool_or(s.end_on > %(as_of)s) AS held
        FROM published_segment s
        WHERE s.standard = '*' AND s.start_on < %(as_of)s
          AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
        GROUP BY s.case_id) p
    JOIN published_case c ON c.id = p.case_id
    WHERE %(country)s = '*' OR c.country = %(country)s
    GROUP BY 1, 2, 3, 4
"""
_AGES = """
    SELECT s.country, c.birth_year, count(*)
    FROM published_segment s JOIN published_case c ON c.id = s.case_id
    WHERE s.standard = %(standard)s AND s.start_on <= %(as_of)s AND s.end_on > %(as_of)s
      AND s.certain AND s.tier IN ('A', 'B')
      AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
      AND (%(country)s = '*' OR s.country = %(country)s)
    GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class DaysHeld:
    """So many persons were surely and possibly held so many days; `held`: may be held still."""

    surely: int
    possibly: int
    held: bool
    persons: int


def days_held(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    as_of: date,
    known_at: datetime,
    country: str | None = None,
) -> dict[str, tuple[DaysHeld, ...]]:
    """Give country → days held before `as_of` by whoever was ever held there, recognised or not."""
    asked = {"as_of": as_of, "known_at": known_at, "country": country or EVERYWHERE}
    found: defaultdict[str, list[DaysHeld]] = defaultdict(list)
    for place, *days in rows(_DAYS, asked):
        found[place].append(DaysHeld(*days))
    return {place: tuple(days) for place, days in found.items()}


def ages_held(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    as_of: date,
    known_at: datetime,
    standard: str,
    country: str | None = None,
) -> dict[str, dict[int | None, int]]:
    """Give country → year of birth → persons held on a day; None holds those without one."""
    asked = {
        "as_of": as_of, "known_at": known_at, "standard": standard,
        "country": country or EVERYWHERE,
    }  # fmt: skip
    found: defaultdict[str, dict[int | None, int]] = defaultdict(dict)
    for place, year, persons in rows(_AGES, asked):
        found[place][year] = persons
    return dict(found)
