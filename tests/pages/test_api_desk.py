"""The desk over the wire: from a recorded person to a public case, with tokens."""

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
    person_body,
    program,
    record_consent,
    record_person,
    record_source,
    record_spell,
)
from tests.pages.desk_scene import LIST, MAPPING, Desk, open_desk
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.registry.actions.lists import record_list
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("ledger")

NOBODY = "5f6d1c1e-30d8-4a8e-9f0b-2f3f4f1f9f10"


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


def test_a_person_becomes_a_public_case_through_two_programs(
    desk: Desk, first: Program, second: Program
) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    record_spell(first, person, source)
    grant = record_consent(first, person)
    gate = made_by(first.post(f"/people/{person}/publication"))
    assert gate["state"] == "proposed"
    refused = first.post(f"/publications/{gate['id']}/publish")
    assert refused.status_code in {404, 409}
    done = made_by(second.post(f"/publications/{gate['id']}/publish"))
    assert done["state"] == "published"
    public = Client().get(f"/api/v1/registry/cases/{done['reference']}")
    assert public.json()["name"] == "Arna Velisk"
    small = Client().get(f"/api/v1/registry/cases/{done['reference'].lower()}")
    assert small.json() == public.json()
    ended = made_by(first.post(f"/people/{person}/consents/{grant}/revocation"))
    assert ended == {"id": grant, "outstanding": [], "standing": [], "public": ""}
    assert Client().get(f"/api/v1/registry/cases/{done['reference']}").status_code in {404, 410}


def test_a_case_is_taken_down(desk: Desk, first: Program, second: Program) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    record_spell(first, person, source)
    record_consent(first, person)
    gate = made_by(first.post(f"/people/{person}/publication"))["id"]
    assert first.post(f"/people/{person}/publication").status_code == 409
    made_by(second.post(f"/publications/{gate}/publish"))
    taken = made_by(first.post(f"/publications/{gate}/takedown", {"reason": "risk"}))
    assert taken["state"] == "taken_down"
    assert first.post(f"/publications/{gate}/takedown", {"reason": "risk"}).status_code == 409


def test_nothing_is_proposed_without_consent(desk: Desk, first: Program) -> None:
    answer = first.post(f"/people/{record_person(first, desk)}/publication")
    assert answer.status_code == 409
    told = json.loads(answer.content)
    assert (told["code"], told["detail"]) == (
        "consent_no_grant",
        "No agreement covers the public registry. Record consent first.",
    )


def test_a_spell_is_charged_corrected_confirmed_released_and_withdrawn(
    desk: Desk, first: Program
) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    spell = record_spell(first, person, source)
    sources = [{"source": source, "grade": "A1"}]
    charge = {"type": "charge_brought", "within": spell["claim"], "law": "Art. 1"}
    charged = made_by(first.post(f"/people/{person}/acts", charge | {"sources": sources}))
    stale = first.send("PATCH", f"/acts/{spell['claim']}", {"city": "Velm"})
    assert stale.status_code == 428
    version = {"If-Match": f'"{spell["version"]}"'}
    changed = made_by(
        first.send("PATCH", f"/acts/{spell['claim']}", {"city": "Velm"}, **version), 200
    )
    assert changed["claim"] == spell["claim"]
    again = first.send("PATCH", f"/acts/{spell['claim']}", {"city": "Orn"}, **version)
    assert again.status_code == 412
    made_by(
        first.post(
            f"/acts/{spell['claim']}/confirmations", {"on": "2022-01-01", "sources": sources}
        )
    )
    released = {"release_type": "charges_dropped", "on": "2023-02", "sources": sources}
    answer = first.post(f"/acts/{spell['claim']}/release", released)
    made_by(answer)
    withdrawn = {"If-Match": f'"{charged["version"]}"'}
    assert first.send("DELETE", f"/acts/{charged['claim']}", **withdrawn).status_code == 204
    case = made_by(first.get(f"/cases/{person}"), 200)
    held = next(act for act in case["acts"] if act["claim"] == spell["claim"])
    assert (held["end"], held["city"]) == ("2023-02", "Velm")
    assert charged["claim"] not in {act["claim"] for act in case["acts"]}


