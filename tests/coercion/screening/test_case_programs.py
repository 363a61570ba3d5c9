"""Cases over the wire and at the terminal: what a person can do, programs can, and no more."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from typer.main import get_command

from tests.coercion.screening.deciding import REASONS
from tests.coercion.screening.factories import FIELDS, SECRET, Scene, make_scene
from tests.coercion.screening.programs import ROOT, ask, program, run
from tests.coercion.screening.test_case_evidence import DEAL, REGISTER
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.screening.readers import FileRefused, read_holdings

if TYPE_CHECKING:
    from pathlib import Path


WATCHED = [{"watched_by": "The port"}]
pytestmark = pytest.mark.usefixtures("ledger")

GROUP = cache(get_command)
FACTS: dict[str, Any] = {
    "kind": "acquisition",
    "investor": {
        "name": "Morava Shell NV", "state": "XZ", "complete": True,
        "owners": [{"name": "Ruritania", "state": "XR", "controls": "must", "is_state": True,
                    "interest": "51 %"}],
    },
    "target": {"name": "Port", "states": ["XF"], "sectors": ["transport", "critical_transport"]},
    "before": {"equity": "0 %", "votes": "0 %"},
    "after": {"equity": "60 %", "votes": "60 %"},
}  # fmt: skip
PARTY = {
    "role": "target", "name": "Port plc", "source": "x", "identifier": "XF-PIER", "country": "XF",
}  # fmt: skip


def today() -> str:
    """Give the day, anew each time: a test may begin on one and end on the next."""
    return f"{timezone.now():%Y-%m-%d}"


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


@pytest.fixture(autouse=True)
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typer makes every command anew each time that one is invoked; here, once."""
    monkeypatch.setattr("typer.testing._get_command", GROUP)


def test_programs_take_a_case_to_its_decision(scene: Scene) -> None:
    first, second = program(scene.own.documenter), program(scene.own.publisher)
    one = "/cases/port-2027"
    begun = {"holder": str(scene.own.id), "reference": "mine", "title": "x", "jurisdiction": "XF"}
    ask(first, "POST", "/cases", begun)
    ask(first, "POST", "/cases", begun, 409)
    ask(first, "POST", "/cases", begun | {"jurisdiction": "Q9"}, 409)
    assert [each["reference"] for each in ask(first, "GET", "/cases")] == ["mine", "port-2027"]
    assert [
        each["regime"]
        for each in ask(first, "POST", f"{one}/scope", {"facts": FACTS | {"day": today()}})
    ]
    ask(first, "POST", f"{one}/scope", {"facts": {"day": "never"}}, 409)
    ask(first, "POST", f"{one}/stage", {"to": "screening"})
    for content, filed in ((REGISTER, "false"), (DEAL, "true")):
        sent = {"file": SimpleUploadedFile("s.csv", content), "source": "x", "filed": filed}
        answer = first.post(f"{ROOT}{one}/evidence", sent)
        assert answer.status_code == 201, answer.content
    analysis = ask(first, "POST", f"{one}/analyses", {"as_of": today()})
    assert next(
        each for each in analysis["result"]["after"] if each["owner"] == "STATE:XR"
    )["answer"] in {"must", "may"}  # fmt: skip
    factor = {
        "regime": "model", "factor": "critical-infrastructure", "finding": "present",
        "reasons": REASONS, "evidence": [{"kind": "analysis", "id": analysis["id"]}],
    }  # fmt: skip
    assessed = ask(first, "POST", f"{one}/factors", factor)["id"]
    decision = {"regime": "model", "kind": "conditions", "reasons": REASONS, "day": today()}
    ask(first, "POST", f"{one}/decision", decision | {"factors": []}, 409)
    told = decision | {"factors": [assessed], "conditions": [REASONS], "terms": WATCHED}
    proposed = ask(first, "POST", f"{one}/decision", told)["id"]
    ask(first, "POST", f"/decisions/{proposed}/taking", code=404)
    ask(second, "POST", f"/decisions/{proposed}/taking")
    sheet = ask(first, "GET", one)
    assert (sheet["stage"], sheet["decision"]) == ("decided", proposed)
    assert sheet["filing"]["sealed_names"] == ["completion", "funding", "value"]
    assert SECRET not in json.dumps(sheet)
    before = sheet["steps"][0]["at"].replace("+00:00", "Z")
    assert ask(first, "GET", f"{one}?as_known={before}")["decision"] is None
    measure = {
        "kind": "data", "text": REASONS, "starts_on": today(), "months": 6,
        "watched_by": "The port",
    }  # fmt: skip
    kept = ask(first, "POST", f"{one}/measures", measure)["id"]
    seen = {"day": today(), "outcome": "kept", "text": "Seen"}
    ask(first, "POST", f"/measures/{kept}/checks", seen)
    ask(first, "POST", f"/decisions/{proposed}/recourse", {"body": "Court", "lodged_on": today()})
    letter = ask(first, "POST", f"{one}/letters/docx", {"kind": "decision", "to": "Morava"})
    assert letter.startswith(b"PK")
    assert b"BEGIN:VEVENT" in ask(first, "GET", f"{one}/calendar.ics")


