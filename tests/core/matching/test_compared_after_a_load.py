"""What is loaded is compared by itself: behind the desk, in portions that a kill does not undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client

from tests.core.accounts.factories import signed_in_client
from tests.core.listings.factories import AT, plain_list
from tests.core.matching.factories import (
    XF,
    XZ,
    Office,
    listed,
    make_office,
    person,
    resolved,
)
from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import load_list, withdraw_version
from undaunted.core.listings.queries import version_in_force
from undaunted.core.matching.actions import (
    begin_comparing,
    compare_portions,
    keep_candidates,
    resolving,
)
from undaunted.core.matching.queries import compared_of, queue_of, standing_of
from undaunted.core.matching.tasks import compare_loaded

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

JOBS = "SELECT args FROM procrastinate_jobs WHERE task_name = 'matching.compare_loaded' ORDER BY id"
FREEDONIA = [
    person("1", "Viktor Strovik", born="1961-03-04"),
    person("2", "Ludmila Varga", born="1970-02-01"),
    person("3", "Bohdan Korl", born="1980-02-01"),
]
ZUBROWKA = [
    person("7", "Wiktor Strowik", born="1961-03-04"),
    person("8", "Lyudmila Varga", born="1970-02-01"),
]


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, FREEDONIA)
    listed(held, XZ, tmp_path, ZUBROWKA)
    return held


def pairs() -> set[tuple[str, str]]:
    return {(each.left[1], each.right[1]) for each in standing_of(PUBLIC).open}


def test_each_load_leaves_one_job_that_compares_what_came(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    jobs = [args for (args,) in owner_sql(JOBS)]
    assert jobs == [{"person": str(office.writer.pk)}] * 2
    assert compare_loaded.func(**jobs[0]) == 5
    assert compare_loaded.func(**jobs[1]) == 0
    assert pairs() == {("1", "7"), ("2", "8")}
    listed(office, XZ, tmp_path, [*ZUBROWKA, person("9", "Bohdan Korl", born="1980-02-01")])
    assert compare_loaded.func(**owner_sql(JOBS)[-1][0]) == 1
    assert pairs() == {("1", "7"), ("2", "8"), ("3", "9")}


def test_a_load_that_is_undone_leaves_no_job(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    before = len(owner_sql(JOBS))
    file = plain_list(tmp_path / "more.jsonl", ["Karsk Stroy"])
    with acting_as(office.writer) as actor:
        load_list(XF, file, actor=actor, at=AT, confirmed=True)
        transaction.set_rollback(True)
    assert len(owner_sql(JOBS)) == before
    assert version_in_force(PUBLIC, XF).number == 1  # type: ignore[union-attr]


def test_a_version_that_is_withdrawn_is_followed_too(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    listed(office, XF, tmp_path, [FREEDONIA[0]])
    resolved(office.writer)
    assert [(each.left[1], each.right[1]) for each in queue_of(PUBLIC).pairs] == [("1", "7")]
    assert pairs() == {("1", "7"), ("2", "8")}, "of the days on which that one stood"
    version = version_in_force(PUBLIC, XF)
    assert version
    with acting_as(office.reviewer) as actor:
        withdraw_version(version, actor=actor, at=AT)
    assert compare_loaded.func(**owner_sql(JOBS)[-1][0]) == 2
    assert pairs() == {("1", "7"), ("2", "8")}


def test_a_run_that_was_killed_is_taken_up_where_it_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resolving, "A_PORTION", 1)
    with acting_as(office.writer) as actor:
        run = begin_comparing(actor=actor, at=AT)
    portions = compare_portions(run)
    for _ in range(2):
        with acting_as(office.writer) as actor:
            keep_candidates(next(portions), actor=actor, at=AT)
    portions.close()  # type: ignore[attr-defined]
    assert compared_of(PUBLIC, [XF, XZ])[XF].waiting == 1
    assert compared_of(PUBLIC, [XF, XZ])[XZ].waiting == 2
    assert pairs() == {("1", "7"), ("2", "8")}
    with acting_as(office.writer) as actor:
        left = begin_comparing(actor=actor, at=AT)
    assert [key for _, key in left.waiting] == ["3", "7", "8"]
    assert pairs() == {("1", "7"), ("2", "8")}, "what the other side found is kept"
    assert compare_loaded.func(person=str(office.writer.pk)) == 3
    assert pairs() == {("1", "7"), ("2", "8")}
    assert standing_of(PUBLIC).waiting == ()


def test_an_entry_that_changed_waits_until_its_portion_is_kept(
    office: Office, tmp_path: Path
) -> None:
    resolved(office.writer)
    listed(office, XZ, tmp_path, [ZUBROWKA[0], person("8", "Somebody Else", born="1970-02-01")])
    with acting_as(office.writer) as actor:
        begin_comparing(actor=actor, at=AT)
    assert standing_of(PUBLIC).waiting == ((XZ, "8"),)
    assert pairs() == {("1", "7")}, "what was found of other words is told no more"


def test_why_a_name_cannot_be_compared_outlives_new_remarks(office: Office, tmp_path: Path) -> None:
    listed(office, XF, tmp_path, [person("4", "X")])
    assert resolved(office.writer).refused == 1
    listed(office, XF, tmp_path, [{**person("4", "X"), "remarks": "Amended."}])
    assert resolved(office.writer).compared == 0
    (refused,) = standing_of(PUBLIC).refused
    assert refused.key == (XF, "4")


def test_pages_say_when_a_list_was_compared_or_that_it_was_not(office: Office) -> None:
    everybody, desk = Client(), signed_in_client(office.writer)
    for client, address in ((everybody, "/lists/"), (everybody, f"/lists/{XF}/"),
                            (desk, "/desk/listings/")):  # fmt: skip
        assert "3 entries not compared yet" in client.get(address).content.decode()
    compare_loaded.func(person=str(office.writer.pk))
    for client, address in ((Client(), "/lists/?a"), (Client(), f"/lists/{XF}/?a"),
                            (desk, "/desk/listings/")):  # fmt: skip
        page = client.get(address).content.decode()
        assert "compared on" in page
        assert "not compared yet" not in page


def test_only_whoever_matches_begins_or_keeps(office: Office) -> None:
    with acting_as(office.reader) as actor, pytest.raises(Forbidden):
        begin_comparing(actor=actor, at=AT)
