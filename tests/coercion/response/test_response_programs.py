"""API and terminal of compacts: what the pages can do, and nothing that another keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.coercion.response.factories import (
    CONTENT,
    SECRET,
    Scene,
    make_scene,
    named_team,
    to_deciding,
)
from tests.core.accounts.factories import in_person
from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.response.commands import commands
from undaunted.coercion.response.readers.episodes import PACKS
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

ROOT = "/api/v1/response"
MEASURES = "kind,by,on,began,text,confidence,sources\nthreat,XRU,XFR,2026,A threat,B,wire\n"
PLEDGE: dict[str, Any] = {
    "kind": "credit", "text": "Credit", "legal_basis": "Act", "trigger": "Vote", "off_ramp": "End",
    "amount": "250.00", "note": SECRET,
    "off_ramps": [{"condition": "Open", "evidence": "Data", "confirmer": "XF"}],
}  # fmt: skip


def _program(user: User) -> Client:
    with in_person(user) as actor:
        token = make_token("test", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def _ask(client: Client, verb: str, address: str, told: Any = None, code: int = 200) -> Any:
    body = json.dumps(told) if told is not None else ""
    answer = client.generic(verb, f"{ROOT}{address}", body, "application/json")
    done = {200, 201} if code == 200 else {code}
    assert answer.status_code in done, answer.content.decode()
    return json.loads(answer.content)


def _run(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)


def _pledging(chair: Client, third: Client, one: str) -> None:
    for to in ("consulting", "assessing"):
        _ask(chair, "POST", f"{one}/stage", {"to": to})
    _ask(chair, "POST", f"{one}/stage", {"to": "deciding"}, 409)
    _ask(third, "POST", f"{one}/statements", {"text": "Harm"})
    _ask(chair, "POST", f"{one}/stage", {"to": "pledging"})


def test_programs_take_the_steps_of_the_pages(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    chair, second = _program(scene.chair.documenter), _program(scene.chair.publisher)
    third, fourth = _program(scene.third.documenter), _program(scene.third.publisher)
    target, fifth = _program(scene.target.documenter), _program(scene.target.publisher)
    one = f"/desk/invocations/{scene.invocation.pk}"
    _pledging(chair, third, one)
    made = _ask(third, "POST", f"{one}/pledges", PLEDGE)["id"]
    terms = {name: value for name, value in PLEDGE.items() if name != "off_ramps"}
    _ask(third, "PUT", f"/desk/pledges/{made}", terms | {"text": "More credit"})
    gone = _ask(third, "POST", f"{one}/pledges", PLEDGE)["id"]
    _ask(third, "DELETE", f"/desk/pledges/{gone}")
    _ask(third, "PUT", f"/desk/pledges/{made}/publication", code=404)
    assert _ask(target, "GET", one)["pledges"] == [], "one person pledges nothing"
    _ask(chair, "POST", f"{one}/stage", {"to": "deciding"}, 409)
    _ask(fourth, "PUT", f"/desk/pledges/{made}/publication")
    _ask(chair, "POST", f"{one}/stage", {"to": "deciding"})
    _ask(third, "PUT", f"/desk/pledges/{made}", terms, 409)
    _decided_by_programs(one, (chair, second), (third, fourth), (target, fifth))
    _ask(chair, "POST", f"{one}/stage", {"to": "monitoring"})
    told = {"day": f"{timezone.now():%Y-%m-%d}", "evidence": "Transfer", "amount": "100"}
    wrong = _ask(third, "POST", f"/desk/pledges/{made}/deliveries", told | {"evidence": "Two"})
    _ask(third, "DELETE", f"/desk/deliveries/{wrong['id']}")
    _ask(third, "POST", f"/desk/pledges/{made}/deliveries", told)
    seen = _ask(target, "GET", one)
    assert SECRET not in json.dumps(seen)
    (pledge,) = seen["pledges"]
    assert (pledge["text"], pledge["delivered"]) == ("More credit", "100.00")
    (ramp,) = pledge["off_ramps"]
    _ask(target, "POST", f"/desk/conditions/{ramp['id']}/confirmation", {"text": "Seen"})
    own = _ask(third, "GET", "/desk/invocations")[0]["pledges"][0]
    assert own["ending_proposed"]
    assert own["notes"] == 2
    kept = _ask(third, "GET", "/desk/compacts/five/kept")
    assert [each["of"] for each in kept] == ["note"] * 3
    assert {each["pledge"] for each in kept} == {made, gone}
    team = {"team": str(scene.third.team)}
    _ask(third, "PUT", "/desk/compacts/five/kept/team", team)
    _ask(chair, "PUT", "/desk/compacts/five/kept/team", team, 409)
    _ask(third, "POST", f"/desk/pledges/{made}/end", {"text": "Met"})
    _ask(_program(scene.stranger.documenter), "GET", one, code=404)
    _ask(second, "PUT", "/desk/compacts/five/publication")
    assert _ask(Client(), "GET", "/compacts/five")["voting"] == "majority"
    _ask(second, "DELETE", "/desk/compacts/five/publication")
    _ask(Client(), "GET", "/compacts/five", code=404)


def test_programs_make_compacts_and_episodes(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    chair, second = _program(scene.chair.documenter), _program(scene.chair.publisher)
    named_team(scene.chair, "five")
    told = {
        "holder": str(scene.chair.id), "reference": "second", "name": "Second",
        "voting": "unanimity", "quorum": 100,
    }  # fmt: skip
    _ask(chair, "POST", "/desk/compacts", told)
    _ask(chair, "POST", "/desk/compacts", told | {"reference": "third", "quorum": 0}, 409)
    invited = {"government": str(scene.third.id), "weight": 2}
    _ask(chair, "POST", "/desk/compacts/second/invitations", invited)
    _accept(scene, chair, second)
    _ask(chair, "POST", "/desk/compacts/second/pledges", PLEDGE | {"off_ramps": []}, 409)
    _ask(chair, "PUT", "/desk/compacts/second/kept/team", {"team": str(scene.chair.team)})
    made = _ask(chair, "POST", "/desk/compacts/second/pledges", PLEDGE | {"reach": "public",
                "off_ramps": []})["id"]  # fmt: skip
    _ask(second, "PUT", f"/desk/pledges/{made}/publication")
    assert len(_ask(chair, "GET", "/desk/compacts/second/pledges")) == 1
    assert len(_ask(chair, "GET", "/desk/compacts")) == 2
    _invoked_by_programs(scene, chair, second)


def _decided_by_programs(one: str, *governments: tuple[Client, Client]) -> None:
    for client, other in governments:
        vote = _ask(client, "PUT", f"{one}/vote", {"choice": "yes"})["id"]
        _ask(client, "POST", f"/desk/votes/{vote}/confirmation", code=404)
        _ask(other, "POST", f"/desk/votes/{vote}/confirmation")
    chair, second = governments[0]
    _ask(chair, "POST", f"{one}/decision")
    _ask(second, "DELETE", f"{one}/decision")
    _ask(chair, "POST", f"{one}/decision")
    _ask(second, "POST", f"{one}/confirmation")


def _invoked_by_programs(scene: Scene, chair: Client, second: Client) -> None:
    holder = str(scene.chair.id)
    for wrong in ({"key": "Not a key"}, {"measures": 5}, {"sources": [{"id": 1}]}):
        body = {"holder": holder, "content": {**CONTENT, "key": "own", **wrong}}
        _ask(chair, "POST", "/desk/episodes", body, 409)
    body = {"holder": holder, "content": {**CONTENT, "key": "own"}}
    _ask(chair, "POST", "/desk/episodes", body | {"measures_csv": "kind"}, 409)
    _ask(chair, "POST", "/desk/episodes", body | {"measures_csv": MEASURES})
    assert len(_ask(chair, "GET", "/desk/episodes")[0]["content"]["measures"]) == 2
    _ask(chair, "PUT", "/desk/episodes/own/compact/second")
    bare = {name: {"value": "met"} for name in ("measure", "aim", "interference", "evidence")}
    _ask(chair, "POST", "/desk/episodes/own/invocations", {"findings": bare}, 409)
    found = {name: each | {"reasons": ["Shown"]} for name, each in bare.items()}
    _ask(chair, "POST", "/desk/episodes/own/invocations", {"findings": {"x": found["aim"]}}, 422)
    unmet = found | {"aim": {"value": "not_met", "reasons": [SECRET]}}
    tried = _ask(chair, "POST", "/desk/episodes/own/invocations", {"findings": unmet})
    assert (tried["met"], tried["turns_on"], tried["kept"]) == (False, ["aim"], True)
    called = _ask(chair, "POST", "/desk/episodes/own/invocations", {"findings": found})["id"]
    _ask(chair, "POST", f"/desk/invocations/{called}/opening", code=404)
    _ask(second, "POST", f"/desk/invocations/{called}/opening")
    _ask(second, "POST", f"/desk/invocations/{called}/closing", code=409)
    trials = _ask(chair, "GET", "/desk/episodes/own/trials")
    assert [each["met"] for each in trials] == [True, False]
    assert SECRET not in json.dumps(trials)
    assert trials[1]["recorded_by"] == str(scene.chair.documenter.pk)
    assert len(_ask(chair, "GET", "/desk/episodes")) == 2
    _ask(chair, "DELETE", "/desk/compacts/second/membership", code=409)
    _ask(chair, "POST", f"/desk/invocations/{called}/stage", {"to": "closed", "reason": "x"})
    _ask(second, "POST", f"/desk/invocations/{called}/closing")
    assert len(_ask(Client(), "GET", "/episodes")) == 8


def _accept(scene: Scene, chair: Client, second: Client) -> None:
    fourth = _program(scene.third.publisher)
    _ask(fourth, "PUT", "/desk/compacts/second/membership", {}, code=404)
    _ask(chair, "POST", "/desk/compacts/second/invitations/confirmation", code=404)
    _ask(second, "POST", "/desk/compacts/second/invitations/confirmation")
    both = "/desk/compacts/second/membership/confirmation"
    _ask(chair, "PUT", "/desk/compacts/second/membership", {"gdp": "12.5", "public": True})
    _ask(chair, "POST", both, {"kind": "accept"}, 404)
    _ask(second, "POST", both, {"kind": "leave"}, 409)
    _ask(second, "POST", both, {"kind": "accept"})
    _ask(second, "DELETE", "/desk/compacts/second/membership/name")
    _ask(second, "DELETE", "/desk/compacts/second/membership/name", code=409)


def test_terminal_takes_the_same_steps(owner_sql: Any, tmp_path: Path) -> None:
    scene = make_scene(owner_sql)
    who, second, third = scene.chair.documenter, scene.chair.publisher, scene.third.documenter
    assert "lithuania-2021" in _run(who, "episodes")
    file = tmp_path / "own.toml"
    text = (Path(str(PACKS)) / "japan-2010.toml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert "good  japan-2010" in _run(who, "check", file)
    measures = tmp_path / "measures.csv"
    measures.write_text(MEASURES.replace("wire", "nobody"), encoding="utf-8")
    _run(who, "episode", scene.chair.id, file, "--measures", measures, code=2)
    _run(who, "episode", scene.chair.id, file)
    file.write_text("key = 1", encoding="utf-8")
    _run(who, "check", file, code=2)
    _run(who, "compact", scene.chair.id, "second", "Second", "--voting", "majority", "--quorum", 60)
    _run(who, "invite", "second", scene.third.id, "--weight", 2)
    _accept_at_terminal(who, second)
    _run(second, "publish", "second")
    _run(who, "show", "japan-2010", "second")
    _run(who, "invoke", "japan-2010", "--met", "aim", code=2)
    assert "named no team" in _run(who, "invoke", "japan-2010", "--met", "aim=Said", code=2)
    assert _run(who, "trials", "japan-2010") == ""
    named_team(scene.chair, "second")
    assert "is kept" in _run(who, "invoke", "japan-2010", "--met", f"aim={SECRET}", code=2)
    listed = _run(who, "trials", "japan-2010")
    assert "not met" in listed
    assert "aim  met" in listed
    assert SECRET in _run(who, "kept", "second", "--open", given=PASSPHRASE)
    met = [part for name in ("measure", "aim", "interference", "evidence")
           for part in ("--met", f"{name}=Shown")]  # fmt: skip
    called = _run(who, "invoke", "japan-2010", *met).split()[-1]
    _run(second, "open", called)
    _run(who, "leave", "second", code=2)
    _run(second, "withdraw", "second")
    _work_through(scene)
    shown = _run(third, "status", scene.invocation.pk)
    assert "notes  2 sealed" in shown
    assert "own  " in shown
    assert SECRET not in shown
    assert "note  " in _run(third, "kept", "five")
    assert SECRET in _run(third, "kept", "five", "--open", given=PASSPHRASE)
    _run(third, "kept", "five", "--open", given="a wrong passphrase", code=2)
    team = ("team", "five", scene.third.team)
    assert "named" in _run(third, *team)
    assert "named" in _run(third, *team, "--give", given=PASSPHRASE)
    assert SECRET not in _run(who, "status", scene.invocation.pk)
    assert str(scene.invocation.pk) in _run(who, "status")
    assert "nothing of that name" in _run(
        scene.stranger.documenter, "status", scene.invocation.pk, code=2
    )


def _accept_at_terminal(who: User, second: User) -> None:
    _run(second, "send", "second")
    _run(who, "accept", "second", "--gdp", "much", code=2)
    _run(who, "accept", "second", "--gdp", "12", "--public")
    _run(who, "confirm", "second", "accept", code=2)
    _run(second, "confirm", "second", "accept")
    _run(second, "hide", "second")


def _work_through(scene: Scene) -> None:
    who, second, third = scene.chair.documenter, scene.chair.publisher, scene.third.documenter
    key = scene.invocation.pk
    _run(who, "move", key, "consulting")
    _run(who, "move", key, "assessing")
    _run(third, "say", key, "Harm")
    _run(third, "say", key, SECRET, "--reach", "own")
    _run(who, "move", key, "pledging")
    terms = ("--legal-basis", "Act", "--trigger", "Vote", "--off-ramp", "End", "--note", SECRET)
    at = ("--invocation", key)
    _run(third, "pledge", "five", "trade", "Duty", *terms, *at, "--until", "Open", code=2)
    told = _run(third, "pledge", "five", "trade", "Duty", *terms, *at, "--until", "Open|Data|XF")
    pledge = told.split()[-1]
    _run(third, "pledge", "five", "trade", "Higher duty", *terms, "--change", pledge)
    public = _run(third, "pledge", "five", "trade", "Duty", *terms, "--reach", "public").split()[-1]
    _run(scene.third.publisher, "publish-pledge", public)
    _run(third, "take-back", public)
    _run(scene.third.publisher, "publish-pledge", pledge)
    _run(who, "move", key, "deciding")
    for government in scene.members:
        vote = _run(government.documenter, "vote", key, "yes").split()[-1]
        _run(government.documenter, "confirm-vote", vote, code=2)
        _run(government.publisher, "confirm-vote", vote)
    assert "adopted" in _run(who, "decide", key)
    assert "open again" in _run(who, "decide", key, "--reopen")
    assert "adopted" in _run(who, "decide", key)
    _run(second, "decide", key, "--confirm")
    _run(who, "move", key, "monitoring")
    made = _run(third, "deliver", pledge, "Gazette", "--amount", "3").split()[-1]
    _run(third, "take-back-delivery", made)
    _run(third, "deliver", pledge, "Gazette", "--on", f"{timezone.now():%Y-%m-%d}")
    assert "taken back" in _run(third, "status", key)
    shown = _run(scene.target.documenter, "status", key)
    ramp = shown.partition("until  ")[2].split()[0]
    _run(scene.target.documenter, "met", ramp, "Seen")
    assert "to end" in _run(third, "status", key)
    _run(third, "end", pledge, "Met")
    _run(who, "move", key, "closed", code=2)
    assert "proposed" in _run(who, "move", key, "closed", "--reason", "Over")
    _run(who, "close", key, code=2)
    assert "closed" in _run(second, "close", key)


def test_programs_read_nothing_that_another_government_keeps(owner_sql: Any) -> None:
    scene = to_deciding(make_scene(owner_sql))
    for person in (scene.chair.documenter, scene.chair.publisher, scene.target.documenter):
        client = _program(person)
        for address in ("/desk/invocations", "/desk/compacts/five/pledges", "/desk/compacts"):
            assert SECRET not in json.dumps(_ask(client, "GET", address))
        _ask(client, "PUT", f"/desk/pledges/{scene.pledges['own'].pk}/publication", code=404)
    own = _ask(_program(scene.third.documenter), "GET", "/desk/invocations")
    assert SECRET not in json.dumps(own), "no program opens what is sealed"
    assert [each["kept"] for each in own[0]["pledges"]].count(True) == 1
