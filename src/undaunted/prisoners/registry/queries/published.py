"""What everybody may read of published cases: search with facets, one case, a country's sum.

Reads the projections through the public connection, so nothing here can show what is not public.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connections

from undaunted.core.actors.rules.names import search_form
from undaunted.prisoners.registry.models import PublishedCase, PublishedTombstone
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.rules.counts import CountResult

__all__ = [
    "CaseQuery",
    "CountryOverview",
    "CursorUnreadable",
    "FoundCase",
    "FoundPage",
    "country_overview",
    "published_case",
    "published_version",
    "search",
    "tombstone",
]

LARGEST_PAGE = 100
_COLUMNS = (
    "c.id, c.reference, c.name, c.country, c.gender, c.birth_year, c.roles, c.laws, c.lists, "
    "c.status, c.standards, c.tier, c.held_now, c.first_start, c.last_end, c.release_type"
)
_FIELDS = tuple(column.strip().removeprefix("c.") for column in _COLUMNS.split(","))
_SETS = {
    "country": "country", "gender": "gender", "status": "status", "tier": "tier",
    "held_now": "held_now", "roles": "role", "laws": "law",
}  # fmt: skip
"""Columns of a cell and the facet that each counts."""
_ALL_SETS = 2 ** len(_SETS) - 1
_ONE_SET = {_ALL_SETS - 2 ** (len(_SETS) - 1 - place): place for place in range(len(_SETS))}
"""What SQL's grouping() says of a row that counts one column, and the place of that column."""


class CursorUnreadable(ValueError):
    """The cursor of the page was not given by this search."""


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What is looked for; empty means any. `status` "held" or "free" speaks of today."""

    name: str = ""
    country: str = ""
    role: str = ""
    law: str = ""
    gender: str = ""
    listed: str = ""
    held_on: date | None = None
    status: str = ""
    tier: str = ""
    held_now: bool | None = None
    standard: str = DEFAULT_STANDARD


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One line of the result."""

    id: UUID
    reference: str
    name: str
    country: str
    gender: str
    birth_year: int | None
    roles: tuple[str, ...]
    laws: tuple[str, ...]
    lists: tuple[str, ...]
    status: str
    standards: tuple[str, ...]
    tier: str
    held_now: bool
    first_start: date | None
    last_end: date | None
    release_type: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page, how many there are in all, and how many have each value of each facet."""

    cases: tuple[FoundCase, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True)
class CountryOverview:
    """What the page of a country begins with."""

    country: str
    count: CountResult
    cases: int
    held_now: int
    sources: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Where:
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **values: object) -> None:
        self.conditions.append(condition)
        self.values |= values

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "true"


def search(
    _actor: Actor, query: CaseQuery, *, cursor: str = "", size: int = 25, facets: bool = True
) -> FoundPage:
    """Give one page of published cases in order of name, with exact numbers for every facet.

    Raises `CursorUnreadable`.
    """
    size = max(1, min(size, LARGEST_PAGE))
    where = _where(query)
    counted = _facets(query, where) if facets else ({}, -1)
    if cursor:
        name, identity = _read_cursor(cursor)
        where.add("(c.name, c.id) > (%(after_name)s, %(after_id)s)",
                  after_name=name, after_id=identity)  # fmt: skip
    rows = _rows(
        f"SELECT {_COLUMNS} FROM published_case c WHERE {where}"  # noqa: S608 - constant parts only
        " ORDER BY c.name, c.id LIMIT %(size)s",
        where.values | {"size": size + 1},
    )
    cases = tuple(_case(row) for row in rows[:size])
    more = _write_cursor(cases[-1]) if len(rows) > size else ""
    return FoundPage(cases, counted[1], counted[0], more)


def published_case(_actor: Actor, reference: str) -> PublishedCase:
    """Give a published case with names, spells and sources; raises `PublishedCase.DoesNotExist`."""
    related = ("names", "spells", "sources")
    return PublishedCase.objects.prefetch_related(*related).get(reference=reference)


def tombstone(_actor: Actor, reference: str) -> PublishedTombstone | None:
    """Give what stays of a case that was taken down, if it was."""
    return PublishedTombstone.objects.filter(reference=reference).first()


def published_version(_actor: Actor) -> str:
    """Give a text that changes whenever anything published changes; for ETags and kept pages."""
    found = rows("SELECT number FROM published_version", {})
    return str(found[0][0]) if found else ""


def country_overview(actor: Actor, country: str, *, as_of: date) -> CountryOverview:
    """Give the first numbers of a country's page."""
    cells = _rows(
        "SELECT coalesce(sum(persons), 0)::bigint,"
        " coalesce(sum(persons) FILTER (WHERE held_now), 0)::bigint"
        " FROM published_cell WHERE country = %(country)s",
        {"country": country},
    )
    sources = _rows(
        "SELECT s.publisher, count(DISTINCT s.case_id) FROM published_source s"
        " JOIN published_case c ON c.id = s.case_id"
        " WHERE c.country = %(country)s AND s.publisher <> ''"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
        {"country": country},
    )
    return CountryOverview(
        country,
        count(actor, as_of=as_of, country=country),
        cells[0][0],
        cells[0][1],
        tuple((publisher, number) for publisher, number in sources),
    )


