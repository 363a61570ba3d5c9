"""What was done to published people in a period: persons by type of act, country by country.

Confidence is that of the headline, A or B; detention is counted of people recognised under the
standard, civil death of whoever is published. A spell is dated to the month at most. Where only a
longer time is known, an act may have begun within the period: it is told apart from those that
surely did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["NO_ACTS", "ActCount", "acts_begun"]

_STATEMENT = """
    SELECT x.country, a.type, count(DISTINCT a.case_id) FILTER (WHERE a.surely),
        count(DISTINCT a.case_id)
    FROM (
        SELECT p.case_id, p.type, coalesce(nullif(p.country, ''), c.country) AS country,
            p.start_earliest > %(since)s AND p.start_latest <= %(until)s AS surely
        FROM published_spell p JOIN published_case c ON c.id = p.case_id
        WHERE coalesce(p.start_earliest, p.start_latest) IS NOT NULL
          AND coalesce(p.start_earliest, '-infinity') <= %(until)s
          AND coalesce(p.start_latest, 'infinity') > %(since)s
          AND p.tier IN ('A', 'B')
          AND (NOT p.in_stock OR %(standard)s = ANY (c.standards))
          AND c.published_at <= %(known_at)s) a
    CROSS JOIN LATERAL (VALUES (a.country), ('*')) AS x(country)
    WHERE %(country)s = '*' OR x.country = %(country)s
    GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class ActCount:
    """Persons to whom an act was surely done in the period, and those to whom it may have been."""

    surely: int
    possibly: int


NO_ACTS = ActCount(0, 0)


def acts_begun(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    since: date,
    until: date,
    known_at: datetime,
    country: str | None = None,
) -> dict[str, dict[str, ActCount]]:
    """Give country (`*`: all) → type of act → persons, begun after `since` and up to `until`.

    A type that is not there is recorded of nobody: it is nought, which does not say that it is not
    done.
    """
    asked = {
        "since": since, "until": until, "known_at": known_at, "country": country or EVERYWHERE,
        "standard": DEFAULT_STANDARD,
    }  # fmt: skip
    found: dict[str, dict[str, ActCount]] = {}
    for place, kind, surely, possibly in rows(_STATEMENT, asked):
        found.setdefault(place, {})[kind] = ActCount(surely, possibly)
    return found
