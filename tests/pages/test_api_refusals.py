"""What the API refuses has a code for programs and a sentence in the reader's language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.api_programs import (
    PROBLEM,
    Program,
    made_by,
    program,
    record_consent,
    record_person,
    record_source,
    record_spell,
)
from tests.pages.desk_scene import Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.audit.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = settings.DOWNLOADS_FOLDER = tmp_path
    return open_desk(owner_sql)


@pytest.fixture
def first(desk: Desk) -> Program:
    return program(desk.first)


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"status": "recognised"}, "result_unclear", "The assessment does not decide yet."),
        ({"status": "former"}, "no_such_step", "This status cannot follow the one in force."),
        ({"status": "disputed", "reason": " "}, "reason_missing", "Give the reasons."),
    ],
)
def test_a_status_is_refused_with_a_code_and_a_sentence(
    desk: Desk, first: Program, change: dict[str, Any], code: str, says: str
) -> None:
    path = f"/people/{record_person(first, desk)}/statuses"
    body = {"standard": "pace-1900", "reason": "Held over peaceful expression."} | change
    answer = first.post(path, body)
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == PROBLEM
    told = json.loads(answer.content)
    assert told["code"] == code
    assert told["detail"].startswith(says)
    french = json.loads(first.post(path, body, **{"Accept-Language": "fr"}).content)
    assert french["code"] == code
    assert french["detail"] not in {"", told["detail"]}


def test_a_person_comes_with_the_sources_of_the_record(desk: Desk, first: Program) -> None:
    person = record_person(first, desk)
    (cited,) = made_by(first.get(f"/cases/{person}"), 200)["citations"]
    assert (cited["of"], cited["claim"], cited["grade"]) == ("party", "", "B2")


def test_an_embargo_with_any_offset_is_kept_or_refused(desk: Desk, first: Program) -> None:
    person = record_person(first, desk)
    record_consent(first, person)
    path = f"/people/{person}/publication"
    for until in ("9999-12-31T23:59:59-23:59", "2031-05-06T10:00:00"):
        answer = first.post(path, {"embargo_until": until})
        assert answer.status_code == 422
        assert json.loads(answer.content)["errors"][0]["pointer"] == "#/body/embargo_until"
    made_by(first.post(path, {"embargo_until": "2031-05-06T10:00:00+23:00"}))
    told = made_by(first.get(f"/cases/{person}"), 200)["publication"]
    assert told["embargo_until"] == "2031-05-05T11:00:00+00:00"


def test_taking_a_case_down_needs_a_reason_that_the_audit_record_keeps(
    desk: Desk, first: Program
) -> None:
    person = record_person(first, desk)
    record_spell(first, person, record_source(first, desk))
    record_consent(first, person)
    gate = made_by(first.post(f"/people/{person}/publication"))["id"]
    made_by(program(desk.second).post(f"/publications/{gate}/publish"))
    for body in ({}, {"reason": ""}, {"reason": "because"}):
        answer = first.post(f"/publications/{gate}/takedown", body)
        assert answer.status_code == 422
        assert "reason" in json.loads(answer.content)["errors"][0]["pointer"]
    made_by(first.post(f"/publications/{gate}/takedown", {"reason": "asked_by_person"}))
    with acting_as(desk.first):
        verbs = set(Entry.objects.filter(subject_id=person).values_list("verb", flat=True))
        assert {"publication.taken_down", "publication.reason_given"} <= verbs