def test_a_person_is_corrected_only_over_the_newest_state(desk: Desk, first: Program) -> None:
    person = record_person(first, desk)
    read = first.get(f"/cases/{person}")
    tag = read.headers["ETag"]
    assert first.get(f"/cases/{person}", **{"If-None-Match": tag}).status_code == 304
    path = f"/people/{person}"
    assert first.send("PATCH", path, {"birth": "1981"}).status_code == 428
    assert first.send("PATCH", path, {"birth": "1981"}, **{"If-Match": tag}).status_code == 200
    assert first.send("PATCH", path, {"birth": "1982"}, **{"If-Match": tag}).status_code == 412
    assert made_by(first.get(f"/cases/{person}"), 200)["birth"] == "1981"


def test_recognition_takes_two_programs(desk: Desk, first: Program, second: Program) -> None:
    from undaunted.core.standards.rules import pack  # noqa: PLC0415

    person = record_person(first, desk)
    criteria = pack("pace-1900", timezone.now().date()).criteria
    findings: dict[str, Any] = {name: {"value": "not_met"} for name in criteria}
    findings["deprived_of_liberty"] = {"value": "met"}
    findings["a"] = {"value": "met", "reasons": ["Peaceful speech."], "public": True}
    body = {"standard": "pace-1900", "findings": findings}
    assessed = made_by(first.post(f"/people/{person}/assessments", body))["id"]
    status = {
        "standard": "pace-1900",
        "status": "recognised",
        "reason": "Held over peaceful expression.",
        "assessment": assessed,
    }
    proposed = made_by(first.post(f"/people/{person}/statuses", status))["id"]
    own = first.post(f"/statuses/{proposed}/decision", {"accept": True})
    assert own.status_code == 404
    made_by(second.post(f"/statuses/{proposed}/decision", {"accept": True}))
    case = made_by(first.get(f"/cases/{person}"), 200)
    assert case["recognitions"][0]["status"] == "recognised"


def test_a_match_is_judged_and_undone(desk: Desk, first: Program) -> None:
    left, right = record_person(first, desk), record_person(first, desk, "Arna Welisk")
    match = {"left": left, "right": right, "verdict": "same"}
    judged = made_by(first.post("/matches", match))["id"]
    assert len(made_by(first.get(f"/cases/{left}"), 200)["records"]) == 2
    made_by(first.post(f"/people/{left}/matches/{judged}/undo"))
    assert len(made_by(first.get(f"/cases/{left}"), 200)["records"]) == 1


def test_an_import_is_tried_proposed_accepted_and_written(
    desk: Desk, first: Program, owner_sql: Any
) -> None:
    with acting_as(desk.first) as actor:
        record_list(
            desk.organisation,
            actor=actor,
            at=timezone.now(),
            name="Small list",
            slug="small-list",
        )
    client = Client(headers={"Authorization": f"Bearer {first.token}"})

    def sent(path: str, rows: str = LIST, mapping: str = MAPPING) -> Any:
        file = SimpleUploadedFile("list.csv", rows.encode())
        body = {"file": file, "mapping": mapping, "source_list": "small-list"}
        return client.post(f"{ROOT}{path}", body)

    tried = made_by(sent("/imports/trial"), 200)
    assert tried["rows"] == 3
    assert {one["line"] for one in tried["problems"]} == {3}
    assert tried["problems"][0]["column"] == "held"
    assert tried["outcomes"]["rejected"] == 1
    assert owner_sql("SELECT count(*) FROM registry_importbatch") == [(0,)]
    batch = made_by(sent("/imports"))
    assert (batch["state"], batch["rows_good"], batch["rows_rejected"]) == ("proposed", 2, 1)
    again = made_by(first.get(f"/imports/{batch['id']}/preview"), 200)
    assert again["problems"] == tried["problems"]
    accepted = made_by(first.post(f"/imports/{batch['id']}/decision", {"accept": True}), 202)
    assert accepted["state"] == "accepted"
    ((args,),) = owner_sql("SELECT args FROM procrastinate_jobs")
    run_import(**args)
    assert made_by(first.get(f"/imports/{batch['id']}"), 200)["state"] == "written"
    assert first.post(f"/imports/{batch['id']}/decision", {"accept": True}).status_code == 409
    assert len(made_by(first.get("/cases?size=1"), 200)["cases"]) == 1
    for rows, mapping, name in ((LIST, "nonsense", "mapping"), ("\x00\x01", MAPPING, "file")):
        answer = sent("/imports/trial", rows, mapping)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == f"#/body/{name}"
    owner_sql("TRUNCATE procrastinate_jobs CASCADE")


