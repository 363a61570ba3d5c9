"""Stocks of many days in one statement: changes up to the nearest kept day, and what remains.

A day that ends a kept period needs no more than the changes (`published_delta`). Between it and
the day asked for, the segments that begin or end there are added up, or taken off where the next
kept day is nearer. What was known at another instant differs from what is known now by the
segments of which one of both did not know.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connections

from undaunted.prisoners.registry.rules.counts import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = [
    "ANYBODY", "BANDS", "BEGUN", "CURRENT", "SUMS", "Day", "Stock",
    "nearest", "rows", "stocks",
]  # fmt: skip

ANYBODY = "*"
"""The standard of whoever was held, recognised or not; its country is that of the case."""
CURRENT = "s.known_to = 'infinity'"
BANDS = tuple((tier, verified, certain) for tier in "ABCD" for verified in (False, True)
              for certain in (False, True))  # fmt: skip
"""What the sixteen places of `bands` hold (`registry_band`)."""
SUMS = f"ARRAY[{', '.join(f'sum(bands[{n}])' for n in range(1, 17))}]"

_VALUES = {
    "role": "unnest(CASE WHEN c.roles = '{}' THEN '{\"\"}' ELSE c.roles END)",
    "law": "unnest(CASE WHEN c.laws = '{}' THEN '{\"\"}' ELSE c.laws END)",
    "list": "unnest(CASE WHEN c.lists = '{}' THEN '{\"\"}' ELSE c.lists END)",
    "gender": "c.gender", "country": "c.country", "status": "c.status", "tier": "c.tier",
    "held_now": "c.held_now::text", "all": "''",
}  # fmt: skip
_CHANGES = f"""
    SELECT {{n}}, x.facet, x.value, b.place, b.persons::bigint FROM (
        SELECT facet, value, {SUMS} AS sums FROM published_delta
        WHERE standard = %(standard{{n}})s AND country = %(country{{n}})s
          AND facet = ANY (%(facets{{n}})s)
          AND (grain = 'year' AND until <= %(year{{n}})s
               OR grain = 'month' AND until > %(year{{n}})s AND until <= %(month{{n}})s
               OR grain = 'third' AND until > %(month{{n}})s AND until <= %(kept{{n}})s)
        GROUP BY facet, value) x
    CROSS JOIN LATERAL unnest(x.sums) WITH ORDINALITY AS b(persons, place)
    WHERE b.persons <> 0
"""  # noqa: S608 - constant parts only
_CROSSED = f"""
    SELECT s.case_id, s.tier, s.verified, s.certain, {{sign}} AS change FROM published_segment s
    WHERE s.standard = %(standard{{n}})s AND s.{{edge}} > %(low{{n}})s
      AND s.{{edge}} <= %(high{{n}})s AND {CURRENT} AND {{place}}
"""  # noqa: S608 - constant parts only
_LEARNED = f"""
    SELECT s.case_id, s.tier, s.verified, s.certain, -1 AS change FROM published_segment s
    WHERE s.standard = %(standard{{n}})s AND s.start_on <= %(as_of{{n}})s
      AND s.end_on > %(as_of{{n}})s AND {CURRENT} AND s.known_from > %(known_at{{n}})s AND {{place}}
    UNION ALL
    SELECT s.case_id, s.tier, s.verified, s.certain, 1 FROM published_segment s
    WHERE s.standard = %(standard{{n}})s AND s.start_on <= %(as_of{{n}})s
      AND s.end_on > %(as_of{{n}})s AND s.known_to < 'infinity'
      AND s.known_from <= %(known_at{{n}})s AND s.known_to > %(known_at{{n}})s AND {{place}}
"""  # noqa: S608 - constant parts only
_REST = """
    SELECT {n}, {value}, registry_band(r.tier, r.verified, r.certain), sum(r.change)::bigint
    FROM ({rest}) r {join}
    GROUP BY 2, 3, 4
"""
BEGUN = """
    SELECT value, min(until) - DATE '0001-01-01' FROM published_delta
    WHERE standard = %(standard)s AND country = %(country)s AND facet = 'list'
      AND grain = 'year' AND value <> ''
    GROUP BY value
