"""Over the wire as at the desk: changes approved, names, dissent, lists, undone imports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.pages.api_programs import (
    PROBLEM,
    ROOT,
    Program,
    made_by,
    program,
    record_consent,
    record_person,
    record_source,
    record_spell,
)
from tests.pages.desk_scene import LIST, MAPPING, Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.actions.people import correct_person
from undaunted.prisoners.registry.models import ListEntry
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def desk(owner_sql: Any, settings: Settings, tmp_path: Path) -> Desk:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    return open_desk(owner_sql)


@pytest.fixture
def first(desk: Desk) -> Program:
    return program(desk.first)


@pytest.fixture
def second(desk: Desk) -> Program:
    return program(desk.second)


def _published(desk: Desk, first: Program, second: Program, name: str = "Arna Velisk") -> Any:
    """Publish somebody through two programs; gives person, gate and reference."""
    person = record_person(first, desk, name)
    record_spell(first, person, record_source(first, desk))
    record_consent(first, person)
    gate = made_by(first.post(f"/people/{person}/publication"))
    made_by(second.post(f"/publications/{gate['id']}/publish"))
    return person, gate["id"], gate["reference"]


def _country(reference: str) -> str:
    return str(Client().get(f"/api/v1/registry/cases/{reference}").json()["country"])


def _correct(who: Program, person: str, **details: Any) -> None:
    tag = who.get(f"/cases/{person}").headers["ETag"]
    made_by(who.send("PATCH", f"/people/{person}", details, **{"If-Match": tag}), 200)


def test_a_change_waits_is_read_and_approved_by_another_program(
    desk: Desk, first: Program, second: Program
) -> None:
    person, gate, reference = _published(desk, first, second)
    _correct(first, person, country="XS")
    assert _country(reference) == "XR"
    (own,) = made_by(first.get("/changes"), 200)["cases"]
    (waiting,) = made_by(second.get("/changes"), 200)["cases"]
    assert (own["own"], waiting["own"]) == (True, False)
    assert (waiting["gate"], waiting["reference"], waiting["person"]) == (gate, reference, person)
    (change,) = waiting["changes"]
    assert change["kind"] == "person"
    assert (change["before"]["country"], change["after"]["country"]) == ("XR", "XS")
    body = {"cases": [{"gate": gate, "digest": waiting["digest"]}]}
    assert first.post("/changes/approval", body).status_code == 404, "whose change it is"
    assert made_by(second.post("/changes/approval", body)) == {"approved": 1}
    assert _country(reference) == "XS"
    assert made_by(second.get("/changes"), 200)["cases"] == []


def test_what_was_changed_after_the_look_is_not_approved(
    desk: Desk, first: Program, second: Program
) -> None:
    person, gate, reference = _published(desk, first, second)
    _correct(first, person, country="XS")
    (waiting,) = made_by(second.get("/changes"), 200)["cases"]
    _correct(first, person, country="XB")
    body = {"cases": [{"gate": gate, "digest": waiting["digest"]}]}
    answer = second.post("/changes/approval", body)
    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == "changed_meanwhile"
    assert _country(reference) == "XR"


def test_several_cases_are_approved_together_or_not_at_all(
    desk: Desk, first: Program, second: Program
) -> None:
    one, other = (_published(desk, first, second, name) for name in ("Arna Velisk", "Bo Irgen"))
    for person, _gate, _reference in (one, other):
        _correct(first, person, country="XS")
    page = made_by(second.get("/changes?size=1"), 200)
    assert (page["total"], len(page["cases"])) == (2, 1)
    rest = made_by(second.get(f"/changes?size=1&cursor={page['next']}"), 200)
    assert rest["next"] == ""
    seen = [
        {"gate": case["gate"], "digest": case["digest"]} for case in page["cases"] + rest["cases"]
    ]
    broken = [seen[0], seen[1] | {"digest": "0" * 32}]
    assert second.post("/changes/approval", {"cases": broken}).status_code == 409
    assert {_country(reference) for *_ids, reference in (one, other)} == {"XR"}
    strange = [*seen, {"gate": str(uuid4()), "digest": "0" * 32}]
    assert second.post("/changes/approval", {"cases": strange}).status_code == 409
    assert made_by(second.post("/changes/approval", {"cases": seen})) == {"approved": 2}
    assert {_country(reference) for *_ids, reference in (one, other)} == {"XS"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/body/cases"),
        ({"import": str(uuid4()), "cases": [{"gate": str(uuid4()), "digest": "0" * 32}]}, "cases"),
        ({"import": str(uuid4())}, "#/body/seen"),
        ({"cases": [{"gate": "x", "digest": "0" * 32}]}, "gate"),
        ({"cases": [{"gate": str(uuid4()), "digest": "guessed"}]}, "digest"),
    ],
)
def test_an_approval_that_says_too_little_or_too_much_is_refused_by_name(
    desk: Desk, second: Program, body: dict[str, Any], pointer: str
) -> None:
    answer = second.post("/changes/approval", body)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == PROBLEM
    assert any(pointer in one["pointer"] for one in json.loads(answer.content)["errors"])


def test_a_cursor_of_elsewhere_is_refused(desk: Desk, second: Program) -> None:
    for cursor in ("é", "AA==", "x"):
        assert second.get(f"/changes?cursor={cursor}").status_code == 422


def test_strangers_and_narrow_tokens_approve_nothing(
    desk: Desk, first: Program, second: Program
) -> None:
    person, gate, reference = _published(desk, first, second)
    _correct(first, person, country="XS")
    (waiting,) = made_by(second.get("/changes"), 200)["cases"]
    body = {"cases": [{"gate": gate, "digest": waiting["digest"]}]}
    stranger = program(desk.stranger)
    assert made_by(stranger.get("/changes"), 200)["cases"] == []
    nobody = {"cases": [{"gate": str(uuid4()), "digest": waiting["digest"]}]}
    told = [stranger.post("/changes/approval", one) for one in (body, nobody)]
    assert [one.status_code for one in told] == [409, 409]
    assert told[0].content == told[1].content
    narrow = program(desk.second, "registry:read", "registry:record", "registry:propose")
    assert narrow.post("/changes/approval", body).status_code == 403
    assert program(desk.second, "registry:decide").get("/changes").status_code == 403
    assert _country(reference) == "XR"


def test_names_are_recorded_corrected_shown_first_and_withdrawn(desk: Desk, first: Program) -> None:
    person = record_person(first, desk)
    names = f"/people/{person}/names"

    def held() -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = made_by(first.get(f"/cases/{person}"), 200)["names"]
        return told

    def tag() -> dict[str, str]:
        return {"If-Match": first.get(f"/cases/{person}").headers["ETag"]}

    made = made_by(first.post(names, {"text": "  Arna  Welisk ", "kind": "alias"}))["id"]
    one = next(name for name in held() if name["id"] == made)
    assert (one["text"], one["kind"], one["first"]) == ("Arna Welisk", "alias", False)
    made_by(first.post(f"{names}/{made}/first"))
    assert [name["id"] for name in held() if name["first"]] == [made]
    path = f"{names}/{made}"
    assert first.send("PATCH", path, {"text": "Arna Wellisk"}).status_code == 428
    stale = tag()
    new = made_by(first.send("PATCH", path, {"text": "Arna Wellisk"}, **stale), 200)["id"]
    kept = next(name for name in held() if name["id"] == new)
    assert (kept["text"], kept["kind"], kept["first"]) == ("Arna Wellisk", "alias", True)
    assert first.send("DELETE", f"{names}/{new}", **stale).status_code == 412
    assert first.send("DELETE", f"{names}/{new}").status_code == 428
    assert first.send("DELETE", path, **tag()).status_code == 404, "the wrong name is history"
    for name in held()[1:]:
        assert first.send("DELETE", f"{names}/{name['id']}", **tag()).status_code == 204
    (last,) = held()
    answer = first.send("DELETE", f"{names}/{last['id']}", **tag())
    assert answer.status_code == 409
    assert "at least one name" in json.loads(answer.content)["detail"]


@pytest.mark.parametrize(
    "text", ["", " ", "a\u0000b", "x" * 301, "Arna \U0001f600", "\u202e\u200b"]
)
def test_a_name_that_is_none_is_refused(desk: Desk, first: Program, text: str) -> None:
    answer = first.post(f"/people/{record_person(first, desk)}/names", {"text": text})
    assert answer.status_code == 422
    assert any("text" in one["pointer"] for one in json.loads(answer.content)["errors"])


def test_a_name_of_a_published_case_waits_for_somebody_else(
    desk: Desk, first: Program, second: Program
) -> None:
    person, _gate, reference = _published(desk, first, second)
    made_by(first.post(f"/people/{person}/names", {"text": "Arna Welisk"}))

    def shown() -> set[str]:
        told = Client().get(f"/api/v1/registry/cases/{reference}").json()["names"]
        return {one["text"] for one in told}

    assert "Arna Welisk" not in shown()
    (waiting,) = made_by(second.get("/changes"), 200)["cases"]
    assert [one["kind"] for one in waiting["changes"]] == ["names"]
    assert "Arna Welisk" in waiting["changes"][0]["after"]
    seen = {"gate": waiting["gate"], "digest": waiting["digest"]}
    made_by(second.post("/changes/approval", {"cases": [seen]}))
    assert "Arna Welisk" in shown()


def test_a_dissent_stands_beside_the_assessment(
    desk: Desk, first: Program, second: Program
) -> None:
    person = record_person(first, desk)
    body = {"standard": "pace-1900", "findings": {"deprived_of_liberty": {"value": "met"}}}
    assessed = made_by(first.post(f"/people/{person}/assessments", body))["id"]
    path = f"/people/{person}/assessments/{assessed}/dissents"
    for text in ("", " \n"):
        assert second.post(path, {"text": text}).status_code == 422
    made = made_by(second.post(path, {"text": "The facts are clear to me."}))["id"]
    (told,) = made_by(second.get(f"/people/{person}/assessments"), 200)
    assert (told["id"], told["standard"], told["result"]) == (assessed, "pace-1900", "unclear")
    assert told["findings"]["deprived_of_liberty"]["value"] == "met"
    assert told["dissents"] == [
        {"id": made, "by": str(desk.second.pk), "text": "The facts are clear to me."}
    ]
    other = record_person(first, desk, "Bo Irgen")
    elsewhere = f"/people/{other}/assessments/{assessed}/dissents"
    assert second.post(elsewhere, {"text": "Of somebody else."}).status_code == 404
    assert program(desk.stranger).post(path, {"text": "I."}).status_code == 404
    assert program(desk.second, "registry:read").post(path, {"text": "I."}).status_code == 403


def _list(who: Program, desk: Desk, slug: str = "small-list", **more: Any) -> Any:
    body = {"holder": str(desk.organisation), "name": "Small list", "slug": slug}
    return who.post("/lists", body | more)


def test_a_list_is_made_once_by_its_steward(desk: Desk, first: Program) -> None:
    made = made_by(_list(first, desk, publisher="Committee", url="https://example.org/roll"))["id"]
    (told,) = made_by(first.get("/lists"), 200)
    assert (told["id"], told["slug"], told["rows"]) == (made, "small-list", 0)
    again = _list(first, desk)
    assert again.status_code == 422
    assert json.loads(again.content)["errors"][0]["pointer"] == "#/body/slug"
    for more in ({"slug": "a b"}, {"name": " "}, {"url": "ftp://x"}, {"licence": "x" * 201}):
        assert first.post("/lists", {**_body(desk), **more}).status_code == 422
    assert program(desk.stranger).post("/lists", _body(desk)).status_code == 404
    assert program(desk.first, "registry:record").post("/lists", _body(desk)).status_code == 403


def _body(desk: Desk) -> dict[str, Any]:
    return {"holder": str(desk.organisation), "name": "Another", "slug": "another"}


def _sent(who: Program, path: str, rows: str, **more: str) -> Any:
    client = Client(headers={"Authorization": f"Bearer {who.token}"})
    file = SimpleUploadedFile("list.csv", rows.encode())
    return client.post(f"{ROOT}{path}", {"file": file, "mapping": MAPPING, **more})


def _written(who: Program, owner_sql: Any, rows: str) -> Any:
    batch = made_by(_sent(who, "/imports", rows, source_list="small-list"))
    made_by(who.post(f"/imports/{batch['id']}/decision", {"accept": True}), 202)
    ((args,),) = owner_sql("SELECT args FROM procrastinate_jobs")
    run_import(**args)
    owner_sql("TRUNCATE procrastinate_jobs CASCADE")
    return batch["id"]


def test_an_import_is_undone_by_who_knows_what_leaves(
    desk: Desk, first: Program, second: Program, owner_sql: Any
) -> None:
    made_by(_list(first, desk))
    batch = _written(first, owner_sql, LIST)
    with acting_as(desk.first):
        party = str(ListEntry.objects.get(source_key="1").party_id)
    record_consent(first, party)
    gate = made_by(first.post(f"/people/{party}/publication"))
    made_by(second.post(f"/publications/{gate['id']}/publish"))
    assert made_by(first.get(f"/imports/{batch}"), 200)["taking_out"] == 1
    for body in ({}, {"taking_out": 2}):
        answer = first.post(f"/imports/{batch}/undo", body)
        assert answer.status_code == 409
        assert "takes out 1 published cases" in json.loads(answer.content)["detail"]
    assert first.post(f"/imports/{batch}/undo", {"taking_out": -1}).status_code == 422
    assert program(desk.stranger).post(f"/imports/{batch}/undo").status_code == 404
    narrow = program(desk.first, "registry:import", "registry:read")
    assert narrow.post(f"/imports/{batch}/undo").status_code == 403
    done = made_by(first.post(f"/imports/{batch}/undo", {"taking_out": 1}))
    assert done["state"] == "undone"
    public = Client().get(f"/api/v1/registry/cases/{gate['reference']}")
    assert public.status_code == 410
    assert first.post(f"/imports/{batch}/undo").status_code == 409


def test_an_import_of_changes_is_approved_as_a_whole(
    desk: Desk, first: Program, second: Program, owner_sql: Any
) -> None:
    made_by(_list(first, desk))
    _written(first, owner_sql, LIST)
    with acting_as(desk.first):
        parties = [str(one.party_id) for one in ListEntry.objects.order_by("source_key")]
    gates = []
    for party in parties:
        record_consent(first, party)
        gates.append(made_by(first.post(f"/people/{party}/publication")))
        made_by(second.post(f"/publications/{gates[-1]['id']}/publish"))
    later = LIST.replace("2021-08-09", "2021-09").replace("2022-03", "2022-05")
    batch = _written(first, owner_sql, later)
    page = made_by(second.get(f"/changes?import={batch}&size=1"), 200)
    assert (page["total"], len(page["cases"])) == (2, 1)
    body = {"import": batch, "seen": page["seen"]}
    assert first.post("/changes/approval", body).status_code == 404, "who brought it in"
    assert second.post("/changes/approval", body | {"seen": "0" * 64}).status_code == 409
    assert made_by(second.post("/changes/approval", body)) == {"approved": 2}
    starts = {
        Client().get(f"/api/v1/registry/cases/{gate['reference']}").json()["first_start"]
        for gate in gates
    }
    assert starts == {"2021-09", "2022-05"}
    assert second.get(f"/changes?import={uuid4()}").status_code == 404


def test_every_preview_says_where_the_desk_stands(
    desk: Desk, first: Program, owner_sql: Any
) -> None:
    made_by(_list(first, desk))
    _written(first, owner_sql, LIST)
    with acting_as(desk.first) as actor:
        entry = ListEntry.objects.get(source_key="1")
        born = PartialDate.parse("1981")
        correct_person(entry.party, actor=actor, at=timezone.now(), birth=born)
    changed = LIST.replace("1980-02-03", "1982")
    alone = made_by(_sent(first, "/imports/trial", changed), 200)
    assert (alone["contradicted"], {one["line"] for one in alone["problems"]}) == (0, {3})
    tried = made_by(_sent(first, "/imports/trial", changed, source_list="small-list"), 200)
    told = next(one for one in tried["problems"] if one["code"] == "desk_stands")
    assert (tried["contradicted"], told["line"], told["value"]) == (1, 2, "1982")
    assert "the desk recorded “1981”, which stands" in told["reason"]
    assert [one["line"] for one in tried["problems"]] == [2, 3]
    batch = made_by(_sent(first, "/imports", changed, source_list="small-list"))["id"]
    again = made_by(first.get(f"/imports/{batch}/preview"), 200)
    assert again == tried
    page = desk.client(desk.second).get(f"/desk/imports/{batch}/").content.decode()
    assert "the desk recorded “1981”, which stands" in page
    assert "2020-31-02" in page, "the rows that stay out are shown to the steward too"
    blind = program(desk.first, "registry:import")
    assert _sent(blind, "/imports/trial", changed).status_code == 200
    assert _sent(blind, "/imports/trial", changed, source_list="small-list").status_code == 403
    unknown = _sent(first, "/imports/trial", changed, source_list="nobody")
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "#/body/source_list"