def test_pages_of_cases_follow_the_cursor(desk: Desk, first: Program) -> None:
    made = [record_person(first, desk, f"Person {number}") for number in range(5)]
    seen, cursor = [], ""
    for _ in range(3):
        page = made_by(first.get(f"/cases?size=2&cursor={cursor}"), 200)
        seen += [one["id"] for one in page["cases"]]
        cursor = page["next"]
    assert seen == made[::-1]
    assert cursor == ""
    assert first.get("/cases?cursor=nonsense").status_code == 422


def test_the_same_key_does_it_once(desk: Desk, first: Program, owner_sql: Any) -> None:
    body = person_body(first, desk, "Once")
    key = {"Idempotency-Key": "run-17/row-4"}
    one, two = first.post("/people", body, **key), first.post("/people", body, **key)
    assert one.content == two.content
    assert two.headers["Idempotency-Replayed"] == "true"
    assert owner_sql("SELECT count(*) FROM actors_party") == [(1,)]
    other = first.post("/people", body | {"country": "XR"}, **key)
    assert other.status_code == 422
    assert other.headers["Content-Type"] == PROBLEM
    assert first.post("/people", body, **{"Idempotency-Key": "x" * 300}).status_code == 400
    owner_sql("UPDATE accounts_keptanswer SET created_at = created_at - interval '25 hours'")
    assert first.post("/people", body, **key).content != one.content


def test_a_refused_request_is_not_kept(desk: Desk, first: Program) -> None:
    key = {"Idempotency-Key": "abc"}
    body = person_body(first, desk, "Once") | {"country": "QQ"}
    assert first.post("/people", body, **key).status_code == 422
    made_by(first.post("/people", body | {"country": "XR"}, **key))


@pytest.mark.parametrize(
    ("scope", "method", "path", "body"),
    [
        ("registry:read", "POST", "/people", {}),
        ("registry:record", "GET", "/cases", None),
        ("registry:record", "POST", f"/people/{NOBODY}/publication", {}),
        ("registry:propose", "POST", f"/publications/{NOBODY}/publish", {}),
        ("registry:record", "POST", "/imports/trial", {}),
    ],
)
def test_a_missing_scope_is_told(desk: Desk, scope: str, method: str, path: str, body: Any) -> None:
    answer = program(desk.first, scope).send(method, path, body)
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == PROBLEM