def test_programs_correct_and_withdraw_and_partners_comment(scene: Scene) -> None:
    first, second = program(scene.own.documenter), program(scene.own.publisher)
    partner, one = program(scene.partner.documenter), "/cases/port-2027"
    said = {code: {"text": each.text, "summary": each.summary, "secret": each.secret}
            for code, each in FIELDS.items()}  # fmt: skip
    ask(first, "PUT", f"{one}/draft", {"fields": said})
    ask(first, "PUT", f"{one}/draft", {"fields": {"colour": {"text": "red"}}}, 409)
    ask(first, "POST", f"{one}/filing", {"received_on": today()})
    party = ask(first, "POST", f"{one}/parties", PARTY | {"identifier": "XF-QUAY"})["id"]
    party = ask(
        first,
        "PUT",
        f"/parties/{party}?why=renamed",
        PARTY | {"name": "Port SE", "identifier": "XF-QUAY"},
    )["id"]
    look = {"party": party, "list_name": "L", "list_day": today(), "judgement": "nothing"}
    look = ask(first, "POST", "/lists", look)["id"]
    ask(first, "PUT", f"/lists/{look}", {"judgement": "same", "reason": "x"}, 409)
    stake = {"owner": "STATE:XR", "owned": "XF-PORT", "source": "x", "share": "51 %",
             "owner_kind": "state"}  # fmt: skip
    held = ask(first, "POST", f"{one}/stakes", stake)["id"]
    held = ask(first, "PUT", f"/stakes/{held}", stake | {"share": "30 %", "why": "late"})["id"]
    assert [each["lo"] for each in ask(first, "GET", f"{one}/stakes")] == [300_000_000]
    fact = {"kind": "state", "about": "XR-HOLDING", "text": "x", "source": "x", "state": "XR"}
    fact = ask(first, "POST", f"{one}/facts", fact)["id"]
    asked = ask(first, "POST", f"{one}/requests", {"addressee": "Morava", "text": "Who?"})["id"]
    ask(first, "POST", f"/requests/{asked}/answers", {"received_on": today(), "text": "We"})
    ask(first, "POST", f"{one}/comments", {"author": "Zubrowka", "text": "No remarks"})
    notice = ask(first, "POST", f"{one}/notices", {"recipient": str(scene.partner.id)})["id"]
    assert ask(partner, "GET", "/notices") == []
    ask(second, "POST", f"/notices/{notice}/sending")
    assert [each["id"] for each in ask(partner, "GET", "/notices")] == [notice]
    ask(partner, "POST", f"/notices/{notice}/comments", {"author": "Syldavia", "text": "We agree"})
    ask(first, "POST", f"{one}/steps", {"step": "intent", "on": today()})
    ask(partner, "GET", one, code=404)
    ask(partner, "DELETE", f"/stakes/{held}", {"why": "x"}, 404)
    for address in (f"/lists/{look}", f"/stakes/{held}", f"/facts/{fact}", f"/requests/{asked}",
                    f"/parties/{party}", f"/notices/{notice}"):  # fmt: skip
        ask(first, "DELETE", address, {"why": "wrong"})
    authors = [each["author"] for each in ask(first, "GET", one)["comments"]]
    assert [each.rpartition("(")[2].strip(")") for each in authors] == ["Zubrowka", "Syldavia"]


