"""API and terminal of proceedings: what the pages can do, and nothing confidential."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.coercion.instruments.designs import CALCULATION, design, words_of
from tests.coercion.instruments.factories import ELEMENTS_MET, SECRET, Scene, let_out, make_scene
from tests.coercion.instruments.requests import FACTS
from tests.core.accounts.factories import in_person
from tests.core.accounts.terminal import run_at_terminal
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.instruments.analysis import design_told
from undaunted.coercion.instruments.commands import commands
from undaunted.coercion.instruments.readers.assessments import elements_of
from undaunted.coercion.instruments.rules import InstrumentRefused, council_figures
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import SCOPES

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.accounts.models import User

__all__ = ["INJURY", "ROOT", "WHICH", "ask", "at_terminal", "program", "table"]

pytestmark = pytest.mark.usefixtures("ledger")

ROOT = "/api/v1/instruments"
INJURY = {
    "low": 80, "best": 100, "high": 130, "unit": "EUR million", "year": 2025,
    "source": "Kept result (invented)", "digest": "b" * 64,
}  # fmt: skip
DRAFT = {"consulted": True, "heard": True, "opinion": "positive",
         "explained": "The desk read the result."}  # fmt: skip
STAKES = {
    "name": "stakes.csv", "content": "owner,owned,share\nSTATE:XZ,ports,0.6\n",
    "state": ["STATE:XZ"], "as_of": "2026-11-20",
}  # fmt: skip
WHICH = "zubrowka-timber"
EVIDENCE = [{"key": "notice", "title": "Customs notice", "public_at": "https://xz.example"}]


def program(user: User) -> Client:
    with in_person(user) as actor:
        token = make_token("test", SCOPES, actor=actor, at=timezone.now(), days=1)[1]
    return Client(headers={"Authorization": f"Bearer {token}"})


def ask(client: Client, verb: str, address: str, told: Any = None, code: int = 200) -> Any:
    body = json.dumps(told) if told is not None else ""
    answer = client.generic(verb, f"{ROOT}{address}", body, "application/json")
    done = {200, 201} if code == 200 else {code}
    assert answer.status_code in done, answer.content.decode()
    return json.loads(answer.content)


def at_terminal(user: User, *words: object, code: int = 0, given: str = "") -> str:
    return run_at_terminal(commands, *words, person=user, status=code, given=given)


def _elements() -> list[dict[str, Any]]:
    return [
        {"key": each.key, "state": each.state.value, "reasons": each.reasons,
         "sources": ["p1"]}
        for each in ELEMENTS_MET
    ]  # fmt: skip


def test_programs_take_the_steps_of_the_pages(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, second = program(scene.ours.documenter), program(scene.ours.publisher)
    opening = {
        "holder": str(scene.ours.id), "reference": "glass", "title": "Glass", "states": ["XF"],
        "third_country": "XZ", "measure": "Glass is held (invented).",
    }  # fmt: skip
    made = ask(first, "POST", "/desk/proceedings", opening)["id"]
    ask(first, "POST", "/desk/proceedings", opening, 409)
    one, today = f"/desk/proceedings/{made}", f"{timezone.now():%Y-%m-%d}"
    filed = _filed(scene, first, one, today)
    _worked(first, one, today)
    _stepped(first, second, one, today)
    refused = ask(second, "PUT", f"{one}/publication", code=409)
    assert "with an open key" in json.dumps(refused), "a program cannot look who asked"
    let_out(scene, UUID(made))
    told = ask(program(scene.ours.reader), "GET", one)
    assert (told["stage"], told["judged"]["verdict"]) == ("adopted", "within")
    then = ask(first, "GET", f"{one}?as_known={told['steps'][2]['confirmed_at']}")
    assert (then["stage"], then["clocks"]) == ("determination", [])
    assert not any(word in json.dumps(told) for word in (SECRET, "Blauhafen"))
    assert [each["firmness"] for each in told["clocks"][0]["limits"]] == ["soft"]
    (shown,) = ask(Client(), "GET", "/proceedings")
    assert [each["stage"] for each in shown["steps"]][-1] == "adopted"
    assert ask(Client(), "GET", f"/proceedings/{made}")["reference"] == "glass"
    assert "opening" not in shown, "whether anybody asked is not public"
    ask(second, "DELETE", f"{one}/publication")
    assert ask(Client(), "GET", "/proceedings") == []
    summary = f"{ROOT}/desk/papers/{filed}/summary/"
    words = words_of(first.get(f"{summary}docx").content)
    assert "for the protection of whoever asks" in words
    assert not any(word in words for word in (SECRET, "Blauhafen"))
    assert first.get(f"{summary}pdf").content.startswith(b"%PDF")
    assert first.get(f"{summary}odt").status_code == 404
    stranger = program(scene.theirs.documenter)
    assert stranger.get(f"{summary}docx").status_code == 404
    ask(first, "DELETE", f"/desk/papers/{filed}")
    assert first.get(f"{summary}docx").status_code == 404, "what leaked is not written again"
    (gone,) = ask(first, "GET", one)["papers"]
    assert (gone["title"], gone["open_version"]) == ("", []), "what leaked is not read again"
    calendar = first.get(f"{ROOT}{one}/calendar").content.decode()
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "Glass" not in calendar
    assert "features" in ask(Client(), "GET", "/comparison")[0]
    ask(stranger, "GET", one, code=404)
    assert ask(stranger, "GET", "/desk/proceedings") == []


def _filed(scene: Scene, first: Client, one: str, today: str) -> str:
    paper = {
        "kind": "submission", "title": "Facts", "received_on": today,
        "open_version": [["Facts", "A producer lost sales."]], "confidential": {"who": SECRET},
    }  # fmt: skip
    ask(first, "POST", f"{one}/papers", paper, 409)
    ask(first, "PUT", f"{one}/team", {"team": str(scene.ours.team)})
    title = {"title": "Glass.", "measure": "Glass is held (invented)."}
    ask(first, "PUT", f"{one}/title", title)
    ask(first, "POST", f"{one}/papers", paper | {"kind": "request"}, 409)
    ask(first, "POST", f"{one}/papers", paper | {"open_version": [["Who", SECRET]]}, 409)
    facts = {
        "protect": True,
        "harm": "Licences (invented).",
        "answers": FACTS,
        "evidence": EVIDENCE,
    }
    request = {"received_on": today, "facts": facts}
    ask(first, "POST", f"{one}/requests", request, 409)
    facts["answers"] = FACTS | {"third_country": {"value": "XZ"}}
    filed = ask(first, "POST", f"{one}/requests", request)["id"]
    ask(first, "POST", f"{one}/requests", request | {"facts": {"answers": 3}}, 409)
    for address, told in (("requests", request), ("papers", paper)):
        refused = ask(first, "POST", f"{one}/{address}", told, 409)
        assert "who asked first" in json.dumps(refused), "a program has no key"
    ask(first, "PUT", f"{one}/title", title | {"title": "Cranes of Blauhafen"}, 409)
    return str(filed)


def _worked(first: Client, one: str, today: str) -> None:
    ask(first, "PUT", f"{one}/elements", {"elements": _elements()[:1]})
    ask(first, "PUT", f"{one}/elements", {"elements": [{"key": "z", "state": "met"}]}, 409)
    nobody = [each | {"sources": ["p9"]} for each in _elements()]
    refused = ask(first, "PUT", f"{one}/elements", {"elements": nobody}, 409)
    assert "p9 is neither in a paper" in json.dumps(refused)
    ask(first, "PUT", f"{one}/elements", {"elements": _elements()})
    for kind, said in (
        ("other", "attach the file"),
        ("scenario", "attach the file"),
        ("front", "are read from the result; leave them out"),
        ("exposure", "are read from the result; leave them out"),
        ("typed", "why no result is attached"),
    ):
        refused = ask(first, "PUT", f"{one}/injury", INJURY | {"kind": kind}, 409)
        assert said in json.dumps(refused), kind
    for kind, said in (("front", "no search of your"), ("exposure", "no file of flows")):
        named = {"kind": kind, "digest": "b" * 64}
        assert said in json.dumps(ask(first, "PUT", f"{one}/injury", named, 409))
    given = {"name": "../injury.csv", "content": CALCULATION.decode()}
    broken = given | {"content": given["content"].replace("2025", "then", 1)}
    assert "row 2, year" in json.dumps(ask(first, "POST", f"{one}/injury/file", broken, 409))
    assert first.get(f"{ROOT}{one}/injury/file").status_code == 404
    ask(first, "POST", f"{one}/injury/file", given)
    assert first.get(f"{ROOT}{one}/injury/file").content == CALCULATION
    talk = {"day": today, "channel": "letter", "body": "Ministry", "said": "We asked."}
    entry = ask(first, "POST", f"{one}/engagements", talk)["id"]
    ask(first, "DELETE", f"/desk/engagements/{entry}")
    ask(first, "POST", f"{one}/engagements", talk)
    ask(first, "PUT", f"{one}/draft", {"measures": [_design()["measures"][0] | {"scope": " "}]},
         409)  # fmt: skip
    ask(first, "PUT", f"{one}/draft", _design() | {"stakes": STAKES | {"content": "x"}}, 409)
    asked = _design()
    asked["measures"][1]["persons"][0] |= {"answer": "no", "id": "ports"}
    ask(first, "PUT", f"{one}/draft", asked, 409)
    ask(first, "PUT", f"{one}/draft", asked | {"stakes": STAKES})
    (person,) = ask(first, "GET", one)["draft"]["measures"][1]["persons"]
    assert (person["answer"], person["stakes"][:23]) == ("must", "stakes.csv (2026-11-20)")
    ask(first, "PUT", f"{one}/draft", _design())
    (person,) = ask(first, "GET", one)["draft"]["measures"][1]["persons"]
    assert (person["answer"], person["stakes"]) == ("must", ""), "stated, not measured"


def _stepped(first: Client, second: Client, one: str, today: str) -> None:
    for to, more in (
        ("examination", {}),
        ("determination", {}),
        ("engagement", {}),
        ("adopted", DRAFT | {"applies_on": today}),
    ):
        step = {"to": to, "on": today, "reasons": "Needed (invented).", **more}
        if to == "engagement":
            _voted(first, one, step)
        ask(first, "POST", f"{one}/steps", step)
        ask(first, "POST", f"{one}/steps/confirmation", code=404)
        ask(second, "POST", f"{one}/steps/confirmation?step={uuid4()}", code=409)
        read = ask(second, "GET", one)["waiting"]["id"]
        ask(second, "POST", f"{one}/steps/confirmation?step={read}")
    ask(first, "POST", f"{one}/steps", {"to": "applied", "on": today, "reasons": "Now"})
    ask(first, "DELETE", f"{one}/steps/waiting")


def _voted(first: Client, one: str, step: dict[str, Any]) -> None:
    """Record votes that fail, stay open, carry: only what is counted takes the step."""
    refused = ask(first, "POST", f"{one}/steps", step | {"carried": True}, 409)
    assert "the Council has not voted" in json.dumps(refused), "nobody ticks a majority"
    votes = dict.fromkeys(council_figures(timezone.now().date()).people, "for")
    told = {"on": step["on"], "votes": votes | dict.fromkeys(("DE", "FR", "IT", "ES"), "absent")}
    ask(first, "PUT", f"{one}/vote", told | {"votes": {"XF": "for"}}, 409)
    ask(first, "PUT", f"{one}/vote", told | {"votes": {"DE": "perhaps"}}, 422)
    ask(first, "PUT", f"{one}/vote", told)
    assert ask(first, "GET", one)["vote"]["carried"] is False
    assert "only be closed" in json.dumps(ask(first, "POST", f"{one}/steps", step, 409))
    ask(first, "PUT", f"{one}/vote", told | {"votes": {"DE": "for"}})
    assert "stays open" in json.dumps(ask(first, "POST", f"{one}/steps", step, 409))
    ask(first, "PUT", f"{one}/vote", told | {"votes": votes | {"HU": "abstained"}})
    held = ask(first, "GET", one)["vote"]
    assert (held["carried"], held["members"], held["of"], held["least"]) == (True, 26, 27, 15)
    assert held["figures"]["status"] == "unverified"
    assert first.get(f"{ROOT}{one}/vote/pdf").content.startswith(b"%PDF")
    assert first.get(f"{ROOT}{one}/vote/odt").status_code == 404


def test_the_terminal_takes_the_steps_of_the_pages(owner_sql: Any, tmp_path: Path) -> None:
    scene = make_scene(owner_sql)
    first = scene.ours.documenter
    at_terminal(first, "open", "glass", "Glass", "--third-country", "XZ", "--state", "XF",
         "--measure", "Glass is held.")  # fmt: skip
    assert "corrected" in at_terminal(first, "correct", "glass", "--title", "Glass")
    at_terminal(first, "team", "glass", scene.ours.team)
    answered = FACTS | {"third_country": {"value": "XZ"}}
    facts = {"protect": True, "harm": "Invented.", "answers": answered, "evidence": EVIDENCE}
    (tmp_path / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    at_terminal(first, "file", "glass", tmp_path / "facts.json")
    assert "Blauhafen" not in at_terminal(first, "papers", "glass")
    told = at_terminal(first, "list")
    assert "glass  XZ  requested" in told
    (tmp_path / "elements.toml").write_text(_toml(_elements()), encoding="utf-8")
    (tmp_path / "draft.toml").write_text(_draft(), encoding="utf-8")
    at_terminal(first, "assess", WHICH, tmp_path / "elements.toml")
    (tmp_path / "injury.csv").write_bytes(CALCULATION)
    at_terminal(first, "injury", WHICH, tmp_path / "injury.csv")
    _measured(first, tmp_path)
    at_terminal(first, "draft", WHICH, tmp_path / "draft.toml")
    assert "correct the file" in _refused(first, scene, tmp_path, "key = ")
    at_terminal(first, "engage", WHICH, "letter", "Ministry", "We asked.", "--answer", "No.")
    at_terminal(first, "propose", WHICH, "examination", "--reason", "Facts")
    at_terminal(first, "decide", WHICH, "--refuse")
    for words in (
        ("propose", WHICH, "examination"),
        ("propose", WHICH, "determination"),
        ("vote", WHICH, tmp_path / "votes.csv"),
        ("determine", WHICH),
        ("propose", WHICH, "adopted", "--consulted", "--heard", "--explained", "The desk read it.",
         "--opinion", "positive", "--applies-on", f"{timezone.now():%Y-%m-%d}"),
        ("propose", WHICH, "applied"),
        ("suspend", WHICH, "engagement", "--immediate"),
        ("end", WHICH, "ceased", "--opinion", "positive"),
        ("evaluate", WHICH),
    ):  # fmt: skip
        _taken(scene, tmp_path, words)
    _shown(scene, tmp_path)


def _taken(scene: Scene, folder: Path, words: tuple[object, ...]) -> None:
    """Take one step by two people; the second one reads all that it rests on."""
    if words[0] == "vote":
        _counted(scene.ours.documenter, folder)
        return
    at_terminal(scene.ours.documenter, *words, "--reason", "Needed (invented).")
    if "--explained" in words:
        assert "  explained  The desk read it." in at_terminal(scene.ours.publisher, "show", WHICH)
    at_terminal(scene.ours.publisher, "decide", WHICH)


def _counted(first: User, folder: Path) -> None:
    """Record a vote from a sheet and read its count."""
    assert "nothing of that name" in at_terminal(first, "count", WHICH, code=2)
    members = council_figures(timezone.now().date()).people
    sheet, words = folder / "votes.csv", ("vote", WHICH, folder / "votes.csv")
    for text, said in (("who,what\n", "columns member and vote"),
                       ("member,vote\nlt,for\nLT,for\n", "row 3, member: LT stands twice"),
                       ("member,vote\nQQ,for\n", "QQ: is no member of the Council"),
                       ("member,vote\nLT,maybe\n", "LT: 'maybe' is no ballot")):  # fmt: skip
        sheet.write_text(text, encoding="utf-8")
        assert said in at_terminal(first, *words, code=2)
    sheet.write_text("member;vote\n" + "".join(f"{code};for\n" for code in members), "utf-8")
    assert "27 of 27 member states voted for it; 15 are needed" in at_terminal(first, *words)
    assert "written" in at_terminal(first, "count", WHICH, "--out", folder / "paper")
    assert (folder / "paper" / "vote.docx").read_bytes().startswith(b"PK")


def _measured(first: User, folder: Path) -> None:
    """Draft a measure for a person whom the stakes show."""
    (folder / "stakes.csv").write_text(str(STAKES["content"]), encoding="utf-8")
    person = {"name": "Ports", "id": "ports", "link": "majority", "reasons": "It owns them.",
              "sources": ["register"]}  # fmt: skip
    text = _draft().replace('"general"', '"linked"').replace('by = "goods"\n', "")
    text = text.replace("[[answers]]", f"[[measures.persons]]\n{table(person)}[[answers]]", 1)
    (folder / "linked.toml").write_text(text, encoding="utf-8")
    words = ("draft", WHICH, folder / "linked.toml")
    assert "read the stakes first" in at_terminal(first, *words, code=2)
    assert "go together" in at_terminal(first, *words, "--state", "STATE:XZ", code=2)
    at_terminal(first, *words, "--stakes", folder / "stakes.csv", "--state", "STATE:XZ")
    assert "Ports  majority: must, stakes.csv (" in at_terminal(first, "show", WHICH)


def _shown(scene: Scene, tmp_path: Path) -> None:
    first, second = scene.ours.documenter, scene.ours.publisher
    shown = at_terminal(first, "show", WHICH)
    assert "XZ towards XF  evaluated" in shown
    assert "proportionality  within" in shown
    assert "clock  aci-deferral  met" in shown
    assert "requested" in at_terminal(first, "show", WHICH, "--on", "2026-01-01")
    assert "no moment" in at_terminal(first, "show", WHICH, "--as-known", "soon", code=2)
    told = json.loads(at_terminal(first, "export", WHICH, "--as-known", "2026-11-01T12:00"))
    assert (told["stage"], told["papers"], told["draft"]) == ("requested", [], None)
    assert SECRET not in shown
    assert SECRET in at_terminal(first, "papers", WHICH, "--open", given=f"{PASSPHRASE}\n")
    assert SECRET not in at_terminal(second, "papers", WHICH)
    assert "with --open at the terminal" in at_terminal(second, "publish", WHICH, code=2)
    at_terminal(second, "publish", WHICH, "--open", given=f"{PASSPHRASE}\n")
    at_terminal(second, "publish", WHICH, "--withdraw")
    at_terminal(first, "ics", WHICH, "--out", tmp_path / "deadlines.ics")
    assert b"BEGIN:VEVENT" in (tmp_path / "deadlines.ics").read_bytes()
    assert json.loads(at_terminal(first, "export", WHICH))["stage"] == "evaluated"
    assert "nothing of that name" in at_terminal(scene.theirs.documenter, "show", WHICH, code=2)
    assert "write it as 2026-11-20" in at_terminal(first, "show", WHICH, "--on", "soon", code=2)


def _refused(who: User, scene: Scene, folder: Path, text: str) -> str:
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    return at_terminal(who, "assess", scene.proceeding.pk, folder / "wrong.toml", code=2)


def table(told: dict[str, Any]) -> str:
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())


def _design() -> dict[str, Any]:
    return design_told(design())


def _draft() -> str:
    told = _design()
    duty = {name: value for name, value in told["measures"][0].items() if value not in (None, [])}
    effect, begins = duty.pop("effect"), duty.pop("begins")
    head = f"[[measures]]\nbegins = {begins}\n{table(duty)}[measures.effect]\n{table(effect)}"
    return head + "".join(f"[[answers]]\n{table(each)}" for each in told["answers"])


def _toml(rows: list[dict[str, Any]]) -> str:
    return "\n".join(f"[[elements]]\n{table(row)}" for row in rows)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "there are none"),
        ({"elements": ["x"]}, "element 1: write a table"),
        ({"elements": [{"state": "met"}]}, "element 1, key: is missing"),
        ({"elements": [{"key": "a", "state": "yes"}]}, "element 1, state: 'yes' is none"),
        ({"elements": [{"key": "a", "state": "met", "reasons": "x"}]}, "write a list of texts"),
    ],
)
def test_strange_elements_are_refused_by_row(table: dict[str, Any], said: str) -> None:
    with pytest.raises(InstrumentRefused, match=said):
        elements_of(table)
