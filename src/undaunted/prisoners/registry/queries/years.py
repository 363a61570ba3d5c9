"""The stock on the last day of each year, and what made one into the next: all countries at once.

A year ends on a day that changes are kept for, but for whoever comes or goes on the first of
January; those are taken off again. What was not known at `known_at` is taken off too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.prisoners.registry.queries.stock import BANDS, CURRENT, SUMS, rows
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE, bands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.stock import Band
    from undaunted.prisoners.registry.rules.counts import BandCount

__all__ = ["PARTS", "YearlyStock", "first_years", "held_by_part", "held_yearly", "lists_by_year"]

PARTS = ("gender", "law", "list", "role")
"""Facets by which the stock of a country is kept."""
_CHANGES = """
    SELECT d.country, extract(year FROM d.until)::int - 1, b.place, b.persons::bigint
    FROM published_delta d
    CROSS JOIN LATERAL unnest(d.bands) WITH ORDINALITY AS b(persons, place)
    WHERE d.standard = %(standard)s AND d.facet = 'all' AND d.grain = 'year'
      AND d.until <= %(last)s AND b.persons <> 0
"""
_EDGES = f"""
    SELECT s.case_id, s.country, s.tier, s.verified, s.certain, s.start_on - 1 AS day, -1 AS change
    FROM published_segment s
    WHERE s.standard = %(standard)s AND s.start_on = ANY (%(firsts)s) AND {CURRENT}
    UNION ALL
    SELECT s.case_id, s.country, s.tier, s.verified, s.certain, s.end_on - 1, 1
    FROM published_segment s
    WHERE s.standard = %(standard)s AND s.end_on = ANY (%(firsts)s) AND {CURRENT}
"""  # noqa: S608 - constant parts only
_LEARNED = f"""
    SELECT s.case_id, s.country, s.tier, s.verified, s.certain, d.day, -1
    FROM published_segment s JOIN unnest(%(days)s::date[]) AS d(day)
      ON s.start_on <= d.day AND s.end_on > d.day
    WHERE s.standard = %(standard)s AND {CURRENT} AND s.known_from > %(known_at)s
    UNION ALL
    SELECT s.case_id, s.country, s.tier, s.verified, s.certain, d.day, 1
    FROM published_segment s JOIN unnest(%(days)s::date[]) AS d(day)
      ON s.start_on <= d.day AND s.end_on > d.day
    WHERE s.standard = %(standard)s AND s.known_to < 'infinity'
      AND s.known_from <= %(known_at)s AND s.known_to > %(known_at)s
"""  # noqa: S608 - constant parts only
_REST = f"""
    SELECT x.country, extract(year FROM r.day)::int, registry_band(r.tier, r.verified, r.certain),
        sum(r.change)::bigint
    FROM ({_EDGES} UNION ALL {_LEARNED}) r
    CROSS JOIN LATERAL (VALUES (r.country), ('*')) AS x(country)
    GROUP BY 1, 2, 3
"""  # noqa: S608 - constant parts only
_PARTS = f"""
    SELECT x.country, x.facet, x.value, b.place, b.persons::bigint FROM (
        SELECT country, facet, value, {SUMS} AS sums FROM published_delta
        WHERE standard = %(standard)s AND facet = ANY (%(facets)s) AND grain = 'year'
          AND until <= %(last)s
        GROUP BY country, facet, value) x
    CROSS JOIN LATERAL unnest(x.sums) WITH ORDINALITY AS b(persons, place)
    WHERE b.persons <> 0
    UNION ALL
    SELECT x.country, f.facet, f.value, registry_band(r.tier, r.verified, r.certain),
        sum(r.change)::bigint
    FROM ({_EDGES} UNION ALL {_LEARNED}) r
    JOIN published_case c ON c.id = r.case_id
    CROSS JOIN LATERAL (VALUES (r.country), ('*')) AS x(country)
    CROSS JOIN LATERAL (
        SELECT 'gender', c.gender::text
        UNION ALL SELECT 'role', unnest(CASE WHEN c.roles = '{{}}' THEN '{{""}}' ELSE c.roles END)
        UNION ALL SELECT 'law', unnest(CASE WHEN c.laws = '{{}}' THEN '{{""}}' ELSE c.laws END)
        UNION ALL SELECT 'list', unnest(CASE WHEN c.lists = '{{}}' THEN '{{""}}' ELSE c.lists END)
    ) AS f(facet, value)
    WHERE f.facet = ANY (%(facets)s)
    GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - constant parts only
