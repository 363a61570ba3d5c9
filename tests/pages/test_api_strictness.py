"""A program may write nothing that the desk would refuse a person."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.pages.api_programs import (
    Program,
    made_by,
    person_body,
    program,
    record_person,
    record_source,
    record_spell,
)
from tests.pages.desk_scene import MAPPING, Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.models import ImportBatch, MappingVersion

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.usefixtures("ledger")

UNSEEN = "\u200b"


@pytest.fixture
def desk(owner_sql: Any) -> Desk:
    return open_desk(owner_sql)


@pytest.fixture
def first(desk: Desk) -> Program:
    return program(desk.first)


def _refused(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 422, answer.content.decode()
    return [one["pointer"] for one in json.loads(answer.content)["errors"]]


@pytest.mark.parametrize(
    ("life", "field"),
    [
        ({"birth": "2020", "death": "1990"}, "death"),
        ({"birth": "2090"}, "birth"),
        ({"death": "2090"}, "death"),
    ],
)
def test_a_life_that_cannot_be_true_is_refused(
    desk: Desk, first: Program, life: dict[str, str], field: str
) -> None:
    body = person_body(first, desk, "Arna Velisk") | life
    assert _refused(first.post("/people", body)) == [f"#/body/{field}"]
    person = record_person(first, desk)
    tag = {"If-Match": first.get(f"/cases/{person}").headers["ETag"]}
    answer = first.send("PATCH", f"/people/{person}", life, **tag)
    assert _refused(answer) == [f"#/body/{field}"]


def test_a_correction_is_judged_with_the_day_that_stays(desk: Desk, first: Program) -> None:
    person = record_person(first, desk)  # born in February 1980
    tag = {"If-Match": first.get(f"/cases/{person}").headers["ETag"]}
    answer = first.send("PATCH", f"/people/{person}", {"death": "1979"}, **tag)
    assert _refused(answer) == ["#/body/death"]
    made_by(first.send("PATCH", f"/people/{person}", {"death": "1980"}, **tag), 200)


def test_nobody_dies_in_custody_before_their_birth(desk: Desk, first: Program) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    spell = record_spell(first, person, source, start="1970")
    died = {"release_type": "died", "on": "1979", "sources": [{"source": source, "grade": "B2"}]}
    assert _refused(first.post(f"/acts/{spell['claim']}/release", died)) == ["#/body/on"]


def test_a_name_is_of_a_known_kind(desk: Desk, first: Program) -> None:
    body = person_body(first, desk) | {"names": [{"text": "Arna Velisk", "kind": "foo"}]}
    assert "kind" in _refused(first.post("/people", body))[0]
    names = f"/people/{record_person(first, desk)}/names"
    assert "kind" in _refused(first.post(names, {"text": "Arna", "kind": "foo"}))[0]
    made_by(first.post(names, {"text": "Arna", "kind": "given"}))


def test_a_finding_rests_on_sources_that_one_may_read(desk: Desk, first: Program) -> None:
    path = f"/people/{record_person(first, desk)}/assessments"
    source = record_source(first, desk)

    def sent(*sources: str) -> HttpResponse:
        found = {"value": "met", "reasons": ["Held."], "sources": list(sources)}
        body = {"standard": "pace-1900", "findings": {"deprived_of_liberty": found}}
        return first.post(path, body)

    pointer = "#/body/findings/deprived_of_liberty/sources/1"
    assert _refused(sent(source, str(uuid4()))) == [pointer]
    made_by(sent(source))
    (told,) = made_by(first.get(path), 200)
    assert told["findings"]["deprived_of_liberty"]["sources"] == [source]


@pytest.mark.parametrize("text", [UNSEEN, f" {UNSEEN}\u2060 ", "\u2026", "\U0001f600"])
def test_a_dissent_says_something(desk: Desk, first: Program, text: str) -> None:
    path = f"/people/{record_person(first, desk)}"
    body = {"standard": "pace-1900", "findings": {"deprived_of_liberty": {"value": "met"}}}
    assessed = made_by(first.post(f"{path}/assessments", body))["id"]
    dissents = f"{path}/assessments/{assessed}/dissents"
    assert first.post(dissents, {"text": text}).status_code == 422
    status = {"standard": "pace-1900", "status": "disputed", "reason": text}
    answer = first.post(f"{path}/statuses", status)
    assert json.loads(answer.content)["code"] == "reason_missing"
    person = path.rpartition("/")[2]
    page = desk.client(desk.first).post(f"/desk/cases/{person}/dissent/{assessed}/", {"text": text})
    assert "Give the reasons." in page.content.decode()


@pytest.mark.parametrize("address", ["/cases", "/imports"])
@pytest.mark.parametrize(
    "moment", ["2025-01-01T00:00:00+16:00", "9999-12-31T23:59:59-23:59", "2025-01-01T00:00:00"]
)
def test_a_forged_cursor_is_refused(first: Program, address: str, moment: str) -> None:
    text = f"{moment}|00000000-0000-0000-0000-000000000000"
    forged = urlsafe_b64encode(text.encode()).decode()
    assert first.get(f"{address}?cursor={forged}").status_code == 422


def test_pages_of_imports_follow_the_cursor(desk: Desk, first: Program) -> None:
    at = timezone.now()
    with acting_as(desk.first) as actor:
        held = record_list(
            desk.organisation, name="Small list", slug="small-list", actor=actor, at=at
        )
        of_list: dict[str, Any] = {"holder": held.holder, "source_list": held}
        mapping = MappingVersion.objects.create(
            **of_list, name="m", version=1, toml=MAPPING, recorded_by=actor.person, recorded_at=at
        )
        made = [
            ImportBatch.objects.create(
                **of_list,
                mapping=mapping,
                proposed_by=actor.person,
                proposed_at=at - timedelta(minutes=number // 2),
            )
            for number in range(5)
        ]
    seen, cursor = [], ""
    for _ in range(3):
        page = made_by(first.get(f"/imports?size=2&cursor={cursor}"), 200)
        seen += [one["id"] for one in page["imports"]]
        cursor = page["next"]
    wanted = sorted(made, key=lambda one: (-one.proposed_at.timestamp(), one.pk))
    assert (seen, cursor) == ([str(one.pk) for one in wanted], "")
    assert first.get("/imports?cursor=nonsense").status_code == 422
