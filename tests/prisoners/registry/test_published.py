"""What the public may find, what it may not, and who may write it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.prisoners.registry.published_worlds import Act, Person, World, random_world
from tests.prisoners.registry.test_counting import project_all
from undaunted.core.access.rules import PUBLIC
from undaunted.engines.census import Tier
from undaunted.prisoners.registry.models import PublishedCase, PublishedTombstone
from undaunted.prisoners.registry.queries.counting import count
from undaunted.prisoners.registry.queries.published import (
    CaseQuery,
    CursorUnreadable,
    published_case,
    search,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.config.postgres import Lease

OPEN = Act((date(2019, 3, 4),) * 2, (None, None), Tier.A, law="extremism")
ONE = Person(1, (OPEN,), roles=("journalist",))


def project(lease: Lease, *people: Person) -> World:
    world = World(people)
    world.write(lease)
    project_all(lease)
    return world


@pytest.mark.parametrize(
    "hidden",
    [
        replace(ONE, state="proposed"),
        replace(ONE, state="taken_down"),
        replace(ONE, embargo=timezone.now() + timedelta(days=1)),
        replace(ONE, level="aggregate"),
        replace(ONE, groups=("identity",)),
        replace(ONE, groups=()),
        replace(ONE, until=date(2021, 1, 1)),
        replace(ONE, basis="somebody"),
        replace(ONE, withdrawn=True),
    ],
)
def test_what_is_not_permitted_is_not_there(ledger: Lease, hidden: Person) -> None:
    project(ledger, hidden, replace(ONE, number=2))
    assert [case.reference for case in search(PUBLIC, CaseQuery()).cases] == ["XR-00002"]
    assert count(PUBLIC, as_of=date(2020, 1, 1)).bands.high == 1


def test_code_level_shows_no_name_and_cannot_be_searched_by_it(ledger: Lease) -> None:
    project(ledger, replace(ONE, level="code", groups=("identity", "detention")))
    case = published_case(PUBLIC, "XR-00001")
    assert (case.name, case.gender, case.roles, case.birth_year) == ("", "", [], None)
    assert not case.names.exists()
    assert search(PUBLIC, CaseQuery(name="invented")).total == 0
    assert search(PUBLIC, CaseQuery(name="xr-00001")).total == 1


def test_health_needs_its_own_consent_and_public_record_never_gives_it(ledger: Lease) -> None:
    sick = replace(ONE, groups=("identity", "biography", "detention", "health"))
    world = World((sick, replace(sick, number=2, basis="public_record")))
    world.write(ledger)
    assert ledger.owner_url is not None
    with psycopg.connect(ledger.owner_url, autocommit=True) as connection:
        connection.execute("UPDATE events_act SET health_alert = 'hunger_strike'")
    project_all(ledger)
    assert published_case(PUBLIC, "XR-00001").health_alert == "hunger_strike"
    assert published_case(PUBLIC, "XR-00002").health_alert == ""


def test_spells_are_published_to_the_month(ledger: Lease) -> None:
    project(ledger, ONE)
    (spell,) = published_case(PUBLIC, "XR-00001").spells.all()
    assert spell.start == "2019-03"
    assert (spell.start_earliest, spell.start_latest) == (date(2019, 3, 1), date(2019, 3, 31))


def test_takedown_destroys_the_rows_and_leaves_a_tombstone(
    ledger: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    world = project(ledger, ONE)
    assert count(PUBLIC, as_of=date(2020, 1, 1)).persons == 1
    owner_sql("UPDATE registry_publication SET state = 'taken_down'")
    owner_sql("SELECT registry_project(%s)", [world.ids])
    assert not PublishedCase.objects.exists()
    assert PublishedTombstone.objects.get().reference == "XR-00001"
    assert count(PUBLIC, as_of=date(2020, 1, 1)).bands.high == 0
    for table in ("name", "spell", "segment", "source", "cell"):
        assert owner_sql(f"SELECT count(*) FROM published_{table}") == [(0,)]


def test_revoked_consent_takes_a_case_out(
    ledger: Lease, owner_sql: Callable[..., list[tuple[object, ...]]]
) -> None:
    world = project(ledger, ONE)
    owner_sql("UPDATE consent_grant SET revoked_at = now()")
    assert owner_sql("SELECT registry_due()") == [(world.ids,)]
    owner_sql("SELECT registry_project(%s)", [world.ids])
    assert not PublishedCase.objects.exists()


def test_facets_are_exact_and_pages_follow_each_other(ledger: Lease) -> None:
    project(ledger, *random_world(21, 90, corrected=False).people)
    first = search(PUBLIC, CaseQuery(), size=20)
    seen, page = list(first.cases), first
    while page.next_cursor:
        page = search(PUBLIC, CaseQuery(), size=20, cursor=page.next_cursor)
        seen += page.cases
    assert len({case.reference for case in seen}) == len(seen) == first.total
    for role, number in first.facets["role"]:
        assert search(PUBLIC, CaseQuery(role=role)).total == number
        assert sum(role in case.roles for case in seen) == number
    by_name = search(PUBLIC, CaseQuery(name="xr-0"))
    assert by_name.facets == first.facets


@pytest.mark.parametrize("name", ["%", "_", "\\", "' OR 1=1 --", "\x00", "😀", "م" * 500])
def test_odd_names_find_nobody_and_break_nothing(ledger: Lease, name: str) -> None:
    project(ledger, ONE)
    assert search(PUBLIC, CaseQuery(name=name)).total in {0, 1}


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "WyJhIiwgImIiXQ", "é"])
def test_strange_cursors_are_refused(ledger: Lease, cursor: str) -> None:
    with pytest.raises(CursorUnreadable):
        search(PUBLIC, CaseQuery(), cursor=cursor)


def test_the_public_role_reads_projections_and_nothing_else(ledger: Lease) -> None:
    with connections["public"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.role_table_grants"
            " WHERE grantee = 'undaunted_public' AND table_schema = 'public'"
            " AND (privilege_type <> 'SELECT' OR table_name NOT LIKE 'published%%')"
        )
        assert cursor.fetchall() == []
    for statement in (
        "SELECT registry_project('{}'::uuid[])",
        "SELECT registry_project_all()",
        "SELECT * FROM registry_segments('{}'::uuid[])",
        "SELECT * FROM actors_search('a', 1)",
        "SELECT * FROM actors_party",
    ):
        with connections["public"].cursor() as cursor, pytest.raises(Exception, match="denied"):
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM published_case",
        "UPDATE published_delta SET bands = '{}'",
        "INSERT INTO published_tombstone VALUES ('x', now())",
        "SELECT registry_project_all()",
        "SELECT registry_add_changes('{}', 1)",
        "SELECT registry_forget('{}')",
        "TRUNCATE published_segment",
    ],
)
def test_the_desk_role_cannot_write_projections(ledger: Lease, statement: str) -> None:
    with connections["default"].cursor() as cursor, pytest.raises(Exception, match=r"denied|owner"):
        cursor.execute(statement)


def test_nobody_searches_names_of_the_desk_without_identity(ledger: Lease) -> None:
    project(ledger, ONE)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM actors_search('invented', 10)")
        assert cursor.fetchall() == []


def _get(path: str, **headers: str) -> Any:
    return Client(headers=headers).get(f"/api/v1/registry{path}")


def test_the_api_counts_searches_and_knows_what_the_reader_holds(ledger: Lease) -> None:
    project(ledger, ONE)
    counted = _get("/count?as_of=2020-01-01&country=XR&by=role")
    assert counted.status_code == 200, counted.content
    body = json.loads(counted.content)
    assert body["persons"] == 1
    assert body["by"][0]["value"] == "journalist"
    again = _get("/count?as_of=2020-01-01&country=XR&by=role", if_none_match=counted["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    listed = _get("/cases?name=invented").json()
    assert listed["total"] == 1
    assert listed["cases"][0]["first_start"] == "2019-03"
    assert _get("/cases/XR-00001").json()["first_start"] == "2019-03"
    several = _get("/count?as_of=2020-01-01&country=XR&by=role,gender&by=tier").json()
    assert list(several["breakdowns"]) == ["role", "gender", "tier"]
    assert several["by"] == several["breakdowns"]["role"] == body["by"]
    assert _get("/cases/XR-00001").json()["spells"][0]["start"] == "2019-03"
    assert len(_get("/series?since=2019-01-01&until=2019-12-31").json()["points"]) == 12
    assert _get("/flows?since=2019-01-01&until=2019-12-31").json()["new"] == 1
    assert "target_roles" in _get("/vocabularies").json()
    assert _get("/vocabularies/target_roles").json()["terms"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cases/XR-99999", 404),
        ("/cases?cursor=bad", 422),
        ("/cases?listed=zzz", 422),
        ("/cases?name=%00", 422),
        ("/count?as_of=31.02.2020", 422),
        ("/flows?since=2020-02-02&until=2020-01-01", 422),
        ("/series?since=1000-01-01&until=2020-01-01", 422),
        ("/vocabularies/none", 404),
    ],
)
def test_the_api_tells_problems(ledger: Lease, path: str, status: int) -> None:
    answer = _get(path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_case_taken_down_is_gone(ledger: Lease) -> None:
    project(ledger, replace(ONE, state="taken_down"))
    assert _get("/cases/XR-00001").status_code == 410
