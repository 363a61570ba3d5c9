"""A dossier from its opening to its end by program: two people, scopes, strangers find nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person
from tests.repression.dossiers.factories import VICTIM, Scene, make_scene
from undaunted.config.api import api
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES, Scope
from undaunted.repression.dossiers.models import Dossier

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
ROOT = "/api/v1/dossiers/desk"


@dataclass
class Program:
    """A program that acts for a person, with every scope unless told otherwise."""

    user: User
    scopes: tuple[str, ...] = tuple(SCOPES)
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        with in_person(self.user) as actor:
            _, secret = make_token("bot", list(self.scopes), actor=actor, at=timezone.now(), days=2)
        self.headers = {"Authorization": f"Bearer {secret}"}

    def ask(self, verb: str, path: str, told: Any = None, seen: str = "") -> tuple[int, Any]:
        """Send something; gives the status and what was answered."""
        step = getattr(Client(), verb)
        more = {} if verb == "get" else {"data": told or {}, "content_type": "application/json"}
        headers = self.headers | ({"If-Match": seen} if seen else {})
        answer = step(f"{ROOT}/{path}", headers=headers, **more)
        return answer.status_code, answer.json()

    def tag(self, path: str) -> str:
        """Give the ETag of something."""
        return str(Client().get(f"{ROOT}/{path}", headers=self.headers)["ETag"])

    def patch(self, path: str, told: Any) -> int:
        """Change something as it stands; gives the status."""
        return self.ask("patch", path, told, self.tag(path))[0]

    def post(self, path: str, told: Any = None) -> tuple[int, Any]:
        """Post something."""
        return self.ask("post", path, told)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _alike(program: Program, verb: str, path: str, told: Any = None) -> bool:
    """Whether a dossier answers as one does that is not there."""
    absent = str(uuid4())
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", path)
    assert found is not None
    status, one = program.ask(verb, path, told)
    one["instance"] = one["instance"].replace(found[0], absent)
    return (status, one) == program.ask(verb, path.replace(found[0], absent), told)


def _parts(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    rest = {"sources": [str(scene.source)], "grade": "A2", "locator": "p. 2"}
    claim, whom = str(scene.act.claim), "Michael Strelsau"
    return [
        ("acts", {"act": claim}),
        ("people", {"name": whom, **rest}),
        ("details", {"accused": whom, "kind": "birth", "text": "1961-04", **rest}),
        ("posts", {"accused": whom, "office": "Duke", "start": "2020", **rest}),
        ("links", {"accused": whom, "act": claim, "mode": "ordered", "reasons": "So.", **rest}),
        ("findings", {"fact": "detention", "value": "met", "act": claim, "reasons": "So.", **rest}),
        ("statements", {"accused": whom, "kind": "searched", "body": "The gazette.", **rest}),
        ("replies", {"accused": whom, "reply": "unsafe", "reasons": "Whoever asks is arrested."}),
    ]


def test_a_dossier_is_opened_and_filled_by_program(scene: Scene) -> None:
    first, second = Program(scene.desk.documenter), Program(scene.desk.publisher)
    told = {
        "holder": str(scene.desk.organisation), "title": "Another (invented)", "country": "XR",
        "team": [scene.desk.publisher.username],
    }  # fmt: skip
    assert Program(scene.desk.stranger).post("dossiers", told)[0] == 404
    assert Program(scene.desk.documenter, (Scope.READ,)).post("dossiers", told)[0] == 403
    for wrong, name in (({"country": "QQ"}, "country"), ({"tlp": "PINK"}, "tlp"),
                        ({"team": ["nobody"]}, "team"), ({"title": "…"}, "title")):  # fmt: skip
        status, refused = first.post("dossiers", told | wrong)
        assert (status, refused["detail"].split(":")[0]) == (409, name)
    stranger = scene.desk.stranger.username
    refused = [first.post("dossiers", told | {"team": [name]})[1]["detail"]
               for name in (stranger, "x" * len(stranger))]  # fmt: skip
    assert refused[0].replace(stranger, "x" * len(stranger)) == refused[1]
    status, made = first.post("dossiers", told)
    assert status == 201
    one = made["id"]
    (act,) = first.ask("get", f"{one}/offered")[1]["acts"]
    assert act["act"] == str(scene.act.claim)
    assert not any(name in str(act) for name in VICTIM)
    for kind, part in _parts(scene):
        assert second.post(f"{one}/{kind}", part)[0] == 404, "a publisher records nothing"
        assert Program(scene.desk.documenter, (Scope.READ,)).post(f"{one}/{kind}", part)[0] == 403
        assert _alike(Program(scene.desk.stranger), "post", f"{one}/{kind}", part)
        assert first.post(f"{one}/{kind}", part | {"strange": 1})[0] == 422
        assert first.post(f"{one}/{kind}", part)[0] == 201, kind
    shown = first.ask("get", one)[1]
    (person,) = shown["people"]
    assert (person["names"], person["reply"]) == (["Michael Strelsau"], "unsafe")
    assert [len(person[each]) for each in ("details", "posts", "links")] == [2, 1, 1]
    statement = f"{one}/statements/{person['exculpatory'][0]['id']}/confirmation"
    assert first.post(statement)[0] == 404, "who wrote it does not confirm it"
    assert Program(scene.desk.publisher, (Scope.PROPOSE,)).post(statement)[0] == 403
    assert second.post(statement)[0] == 200
    assert first.post(f"{one}/people/{person['id']}/search")[0] == 200
    assert first.post(f"{one}/people/{uuid4()}/search")[0] == 404
    before = first.tag(one)
    assert first.ask("patch", one, {"title": "Anew"})[0] == 428
    assert first.ask("patch", one, {"title": "Anew"}, before)[0] == 200
    assert first.ask("patch", one, {"title": "Older"}, before)[0] == 412
    shown = first.ask("get", one)[1]
    assert (shown["title"], len(shown["team"])) == ("Anew", 2), "what is left out stays"
    assert first.patch(one, {"team": []}) == 200
    assert second.ask("get", one)[0] == 404


def test_what_is_wrong_names_its_field_by_program(scene: Scene) -> None:
    first, one = Program(scene.desk.documenter), str(scene.dossier.pk)
    parts = dict(_parts(scene))
    whom = "Rupert Hentzau"
    for kind, wrong, name in (
        ("acts", {}, "act"), ("acts", {"act": str(uuid4())}, "act"),
        ("people", {"grade": "Z9"}, "grade"), ("people", {"sources": [str(uuid4())]}, "sources"),
        ("details", {"accused": "Nobody Here"}, "accused"),
        ("details", {"accused": whom, "text": "1871"}, "text"),
        ("links", {"accused": whom, "mode": "liked"}, "mode"),
        ("links", {"accused": whom, "act": str(uuid4())}, "act"),
        ("findings", {"fact": "wealth"}, "fact"),
        ("replies", {"accused": whom, "reply": "open"}, "reply"),
    ):  # fmt: skip
        status, refused = first.post(f"{one}/{kind}", parts[kind] | wrong)
        assert (status, refused["detail"].split(":")[0]) == (409, name), (kind, wrong)
    annex = {"document": str(uuid4()), "title": "Order", "shows": []}
    assert first.post(f"{one}/annexes", annex)[1]["detail"].startswith("document:")
    assert first.post(f"{one}/annexes", annex | {"shows": [9]})[1]["detail"].startswith("shows:")
    del annex["shows"]
    assert first.post(f"{one}/annexes", annex)[0] == 422, "nobody has to be said too"
    for sign in ("\x00", "\x1b", "\ud800"):
        assert first.post(f"{one}/people", parts["people"] | {"locator": sign})[0] == 422


def test_a_part_is_withdrawn_and_a_confirmed_statement_by_two(scene: Scene) -> None:
    first, second = Program(scene.desk.documenter), Program(scene.desk.publisher)
    one = str(scene.dossier.pk)
    shown = first.ask("get", one)[1]
    person = shown["people"][0]
    link = f"{one}/parts/{person['links'][0]['id']}/withdrawal"
    assert _alike(Program(scene.desk.stranger), "post", link, {"why": "Wrong."})
    assert first.post(link) == (200, {"id": person["links"][0]["id"], "state": "withdrawn"})
    assert first.post(link)[0] == 409
    assert first.post(f"{one}/parts/{uuid4()}/withdrawal")[0] == 409
    part = f"{one}/parts/{person['exculpatory'][0]['id']}/withdrawal"
    assert second.post(f"{part}/confirmation")[0] == 409, "nobody has asked"
    assert first.post(part)[1]["detail"].startswith("why:")
    assert first.post(part, {"why": "Mistaken."})[1]["state"] == "waits"
    assert first.post(part, {"why": "Mistaken."})[0] == 409, "asking again confirms nothing"
    assert second.post(part, {"why": "Mistaken."})[0] == 409, "nor does a second person who asks"
    assert first.post(f"{part}/confirmation")[0] == 404
    assert Program(scene.desk.publisher, (Scope.PROPOSE,)).post(f"{part}/confirmation")[0] == 403
    assert second.post(f"{part}/confirmation")[1]["state"] == "withdrawn"
    left = first.ask("get", one)[1]["people"][0]["exculpatory"]
    assert len(left) == len(person["exculpatory"]) - 1


def test_a_dossier_is_closed_by_two_and_erased_by_a_steward_of_its_team(scene: Scene) -> None:
    first, second = Program(scene.desk.documenter), Program(scene.desk.publisher)
    steward, one = Program(scene.desk.steward), str(scene.dossier.pk)
    for step in ("closing", "closing/confirmation"):
        assert _alike(Program(scene.desk.stranger), "post", f"{one}/{step}", {"why": "Over."})
    assert second.post(f"{one}/closing/confirmation")[0] == 409, "nobody has asked"
    assert first.post(f"{one}/closing", {})[0] == 422
    team = [each.username for each in (scene.desk.publisher, scene.desk.steward)]
    assert first.patch(one, {"team": team}) == 200
    assert first.post(f"{one}/closing", {"why": "Over."})[0] == 200
    assert first.post(f"{one}/closing/confirmation")[0] == 404
    assert steward.ask("delete", one)[0] == 409, "close it first"
    assert second.post(f"{one}/closing/confirmation")[0] == 200
    assert first.post(f"{one}/acts", {"act": str(scene.act.claim)})[0] == 409
    assert first.ask("get", one)[1]["closed"] is True
    assert _alike(Program(scene.desk.stranger), "delete", one)
    assert first.ask("delete", one)[0] == 404
    assert Program(scene.desk.steward, (Scope.PROPOSE,)).ask("delete", one)[0] == 403
    assert steward.ask("delete", one) == (200, {"id": one, "submissions": 0})
    assert first.ask("get", one)[0] == 404
    assert not Dossier.objects.filter(pk=one).exists()


def test_it_stands_in_the_description_of_the_api() -> None:
    told = api.get_openapi_schema()["paths"]
    one = f"{ROOT}/{{dossier}}"
    for verb, path in (
        ("post", f"{ROOT}/dossiers"), ("patch", one), ("delete", one), ("get", f"{one}/offered"),
        *(("post", f"{one}/{kind}") for kind in (
            "acts", "people", "details", "posts", "links", "findings", "statements", "replies",
            "annexes", "closing", "closing/confirmation", "people/{person}/search",
            "statements/{statement}/confirmation", "parts/{part}/withdrawal",
            "annexes/{annex}/redacted", "annexes/{annex}/looks",
            "parts/{part}/withdrawal/confirmation",
        )),
    ):  # fmt: skip
        operation = told[path][verb]
        assert operation["security"]
        assert operation["summary"]
