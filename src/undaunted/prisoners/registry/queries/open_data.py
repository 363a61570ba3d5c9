"""The rows of the open data, in a fixed order, read through the public connection in portions."""

from __future__ import annotations

from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

from undaunted.prisoners.registry.rules.open_data import CASES, NAMES, SPELLS, STAYS
from undaunted.prisoners.registry.rules.told_once import Telling, told_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.rules.open_data import OpenTable

__all__ = ["open_rows", "open_tables"]

Row = tuple[Any, ...]

PORTION = 5000
_SPELL = tuple(column.name for column in SPELLS.columns)
_TIER = _SPELL.index("tier")
_STATEMENTS = {
    CASES.name: """
        SELECT c.reference, c.name, c.country, c.gender, c.birth_year, c.roles, c.laws, c.lists,
            c.status, c.standards, c.tier, c.held_now, to_char(c.first_start, 'YYYY-MM'),
            to_char(c.last_end, 'YYYY-MM'), c.release_type, c.merged
        FROM published_case c ORDER BY c.reference COLLATE "C"
    """,
    NAMES.name: """
        SELECT c.reference, n.text, n.kind, n.script, n.language
        FROM published_name n JOIN published_case c ON c.id = n.case_id
        ORDER BY c.reference COLLATE "C", n.kind, n.text COLLATE "C", n.script, n.language
    """,
    SPELLS.name: """
        SELECT c.reference, s.category, s.type, to_char(s.start_earliest, 'YYYY-MM'),
            to_char(s.start_latest, 'YYYY-MM'), to_char(s.end_earliest, 'YYYY-MM'),
            to_char(s.end_latest, 'YYYY-MM'), s.country, s.admin1, s.laws, s.stage,
            s.sentence_kind, s.sentence_months, s.release_type, s.tier, s.in_stock, s."end" = ''
        FROM published_spell s JOIN published_case c ON c.id = s.case_id
        ORDER BY c.reference COLLATE "C", s.start_earliest, s.end_latest, s.type, s.claim
    """,
    STAYS.name: """
        SELECT c.reference, s.standard, s.country, to_char(s.start_on, 'YYYY-MM'),
            CASE WHEN s.end_on < 'infinity' THEN to_char(s.end_on, 'YYYY-MM') END,
            s.tier, s.certain, s.verified
        FROM published_segment s JOIN published_case c ON c.id = s.case_id
        WHERE s.standard <> '*' AND s.known_to = 'infinity'
        ORDER BY c.reference COLLATE "C", s.standard, s.start_on
    """,
}


def open_rows(_actor: Actor, table: OpenTable) -> Iterator[tuple[Any, ...]]:
    """Give every row of a table; memory does not grow with their number."""
    with transaction.atomic(using="public"), connections["public"].chunked_cursor() as cursor:
        cursor.execute(_STATEMENTS[table.name])
        portions = iter(partial(cursor.fetchmany, PORTION), [])
        rows = chain.from_iterable(portions)
        yield from _each_once(rows) if table is SPELLS else rows


def _each_once(rows: Iterable[Row]) -> Iterator[Row]:
    for _reference, spells in groupby(rows, key=itemgetter(0)):
        for spell, tier in told_once(spells, _telling):
            yield (*spell[:_TIER], tier, *spell[_TIER + 1 : -1])


def _telling(row: Row) -> Telling:
    told = dict(zip(_SPELL, row[:-1], strict=True))
    return Telling(
        category=told["category"],
        start_latest=told["start_latest_month"],
        end_earliest=told["end_earliest_month"],
        open=row[-1],
        tier=told.pop("tier"),
        rest=str(told),
    )


def open_tables(actor: Actor) -> Callable[[OpenTable], Iterator[tuple[Any, ...]]]:
    """Give the door to all tables for writers, which read no database themselves."""
    return lambda table: open_rows(actor, table)
