"""Counts of published persons, through the public connection alone (promise S9: exact).

The projection holds the counting rule already (`registry_segments`): here rows are added up, as
few statements as can be (`queries/stock.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from undaunted.prisoners.registry.queries.stock import (
    BANDS,
    BEGUN,
    CURRENT,
    SUMS,
    Day,
    Stock,
    rows,
    stocks,
)
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
    first_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.stock import Band

__all__ = ["Ask", "PeriodReversed", "count", "counts", "flows", "series"]

_HEADLINE = """
    s.standard = %(standard)s AND s.start_on <= %(since)s AND s.end_on > %(since)s
    AND s.certain AND s.tier IN ('A', 'B') AND (%(country)s = '*' OR s.country = %(country)s)
"""
_REVISED = f"""
    WITH differs AS (
        SELECT s.case_id, false AS known_then, true AS known_now FROM published_segment s
        WHERE {_HEADLINE} AND {CURRENT} AND s.known_from > %(then)s AND s.known_from <= %(now)s
        UNION ALL
        SELECT s.case_id, s.known_from <= %(then)s, s.known_from <= %(now)s AND s.known_to > %(now)s
        FROM published_segment s
        WHERE {_HEADLINE} AND s.known_to < 'infinity' AND s.known_to > %(then)s
    ), person AS (
        SELECT case_id, bool_or(known_then) AS known_then, bool_or(known_now) AS known_now
        FROM differs GROUP BY case_id
    )
    SELECT count(*) FILTER (WHERE known_now AND NOT known_then),
           count(*) FILTER (WHERE known_then AND NOT known_now) FROM person
"""  # noqa: S608 - constant parts only
_MOVED = """
    SELECT kind, sum(persons)::bigint FROM published_flow
    WHERE standard = %(standard)s AND country = %(country)s
      AND day > %(since)s AND day <= %(until)s GROUP BY kind
"""
_MOVED_THEN = """
    SELECT kind, count(*) FROM published_movements(%(standard)s, %(known_at)s, ARRAY(
        SELECT DISTINCT s.case_id FROM published_segment s
        WHERE s.standard = %(standard)s AND s.known_from <= %(known_at)s
          AND %(known_at)s < s.known_to
          AND (s.start_on > %(since)s AND s.start_on <= %(until)s
               OR s.end_on > %(since)s AND s.end_on <= %(until)s)))
    WHERE country = %(country)s AND day > %(since)s AND day <= %(until)s GROUP BY kind
"""
_MONTHS = f"""
    SELECT x.until, b.place, b.persons::bigint FROM (
        SELECT %(first)s::date AS until, {SUMS} AS sums FROM published_delta
        WHERE standard = %(standard)s AND facet = 'all' AND country = %(country)s
          AND (grain = 'year' AND until <= %(year)s
               OR grain = 'month' AND until > %(year)s AND until <= %(first)s)
        UNION ALL
        SELECT until, bands FROM published_delta
        WHERE standard = %(standard)s AND facet = 'all' AND country = %(country)s
          AND grain = 'month' AND until > %(first)s AND until <= %(until)s) x
    CROSS JOIN LATERAL unnest(x.sums) WITH ORDINALITY AS b(persons, place)
    WHERE b.persons <> 0
"""  # noqa: S608 - constant parts only
_MONTHS_LEARNED = """
    SELECT m::date, s.tier, s.verified, s.certain, sum(s.sign)::bigint
    FROM (SELECT p.*, CASE WHEN p.known_to = 'infinity' THEN -1 ELSE 1 END AS sign
          FROM published_segment p
          WHERE p.standard = %(standard)s AND p.start_on <= %(until)s AND p.end_on > %(first)s
            AND (%(country)s = '*' OR p.country = %(country)s)
            AND (p.known_to = 'infinity' AND p.known_from > %(known_at)s
                 OR p.known_to < 'infinity' AND p.known_from <= %(known_at)s
                    AND p.known_to > %(known_at)s)) s
    CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('month', s.start_on - 1) + interval '1 month', %(first)s::date),
        least(s.end_on, %(until)s::date + 1) - 1, interval '1 month') m
    GROUP BY 1, 2, 3, 4
"""


class PeriodReversed(ValueError):
    """The period ends before it begins, in the world or in knowledge."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One count among several that are asked for together."""

    as_of: date
    country: str | None = None
    known_at: datetime | None = None
    standard: str = DEFAULT_STANDARD
    by: Breakdown | None = None


def count(  # noqa: PLR0913 - one argument a coordinate of the count
    actor: Actor,
    *,
    as_of: date,
    country: str | None = None,
    known_at: datetime | None = None,
    standard: str = DEFAULT_STANDARD,
    by: Breakdown | str | Sequence[Breakdown] | None = None,
) -> CountResult:
    """Give how many published persons were held on `as_of`, as known at `known_at` or now.

    The same for everybody: public counts cover published persons only, and all of them. Several
    breakdowns stand beside each other, not crossed; the first is `by` of the result.
    """
    several = (by or None,) if isinstance(by, str) else tuple(by or (None,))
    asks = [Ask(as_of, country, known_at, standard, one and Breakdown(one)) for one in several]
    found = counts(actor, *asks)
    broken = tuple((one.breakdown, one.by) for one in found if one.breakdown)
    return replace(found[0], breakdowns=broken)


