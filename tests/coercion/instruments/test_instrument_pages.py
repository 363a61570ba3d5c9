"""Pages of proceedings: a whole case by hand, and papers that the team alone opens."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.coercion.instruments.designs import CALCULATION, words_of
from tests.coercion.instruments.factories import (
    AT,
    SECRET,
    Scene,
    make_scene,
    stepped,
    to_measures,
)
from tests.coercion.instruments.pages import DESK, MEASURE, elements, posted, seen_at
from tests.coercion.instruments.requests import FACTS
from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE
from undaunted.coercion.instruments.models import Paper, Proceeding
from undaunted.coercion.instruments.readers.traces import traces_in
from undaunted.coercion.instruments.rules import Stage, comparables, council_figures, points
from undaunted.core.accounts.actions import acting_as
from undaunted.core.evidence.actions import record_source
from undaunted.core.evidence.rules import SourceKind

if TYPE_CHECKING:
    from uuid import UUID


pytestmark = pytest.mark.usefixtures("ledger")


def _opened(client: Client) -> Client:
    posted(client, "/desk/vault/", {"passphrase": PASSPHRASE})
    return client


def _source(scene: Scene) -> str:
    with acting_as(scene.ours.documenter) as actor:
        told: dict[str, Any] = {"kind": SourceKind.WITNESS, "title": "A clerk (invented)"}
        return str(record_source(scene.ours.id, actor=actor, at=AT, **told).pk)


def test_a_proceeding_is_worked_through_on_the_pages(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, second = signed_in_client(scene.ours.documenter), signed_in_client(scene.ours.publisher)
    today = f"{timezone.now():%Y-%m-%d}"
    assert "Team" in seen_at(first, f"{DESK}new/")
    opening = {
        "holder": str(scene.ours.id), "reference": "glass", "title": "Glass (invented)",
        "third_country": "xz", "states": "xf, xs", "measure": "Glass is held.", "opening": "own",
        "team": str(scene.ours.team),
    }  # fmt: skip
    assert "is no state" in posted(first, f"{DESK}new/", opening | {"states": "QQ"}, 200)
    posted(first, f"{DESK}new/", opening)
    held = _held(scene, "glass")
    one = f"{DESK}{held.pk}/"
    assert "Glass is held." in seen_at(first, one)
    source = _source(scene)
    _steps(first, second, one, today, source)
    page = seen_at(second, one)
    assert "A clerk (invented)" in page
    assert source not in page, "evidence is told by its title"
    assert "40.00) <bdi>EUR million</bdi>" in page, "an effect has its interval"
    for word in ("Measures apply from", "Opinion of the committee", "gathered (Article 13)"):
        assert word in page, word
    for word in ("Measures adopted", "within the injury", "met", "normally until", "Ministry"):
        assert word in page, word
    assert "Requested" in seen_at(first, f"{one}?on=2020-01-01")
    assert first.get(f"{one}?on=soon").status_code == 404
    past = seen_at(first, f"{one}?as_known=2026-01-01T12:00")
    assert "As known on" in past
    assert "Timber, chapter 44" not in past
    assert "Propose" not in past
    assert "Timber, chapter 44" in seen_at(first, f"{one}?as_known=soon")
    assert first.get(f"{one}step/nothing/").status_code == 404
    posted(first, f"{one}measures/drop/", {"key": "duty"}, 409)
    assert "Timber, chapter 44" in seen_at(first, one), "what was adopted stays"
    assert b"BEGIN:VCALENDAR" in first.get(f"{one}deadlines.ics").content
    posted(first, f"{one}publish/", code=404)
    posted(second, f"{one}publish/")
    shown = seen_at(Client(), f"/coercion/proceedings/{held.pk}/")
    assert "Measures adopted" in shown
    assert "Set-Cookie" not in Client().get("/coercion/proceedings/").headers
    assert "Glass (invented)" in seen_at(Client(), "/coercion/proceedings/")
    posted(second, f"{one}withdraw/")
    posted(second, f"{one}withdraw/", code=409)
    assert Client().get(f"/coercion/proceedings/{held.pk}/").status_code == 404


def test_whoever_publishes_opens_the_papers_that_the_title_is_held_against(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    stepped(scene, Stage.EXAMINATION, date(2026, 5, 4))
    second, one = signed_in_client(scene.ours.publisher), f"{DESK}{scene.proceeding.pk}/"
    assert "let a member of the team do it" in posted(second, f"{one}publish/", code=409)
    posted(_opened(second), f"{one}publish/")
    assert "Timber held" in seen_at(Client(), f"/coercion/proceedings/{scene.proceeding.pk}/")


def _steps(first: Client, second: Client, one: str, today: str, source: str) -> None:
    step = {"on": today, "reasons": "Needed (invented)."}
    posted(first, f"{one}step/examination/", step)
    assert "waits for a second person" in seen_at(second, one)
    read = _waiting(second, one)
    posted(first, f"{one}confirm/", read, code=404)
    posted(second, f"{one}refuse/", read)
    posted(second, f"{one}refuse/", read, code=404)
    posted(first, f"{one}step/examination/", step)
    posted(second, f"{one}confirm/", code=409)
    assert "another waits by now" in posted(second, f"{one}confirm/", read, code=409)
    posted(second, f"{one}confirm/", _waiting(second, one))
    refused = posted(first, f"{one}step/determination/", step, 200)
    assert "not all met" in refused
    assert "A third country applies" in seen_at(first, f"{one}elements/")
    posted(first, f"{one}elements/", elements(source) | {"aim_reasons": " "}, 200)
    nobody = posted(first, f"{one}elements/", elements("wire"), 200)
    assert "wire is neither in a paper" in nobody
    posted(first, f"{one}elements/", elements(source))
    assert "A clerk (invented)" in seen_at(first, one)
    assert "Shown." in seen_at(first, f"{one}elements/"), "what was found stands in the form"
    posted(first, f"{one}step/determination/", step)
    posted(second, f"{one}confirm/", _waiting(second, one))
    assert "has not voted" in posted(first, f"{one}step/engagement/", step, 200)
    _vote(first, one, step)
    posted(first, f"{one}step/engagement/", step)
    posted(second, f"{one}confirm/", _waiting(second, one))
    talk = {"day": today, "channel": "letter", "body": "Ministry", "said": "We asked."}
    posted(first, f"{one}engagement/", talk)
    assert "z is not one of" in posted(first, f"{one}injury/", {"result": "z"}, 200)
    _typed_injury(first, one)
    _attached(first, one)
    posted(first, f"{one}measures/new/", MEASURE)
    posted(first, f"{one}measures/new/", MEASURE | {"scope": "Visas of nationals"}, 200)
    _linked(first, one)
    answers = {each.key: "yes" for each in points()}
    reasons = {f"{each.key}_reasons": "As shown." for each in points()}
    posted(first, f"{one}tests/", answers | reasons)
    posted(
        first, f"{one}step/adopted/",
        step | {"consulted": "on", "opinion": "positive", "applies_on": today,
                "explained": "The desk read the result."},
    )  # fmt: skip
    page = seen_at(second, one)
    assert "The desk read the result." in page, "the second person reads what the step rests on"
    assert "Opinion of the committee" in page
    posted(second, f"{one}confirm/", _waiting(second, one))


def _waiting(client: Client, one: str) -> dict[str, str]:
    """Give the id of the step that the page shows as waiting."""
    found = re.search(r'name="step" value="([^"]+)"', seen_at(client, one))
    assert found is not None
    return {"step": found[1]}


def _typed_injury(first: Client, one: str) -> None:
    """Type an injury: refused without an explanation, and marked with who typed it."""
    typed = {"low": "80", "best": "100", "high": "130", "unit": "EUR million", "year": "2025",
             "source": "Letter of 3 March", "explained": "aaaaaaaaaaaaaaaaa"}  # fmt: skip
    assert "why no result is attached in" in posted(first, f"{one}injury/typed/", typed, 200)
    explained = "The ministry told it; nobody has a table of these states."
    posted(first, f"{one}injury/typed/", typed | {"explained": explained})
    page = seen_at(first, one)
    for said in ("typed by ", explained, "Letter of 3 March"):
        assert said in page
    told = words_of(first.get(f"{one}measures.docx").content)
    assert "Typed by " in told
    assert "Letter of 3 March" in told
    told = words_of(first.get(f"{one}measures-open.docx").content)
    assert "between 100 and 200 EUR million" in told
    assert "Letter" not in told
    assert first.get(f"{one}measures.pdf").content.startswith(b"%PDF")
    assert first.get(f"{one}measures.odt").status_code == 404


def _attached(first: Client, one: str) -> None:
    """Attach a calculation with faults, then a whole one, and read it again."""
    assert first.get(f"{one}injury/file").status_code == 404
    wrong = CALCULATION.replace(b"50,60,80", b"50,x,80").replace(b"30,40,50", b"30,20,50")
    page = posted(first, f"{one}injury/calculation/", {"file": _file(wrong)}, 200)
    assert "row 2, best: &#x27;x&#x27; is no number" in page
    posted(first, f"{one}injury/calculation/", {"file": _file(CALCULATION)})
    page = seen_at(first, one)
    assert "injury.csv, 2 rows. Method: Orders against the year before." in page
    assert f"{one}injury/file" in page
    assert first.get(f"{one}injury/file").content == CALCULATION


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("injury.csv", content)


def _vote(first: Client, one: str, step: dict[str, str]) -> None:
    """Record a vote that lacks a member state, then the whole of it."""
    assert first.get(f"{one}vote.pdf").status_code == 404
    votes = dict.fromkeys(council_figures(timezone.now().date()).people, "for")
    assert "Lithuania" in seen_at(first, f"{one}vote/")
    assert "there are none" in posted(first, f"{one}vote/", {"on": step["on"]}, 200)
    posted(first, f"{one}vote/", {"on": step["on"]} | votes | {"LT": ""})
    page = seen_at(first, one)
    assert "stays open: Lithuania" in " ".join(page.split())
    assert "stays open" in posted(first, f"{one}step/engagement/", step, 200)
    posted(first, f"{one}vote/", {"on": step["on"]} | votes | {"LT": "abstained"})
    assert "26 of 27; 15 are needed" in seen_at(first, one)
    told = first.get(f"{one}vote.docx").content
    words = " ".join(text for _, text in traces_in("x.docx", told, ours=True))
    assert "26 of 27 member states voted for it; 15 are needed (Article 16(4) TEU)" in words
    assert "unverified" in words
    assert first.get(f"{one}vote.pdf").content.startswith(b"%PDF")


def _linked(first: Client, one: str) -> None:
    """Design a measure for persons whom the stakes show, and take it out again."""
    named = MEASURE | {
        "key": "capital", "kind": "finance", "person_1": "Ports", "person_1_link": "majority",
        "person_1_id": "ports", "person_1_reasons": "It owns it.", "person_1_sources": "register",
    }  # fmt: skip
    assert "read the stakes first" in posted(first, f"{one}measures/new/", named, 200)
    for share, state, said in ((0.51, "", "write "), (0.5, "STATE:XZ", "not hold more")):
        given = {"stakes": _stakes(share), "government": state}
        assert said in posted(first, f"{one}measures/new/", named | given, 200)
    given = {"stakes": _stakes(0.51), "government": "STATE:XZ"}
    posted(first, f"{one}measures/new/", named | given)
    assert "(a) majority of equity or votes: must be controlled, stakes.csv (" in seen_at(
        first, one
    )
    posted(first, f"{one}measures/drop/", {"key": "capital"})


def _stakes(share: float) -> SimpleUploadedFile:
    told = f"owner,owned,share\nSTATE:XZ,holding,0.51\nholding,ports,{share}\n"
    return SimpleUploadedFile("stakes.csv", told.encode())


def test_papers_are_opened_by_the_team_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    first, second = signed_in_client(scene.ours.documenter), signed_in_client(scene.ours.publisher)
    one = f"{DESK}{scene.proceeding.pk}/papers/"
    notice = {"key": "notice", "title": "Notice", "public_at": "https://xz.example"}
    facts = {"protect": True, "harm": "Licences.", "answers": _facts(), "evidence": [notice]}
    today = f"{timezone.now():%Y-%m-%d}"
    form = seen_at(first, f"{one}request/")
    assert "Name of whoever asks" in form
    assert "look for them yourself" in form
    lacking = posted(first, f"{one}request/", {"received_on": today, "protect": "on"}, 200)
    assert "requester" in lacking
    for wrong in (b"x = ", b"x = " + b"[" * 30_000):
        sent = {"received_on": today, "facts": SimpleUploadedFile("facts.toml", wrong)}
        assert "neither TOML nor JSON" in posted(first, f"{one}request/", sent, 200)
    file = SimpleUploadedFile("facts.json", json.dumps(facts).encode())
    assert "who asked first" in posted(first, f"{one}request/", _typed(today), 200)
    assert second.post(one)["Location"].endswith("/desk/vault/"), "without a key nothing is opened"
    _opened(first)
    posted(first, f"{one}request/", {"received_on": today, "facts": file})
    posted(first, f"{one}request/", _typed(today))
    assert len(_papers(scene)) == 3
    paper = {"kind": "evidence", "title": "Letter", "received_on": today, "summary": "A letter.",
             "confidential": f"{SECRET} wrote it."}  # fmt: skip
    posted(first, f"{one}new/", paper)
    for client in (first, second):
        page = seen_at(client, one)
        assert "A letter." in page
        assert SECRET not in page
        assert "Blauhafen" not in page
    page = posted(first, one, code=200)
    assert SECRET in page
    assert "Blauhafen Port Cranes GmbH" in page
    newest = _papers(scene)[-2]
    files = f"/desk/coercion/papers/{newest}/"
    summary = first.get(f"{files}summary.pdf").content
    assert summary.startswith(b"%PDF")
    assert first.get(f"{files}summary.docx").content.startswith(b"PK")
    assert first.get(f"{files}summary.odt").status_code == 404
    whole = first.post(f"{files}request.docx")
    assert whole["Content-Type"].endswith("wordprocessingml.document")
    assert second.post(f"{files}request.docx")["Location"].endswith("/desk/vault/")
    _other_papers(first, scene)
    posted(first, f"{files}withdraw/")
    posted(first, f"{files}withdraw/", code=409)
    posted(first, f"{one}team/", {"team": "x"}, 409)
    posted(first, f"{one}team/", {"team": str(scene.ours.team)})
    stranger = signed_in_client(scene.theirs.documenter)
    for address in (one, f"{files}summary.pdf"):
        assert stranger.get(address).status_code == 404


def _other_papers(first: Client, scene: Scene) -> None:
    """Read papers that are no request as files, in both versions."""
    for each in (scene.paper.pk, _papers(scene)[-1]):
        other = f"/desk/coercion/papers/{each}/"
        assert first.get(f"{other}summary.docx").content.startswith(b"PK")
        told = first.post(f"{other}request.docx").content
        word = " ".join(text for _, text in traces_in("x.docx", told, ours=True))
        assert SECRET in word
        told = first.get(f"{other}summary.docx").content
        assert SECRET not in " ".join(text for _, text in traces_in("x.docx", told, ours=True))
        assert first.post(f"{other}request.pdf").content.startswith(b"%PDF")


def test_the_board_lists_what_waits(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    _corrected(signed_in_client(scene.ours.documenter), scene)
    to_measures(scene)
    board = seen_at(signed_in_client(scene.ours.reader), DESK)
    assert "Engagement" in board
    assert "Open a proceeding" not in board
    assert "Timber, told anew" not in seen_at(signed_in_client(scene.theirs.reader), DESK)


def _facts() -> dict[str, Any]:
    return FACTS | {"third_country": {"value": "XZ"}}


def _typed(today: str) -> dict[str, str]:
    told = {"received_on": today, "protect": "on", "harm": "Licences.", "also": "SeaGoose; Kran"}
    for key, each in _facts().items():
        told |= {key: each["value"], f"{key}_unit": each.get("unit", "")}
        told |= {f"{key}_summary": each.get("summary", "")}
        told |= {f"{key}_no_summary": each.get("no_summary", "")}
        if each.get("confidential"):
            told[f"{key}_confidential"] = "on"
    return told | {
        "document_1": "A notice of customs",
        "document_1_public_at": "https://xz.example",
    }


def _held(scene: Scene, reference: str) -> Proceeding:
    with acting_as(scene.ours.documenter):
        return Proceeding.objects.get(reference=reference)


def _corrected(first: Client, scene: Scene) -> None:
    said = {"title": "Timber, told anew", "measure": "Timber is held (invented)."}
    address = f"{DESK}{scene.proceeding.pk}/correct/"
    assert "who asked first" in posted(first, address, said, 200)
    _opened(first)
    leaky = said | {"title": f"Timber of {SECRET}"}
    assert "tells" in posted(first, address, leaky, 200)
    assert "Timber held" in seen_at(first, f"{DESK}{scene.proceeding.pk}/correct/")
    posted(first, f"{DESK}{scene.proceeding.pk}/correct/", said)
    assert "Timber, told anew" in seen_at(first, f"{DESK}{scene.proceeding.pk}/")


def _papers(scene: Scene) -> list[UUID]:
    with acting_as(scene.ours.documenter):
        return list(Paper.objects.order_by("recorded_at").values_list("pk", flat=True))


def test_the_comparison_and_the_kit_are_for_everybody() -> None:
    reader = Client()
    page = seen_at(reader, "/coercion/instruments/")
    assert "Not known" in page
    for each in comparables():
        assert f">{each.key}<" not in page
        for told in each.told.values():
            assert all(escape(source.title) in page for source in told.sources), each.key
            assert escape(told.note) in page
    assert "/commitments/anti-coercion/" in page
    for name, start in (
        ("comparison.csv", b"instrument,"),
        ("comparison.json", b"["),
        ("model-law.docx", b"PK"),
        ("model-law.pdf", b"%PDF"),
    ):
        answer = reader.get(f"/coercion/instruments/{name}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert not answer.cookies
    for name in ("comparison.xls", "model-law.csv", "other.pdf"):
        assert reader.get(f"/coercion/instruments/{name}").status_code == 404
