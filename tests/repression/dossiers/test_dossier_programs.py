"""API and terminal of dossiers: what the pages can do, for the handling team alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.core.accounts.terminal import run_at_terminal
from tests.repression.dossiers.factories import UNION, VICTIM, Scene, agree, make_scene
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES
from undaunted.repression.dossiers.actions import DossierPlan, write_dossier
from undaunted.repression.dossiers.commands import commands

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
ROOT = "/api/v1/dossiers"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    agree(made, UNION)
    return made


def _program(user: User) -> Client:
    with in_person(user) as actor:
        token = make_token("test", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def _ask(client: Client, verb: str, address: str, told: Any = None, code: int = 200) -> Any:
    body = json.dumps(told) if told is not None else ""
    answer = client.generic(verb, f"{ROOT}{address}", body, "application/json")
    assert answer.status_code == code, answer.content.decode()
    return answer


def test_programs_test_write_and_release(scene: Scene) -> None:
    first, second = _program(scene.desk.documenter), _program(scene.desk.publisher)
    (line,) = _ask(first, "GET", "/desk/dossiers").json()
    one = f"/desk/{line['id']}"
    told = _ask(first, "GET", one)
    assert all(name not in told.content.decode() for name in VICTIM)
    assert {"Rupert Hentzau"} in [set(each["names"]) for each in told.json()["people"]]
    tests = _ask(first, "GET", f"{one}/tests?law=eu-2020-1998&law=gb-ghrsr-2020").json()
    assert [each["fit"] for each in tests[0]["tests"]] == ["fits", "missing"]
    assert len(_ask(first, "GET", f"{one}/tests").json()[0]["tests"]) > 5
    _ask(first, "GET", f"{one}/tests?law=nothing", code=409)
    refused = _ask(first, "POST", f"{one}/submissions",
                   {"law": "gb-ghrsr-2020", "recipient": "London"}, 409)  # fmt: skip
    assert "anybody agreed that GB is told" in refused.json()["detail"]
    made = _ask(first, "POST", f"{one}/submissions",
                {"law": "eu-2020-1998", "recipient": "The Council"}).json()  # fmt: skip
    sent = f"/desk/submissions/{made['id']}"
    _ask(first, "POST", f"{sent}/release", code=404)
    unread = _ask(second, "POST", f"{sent}/release", code=409).json()["detail"]
    assert "draft.pdf: open it first" in unread
    _ask(second, "GET", f"{sent}/files/draft.pdf")
    assert _ask(second, "POST", f"{sent}/release").json()["state"] == "released"
    pdf = _ask(first, "GET", f"{sent}/files/submission.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert _ask(first, "POST", f"{sent}/again").json()["number"] == "1.1"
    assert _ask(first, "GET", sent).json()["state"] == "ended"
    _ask(first, "POST", f"{sent}/end", code=409)
    _ask(first, "GET", f"{sent}/files/submission.pdf", code=409)
    for outside in (scene.desk.stranger, scene.desk.steward):
        program = _program(outside)
        assert _ask(program, "GET", "/desk/dossiers").json() == []
        _ask(program, "GET", one, code=404)
        _ask(program, "GET", sent, code=404)


def test_a_summary_of_its_own_by_program_and_at_the_terminal(scene: Scene) -> None:
    first, key = _program(scene.desk.documenter), scene.dossier.pk
    plan = DossierPlan("Detention (invented)", "XR", "By Maubon.", team=list(scene.dossier.team))
    with in_person(scene.desk.documenter) as actor:
        write_dossier(scene.dossier, plan, actor=actor, at=timezone.now())
    told = {"law": "eu-2020-1998", "recipient": "The Council", "people": [str(scene.commander.pk)]}
    refused = _ask(first, "POST", f"/desk/{key}/submissions", told, 409).json()["detail"]
    assert "summary: it names Antoinette Maubon" in refused
    told["summary"] = "Of him alone."
    made = _ask(first, "POST", f"/desk/{key}/submissions", told).json()
    assert made["summary"] == "Of him alone."
    put: dict[str, Any] = {**told, "summary": "", "without_summary": True}
    made = _ask(first, "POST", f"/desk/{key}/submissions", put).json()
    assert (made["summary"], made["without_summary"]) == ("", True)
    assert "eu-fsf" in made["lists_not_searched"]
    again = f"/desk/submissions/{made['id']}/again"
    typed = _ask(first, "POST", again, {"summary": "Typed."}).json()
    again = f"/desk/submissions/{typed['id']}/again"
    _ask(first, "POST", again, {"summary": "Typed.", "without_summary": True}, 409)
    anew = _ask(first, "POST", again, {"without_summary": True}).json()
    assert (typed["summary"], anew["summary"]) == ("Typed.", "")
    assert (typed["without_summary"], anew["without_summary"]) == (False, True)
    words = ("write", key, "eu-2020-1998", "--recipient", "X", "--about", scene.commander.pk)
    person = scene.desk.documenter
    told_so = run_at_terminal(commands, *words, person=person, status=2)
    assert "summary: it names Antoinette Maubon" in told_so
    assert "draft.pdf" in run_at_terminal(commands, *words, "--without-summary", person=person)
    said = run_at_terminal(commands, *words, "--summary", "Of him.", person=person)
    assert "draft.pdf" in said
    assert "not searched, as no version is held here: eu-" in said
    sent = said.split()[1]
    said = run_at_terminal(commands, "again", sent, "--without-summary", person=person)
    assert "draft.pdf" in said
    said = run_at_terminal(commands, "search", key, person=person)
    assert "not searched, as no version is held here: " in said


def test_the_terminal_does_the_same(scene: Scene, tmp_path: Path) -> None:
    def run(*words: object, person: User | None = None, code: int = 0) -> str:
        user = person or scene.desk.documenter
        return run_at_terminal(commands, *words, person=user, status=code)

    key = scene.dossier.pk
    assert "Detention in Strelsau" in run("list")
    assert json.loads(run("list", "--json"))[0]["country"] == "XR"
    assert json.loads(run("show", key))["title"] == "Detention in Strelsau (invented)"
    told = run("test", key, "--law", "gb-ghrsr-2020")
    assert "Conduct: missing; missing:" in told
    assert "torture" in told
    assert len(json.loads(run("test", key, "--json"))) == 2
    told = run("write", key, "eu-2020-1998", "--recipient", "The Council")
    sent = told.split()[1]
    assert "draft.pdf" in told
    out = tmp_path / "paper.pdf"
    run("file", sent, "draft.pdf", "--out", out)
    assert out.read_bytes().startswith(b"%PDF")
    run("file", sent, "draft.pdf", "--out", out, code=2)
    run("release", sent, code=2)
    unread = run("release", sent, person=scene.desk.publisher, code=2)
    assert "draft.pdf: open it first" in unread
    read = tmp_path / "read.pdf"
    run("file", sent, "draft.pdf", "--out", read, person=scene.desk.publisher)
    assert "released" in run("release", sent, person=scene.desk.publisher)
    assert run("again", sent).startswith("1.1")
    assert "ended" in run("end", json.loads(run("show", key))["submissions"][0]["id"])
    assert "nothing of it that you handle" in run("show", key, person=scene.desk.steward, code=2)
    assert "nothing of it" in run("end", sent, person=scene.desk.stranger, code=2)
