"""Who came into the public count in a period and who left it, by what they are and how they left.

One statement: the persons who cross are found by their segments, their movements worked out once,
and everything is added up from those. Numbers leave it, never persons.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.queries.stock import rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["LENGTHS", "crossings"]

LENGTHS = (180, 365, 3 * 365, 5 * 365, 10 * 365)
"""Days in the count at which one length of a stay ends and the next begins."""
_STATEMENT = """
    WITH crossed AS MATERIALIZED (
        SELECT m.country, m.case_id, m.day, m.kind,
            m.day - lag(m.day) OVER (PARTITION BY m.country, m.case_id ORDER BY m.day) AS stayed
        FROM published_movements(%(standard)s, %(known_at)s, ARRAY(
            SELECT DISTINCT s.case_id FROM published_segment s
            WHERE s.standard = %(standard)s AND s.known_from <= %(known_at)s
              AND %(known_at)s < s.known_to
              AND (s.start_on > %(since)s AND s.start_on <= %(until)s
                   OR s.end_on > %(since)s AND s.end_on <= %(until)s))) m
        WHERE %(country)s = '*' OR m.country = %(country)s
    ), moved AS MATERIALIZED (
        SELECT * FROM crossed WHERE day > %(since)s AND day <= %(until)s
    ), entered AS MATERIALIZED (
        SELECT DISTINCT m.country, m.case_id, c.gender, c.roles, c.laws
        FROM moved m JOIN published_case c ON c.id = m.case_id
        WHERE m.kind IN ('new', 'redetained')
    )
    SELECT e.country, f.facet, f.value, count(*)
    FROM entered e CROSS JOIN LATERAL (
        SELECT 'gender', e.gender::text
        UNION ALL SELECT 'role', unnest(CASE WHEN e.roles = '{}' THEN '{""}' ELSE e.roles END)
        UNION ALL SELECT 'law', unnest(CASE WHEN e.laws = '{}' THEN '{""}' ELSE e.laws END)
    ) AS f(facet, value)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT m.country, 'release', coalesce(nullif(s.release_type, ''), 'unknown'), count(*)
    FROM moved m LEFT JOIN LATERAL (
        SELECT p.release_type FROM published_spell p
        WHERE p.case_id = m.case_id AND p.in_stock
          AND p.end_earliest <= m.day AND m.day <= p.end_latest
        ORDER BY p.release_type = '', p.id LIMIT 1) s ON true
    WHERE m.kind = 'released' GROUP BY 1, 2, 3
    UNION ALL
    SELECT m.country, 'length', width_bucket(m.stayed, %(lengths)s)::text, count(*)
    FROM moved m WHERE m.kind = 'released' GROUP BY 1, 2, 3
"""


def crossings(  # noqa: PLR0913 - one argument a coordinate of the count
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    since: date,
    until: date,
    known_at: datetime,
    country: str | None = None,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, dict[str, dict[str, int]]]:
    """Give country (`*`: all) → facet → value → persons, after `since` and up to `until`.

    `gender`, `role` and `law` hold those who were detained, each once; `release` and `length` those
    who left alive, as often as they did. The length is the place among `LENGTHS`, from 0.
    """
    asked = {
        "standard": standard, "since": since, "until": until, "known_at": known_at,
        "country": country or EVERYWHERE, "lengths": list(LENGTHS),
    }  # fmt: skip
    found: defaultdict[str, defaultdict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for place, facet, value, persons in rows(_STATEMENT, asked):
        found[place][facet][value] = persons
    return {place: dict(facets) for place, facets in found.items()}
