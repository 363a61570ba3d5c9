"""What is done to people, by country: how many published persons each act binds on a day.

Confidence is that of the headline, A or B. A form of detention counts whoever is in the stock on
the day; an act of civil death binds people who are free, and so whoever is published, recognised
or not. Months are known, not days: an act counts from the month it began to the month it ended.

Detention and civil death are published act by act, so that none is nought. Of the other acts of the
vocabulary the record does not hold what could be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from undaunted.core.events.rules import ActFamily, vocabulary
from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["COUNTED_FAMILIES", "Tactic", "tactics_on"]

COUNTED_FAMILIES = (ActFamily.DEPRIVATION_OF_LIBERTY, ActFamily.CIVIL_DEATH)
_STATEMENT = """
    SELECT x.type, x.country, count(*) FROM (
        SELECT DISTINCT s.type, s.case_id, w.country
        FROM published_spell s JOIN published_case c ON c.id = s.case_id
        CROSS JOIN LATERAL (
            VALUES (coalesce(nullif(s.country, ''), c.country)), ('*')) AS w(country)
        WHERE s.tier IN ('A', 'B')
          AND c.published_at <= %(known_at)s
          AND coalesce(s.start_earliest, '-infinity') <= %(as_of)s
          AND (s."end" = '' OR s.end_latest >= %(as_of)s)
          AND (%(country)s = '*' OR s.country IN (%(country)s, ''))
          AND (NOT s.in_stock OR EXISTS (
              SELECT FROM published_segment g
              WHERE g.case_id = s.case_id AND g.standard = %(standard)s
                AND g.known_from <= %(known_at)s AND g.known_to > %(known_at)s
                AND g.certain AND g.tier IN ('A', 'B')
                AND g.start_on <= %(as_of)s AND g.end_on > %(as_of)s))) x
    WHERE %(country)s = '*' OR x.country = %(country)s
    GROUP BY 1, 2
"""

_ROOM = "SELECT set_config('work_mem', '96MB', true)"
"""A million persons are told apart in memory, for this transaction alone."""


@dataclass(frozen=True, slots=True)
class Tactic:
    """One act of the vocabulary: how many it binds, and in which countries.

    `persons` is None where the record does not hold the act at all. Whoever it binds in two
    countries counts in both, and once in the whole.
    """

    code: str
    family: str
    persons: int | None
    by_country: tuple[tuple[str, int], ...] = ()


def tactics_on(
    _actor: Actor,
    *,
    as_of: date,
    country: str | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
) -> tuple[Tactic, ...]:
    """Give every act of the vocabulary in its order for the day.

    Whose case is published, and who is held, is asked as known at `known_at`; acts are as they are
    published now.
    """
    asked = {
        "as_of": as_of, "country": country or EVERYWHERE, "standard": standard,
        "known_at": known_at or timezone.now(),
    }  # fmt: skip
    found: dict[str, list[tuple[str, int]]] = {}
    whole: dict[str, int] = {}
    with transaction.atomic(using="public"):
        rows(_ROOM, {})
        counted = rows(_STATEMENT, asked)
    for code, where, persons in counted:
        if where == asked["country"]:
            whole[code] = persons
        if where != EVERYWHERE:
            found.setdefault(code, []).append((where, persons))
    held = vocabulary("act_types")
    return tuple(
        Tactic(code, family, whole.get(code, _none_of(family)), _ordered(found.get(code, [])))
        for code, term in held.terms.items()
        if (term.parent is not None or not held.under(code)) and code != ActFamily.RELEASE
        for family in (_family(code),)
    )


def _none_of(family: str) -> int | None:
    return 0 if family in COUNTED_FAMILIES else None


def _family(code: str) -> str:
    above = vocabulary("act_types").ancestors(code)
    return above[-1] if above else code


def _ordered(counts: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
