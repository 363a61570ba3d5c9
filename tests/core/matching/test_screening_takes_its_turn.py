"""Whoever asks often that files be held against lists keeps the worker from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.contrib.django import app

from tests.core.accounts.factories import signed_in_client
from tests.core.matching.factories import AT, XF, Office, in_file, listed, make_office, person
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.tasks import erase_what_has_expired
from undaunted.core.matching.actions import screen_later
from undaunted.core.matching.rules import Named
from undaunted.core.matching.tasks import compare_entries, screen_loaded

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

SCREEN = "/desk/matching/files/screen/"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [person("1", "Viktor Strovik", born="1961-03-04")])
    in_file(held, "Виктор Стровик", born="1961")
    owner_sql("UPDATE procrastinate_jobs SET status = 'cancelled'")
    return held


def waiting(owner_sql: Any) -> list[tuple[str, str]]:
    """Give which jobs wait and whose they are, in the order in which they were left."""
    told = "SELECT task_name, args ->> 'person' FROM procrastinate_jobs WHERE status = 'todo'"
    return [*owner_sql(f"{told} ORDER BY id")]


def begun(owner_sql: Any) -> str | None:
    """Let a worker take the next job; gives which."""
    ((name,),) = owner_sql("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, NULL)")
    return name if name is None else str(name)


def test_asking_again_leaves_one_job_a_person_while_it_waits(
    office: Office, owner_sql: Any
) -> None:
    client = signed_in_client(office.writer)
    for _ in range(3):
        answer = client.post(SCREEN, {"holder": str(office.holder), "kind": "person"})
        assert answer.status_code == 302
    task = "matching.screen_files"
    assert waiting(owner_sql) == [(task, str(office.writer.pk))]
    with acting_as(office.reviewer) as actor:
        screen_later(office.holder, Named.PERSON, actor=actor, at=AT)
    assert waiting(owner_sql) == [(task, str(each.pk)) for each in (office.writer, office.reviewer)]
    assert begun(owner_sql) == task
    assert client.post(SCREEN, {"holder": str(office.holder), "kind": "person"}).status_code == 302
    assert waiting(owner_sql) == [(task, str(each.pk)) for each in (office.reviewer, office.writer)]


def test_all_that_compares_names_takes_one_place_and_erasure_goes_before(
    office: Office, owner_sql: Any
) -> None:
    with acting_as(office.writer) as actor:
        for kind in (Named.PERSON, Named.NOTICE):
            screen_later(office.holder, kind, actor=actor, at=AT)
        told = {"person": str(office.writer.pk), "holder": str(office.holder), "kind": "person"}
        screen_loaded.defer(**told)
        compare_entries.defer(person=told["person"])
    app.configure_task("of.anybody").defer()
    erase_what_has_expired.configure().defer(timestamp=0)
    assert [begun(owner_sql) for _ in range(4)] == [
        "clocks.erase_what_has_expired", "matching.screen_files", "of.anybody", None,
    ]  # fmt: skip