def test_terminal_takes_a_case_to_its_decision(scene: Scene, tmp_path: Path) -> None:
    who, second = scene.own.documenter, scene.own.publisher
    facts, register, deal = (tmp_path / name for name in ("facts.json", "r.csv", "deal.csv"))
    facts.write_text(json.dumps(FACTS | {"day": today()}))
    register.write_bytes(REGISTER)
    deal.write_bytes(DEAL)
    assert "port-2027  filed" in run(who, "list")
    assert "model: in scope yes" in run(who, "test-scope", "port-2027", facts)
    assert run(who, "move", "port-2027", "screening").strip() == "screening"
    assert "row 6" in run(who, "evidence", "port-2027", register, "--source", "x")
    run(who, "evidence", "port-2027", deal, "--source", "x", "--filed")
    told = run(who, "analyse", "port-2027")
    assert "register of Zubrowka, row 3" in told
    fact = run(who, "fact", "port-2027", "state", "XR-HOLDING", "Named by", "--source", "x").strip()
    assessed = run(
        who, "assess", "port-2027", "model", "critical-infrastructure", "present", REASONS,
        "--evidence", f"fact:{fact}",
    ).strip()  # fmt: skip
    run(who, "assess", "port-2027", "model", "media", "present", REASONS, "--evidence", "x", code=2)
    run(who, "request", "port-2027", "Morava", "Who?", "--stops")
    decided = run(
        who, "decide", "port-2027", "clear", REASONS, "--regime", "model", "--factor", assessed
    ).strip()
    run(who, "take", decided, code=2)
    run(second, "return", decided, "Ask first")
    decided = run(
        who, "decide", "port-2027", "conditions", REASONS, "--regime", "model", "--factor",
        assessed, "--condition", REASONS, "--watched-by", "The port",
    ).strip()  # fmt: skip
    run(who, "review", "port-2027", code=2)
    run(second, "take", decided)
    reviewed = run(who, "review", "port-2027")
    assert "port-2027  decided" in reviewed
    for said in (f"present: {REASONS}", f"condition: {REASONS}", "Named by", "rests on fact",
                 "recourse: An independent court", "yes: ", "by a second person",
                 "register of Zubrowka, row 3"):  # fmt: skip
        assert said in reviewed, said
    assert json.loads(run(who, "show", "port-2027", "--json"))["decision"] == decided
    measure = run(
        who, "mitigate", "port-2027", "data", REASONS, "--months", 6, "--watched-by", "The port"
    ).strip()
    run(who, "check", measure, "kept", "Seen")
    run(who, "recourse", decided, "Court")
    letter = tmp_path / "letter.docx"
    run(who, "letter", "port-2027", "decision", letter, "--to", "Morava")
    assert letter.read_bytes().startswith(b"PK")
    calendar = tmp_path / "case.ics"
    run(who, "ics", "port-2027", calendar)
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert SECRET in run(who, "open", "port-2027", given=f"{PASSPHRASE}\n")


def test_terminal_writes_a_notification_and_refuses_by_name(scene: Scene, tmp_path: Path) -> None:
    who = scene.own.documenter
    holder = ("--holder", scene.own.id, "--jurisdiction", "XF")
    run(who, "begin", "other", "Another port", *holder)
    run(who, "team", "other", scene.own.team)
    file = tmp_path / "notification.toml"
    file.write_text('[states]\ntext = "Freedonia"\n[value]\ntext = "forty"\n')
    assert "sealed: value" in run(who, "draft", "other", file)
    run(who, "file", "other", code=2)
    file.write_text("states = 3")
    run(who, "draft", "other", file, code=2)
    run(who, "party", "other", "target", "Port", "--source", "x", "--kind", "fund", code=2)
    party = run(who, "party", "other", "target", "Port", "--source", "x", "--id", "P").strip()
    run(who, "look", party, "List of Syldavia", "nothing")
    hit = ("look", party, "List of Zubrowka", "unclear", "--entry", "No. 5", "--reason", "x")
    run(who, "judge", run(who, *hit).strip(), "another", "Another number")
    stake = run(who, "stake", "other", "STATE:XR", "P", "--source", "x", "--share", "51 %").strip()
    run(who, "stake", "other", "A", "P", "--source", "x", "--right", "crown", code=2)
    run(who, "stake", "other", "STATE:XR", "P", "--source", "y", "--corrects", stake, "--why", "x")
    run(who, "withdraw", "party", party, "--why", "no part in it")
    run(who, "withdraw", "crown", party, code=2)
    run(who, "comment", "other", "No remarks", "--author", "Zubrowka")
    asked = run(who, "request", "other", "Morava", "Who?").strip()
    run(who, "answer", asked, "We")
    run(who, "step", "other", "intent", code=2)
    run(who, "show", "other", "--as-known", "noon", code=2)
    run(who, "show", "absent", code=2)
    run(scene.partner.documenter, "show", "other", code=2)
    notice = run(who, "notice", "port-2027", scene.partner.id).split()[0]
    run(scene.own.publisher, "send", notice)
    assert "Port of Alder Bay" in run(scene.partner.documenter, "notices")
    run(scene.partner.documenter, "comment", notice, "We agree", "--author", "Syldavia")
    run(who, "withdraw", "notice", notice)
    assert run(scene.partner.documenter, "notices") == ""


def test_the_name_of_a_format_opens_no_file_of_the_server(scene: Scene, tmp_path: Path) -> None:
    held = tmp_path / "secret.toml"
    held.write_text('[passphrase]\nowner = "x"\n')
    sent = {"file": SimpleUploadedFile("s.csv", DEAL), "source": "x", "file_format": str(held)}
    first = program(scene.own.documenter)
    answer = first.post(f"{ROOT}/cases/port-2027/evidence", sent)
    assert answer.status_code == 409
    assert "no such format" in answer.content.decode()
    assert "passphrase" not in answer.content.decode()
    with pytest.raises(FileRefused, match="no such format"):
        read_holdings("s.csv", DEAL, "", str(held))
