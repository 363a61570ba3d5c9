"""The public library, the desk and the API: proposed by hand, reviewed, printed, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.practices.factories import (
    Library,
    accepted,
    entry,
    make_library,
    proposed,
    written,
)
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import make_token
from undaunted.core.accounts.rules import Scope
from undaunted.core.practices.queries import published_practice

if TYPE_CHECKING:
    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/practices/"
API = "/api/v1/practices/"
CHOSEN = {"kind": "leverage", "grade": "strong", "status": "verified"}
"""What a browser sends of an empty row: the first of each list."""
LISTS = ("preconditions", "implementations", "effects", "risks", "failures", "sources")


@pytest.fixture
def library(owner_sql: Any) -> Library:
    return make_library(owner_sql)


def _sent(library: Library | None, **changed: Any) -> dict[str, Any]:
    """Give the practice as a browser sends it."""
    data = written(**changed)
    sent: dict[str, Any] = {} if library is None else {"holder": str(library.holder)}
    for key, value in data.items():
        if key not in LISTS:
            sent[key] = value
            continue
        sent |= {f"{key}-TOTAL_FORMS": len(value) + 1, f"{key}-INITIAL_FORMS": 0}
        sent |= {f"{key}-{len(value)}-{name}": told for name, told in CHOSEN.items()}
        for number, row in enumerate(value):
            for name, held in row.items():
                told = " ".join(held) if isinstance(held, list) else held
                sent[f"{key}-{number}-{name}"] = told
    return sent


def test_reader_finds_filters_reads_and_prints(library: Library) -> None:
    accepted(library)
    shelter: dict[str, Any] = {"aim": "shelter", "instrument": "visa", "stages": ["entry"]}
    accepted(library, reference="visas", title="Visas at the pass", **shelter)
    trial: dict[str, Any] = {"aim": "accountability", "instrument": "trial_abroad"}
    accepted(library, reference="trial", title="A trial in Zubrowka", **trial)
    reader = Client()
    page = reader.get("/practices/?aim=shelter").content.decode()
    assert "Visas at the pass" in page
    assert "Lists handed over" not in page
    tried = reader.get("/practices/?aim=accountability&instrument=trial_abroad").content.decode()
    assert "A trial in Zubrowka" in tried
    assert "Visas at the pass" not in tried
    (fits,) = reader.get(f"{API}menu?aim=accountability").json()
    assert fits["practice"]["reference"] == "trial"
    one = reader.get("/practices/lists-at-the-bridge/").content.decode()
    for told in (
        "Ruritania",
        "It is an association: nobody can say that the practice made it happen.",
        "read at its publisher",
        "Two of twelve were free a year later.",
        "judgement of the authors and reviewers, no source",
        "The list becomes a ritual.",
    ):
        assert told in one, told
    menu = reader.get("/practices/menu/?p=visas&p=lists-at-the-bridge&p=gone")
    text = menu.content.decode()
    assert text.index("Visas at the pass") < text.index("Lists handed over")
    assert "gone is not published" in text
    assert not menu.cookies
    assert reader.get("/practices/nothing/").status_code == 404
    assert reader.get("/practices/?aim=revenge").status_code == 422
    assert "Show all practices" in reader.get("/practices/?stage=return").content.decode()


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_library_reads_from_right_to_left(library: Library, language: str) -> None:
    accepted(library)
    page = Client().get(f"/{language}/practices/lists-at-the-bridge/").content.decode()
    assert 'dir="rtl"' in page
    assert '<h1 lang="en">Lists handed over at the bridge</h1>' in page


def test_practice_is_proposed_by_hand_accepted_by_another_and_withdrawn(library: Library) -> None:
    writer, reviewer = signed_in_client(library.writer), signed_in_client(library.reviewer)
    assert writer.get(f"{DESK}new/").status_code == 200
    made = writer.post(f"{DESK}new/", _sent(library))
    assert made.status_code == 302, made.content.decode()
    own = writer.get(made["Location"]).content.decode()
    assert "Proposed by you: somebody else decides." in own
    assert "I have read it and its sources" not in own
    board = reviewer.get(DESK).content.decode()
    assert "Lists handed over at the bridge" in board
    page = reviewer.get(made["Location"]).content.decode()
    accept = page.split('action="')[1:]
    (address,) = [each.split('"')[0] for each in accept if "/accept/" in each.split('"')[0]]
    assert reviewer.post(address).status_code == 302
    assert published_practice(PUBLIC, "lists-at-the-bridge") is not None
    assert reviewer.post(address).status_code == 409
    assert reviewer.post(f"{made['Location']}confirm/").status_code == 302
    publisher = signed_in_client(library.publisher)
    assert publisher.post(f"{made['Location']}withdraw/", {"why": "luck"}).status_code == 409
    assert publisher.post(f"{made['Location']}withdraw/", {"why": "harm"}).status_code == 302
    assert "it can harm people" in publisher.get(made["Location"]).content.decode()
    assert published_practice(PUBLIC, "lists-at-the-bridge") is None


def test_form_tells_all_that_is_wrong_and_keeps_what_was_written(library: Library) -> None:
    writer = signed_in_client(library.writer)
    sent = _sent(library, instrument="visa", title="")
    sent["implementations-0-when"] = "long ago"
    page = writer.post(f"{DESK}new/", sent).content.decode()
    assert "This field is required." in page
    assert "Handed over a list of twelve." in page
    sent["title"] = "A title"
    page = writer.post(f"{DESK}new/", sent).content.decode()
    assert "implementations 1, when: write a day, a month or a year" in page
    more = writer.post(f"{DESK}new/", {**sent, "more": "risks"}).content.decode()
    assert 'name="risks-3-text"' in more
    assert "Handed over a list of twelve." in more


def test_practice_is_revised_by_hand(library: Library) -> None:
    practice = accepted(library).practice
    writer = signed_in_client(library.writer)
    address = f"{DESK}{practice.pk}/revise/"
    page = writer.get(address).content.decode()
    assert "Handed over a list of twelve." in page
    sent = {key: value for key, value in _sent(None, title="Other").items() if key != "reference"}
    assert writer.post(address, sent).status_code == 302
    assert "wait" in writer.post(address, sent).content.decode()
    page = writer.get(f"{DESK}{practice.pk}/?version=1").content.decode()
    assert "Lists handed over at the bridge" in page


def test_red_names_its_readers_by_their_names(library: Library) -> None:
    writer = signed_in_client(library.writer)
    sent = _sent(library, tlp="RED")
    page = writer.post(f"{DESK}new/", {**sent, "readers": "nobody-here"}).content.decode()
    assert "Nobody of this organisation is called nobody-here." in page
    made = writer.post(f"{DESK}new/", {**sent, "readers": library.reviewer.username})
    assert made.status_code == 302, made.content.decode()
    assert signed_in_client(library.reviewer).get(made["Location"]).status_code == 200
    assert signed_in_client(library.steward).get(made["Location"]).status_code == 404


def test_declining_needs_a_reason(library: Library) -> None:
    version = proposed(library)
    reviewer = signed_in_client(library.reviewer)
    address = f"{DESK}versions/{version.pk}/decline/"
    assert reviewer.post(address, {"why": ""}).status_code == 409
    assert reviewer.post(address, {"why": "Where is the second source?"}).status_code == 302
    page = signed_in_client(library.writer).get(f"{DESK}{version.practice_id}/").content.decode()
    assert "Where is the second source?" in page


def _program(person: User, *scopes: Scope) -> dict[str, Any]:
    with in_person(person) as actor:
        _row, token = make_token("program", scopes, actor=actor, at=timezone.now(), days=1)
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


def _post(address: str, body: Any, **headers: Any) -> Any:
    return Client().post(address, body, content_type="application/json", **headers)


def test_programs_read_propose_decide_and_withdraw(library: Library) -> None:
    writes = _program(library.writer, Scope.PROPOSE, Scope.READ)
    decides = _program(library.publisher, Scope.DECIDE, Scope.READ)
    body = {"holder": str(library.holder), "practice": written()}
    assert _post(f"{API}desk/practices", body).status_code == 401
    assert _post(f"{API}desk/practices", body, **decides).status_code == 403
    wrong = _post(f"{API}desk/practices", {**body, "practice": {"aim": "x"}}, **writes)
    assert wrong.status_code == 422
    assert "aim: write one of release, shelter" in wrong.json()["detail"]
    made = _post(f"{API}desk/practices", body, **writes)
    assert made.status_code == 201, made.content
    version = made.json()
    assert _post(f"{API}desk/practices", body, **writes).status_code == 409
    decision = f"{API}desk/versions/{version['id']}/decision"
    assert _post(decision, {"accept": False}, **decides).status_code == 409
    assert _post(decision, {"accept": True}, **decides).json()["state"] == "accepted"
    reader = Client()
    (row,) = reader.get(f"{API}?aim=release").json()
    assert row["practice"] == entry().as_data()
    assert reader.get(f"{API}lists-at-the-bridge").json() == row
    assert reader.get(f"{API}unheard-of").status_code == 404
    assert reader.get(f"{API}?aim=revenge").status_code == 422
    (fits,) = reader.get(f"{API}menu?aim=release&condition=counterpart_access").json()
    assert (fits["met"], fits["missing"]) == (["counterpart_access"], [])
    practice = version["practice_id"]
    (held,) = Client().get(f"{API}desk/practices", **writes).json()
    assert held["current"] == 1
    versions = f"{API}desk/practices/{practice}/versions"
    again = _post(versions, {"practice": written(title="Other")}, **writes)
    assert again.status_code == 201
    assert len(Client().get(versions, **writes).json()) == 2
    assert _post(f"{API}desk/practices/{practice}/confirmation", {}, **decides).status_code == 200
    gone = _post(f"{API}desk/practices/{practice}/withdrawal", {"why": "wrong"}, **decides)
    assert gone.json()["withdrawn_at"] is not None
    assert reader.get(f"{API}lists-at-the-bridge").status_code == 404