_FIRST = """
    SELECT country, extract(year FROM min(until))::int - 1 FROM published_delta
    WHERE standard = %(standard)s AND facet = 'all' AND grain = 'year'
    GROUP BY country
"""
_BEGUN = """
    SELECT country, value, extract(year FROM min(until))::int - 1 FROM published_delta
    WHERE standard = %(standard)s AND facet = 'list' AND grain = 'year' AND value <> ''
    GROUP BY country, value
"""


@dataclass(frozen=True, slots=True)
class YearlyStock:
    """Country (`*`: all) → year → its count on 31 December; and the first year of each."""

    counts: Mapping[str, Mapping[int, BandCount]]
    since: Mapping[str, int]


def held_yearly(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    years: Sequence[int],
    known_at: datetime,
    standard: str = DEFAULT_STANDARD,
) -> YearlyStock:
    """Give the stock of every country on 31 December of these years, which follow each other."""
    asked = _asked(years, known_at, standard)
    changes: defaultdict[str, defaultdict[int, dict[int, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for country, year, place, persons in rows(_CHANGES, asked):
        changes[country][year][place] = persons
    rest: defaultdict[tuple[str, int], list[Band]] = defaultdict(list)
    for country, year, place, persons in rows(_REST, asked):
        rest[country, year].append((*BANDS[place - 1], persons))
    found = {country: _levels(by_year, years) for country, by_year in changes.items()}
    return YearlyStock(
        counts={
            country: {
                year: bands_of([*levels, *rest[country, year]]) for year, levels in by_year.items()
            }
            for country, by_year in found.items()
        },
        since={country: min(by_year) for country, by_year in changes.items()},
    )


def held_by_part(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    year: int,
    known_at: datetime,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, dict[str, dict[str, BandCount]]]:
    """Give country (`*`: all) → facet → value → its count on 31 December of a year."""
    asked = _asked([year], known_at, standard) | {"facets": list(PARTS)}
    found: defaultdict[tuple[str, str, str], list[Band]] = defaultdict(list)
    for country, facet, value, place, persons in rows(_PARTS, asked):
        found[country, facet, value].append((*BANDS[place - 1], persons))
    told: defaultdict[str, dict[str, dict[str, BandCount]]] = defaultdict(
        lambda: {facet: {} for facet in PARTS}
    )
    for country, facet, value in sorted(found):
        told[country][facet][value] = bands_of(found[country, facet, value], value=value)
    return dict(told)


def lists_by_year(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, dict[str, int]]:
    """Give country (`*`: all) → list → the first year in which it counts anybody there."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for country, slug, year in rows(_BEGUN, {"standard": standard}):
        found[country][slug] = year
    return dict(found)


def first_years(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, int]:
    """Give country (`*`: all) → the first year in which anybody was counted there."""
    return dict(rows(_FIRST, {"standard": standard}))


def _asked(years: Sequence[int], known_at: datetime, standard: str) -> dict[str, Any]:
    return {
        "standard": standard,
        "known_at": known_at,
        "everywhere": EVERYWHERE,
        "days": [date(year, 12, 31) for year in years],
        "firsts": [date(year + 1, 1, 1) for year in years],
        "last": date(max(years) + 1, 1, 1),
    }


def _levels(
    changes: Mapping[int, Mapping[int, int]], years: Iterable[int]
) -> dict[int, list[Band]]:
    """Add up the changes; the first year carries everything before it."""
    level: defaultdict[int, int] = defaultdict(int)
    left = sorted(changes)
    told: dict[int, list[Band]] = {}
    for year in sorted(years):
        while left and left[0] <= year:
            for place, persons in changes[left.pop(0)].items():
                level[place] += persons
        told[year] = [(*BANDS[place - 1], persons) for place, persons in level.items() if persons]
    return told
