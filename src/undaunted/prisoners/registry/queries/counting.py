"""Counts of published persons, through the public connection alone (promise S9: exact).

What is known now is served from checkpoints and daily changes; what was known then, from the
segments. Both hold the counting rule already (`registry_segments`): here rows are added up.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import MAXYEAR, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.utils import timezone

from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    EVERYWHERE,
    BandCount,
    Breakdown,
    CountResult,
    FlowResult,
    PanelBreak,
    SeriesPoint,
    SeriesResult,
    bands_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.access.rules import Actor

__all__ = ["PeriodReversed", "count", "flows", "series"]

_FACETS = {
    Breakdown.ROLE: "unnest(CASE WHEN c.roles = '{}' THEN '{\"\"}' ELSE c.roles END)",
    Breakdown.LAW: "unnest(CASE WHEN c.laws = '{}' THEN '{\"\"}' ELSE c.laws END)",
    Breakdown.LIST: "unnest(CASE WHEN c.lists = '{}' THEN '{\"\"}' ELSE c.lists END)",
    Breakdown.GENDER: "c.gender",
}
_NOW = """
    SELECT facet, value, tier, verified, certain, sum(n)::bigint FROM (
        SELECT facet, value, tier, verified, certain, persons AS n FROM published_level
        WHERE standard = %(standard)s AND country = %(country)s AND facet = %(facet)s
          AND month = %(checkpoint)s
        UNION ALL
        SELECT facet, value, tier, verified, certain, change FROM published_delta
        WHERE standard = %(standard)s AND country = %(country)s AND facet = %(facet)s
          AND day > %(after)s AND day <= %(as_of)s) part
    GROUP BY facet, value, tier, verified, certain HAVING sum(n) <> 0
"""
_THEN = """
    SELECT 'all', {value} AS value, s.tier, s.verified, s.certain, count(*)
    FROM published_segment s {join}
    WHERE s.standard = %(standard)s AND s.start_on <= %(as_of)s AND s.end_on > %(as_of)s
      AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
      AND (%(country)s = '*' OR s.country = %(country)s)
    GROUP BY 2, 3, 4, 5
"""
_REVISED = """
    WITH headline AS MATERIALIZED (
        SELECT case_id, known_from, known_to FROM published_segment
        WHERE standard = %(standard)s AND start_on <= %(as_of)s AND end_on > %(as_of)s
          AND certain AND tier IN ('A', 'B') AND (%(country)s = '*' OR country = %(country)s)
    ), before AS (
        SELECT case_id FROM headline WHERE known_from <= %(then)s AND %(then)s < known_to
    ), after AS (
        SELECT case_id FROM headline WHERE known_from <= %(now)s AND %(now)s < known_to
    )
    SELECT (SELECT count(*) FROM (SELECT * FROM after EXCEPT SELECT * FROM before) b),
           (SELECT count(*) FROM (SELECT * FROM before EXCEPT SELECT * FROM after) c)
"""
_MONTHS_NOW = """
    SELECT month, tier, verified, certain, persons FROM published_level
    WHERE standard = %(standard)s AND country = %(country)s AND facet = 'all'
      AND month BETWEEN %(since)s AND %(until)s
"""
_MONTHS_THEN = """
    SELECT m::date, s.tier, s.verified, s.certain, count(*)
    FROM published_segment s
    CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('month', s.start_on - 1) + interval '1 month', %(since)s::date),
        least(s.end_on, %(until)s::date + 1) - 1, interval '1 month') m
    WHERE s.standard = %(standard)s AND s.start_on <= %(until)s AND s.end_on > %(since)s
      AND s.known_from <= %(known_at)s AND %(known_at)s < s.known_to
      AND (%(country)s = '*' OR s.country = %(country)s)
    GROUP BY 1, 2, 3, 4