def counts(_actor: Actor, *asks: Ask) -> list[CountResult]:
    """Give several counts with one statement, in the order in which they were asked for."""
    wanted: dict[Day, set[str]] = {}
    for ask in asks:
        facets = wanted.setdefault(_day(ask), set())
        if ask.by and ask.by is not Breakdown.TIER:
            facets.add(ask.by.value)
    days = [
        Day(day.standard, day.country, day.as_of, day.known_at, frozenset(facets))
        for day, facets in wanted.items()
    ]
    found = dict(zip(wanted, stocks(*days), strict=True))
    return [_result(ask, found[_day(ask)]) for ask in asks]


def flows(  # noqa: PLR0913 - one argument a coordinate of both stocks
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
    now = timezone.now()
    if since > until or (since_known and since_known > (known_at or now)):
        raise PeriodReversed
    then = since_known or known_at
    asked = {
        "standard": standard,
        "country": country or EVERYWHERE,
        "since": since,
        "until": until,
        "known_at": known_at,
        "then": then,
        "now": known_at or now,
    }
    ((backlog, corrected),) = [(0, 0)] if then == known_at else rows(_REVISED, asked)
    where = country or EVERYWHERE
    before, after = stocks(Day(standard, where, since, then), Day(standard, where, until, known_at))
    return FlowResult(
        country=country,
        standard=standard,
        since=since,
        since_known=then or now,
        until=until,
        known_at=known_at or now,
        before=bands_of(before.all).persons,
        after=bands_of(after.all).persons,
        backlog=backlog,
        corrected=corrected,
        break_flags=_breaks(after.begun, since, until),
        **dict(rows(_MOVED if known_at is None else _MOVED_THEN, asked)),
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
    months = list(first_days(since, until))
    known = known_at or timezone.now()
    if not months:
        return SeriesResult(country, standard, known, ())
    asked = {
        "standard": standard,
        "country": where,
        "first": months[0],
        "year": months[0].replace(month=1),
        "until": until,
        "known_at": known_at,
    }
    learned: defaultdict[date, list[Band]] = defaultdict(list)
    for month, *band in rows(_MONTHS_LEARNED, asked) if known_at else ():
        learned[month].append((band[0], band[1], band[2], band[3]))
    stock = _running(rows(_MONTHS, asked), months)
    points = tuple(
        SeriesPoint(month, bands_of([*levels, *learned[month]]))
        for month, levels in zip(months, stock, strict=True)
    )
    begun = {value: date.min + timedelta(days=days) for value, days in rows(BEGUN, asked)}
    return SeriesResult(country, standard, known, points, _breaks(begun, since, until))


def _day(ask: Ask) -> Day:
    return Day(ask.standard, ask.country or EVERYWHERE, ask.as_of, ask.known_at)


def _result(ask: Ask, stock: Stock) -> CountResult:
    parts: tuple[BandCount, ...] = ()
    if ask.by is Breakdown.TIER:
        parts = tuple(_tier_parts(stock.all))
    elif ask.by:
        found = stock.parts.get(ask.by.value, {})
        parts = tuple(bands_of(found[value], value=value) for value in sorted(found))
    return CountResult(
        country=ask.country,
        standard=ask.standard,
        as_of=ask.as_of,
        known_at=ask.known_at or timezone.now(),
        bands=bands_of(stock.all),
        by=parts,
        breakdown=ask.by,
        break_flags=_breaks(stock.begun, date(ask.as_of.year, 1, 1), ask.as_of),
    )


def _running(changes: Iterable[tuple[date, int, int]], months: list[date]) -> Iterator[list[Band]]:
    """Add up the changes of the months; the first carries everything before it."""
    by_month: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for month, place, persons in changes:
        by_month[month].append((place, persons))
    level = [0] * len(BANDS)
    for month in months:
        for place, persons in by_month[month]:
            level[place - 1] += persons
        yield [(*BANDS[at], persons) for at, persons in enumerate(level) if persons]


def _breaks(begun: Mapping[str, date], since: date, until: date) -> tuple[PanelBreak, ...]:
    """Flag the years within the period at whose first of January a list begins to contribute."""
    lists: defaultdict[date, list[str]] = defaultdict(list)
    for value, day in begun.items():
        lists[day].append(value)
    days = sorted(day for day in lists if since <= day <= until and day != min(lists))
    return tuple(PanelBreak(day, tuple(sorted(lists[day]))) for day in days)


def _tier_parts(bands: Iterable[Band]) -> Iterator[BandCount]:
    kept = list(bands)
    for tier in "ABCD":
        yield bands_of((row for row in kept if row[0] == tier), value=tier)