def _where(query: CaseQuery) -> _Where:
    where = _Where()
    for column in ("country", "gender", "status", "tier"):
        value = getattr(query, column)
        if value:
            where.add(f"c.{column} = %({column})s", **{column: value})
    for column, value in (("roles", query.role), ("laws", query.law), ("lists", query.listed)):
        if value:
            where.add(f"%({column})s = ANY (c.{column})", **{column: value})
    if query.held_now is not None:
        where.add("c.held_now = %(held_now)s", held_now=query.held_now)
    if query.held_on:
        where.add(
            "EXISTS (SELECT FROM published_segment s WHERE s.case_id = c.id AND s.standard = '*'"
            " AND s.certain AND s.start_on <= %(held_on)s AND s.end_on > %(held_on)s"
            " AND s.known_to = 'infinity')",
            held_on=query.held_on,
        )
    for place, word in enumerate(_words(query.name)):
        where.add(f"c.search_form LIKE %(word{place})s", **{f"word{place}": f"%{_plain(word)}%"})
    return where


def _words(name: str) -> Sequence[str]:
    """Give what must stand in a name: the words as written, or the first Latin spelling of them."""
    text = name.replace("\x00", " ").strip()[:200]
    if not text:
        return ()
    words = text.lower().split()
    if text.isascii():
        return words[:8]
    latin = [(search_form(word).split() or [word])[0] for word in words]
    return latin[:8]


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _facets(query: CaseQuery, where: _Where) -> tuple[dict[str, tuple[tuple[str, int], ...]], int]:
    """Count by cells: without a name, a list or a day no case is touched at all."""
    narrow = query.name or query.held_on or query.listed
    source, number = (
        ("published_case", "count(*)") if narrow else ("published_cell", "sum(persons)")
    )
    columns = ", ".join(f"c.{name}" for name in _SETS)
    sets = ", ".join(f"(c.{name})" for name in _SETS)
    statement = (
        f"SELECT {columns}, grouping({columns}), {number}::bigint"  # noqa: S608 - constant parts only
        f" FROM {source} c WHERE {where} GROUP BY GROUPING SETS ({sets}, ())"
    )
    counts: dict[str, Counter[str]] = {_SETS[name]: Counter() for name in _SETS}
    total = 0
    for *values, mask, persons in _rows(statement, where.values):
        place = _ONE_SET.get(mask)
        if place is None:
            total += int(persons or 0)
            continue
        value = values[place]
        facet = counts[list(_SETS.values())[place]]
        for each in value if isinstance(value, list) else [value]:
            facet[str(each).lower() if isinstance(each, bool) else each] += int(persons)
    facets = {
        name: tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, found in counts.items()
    }
    return facets, total


def _case(row: tuple[Any, ...]) -> FoundCase:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return FoundCase(**dict(zip(_FIELDS, values, strict=True)))


def _write_cursor(case: FoundCase) -> str:
    text = json.dumps([case.name, str(case.id)], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, identity = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not (isinstance(name, str) and isinstance(identity, str)) or "\x00" in name:
            raise CursorUnreadable(cursor[:40])
        name.encode()  # a lone surrogate is no name
        return name, str(UUID(identity))
    except (ValueError, TypeError, binascii.Error, UnicodeError, RecursionError) as error:
        raise CursorUnreadable(cursor[:40]) from error


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections["public"].cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