"""


class PeriodReversed(ValueError):
    """The period ends before it begins, in the world or in knowledge."""


def count(
    _actor: Actor,
    *,
    as_of: date,
    country: str | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
    by: Breakdown | str | None = None,
) -> CountResult:
    """Give how many published persons were held on `as_of`, as known at `known_at` or now.

    The same for everybody: public counts cover published persons only, and all of them.
    """
    breakdown = Breakdown(by) if by else None
    where = country or EVERYWHERE
    rows = _facet_rows(standard, where, as_of, known_at, None).get("", [])
    total = bands_of(rows)
    parts: tuple[BandCount, ...] = ()
    if breakdown is Breakdown.TIER:
        parts = tuple(_tier_parts(rows))
    elif breakdown:
        found = _facet_rows(standard, where, as_of, known_at, breakdown)
        parts = tuple(bands_of(found[value], value=value) for value in sorted(found))
    return CountResult(
        country=country,
        standard=standard,
        as_of=as_of,
        known_at=known_at or timezone.now(),
        bands=total,
        by=parts,
        breakdown=breakdown,
        break_flags=_breaks(standard, where, date(as_of.year, 1, 1), as_of),
    )


def flows(  # noqa: PLR0913 - as above
    _actor: Actor,
    *,
    since: date,
    until: date,
    country: str | None = None,
    since_known: datetime | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
) -> FlowResult:
    """Give what made the stock of `since` (as known at `since_known`) into that of `until`.

    Without `since_known` both are counted on the same knowledge, so nothing is backlog. Raises
    `PeriodReversed`.
    """
    if since > until or (since_known and since_known > (known_at or timezone.now())):
        raise PeriodReversed
    where = country or EVERYWHERE
    then = since_known or known_at
    backlog, corrected = _revision(standard, where, since, then, known_at)
    moved = _movements(standard, where, since, until, known_at)
    return FlowResult(
        country=country,
        standard=standard,
        since=since,
        since_known=then or timezone.now(),
        until=until,
        known_at=known_at or timezone.now(),
        before=_bands(standard, where, since, then).persons,
        after=_bands(standard, where, until, known_at).persons,
        backlog=backlog,
        corrected=corrected,
        break_flags=_breaks(standard, where, since, until),
        new=moved.get("new", 0),
        redetained=moved.get("redetained", 0),
        reclassified_in=moved.get("reclassified_in", 0),
        released=moved.get("released", 0),
        died=moved.get("died", 0),
        reclassified_out=moved.get("reclassified_out", 0),
    )


def series(
    _actor: Actor,
    *,
    since: date,
    until: date,
    country: str | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
) -> SeriesResult:
    """Give the stock on the first day of every month from `since` to `until`."""
    if since > until:
        raise PeriodReversed
    where = country or EVERYWHERE
    months = list(_first_days(since, until))
    asked = {
        "standard": standard,
        "country": where,
        "since": months[0] if months else since,
        "until": until,
        "known_at": known_at,
    }
    found: dict[date, list[tuple[str, bool, bool, int]]] = defaultdict(list)
    for month, *row in _rows(_MONTHS_NOW if known_at is None else _MONTHS_THEN, asked):
        found[month].append((row[0], row[1], row[2], row[3]))
    horizon = _horizon()
    points = tuple(
        SeriesPoint(
            month,
            _bands(standard, where, month, known_at)
            if known_at is None and month > horizon
            else bands_of(found[month]),
        )
        for month in months
    )
    flags = _breaks(standard, where, since, until)
    return SeriesResult(country, standard, known_at or timezone.now(), points, flags)


def _bands(standard: str, country: str, as_of: date, known_at: datetime | None) -> BandCount:
    rows = _facet_rows(standard, country, as_of, known_at, None)
    return bands_of(row for part in rows.values() for row in part)


def _facet_rows(
    standard: str,
    country: str,
    as_of: date,
    known_at: datetime | None,
    breakdown: Breakdown | None,
) -> dict[str, list[tuple[str, bool, bool, int]]]:
    asked: dict[str, Any] = {
        "standard": standard,
        "country": country,
        "as_of": as_of,
        "known_at": known_at,
        "facet": breakdown.value if breakdown else "all",
    }
    if known_at is None:
        checkpoint = min(_checkpoint(as_of, breakdown), _checkpoint(_horizon(), breakdown))
        asked |= {"checkpoint": checkpoint, "after": checkpoint}
        statement = _NOW
        if checkpoint == date.min:
            asked["after"] = "-infinity"
    else:
        value = _FACETS[breakdown] if breakdown else "''"
        join = "JOIN published_case c ON c.id = s.case_id" if breakdown else ""
        statement = _THEN.format(value=value, join=join)
    found: dict[str, list[tuple[str, bool, bool, int]]] = defaultdict(list)
    for _facet, value, tier, verified, certain, persons in _rows(statement, asked):
        found[value].append((tier, verified, certain, persons))
    return found


def _checkpoint(day: date, breakdown: Breakdown | None) -> date:
    return day.replace(day=1) if breakdown is None else day.replace(month=1, day=1)


def _horizon() -> date:
    rows = _rows("SELECT max(month) FROM published_level WHERE facet = ''", {})
    horizon: date | None = rows[0][0]
    return horizon or date.min


def _revision(
    standard: str, country: str, as_of: date, then: datetime | None, known_at: datetime | None
) -> tuple[int, int]:
    now = known_at or timezone.now()
    if then is None or then == known_at:
        return 0, 0
    asked = {"standard": standard, "country": country, "as_of": as_of, "then": then, "now": now}
    ((backlog, corrected),) = _rows(_REVISED, asked)
    return backlog, corrected


def _movements(
    standard: str, country: str, since: date, until: date, known_at: datetime | None
) -> dict[str, int]:
    asked = {
        "standard": standard,
        "country": country,
        "since": since,
        "until": until,
        "known_at": known_at,
    }
    if known_at is None:
        statement = """
            SELECT value, sum(change)::bigint FROM published_delta
            WHERE standard = %(standard)s AND country = %(country)s AND facet = 'flow'
              AND day > %(since)s AND day <= %(until)s GROUP BY value
        """
    else:
        statement = """
            SELECT kind, count(*) FROM published_movements(%(standard)s, %(known_at)s)
            WHERE country = %(country)s AND day > %(since)s AND day <= %(until)s GROUP BY kind
        """
    return {str(kind): int(number) for kind, number in _rows(statement, asked)}


def _breaks(standard: str, country: str, since: date, until: date) -> tuple[PanelBreak, ...]:
    """Flag the years within the period at whose first of January a list begins to contribute."""
    begun: dict[date, list[str]] = defaultdict(list)
    statement = """
        SELECT value, min(month) FROM published_level
        WHERE standard = %(standard)s AND country = %(country)s AND facet = 'list' AND value <> ''
        GROUP BY value
    """
    for value, month in _rows(statement, {"standard": standard, "country": country}):
        begun[month].append(value)
    days = sorted(day for day in begun if since <= day <= until and day != min(begun))
    return tuple(PanelBreak(day, tuple(sorted(begun[day]))) for day in days)


def _tier_parts(rows: Iterable[tuple[str, bool, bool, int]]) -> Iterator[BandCount]:
    kept = list(rows)
    for tier in "ABCD":
        yield bands_of((row for row in kept if row[0] == tier), value=tier)


def _first_days(since: date, until: date) -> Iterable[date]:
    year, month = since.year, since.month
    if since.day > 1:
        year, month = year + month // 12, month % 12 + 1
    while year <= MAXYEAR and date(year, month, 1) <= until:
        yield date(year, month, 1)
        year, month = year + month // 12, month % 12 + 1


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections["public"].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
