"""Somebody with SQL on the desk's connection asks for jobs of others, and holds up or ends jobs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.matching.tasks import compare_entries

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

ADD = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, lock, scheduled_at)
    VALUES ('default', %s, %s, %s, now() + %s::interval)
"""
TICK = '{"timestamp": 0}'
JOBS = "SELECT task_name, status::text, lock, scheduled_at FROM procrastinate_jobs ORDER BY id"
CHANGES = [
    "UPDATE procrastinate_jobs SET status = 'failed'",
    "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '10 years'",
    "UPDATE procrastinate_jobs SET lock = 'another'",
    "UPDATE procrastinate_jobs SET priority = -9",
    "DELETE FROM procrastinate_jobs",
    "SELECT procrastinate_finish_job_v1(max(id), 'failed', true) FROM procrastinate_jobs",
    "SELECT procrastinate_cancel_job_v1(max(id), true, false) FROM procrastinate_jobs",
    "SELECT procrastinate_fetch_job_v2(NULL, NULL)",
    "DELETE FROM procrastinate_events",
    "INSERT INTO procrastinate_workers DEFAULT VALUES",
    "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('of.all', 9)",
]


@pytest.fixture
def people(owner_sql: Any) -> tuple[User, User]:
    """Two people of two organisations."""
    return (
        make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]}),
        make_user(owner_sql, {make_organisation(owner_sql): [Role.DOCUMENTER]}),
    )


def _sql(statement: str, *parameters: Any) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def _tries(person: UUID) -> list[tuple[str, str, str | None, str]]:
    named = json.dumps({"person": str(person)})
    files = json.dumps({"person": str(person), "holder": str(uuid4()), "kind": "person"})
    return [
        ("matching.compare_entries", named, None, "0 s"),
        ("matching.screen_files", files, "matching.compare", "0 s"),
        ("listings.refresh_lists", TICK, "matching.compare", "10 years"),
        ("clocks.erase_what_has_expired", TICK, None, "0 s"),
        ("of.nobody", json.dumps({"whoever": str(person)}), None, "0 s"),
    ]


def test_sql_alone_asks_for_no_job(people: tuple[User, User], owner_sql: Any) -> None:
    one, other = people
    for whose in (one, other):
        for each in _tries(whose.pk):
            with pytest.raises(DatabaseError, match="the application alone"):
                _sql(ADD, *each)
            with acting_as(one), pytest.raises(DatabaseError, match="the application alone"):
                _sql(ADD, *each)
    assert owner_sql(JOBS) == []


@pytest.mark.parametrize("change", CHANGES)
def test_sql_alone_ends_delays_and_moves_no_job(
    people: tuple[User, User], owner_sql: Any, change: str
) -> None:
    with acting_as(people[0]):
        compare_entries.defer(person=str(people[0].pk))
    with pytest.raises(DatabaseError, match="the application alone"):
        _sql(change)
    assert owner_sql(JOBS) == [("matching.compare_entries", "todo", "matching.compare", None)]


def test_a_code_serves_for_the_job_it_was_made_of(people: tuple[User, User]) -> None:
    seen: list[tuple[str, bytes]] = []

    def watch(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if "account_defer" in sql:
            seen.append((params[0], params[1]))
        return execute(sql, params, many, context)

    with acting_as(people[0]), connection.execute_wrapper(watch):
        compare_entries.defer(person=str(people[0].pk))
    ((told, code),) = seen
    later = json.dumps([{**json.loads(told)[0], "scheduled_at": "2040-01-01T00:00:00+00:00"}])
    with acting_as(people[0]), pytest.raises(DatabaseError, match="application alone"):
        _sql("SELECT account_defer(%s, %s)", later, code)
    with acting_as(people[1]), pytest.raises(DatabaseError, match="acts for whoever asks"):
        _sql("SELECT account_defer(%s, %s)", told, code)


def test_no_job_names_another_person_under_whatever_word(people: tuple[User, User]) -> None:
    one, other = people
    with acting_as(one):
        for word in ("person", "user_id", "whoever"):
            with pytest.raises(ConnectorException) as refused, transaction.atomic():
                app.configure_task("of.nobody").defer(**{word: str(other.pk)})
            assert "acts for whoever asks" in str(refused.value.__cause__)
        app.configure_task("of.nobody").defer(person=str(one.pk))
    with pytest.raises(ConnectorException), transaction.atomic():
        app.configure_task("of.nobody").defer(person=str(one.pk))


def test_nobody_says_they_are_the_worker(people: tuple[User, User]) -> None:
    with acting_as(people[0]):
        compare_entries.defer(person=str(people[0].pk))
    for told in ("", "t", "00" * 32):
        with transaction.atomic():
            _sql("SELECT set_config('undaunted.queue', %s, true)", told)
            with pytest.raises(DatabaseError, match="application alone"):
                _sql("DELETE FROM procrastinate_jobs")


def test_the_worker_does_what_was_asked_and_its_jobs_ask_in_the_same_name(
    people: tuple[User, User], owner_sql: Any
) -> None:
    person = str(people[0].pk)

    def ask(person: str, *, fails: bool) -> None:
        with acting_as(UUID(person)):
            compare_entries.defer(person=person)
            if fails:
                raise ValueError

    app.task(name="of.one_that_asks")(ask)
    try:
        for fails, left in ((True, 0), (False, 1)):
            with acting_as(people[0]):
                app.configure_task("of.one_that_asks").defer(person=person, fails=fails)
            call_command("procrastinate", "worker", "--one-shot")
            found = owner_sql(f"SELECT status::text FROM ({JOBS}) j WHERE lock IS NOT NULL")
            assert found == [("succeeded",)] * left
    finally:
        del app.tasks["of.one_that_asks"]
    told = "SELECT status::text FROM procrastinate_jobs WHERE lock IS NULL AND args ? 'person'"
    assert owner_sql(told) == [("failed",), ("succeeded",)]


def test_a_job_of_the_worker_that_waits_for_others_asks_no_other_way(
    people: tuple[User, User], owner_sql: Any
) -> None:
    """Left on the worker's own connection, it stayed where the job that asked for it failed."""

    async def ask(person: str, *, fails: bool) -> None:
        held = acting_as(UUID(person))
        await sync_to_async(held.__enter__)()
        problem = ValueError("it fails") if fails else None
        try:
            await compare_entries.defer_async(person=person)
            await app.configure_task("of.nobody").defer_async()
        finally:
            ended = type(problem) if problem else None
            await sync_to_async(held.__exit__)(ended, problem, None)
        if problem:
            raise problem

    person = str(people[0].pk)
    app.task(name="of.one_that_asks")(ask)
    try:
        asked = ["matching.compare_entries", "of.nobody"]
        for fails, left in ((True, []), (False, asked)):
            with acting_as(people[0]):
                app.configure_task("of.one_that_asks").defer(person=person, fails=fails)
            call_command("procrastinate", "worker", "--one-shot")
            jobs = [name for name, *_ in owner_sql(JOBS)]
            assert [name for name in jobs if name in asked] == left
    finally:
        del app.tasks["of.one_that_asks"]


def test_no_job_is_left_on_a_connection_of_one_s_own(
    people: tuple[User, User], owner_sql: Any
) -> None:
    with acting_as(people[0]):
        job = app.configure_task("of.nobody").job
        with pytest.raises(ConnectorException, match="of whoever asks"):
            app.job_manager.batch_defer_jobs([job], connection.connection)
        with pytest.raises(ConnectorException, match="of whoever asks"):
            async_to_sync(app.job_manager.batch_defer_jobs_async)([job], connection.connection)
    assert owner_sql(JOBS) == []