"""
"""The first year that ends with somebody of a list, as days since the calendar began."""
_NUMBERED = BEGUN.replace(")s", "{n})s")
_BEGUN = f"SELECT {{n}}, 'begun', b.*, 1 FROM ({_NUMBERED}) AS b"  # noqa: S608 - constant parts only

Band = tuple[str, bool, bool, int]


@dataclass(frozen=True, slots=True)
class Day:
    """One stock to be added up: whom, where, when, on which knowledge, by what."""

    standard: str
    country: str
    as_of: date
    known_at: datetime | None = None
    by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stock:
    """Numbers by band for everybody and each value of each facet; when lists first contribute."""

    parts: dict[str, dict[str, list[Band]]]
    begun: dict[str, date]

    @property
    def all(self) -> list[Band]:
        """Everybody."""
        return self.parts.get("all", {}).get("", [])


def stocks(*days: Day) -> list[Stock]:
    """Give the stock of each day, all of them in one statement."""
    parts: list[str] = []
    asked: dict[str, Any] = {}
    for n, day in enumerate(days):
        asked |= {f"{name}{n}": value for name, value in _asked(day).items()}
        parts += [_CHANGES.format(n=n), _BEGUN.format(n=n), *_rest(n, day, asked)]
    found = [Stock({}, {}) for _ in days]
    sums: defaultdict[tuple[int, str, str, int], int] = defaultdict(int)
    for n, facet, value, place, persons in rows(" UNION ALL ".join(parts), asked):
        if facet == "begun":
            found[n].begun[value] = date.min + timedelta(days=place)
        else:
            sums[n, facet, value, place] += persons
    for (n, facet, value, place), persons in sums.items():
        if persons:
            bands = found[n].parts.setdefault(facet, {}).setdefault(value, [])
            bands.append((*BANDS[place - 1], persons))
    return found


def nearest(day: date, steps: tuple[int, ...] = (1, 11, 21)) -> date:
    """Give the kept day that is nearest, among these days of each month."""
    around = [day.replace(day=step) for step in steps]
    if (day.year, day.month) < (date.max.year, date.max.month):
        around.append((day.replace(day=28) + timedelta(days=4)).replace(day=1))
    return min(around, key=lambda kept: (abs((kept - day).days), kept))


def rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Ask the public connection."""
    with connections["public"].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _asked(day: Day) -> dict[str, Any]:
    kept = _nearest(day)
    return {
        "standard": day.standard,
        "country": day.country,
        "facets": ["all", *sorted(day.by)],
        "as_of": day.as_of,
        "known_at": day.known_at,
        "year": kept.replace(month=1, day=1),
        "month": kept.replace(day=1),
        "kept": kept,
        "low": min(kept, day.as_of),
        "high": max(kept, day.as_of),
    }


def _nearest(day: Day) -> date:
    # Thirds of months are kept for the whole world, and for everybody of a country.
    return nearest(day.as_of, (1, 11, 21) if day.country == EVERYWHERE or not day.by else (1,))


def _rest(n: int, day: Day, asked: dict[str, Any]) -> Iterator[str]:
    place = "true" if day.country == EVERYWHERE else f"s.country = %(country{n})s"
    where = "true"
    if day.standard == ANYBODY and day.country != EVERYWHERE:
        place, where = "true", f"c.country = %(country{n})s"
    pieces = []
    sign = 1 if asked[f"kept{n}"] <= day.as_of else -1
    if asked[f"low{n}"] < asked[f"high{n}"]:
        pieces = [_CROSSED.format(n=n, sign=s, edge=edge, place=place)
                  for s, edge in ((sign, "start_on"), (-sign, "end_on"))]  # fmt: skip
    if day.known_at is not None:
        pieces.append(_LEARNED.format(n=n, place=place))
    if not pieces:
        return
    rest = " UNION ALL ".join(pieces)
    if not day.by and where == "true":
        yield _REST.format(n=n, value="'all', ''", rest=rest, join="")
        return
    values = " UNION ALL ".join(_value(facet) for facet in ("all", *sorted(day.by)))
    join = (
        f"JOIN published_case c ON c.id = r.case_id AND {where}"
        f" CROSS JOIN LATERAL ({values}) AS v(facet, value)"
    )
    yield _REST.format(n=n, value="v.facet, v.value", rest=rest, join=join)


def _value(facet: str) -> str:
    return f"SELECT '{facet}', {_VALUES[facet]}"
