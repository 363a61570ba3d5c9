"""Cases found by their places: pages in order of name, whole and exact, whenever one was added."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.prisoners.registry.published_factory import Case, publish, some_cases, take_down
from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.registry.queries import hits
from undaunted.prisoners.registry.queries.newest import newest_cases
from undaunted.prisoners.registry.queries.published import CaseQuery, FoundCase, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from undaunted.config.postgres import Lease

    OwnerSql = Callable[..., list[tuple[Any, ...]]]

__all__: list[str] = []

EVERYBODY = CaseQuery(name="-00")
"""The part of a reference that all have, so that everybody is found by a word."""


def _place_all(owner_sql: OwnerSql) -> None:
    owner_sql("TRUNCATE published_place, published_posting")
    owner_sql("SELECT registry_place_all()")


def _paged(query: CaseQuery, *, size: int = 4, facets: bool = True) -> list[FoundCase]:
    found: list[FoundCase] = []
    cursor = ""
    while True:
        page = search(PUBLIC, query, cursor=cursor, size=size, facets=facets)
        found += page.cases
        if not (cursor := page.next_cursor):
            return found


def _in_order(cases: Iterable[Case]) -> list[str]:
    ordered = sorted(cases, key=lambda one: (not one.name, one.name, one.id))
    return [one.reference for one in ordered]


@pytest.mark.parametrize("facets", [True, False])
def test_pages_are_in_order_of_name_whether_placed_by_a_rebuild_or_later(
    ledger: Lease, owner_sql: OwnerSql, *, facets: bool
) -> None:
    cases = list(some_cases(45))
    publish(owner_sql, *cases[:15])
    _place_all(owner_sql)
    assert owner_sql("SELECT min(number), max(number) FROM published_place") == [(1, 15)]
    publish(owner_sql, *cases[15:])
    assert owner_sql("SELECT min(number) FROM published_place") == [(-30,)]
    for query in (EVERYBODY, CaseQuery(listed="charter-97"), CaseQuery(name="-00", role="hrd")):
        right = [
            case for case in cases
            if (not query.listed or query.listed in case.lists)
            and (not query.role or query.role in case.roles)
        ]  # fmt: skip
        assert right
        told = [one.reference for one in _paged(query, facets=facets)]
        assert told == _in_order(right)


@pytest.mark.parametrize("placed", [True, False])
def test_whose_name_is_withheld_comes_last_on_every_page(
    ledger: Lease, owner_sql: OwnerSql, *, placed: bool
) -> None:
    cases = list(some_cases(60))
    publish(owner_sql, *cases)
    if placed:
        _place_all(owner_sql)
    nameless = [case for case in cases if not case.name]
    assert len(nameless) > 3
    for query in (CaseQuery(), CaseQuery(country="XR"), EVERYBODY, CaseQuery(gender="male")):
        right = [
            case for case in cases
            if query.country in {"", case.country} and query.gender in {"", case.gender}
        ]  # fmt: skip
        assert [one.reference for one in _paged(query)] == _in_order(right)
    newest = newest_cases(PUBLIC, limit=60)
    assert [bool(one.name) for one in newest].index(False) == len(cases) - len(nameless)


def test_the_order_is_read_from_an_index(ledger: Lease, owner_sql: OwnerSql) -> None:
    publish(owner_sql, *some_cases(40))
    owner_sql("ANALYZE published_case")
    with CaptureQueriesContext(connections["public"]) as asked:
        search(PUBLIC, CaseQuery(country="XR"), size=3)
        newest_cases(PUBLIC, limit=3, country="XR")
    statements = [one["sql"] for one in asked if "FROM published_case c" in one["sql"]]
    statements += [one["sql"] for one in asked if 'FROM "published_case"' in one["sql"]]
    with transaction.atomic("public"), connections["public"].cursor() as cursor:
        for kind in ("sort", "incremental_sort", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Sort" not in plan, plan
    assert len(statements) == 2


def test_a_case_that_was_taken_down_is_found_by_nothing(ledger: Lease, owner_sql: OwnerSql) -> None:
    gone = Case("XR-00777", name="Unrepeatable Vanished", lists=("a-list-of-its-own",))
    others = list(some_cases(20))
    publish(owner_sql, *others, gone)
    _place_all(owner_sql)
    assert search(PUBLIC, CaseQuery(name="peatab")).total == 1
    take_down(owner_sql, gone.reference, date(2026, 6, 1))
    assert search(PUBLIC, CaseQuery(name="peatab")).total == 0
    left = "SELECT count(*) FROM published_posting WHERE value ~ 'unrepeat|vanish|of-its-own'"
    assert owner_sql(left) == [(0,)]
    assert owner_sql("SELECT count(*) FROM published_place WHERE case_id = %s", [gone.id]) == [(0,)]
    assert [one.reference for one in _paged(EVERYBODY)] == _in_order(others)


def test_several_words_must_all_be_there_in_any_order(ledger: Lease, owner_sql: OwnerSql) -> None:
    names = ("Anna Bell Invented", "Bell Invented", "Anna Invented", "Annabell Invented")
    publish(owner_sql, *(Case(f"XS-0000{at}", name=name) for at, name in enumerate(names)))
    found = search(PUBLIC, CaseQuery(name="bell anna"))
    assert sorted(one.name for one in found.cases) == ["Anna Bell Invented", "Annabell Invented"]
    assert found.total == 2
    assert search(PUBLIC, CaseQuery(name="bell xs-00001")).total == 1
    assert search(PUBLIC, CaseQuery(name="bell", listed="first-list", country="XF")).total == 0


def test_a_cursor_of_a_case_that_is_gone_goes_on_where_it_stood(
    ledger: Lease, owner_sql: OwnerSql
) -> None:
    cases = list(some_cases(12))
    publish(owner_sql, *cases)
    _place_all(owner_sql)
    first = search(PUBLIC, EVERYBODY, size=5)
    take_down(owner_sql, first.cases[-1].reference, date(2026, 6, 1))
    rest = search(PUBLIC, EVERYBODY, size=20, cursor=first.next_cursor)
    assert [one.reference for one in (*first.cases, *rest.cases)] == _in_order(cases)


def test_counting_by_arrays_tells_what_opening_the_cases_tells(
    ledger: Lease, owner_sql: OwnerSql, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(owner_sql, *some_cases(40))
    questions = (EVERYBODY, CaseQuery(name="-00", country="XR"), CaseQuery(listed="union-list"),
                 CaseQuery(name="-00", gender="male", held_now=False),
                 CaseQuery(name="-00", held_on=date(2021, 1, 1)))  # fmt: skip
    opened = [search(PUBLIC, query) for query in questions]
    monkeypatch.setattr(hits, "FEW", 0)
    compared = [search(PUBLIC, query) for query in questions]
    assert compared == opened
    assert all(page.total for page in opened)
