"""What made the stock of one day into that of another, for every country in a few statements.

The crossings of the whole are kept by day (`published_flow`). Where something was learned after
`known_at`, those persons alone are worked out twice: as they stand now, taken off, and as then.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from undaunted.prisoners.registry.queries.stock import CURRENT, rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, FlowResult

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor

__all__ = ["flows_by_country"]

_MOVED = """
    WITH differing AS MATERIALIZED (
        SELECT DISTINCT s.case_id FROM published_segment s
        WHERE s.standard IN ('*', %(standard)s)
          AND (s.known_to = 'infinity' AND s.known_from > %(known_at)s
               OR s.known_to < 'infinity' AND s.known_to > %(known_at)s)
    )
    SELECT m.country, m.kind, sum(m.persons)::bigint FROM (
        SELECT country, kind, persons::bigint, day FROM published_flow
        WHERE standard = %(standard)s AND day > %(since)s AND day <= %(until)s
        UNION ALL
        SELECT country, kind, -1, day FROM published_movements(
            %(standard)s, '9999-01-01 00:00:00+00', ARRAY(SELECT case_id FROM differing))
        UNION ALL
        SELECT country, kind, 1, day FROM published_movements(
            %(standard)s, %(known_at)s, ARRAY(SELECT case_id FROM differing))) m
    WHERE m.day > %(since)s AND m.day <= %(until)s
    GROUP BY m.country, m.kind
"""
_HEADLINE = """
    s.standard = %(standard)s AND s.start_on <= %(since)s AND s.end_on > %(since)s
    AND s.certain AND s.tier IN ('A', 'B')
"""
_REVISED = f"""
    WITH differs AS (
        SELECT s.case_id, s.country, false AS known_then, true AS known_now
        FROM published_segment s
        WHERE {_HEADLINE} AND {CURRENT}
          AND s.known_from > %(then)s AND s.known_from <= %(known_at)s
        UNION ALL
        SELECT s.case_id, s.country, s.known_from <= %(then)s,
            s.known_from <= %(known_at)s AND s.known_to > %(known_at)s
        FROM published_segment s
        WHERE {_HEADLINE} AND s.known_to < 'infinity' AND s.known_to > %(then)s
    ), person AS (
        SELECT d.case_id, x.country, bool_or(known_then) AS known_then,
            bool_or(known_now) AS known_now
        FROM differs d CROSS JOIN LATERAL (VALUES (d.country), ('*')) AS x(country)
        GROUP BY 1, 2
    )
    SELECT country, count(*) FILTER (WHERE known_now AND NOT known_then),
        count(*) FILTER (WHERE known_then AND NOT known_now)
    FROM person GROUP BY country
"""  # noqa: S608 - constant parts only


def flows_by_country(  # noqa: PLR0913 - one argument a coordinate of both stocks
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    since: date,
    until: date,
    since_known: datetime,
    known_at: datetime,
    stocks: Mapping[str, tuple[int, int]],
    standard: str = DEFAULT_STANDARD,
) -> dict[str, FlowResult]:
    """Give the account of each country (`*`: all) between two days; each balances.

    `stocks` holds both stocks of every country as known at `known_at`. The account begins with
    what was known at `since_known`; what was learned of that day since is the backlog.
    """
    asked = {
        "standard": standard, "since": since, "until": until, "then": since_known,
        "known_at": known_at,
    }  # fmt: skip
    moved: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for country, kind, persons in rows(_MOVED, asked):
        moved[country][kind] = persons
    revised = {country: both for country, *both in rows(_REVISED, asked)}
    told = {}
    for country, (before, after) in stocks.items():
        backlog, corrected = revised.get(country, (0, 0))
        told[country] = FlowResult(
            country=country,
            standard=standard,
            since=since,
            since_known=since_known,
            until=until,
            known_at=known_at,
            before=before - backlog + corrected,
            after=after,
            backlog=backlog,
            corrected=corrected,
            **moved[country],
        )
    return told
