"""How many published cases have each value of each facet, under what is looked for.

Nothing or one value chosen: read from values counted two by two. Only a day, and perhaps a
country: read from the changes of whoever was held. A name or a list: from the places of the cases
found (queries/hits.py). Else cases are counted by cell, and the cells added up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.prisoners.registry.queries.hits import Hits, find
from undaunted.prisoners.registry.queries.stock import ANYBODY, Day, rows, stocks
from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD, EVERYWHERE
from undaunted.prisoners.registry.rules.facets import HELD
from undaunted.prisoners.registry.rules.name_words import Words, words_asked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["CaseQuery", "Conditions", "conditions", "facet_counts", "find_places"]

_SETS = {
    "country": "country", "gender": "gender", "status": "status", "tier": "tier",
    "held_now": "held_now", "roles": "role", "laws": "law",
}  # fmt: skip
"""Columns of a cell and the facet that each counts."""
_SEVERAL = {"role", "law"}
"""Facets of which a case may have several values, or none."""
_ALL_SETS = 2 ** len(_SETS) - 1
_ONE_SET = {_ALL_SETS - 2 ** (len(_SETS) - 1 - place): place for place in range(len(_SETS))}
"""What SQL's grouping() says of a row that counts one column, and the place of that column."""
_HELD = (
    "s.standard = '*' AND s.certain AND s.known_to = 'infinity'"
    " AND s.start_on <= %(held_on)s AND s.end_on > %(held_on)s"
)
_CELLS = """
    (SELECT k.*, n.found
     FROM (SELECT x.cell, count(*) AS found FROM {source} GROUP BY x.cell) n
     JOIN published_cell k ON k.id = n.cell) c
"""
_PAIRS = """
    SELECT facet, value, persons FROM published_pair
    WHERE within = %(within)s AND within_value = %(within_value)s
"""

Facets = dict[str, tuple[tuple[str, int], ...]]


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


@dataclass(slots=True)
class Conditions:
    """What a case `c` must fulfil, and what its cell `k` must, with the values of both."""

    every: list[str] = field(default_factory=list)
    by_cell: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    after: str = "true"
    words: list[Words] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    """Facets, and `list`, with the value that each must have."""
    held: str = ""
    most: int = 0
    page: list[int] | None = None
    """Places among which the first `most` cases after a cursor are, where places were asked."""

    @property
    def by_place(self) -> bool:
        """Whether cases are found by their places: by a name or on a list."""
        return bool(self.words) or "list" in self.marks

    def add(self, condition: str, **values: object) -> None:
        """Ask one thing more of the case."""
        self.every.append(condition)
        self.values |= values

    def choose(self, facet: str, condition: str, value: object) -> None:
        """Ask a facet for a value: the condition is about `{0}`, a case or a cell."""
        self.add(condition.format("c"), **{facet: value})
        self.by_cell.append(condition.format("k"))
        told = str(value).lower() if isinstance(value, bool) else str(value)
        self.chosen[facet] = self.marks[facet] = told

    def __str__(self) -> str:
        """Give it as SQL."""
        return " AND ".join(self.every) or "true"


def conditions(query: CaseQuery) -> Conditions:
    """Give what is looked for as conditions in SQL."""
    where = Conditions()
    # Who is "held" and at the same time not held now is nobody: no status of that name is stored.
    held_now = HELD.get(query.status) if query.held_now is None else query.held_now
    for column in ("country", "gender", "status", "tier"):
        value = getattr(query, column)
        today = column == "status" and value in HELD and HELD[value] == held_now
        if value and not today:
            where.choose(column, f"{{0}}.{column} = %({column})s", value)
    for facet, column in (("role", "roles"), ("law", "laws")):
        if value := getattr(query, facet):
            where.choose(facet, f"%({facet})s = ANY ({{0}}.{column})", value)
    if held_now is not None:
        where.choose("held_now", "{0}.held_now = %(held_now)s", held_now)
    if query.listed:
        where.marks["list"] = query.listed
    if query.held_on:
        where.held = _HELD
        where.add(
            f"EXISTS (SELECT FROM published_segment s WHERE s.case_id = c.id AND {_HELD})",
            held_on=query.held_on,
        )
    where.words = words_asked(query.name)
    return where


def facet_counts(query: CaseQuery, where: Conditions) -> tuple[Facets, int]:
    """Give facet → its values with their numbers, the most frequent first; and how many in all."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in _SETS.values()}
    counts["all"] = Counter()
    for facet, value, persons in _counted(query, where):
        if facet in counts and (value or facet not in _SEVERAL):
            counts[facet][value] += persons
    total = counts.pop("all")[""]
    facets = {
        name: tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, found in counts.items()
    }
    return facets, total


def find_places(where: Conditions, *, facets: bool) -> Hits:
    """Find cases by their places and keep those of the page; `facets` says whether to count."""
    asked = where.values | {"most": where.most}
    found = find(where.words, where.marks, asked, held=where.held, facets=facets)
    where.page = found.page
    return found


def _counted(query: CaseQuery, where: Conditions) -> Iterable[tuple[str, str, int]]:
    chosen = where.chosen
    if where.by_place:
        return _placed(where)
    by_cell = " AND ".join(where.by_cell).replace("k.", "c.") or "true"
    if query.held_on and chosen.keys() <= {"country"}:
        return _held(query.held_on, query.country)
    if query.held_on:
        source = f"(SELECT s.cell FROM published_segment s WHERE {_HELD}) x"  # noqa: S608 - as above
        return _added_up(_CELLS.format(source=source), "c.found", by_cell, where.values)
    if len(chosen) > 1:
        return _added_up("published_cell c", "c.persons", by_cell, where.values)
    ((within, value),) = chosen.items() or (("all", ""),)
    found = rows(_PAIRS, {"within": within, "within_value": value})
    return [(facet, each, persons) for facet, each, persons in found]


def _held(day: date, country: str) -> Iterable[tuple[str, str, int]]:
    (stock,) = stocks(Day(ANYBODY, country or EVERYWHERE, day, by=frozenset(_SETS.values())))
    for facet, values in stock.parts.items():
        for value, bands in values.items():
            if persons := sum(number for _, _, certain, number in bands if certain):
                yield facet, value, persons


def _placed(where: Conditions) -> Iterable[tuple[str, str, int]]:
    found = find_places(where, facets=True)
    return [("all", "", found.total), *(one for one in found.counted if one[2])]


def _added_up(
    source: str, number: str, where: str, values: dict[str, Any]
) -> Iterable[tuple[str, str, int]]:
    columns = ", ".join(f"c.{name}" for name in _SETS)
    sets = ", ".join(f"(c.{name})" for name in _SETS)
    statement = (
        f"SELECT {columns}, grouping({columns}), sum({number})::bigint"  # noqa: S608 - constant parts only
        f" FROM {source} WHERE {where} GROUP BY GROUPING SETS ({sets}, ())"
    )
    facets = list(_SETS.values())
    for *found, mask, persons in rows(statement, values):
        place = _ONE_SET.get(mask)
        if place is None:
            yield "all", "", int(persons or 0)
            continue
        value = found[place]
        for each in value if isinstance(value, list) else [value]:
            told = str(each).lower() if isinstance(each, bool) else each
            yield facets[place], told, int(persons)