@pytest.mark.parametrize("token", ["", "undaunted_nonsense", "x"])
def test_without_a_token_everything_answers_alike(desk: Desk, token: str) -> None:
    assert desk
    for path in ("/cases", f"/cases/{NOBODY}", "/imports"):
        answer = Program(token).get(path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.headers["Content-Type"] == PROBLEM


def test_a_browser_session_is_no_token(desk: Desk) -> None:
    assert desk.client(desk.first).get(f"{ROOT}/cases").status_code == 401
    cookie = desk.client(desk.first).cookies["__Host-session"].value
    assert Program(cookie).get("/cases").status_code == 401


def test_another_organisation_finds_nothing(desk: Desk, first: Program) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    spell = record_spell(first, person, source)
    stranger = program(desk.stranger)
    assert made_by(stranger.get("/cases"), 200)["cases"] == []
    absent = json.loads(stranger.get(f"/cases/{NOBODY}").content)
    for path in (f"/cases/{person}", f"/cases/{NOBODY}"):
        answer = stranger.get(path)
        assert answer.status_code == 404
        told = json.loads(answer.content)
        assert {**told, "instance": ""} == {**absent, "instance": ""}
    for path, body in (
        (f"/people/{person}/publication", {}),
        (f"/acts/{spell['claim']}/confirmations",
         {"on": "2022-01-01", "sources": [{"source": source}]}),
    ):  # fmt: skip
        assert stranger.post(path, body).status_code == 404
    body = person_body(first, desk, "Planted")
    assert stranger.post("/people", body).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"country": "QQ"}, "#/body/country"),
        ({"roles": ["wizard"]}, "#/body/roles"),
        ({"birth": "31.02.2020"}, "#/body/birth"),
        ({"gender": "purple"}, "gender"),
        ({"names": []}, "names"),
        ({"names": [{"text": "a\u0000b"}]}, "text"),
        ({"names": [{"text": "x" * 400}]}, "text"),
        ({"names": [{"text": "Arna"}, {"text": "\u202e\u200b"}]}, "#/body/names/1/text"),
        ({"names": [{"text": "Arna \U0001f600"}]}, "#/body/names/0/text"),
        ({"holder": "nobody"}, "holder"),
        ({"sources": []}, "sources"),
        ({"sources": [{"source": str(NOBODY)}]}, "#/body/sources/0/source"),
    ],
)
def test_a_bad_value_is_named(
    desk: Desk, first: Program, change: dict[str, Any], pointer: str
) -> None:
    body = person_body(first, desk, "Arna")
    answer = first.post("/people", body | change)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == PROBLEM
    assert any(pointer in one["pointer"] for one in json.loads(answer.content)["errors"])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"tier": "A"}, "tier"),
        ({"grade": "E5"}, "tier"),
        ({"start": "2999"}, "start"),
        ({"end": "2020"}, "end"),
        ({"confirmed": ["2999-01-01"]}, "confirmed"),
    ],
)
def test_an_act_that_cannot_stand_is_refused_by_name(
    desk: Desk, first: Program, change: dict[str, Any], pointer: str
) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    grade = change.get("grade", "A1")
    body: dict[str, Any] = {"type": "imprisonment", "start": "2021-08", "tier": "B"}
    body |= {"expected_end": "2999", "sources": [{"source": source, "grade": grade}]}
    said = {name: value for name, value in change.items() if name != "grade"}
    answer = first.post(f"/people/{person}/acts", body | said)
    assert answer.status_code == 422
    told = json.loads(answer.content)["errors"]
    assert [one["pointer"] for one in told] == [f"#/body/{pointer}"]


def test_a_correction_a_release_and_a_confirmation_that_cannot_stand_are_refused(
    desk: Desk, first: Program
) -> None:
    person, source = record_person(first, desk), record_source(first, desk)
    spell = record_spell(first, person, source)
    act, version = f"/acts/{spell['claim']}", {"If-Match": f'"{spell["version"]}"'}
    sources = [{"source": source, "grade": "A1"}]
    release = {"release_type": "charges_dropped", "on": "2020", "sources": sources}
    for answer, pointer in (
        (first.send("PATCH", act, {"tier": "A"}, **version), "tier"),
        (first.send("PATCH", act, {"end": "2020"}, **version), "end"),
        (first.post(f"{act}/release", release), "on"),
        (first.post(f"{act}/release", release | {"on": "2999"}), "on"),
        (first.post(f"{act}/confirmations", {"on": "2999-01-01", "sources": sources}), "on"),
    ):
        assert answer.status_code == 422
        assert json.loads(answer.content)["errors"][0]["pointer"] == f"#/body/{pointer}"
    other = record_source(first, desk)
    cited = {"source": other, "of": "act", "id": spell["claim"], "grade": "A1"}
    made_by(first.post("/citations", cited))
    made_by(first.send("PATCH", act, {"tier": "A"}, **version), 200)


def test_family_and_contact_are_never_agreed_to_be_public(desk: Desk, first: Program) -> None:
    body = {"purpose": "registry", "audience": "public", "level": "name", "basis": "self"}
    body |= {"how": "call", "given_on": "2026-01-01", "until": "2027-01-01"}
    groups = {"field_groups": ["identity", "contact"]}
    answer = first.post(f"/people/{record_person(first, desk)}/consents", body | groups)
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["pointer"] == "#/body/field_groups"


def test_what_is_refused_leaves_no_trace(desk: Desk, first: Program, owner_sql: Any) -> None:
    person = record_person(first, desk)
    before = owner_sql("SELECT count(*) FROM audit_entry")
    body = {"type": "imprisonment", "start": "2021", "sources": [{"source": str(uuid4())}]}
    assert first.post(f"/people/{person}/acts", body).status_code == 422
    wrong = {"type": "wizardry", "sources": [{"source": str(uuid4())}]}
    answer = first.post(f"/people/{person}/acts", wrong)
    assert "imprisonment" in json.loads(answer.content)["errors"][0]["allowed"]
    assert owner_sql("SELECT count(*) FROM audit_entry") == before
