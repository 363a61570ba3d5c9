"""The rows of the open data, in a fixed order, read through the public connection in portions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

from undaunted.prisoners.registry.rules.open_data import CASES, NAMES, SPELLS, STAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.rules.open_data import OpenTable

__all__ = ["open_rows", "open_tables"]

PORTION = 5000
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
            s.sentence_kind, s.sentence_months, s.release_type, s.tier, s.in_stock
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
        while rows := cursor.fetchmany(PORTION):
            yield from rows


def open_tables(actor: Actor) -> Callable[[OpenTable], Iterator[tuple[Any, ...]]]:
    """Give the door to all tables for writers, which read no database themselves."""
    return lambda table: open_rows(actor, table)
