"""What is loaded since files were held against lists is told, and files are held anew by jobs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.core.accounts.factories import signed_in_client
from tests.core.accounts.terminal import run_at_terminal
from tests.core.matching.factories import (
    AT,
    XF,
    XZ,
    Office,
    in_file,
    listed,
    make_office,
    person,
    screened,
)
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.models import Party
from undaunted.core.matching.actions import screen_subjects
from undaunted.core.matching.commands import commands
from undaunted.core.matching.queries import held_last, questions_for
from undaunted.core.matching.rules import Named
from undaunted.core.matching.tasks import screen_files, screen_loaded
from undaunted.prisoners.registry.actions.matching import judge_pair, undo_match

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")

STROVIK = person("1", "Viktor Strovik", born="1961-03-04")
FELLNER = person("2", "Anna Maria Fellner")
CHANGED = "These lists have changed since"


@pytest.fixture
def office(owner_sql: Any, tmp_path: Path) -> Office:
    held = make_office(owner_sql)
    listed(held, XF, tmp_path, [FELLNER])
    in_file(held, "Виктор Стровик", born="1961")
    return held


def _jobs(owner_sql: Any, task: str) -> list[dict[str, str]]:
    told = "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id"
    return [args for (args,) in owner_sql(told, [f"matching.{task}"])]


def _since(office: Office) -> list[tuple[str, ...]]:
    with acting_as(office.reader) as actor:
        return [each.since for each in held_last(actor)]


def _page(office: Office) -> str:
    return signed_in_client(office.writer).get(reverse("matching:questions")).text


def test_page_says_when_files_were_held_and_which_lists_changed_since(
    office: Office, tmp_path: Path
) -> None:
    assert "No files of your organisations were held against lists yet." in _page(office)
    screened(office)
    page = _page(office)
    assert "last held against lists on" in page
    assert CHANGED not in page
    listed(office, XF, tmp_path, [FELLNER])
    assert _since(office) == [()], "what came unchanged asks for nothing"
    listed(office, XZ, tmp_path, [STROVIK])
    assert _since(office) == [(XZ,)]
    assert CHANGED in _page(office)
    screened(office)
    assert CHANGED not in _page(office)


def test_a_load_holds_files_again_once_for_many_loads(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    assert _jobs(owner_sql, "screen_loaded") == []
    screened(office)
    listed(office, XF, tmp_path, [FELLNER, STROVIK])
    listed(office, XZ, tmp_path, [STROVIK])
    told = {"person": str(office.writer.pk), "holder": str(office.holder), "kind": "person"}
    jobs = _jobs(owner_sql, "screen_loaded")
    assert jobs == [told, told]
    assert [screen_loaded.func(**each) for each in jobs] == [True, False]
    with acting_as(office.writer) as actor:
        assert questions_for(actor).count() == 2
    assert _since(office) == [()]


def test_somebody_alone_held_against_lists_says_nothing_of_all(office: Office) -> None:
    with acting_as(office.writer) as actor:
        keys = [str(each) for each in Party.objects.values_list("pk", flat=True)]
        screen_subjects(office.holder, Named.PERSON, actor=actor, at=AT, keys=keys)
    assert _since(office) == []


def test_files_that_are_parted_are_held_again(
    office: Office, owner_sql: Any, tmp_path: Path
) -> None:
    listed(office, XF, tmp_path, [FELLNER, STROVIK])
    one, other = (UUID(in_file(office, each)) for each in ("Виктор Стровик", "Quentin Zzyzx"))
    with acting_as(office.reviewer) as actor:
        made = judge_pair(one, other, actor=actor, at=AT, verdict="same")
    screened(office)
    before = _jobs(owner_sql, "screen_files")
    with acting_as(office.reviewer) as actor:
        undo_match(made, actor=actor, at=AT)
    jobs = _jobs(owner_sql, "screen_files")[len(before) :]
    told = {"person": str(office.reviewer.pk), "holder": str(office.holder), "kind": "person"}
    assert jobs == [told]
    screen_files.func(**jobs[0])


def test_whose_names_cannot_be_compared_is_kept_and_told_by_name(
    office: Office, tmp_path: Path
) -> None:
    in_file(office, "V")
    in_file(office, "\u12a0\u1260\u1260 \u1308\u1265\u1228")
    listed(office, XZ, tmp_path, [STROVIK])
    done = screened(office)
    assert len(done.refused) == 2
    with acting_as(office.reader) as actor:
        (held,) = held_last(actor)
    told = {each.called: each.why for each in held.refused}
    assert "two letters or more" in told["V"]
    assert "the same letters alone" in told["\u12a0\u1260\u1260 \u1308\u1265\u1228"]
    page = _page(office)
    assert all(why in page for why in told.values())
    at_terminal = run_at_terminal(commands, "screen-cases", "--json", person=office.writer)
    rows = json.loads(at_terminal)["refused"]
    assert {(each["called"], each["why"]) for each in rows} == set(told.items())
    plain = run_at_terminal(commands, "screen-cases", person=office.writer)
    assert f"V  {told['V']}" in plain


def test_of_several_names_those_that_cannot_be_compared_are_told(
    office: Office, tmp_path: Path
) -> None:
    in_file(office, "Quentin Zzyzx", "V", "\u12a0\u1260\u1260 \u1308\u1265\u1228")
    listed(office, XZ, tmp_path, [STROVIK])
    screened(office)
    with acting_as(office.reader) as actor:
        (held,) = held_last(actor)
    (told,) = held.refused
    assert set(told.called.split(" \u00b7 ")) == {"V", "\u12a0\u1260\u1260 \u1308\u1265\u1228"}
    assert "two letters or more" in told.why
    assert "the same letters alone" in told.why


def test_names_of_one_reason_stand_in_one_line_of_the_page(office: Office, tmp_path: Path) -> None:
    mute = ("\u12a0\u1260\u1260 \u1308\u1265\u1228", "\u1260\u1240\u1208 \u1308\u1265\u1228")
    for name in (mute[0], "V", mute[1]):
        in_file(office, name)
    listed(office, XZ, tmp_path, [STROVIK])
    screened(office)
    page = _page(office)
    assert page.count("the same letters alone") == 1
    assert page.count("two letters or more") == 1
    line = next(each for each in page.split("<li>") if "the same letters alone" in each)
    assert all(name in line for name in mute)
    assert "could not be compared, or not in full; that nothing came up" in page


def test_others_neither_read_nor_write_when_files_were_held(office: Office, owner_sql: Any) -> None:
    screened(office)
    other = make_office(owner_sql)
    with acting_as(other.writer) as actor:
        assert held_last(actor) == ()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM matching_screening")
            assert cursor.fetchone() == (0,)
            cursor.execute("UPDATE matching_screening SET lists = '{}'")
            assert cursor.rowcount == 0
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(
                    "INSERT INTO matching_screening VALUES"
                    f" (gen_random_uuid(), '{office.holder}', 'organisation', 'x', now(), '{{}}')"
                )
