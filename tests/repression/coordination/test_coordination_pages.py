"""Pages and programs of coordination: a proposal, court cases, petitions, tracker and calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.core.accounts.factories import in_person, signed_in_client
from tests.core.listings.factories import attested
from tests.core.vault.factories import PASSPHRASE
from tests.repression.coordination.factories import NAME, make_body, make_scene
from undaunted.core.accounts.actions import acting_as, make_token
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.accounts.rules import SCOPES
from undaunted.core.listings.actions import load_invented_lists
from undaunted.repression.coordination.models import CourtRecord, Seat
from undaunted.repression.coordination.queries import others_in, own_party, proposals_for

if TYPE_CHECKING:
    from tests.repression.coordination.factories import Body

pytestmark = pytest.mark.usefixtures("ledger")
DESK = "/desk/coordination/"
API = "/api/v1/coordination/"


def _client(body: Body, *, second: bool = False, unlocked: bool = False) -> Client:
    client = signed_in_client(body.publisher if second else body.documenter)
    if unlocked:
        answer = client.post("/desk/vault/", {"passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.text
    return client


def _lists(body: Body) -> None:
    with acting_as(body.documenter) as actor:
        load_invented_lists(actor=actor, at=timezone.now())


def _posted(client: Client, page: str, **told: Any) -> Any:
    answer = client.post(page, told)
    assert answer.status_code == 302, answer.text
    return answer


def _proposed(first: Client, proposer: Body, partner: Body) -> str:
    """Draw a proposal up at the desk; gives its address."""
    told = {
        "holder": proposer.id, "kind": "listed", "name": NAME, "entry": "xf-invented:XF-0001",
        "state": "XR", "identification": "Born in 1961", "conduct": "Ordered it",
        "exculpatory": "Nothing found", "tlp": "AMBER",
        "laws": ["xf-rights"], "authorities": "Syldavian Rights Act (invented)\r\n\r\n",
        "invited": [str(partner.id)],
    }  # fmt: skip
    assert "no state" in first.post(f"{DESK}proposals/new/", told | {"state": "Q9"}).text
    address: str = _posted(first, f"{DESK}proposals/new/", **told)["Location"]
    return address


def test_a_proposal_is_sent_answered_and_tied_by_plain_forms(owner_sql: Any) -> None:
    proposer, partner = make_body(owner_sql, "XF"), make_body(owner_sql, "XS")
    later = make_body(owner_sql, "XZ", government=False)
    _lists(proposer)
    first, second = _client(proposer, unlocked=True), _client(proposer, second=True)
    address = _proposed(first, proposer, partner)
    assert NAME not in first.get(address).text
    opened = first.post(address).text
    assert NAME in opened
    assert (
        "<bdi>Freedonia: human rights</bdi> · <bdi>Syldavian Rights Act (invented)</bdi>" in opened
    )
    _posted(second, f"{address}send/")
    other = _client(partner, unlocked=True)
    assert "Proposal to you" in other.get(DESK).text
    _posted(other, f"{address}answer/", answer="accepted")
    _posted(other, f"{address}say/", text="A word for the parties")
    _posted(other, f"{address}tie/", entry="xf-invented:XF-0002")
    assert other.post(f"{address}tie/", {"entry": "nothing"}).status_code == 409
    _posted(first, f"{address}invite/", organisation=str(later.id))
    with acting_as(proposer.publisher) as actor:
        waiting = proposals_for(actor).get().parties.get(invited_at=None)
        assert own_party(actor, waiting.proposal_id)
    _posted(second, f"{DESK}parties/{waiting.pk}/confirm/")
    shown = first.post(address).text
    for text in ("A word for the parties", "xf-invented:XF-0002"):
        assert text in shown
    assert "It was sealed before" in _client(later, unlocked=True).post(address).text
    _posted(other, f"{address}answer/", answer="left", reason="Over")
    assert other.get(address).status_code == 404
    _posted(first, f"{address}end/")
    assert "End as a second person" in second.get(address).text
    _posted(second, f"{address}withdraw/")
    assert "which erased whom" in first.get(address).text
    assert _client(later).get(address).status_code == 404


def test_the_board_says_with_whom_a_proposal_is_to_parties_alone(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.proposer.documenter) as actor:
        names = {each.holder: each.name for each in scene.proposal.parties.all()}
        (own,) = organisations_for(actor)
        assert others_in(actor) == {
            scene.proposal.pk: tuple(n for holder, n in names.items() if holder != own.pk)
        }
    with acting_as(scene.partner.documenter) as actor:
        assert others_in(actor)[scene.proposal.pk][0] == names[scene.proposer.id]
    with acting_as(scene.stranger.documenter) as actor:
        assert others_in(actor) == {}
    shown = _client(scene.proposer).get(DESK).text
    assert f"{names[scene.partner.id]}</bdi>" in shown
    assert f"<bdi>{str(scene.proposal.pk)[:8].upper()}</bdi>" in shown
    assert 'data-head="Marking"' in shown, "on a narrow screen each cell says what it is"
    assert f"{own.name}</bdi> · " in shown
    proposer = f"{names[scene.proposer.id]}</bdi>"
    assert proposer in _client(scene.partner).get(DESK).text
    assert proposer not in _client(scene.stranger).get(DESK).text


def test_an_announcement_is_agreed_and_held_by_plain_forms(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    address = f"{DESK}proposals/{scene.proposal.pk}/"
    first, second = _client(scene.proposer), _client(scene.proposer, second=True)
    other, other_second = _client(scene.partner, unlocked=True), _client(scene.partner, second=True)
    _posted(other, f"{address}answer/", answer="accepted")
    assert first.get(f"{address}announcement.ics").status_code == 404
    when = timezone.now() + timedelta(days=3)
    _posted(first, f"{address}moment/", moment=f"{when:%Y-%m-%d %H:%M}")
    for client, confirming in ((first, second), (other, other_second)):
        _posted(client, f"{address}prepare/", kind="council", state="done", due="2026-12-01")
        _posted(client, f"{address}go/")
        assert "Confirm go as a second person" in confirming.get(address).text
        _posted(confirming, f"{address}go/confirm/")
    assert "Every party goes" in other.get(address).text
    later = when + timedelta(days=1)
    _posted(first, f"{address}moment/", moment=f"{later:%Y-%m-%d %H:%M}")
    assert "asks to move it" in other.get(address).text
    assert "Moment of the announcement, UTC" in other.get(address).text
    assert "moment/confirm/" not in other_second.get(address).text
    assert "moment/confirm/" in second.get(address).text
    assert "Every party goes" in other.get(address).text
    calendar = other.get(f"{address}announcement.ics")
    assert b"Joint announcement" in calendar.content
    assert NAME.split()[0].encode() not in calendar.content
    assert other.post(f"{address}hold/", {"reason": ""}).status_code == 409
    _posted(other, f"{address}hold/", reason="A judgment is due")
    assert "A party holds it" in first.get(address).text
    assert "A judgment is due" in other.post(address).text


def test_who_has_no_key_open_is_sent_to_open_it(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    client = _client(scene.partner)
    answer = client.post(f"{DESK}proposals/{scene.proposal.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/vault/")
    unread = _client(scene.partner, second=True)
    assert unread.get(f"{DESK}proposals/{scene.proposal.pk}/").status_code == 200


def test_a_seat_is_taken_at_the_desk(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XS", seated=False)
    client, second = _client(body), _client(body, second=True)
    assert "Take a seat" in client.get(DESK).text
    _posted(client, f"{DESK}seats/new/", holder=body.id, team=body.team)
    with acting_as(body.documenter):
        seat = Seat.objects.get(holder=body.id)
    assert client.post(f"{DESK}seats/{seat.pk}/confirm/").status_code == 404
    _posted(second, f"{DESK}seats/{seat.pk}/confirm/")
    assert "confirmed" in client.get(DESK).text


def test_a_court_case_is_public_once_two_people_let_it_out(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XB", government=False)
    _lists(body)
    client, second, public = _client(body), _client(body, second=True), Client()
    told = {
        "holder": body.id, "entry": "xf-invented:XF-0001", "number": "T-1/26 (invented)",
        "court": "Court of Freedonia", "outcome": "pending", "day": "2026-05-04",
        "source": "Register of the court (invented)", "address": "https://court.example/T-1",
    }  # fmt: skip
    for change, why in (
        ({"entry": "xf-invented:XF-9999"}, "no list here has held"),
        ({"day": "2036-05-04"}, "it is to come"),
        ({"day": "2024-02-14"}, "2024-02-14 lies before 2024-02-15"),
        ({"day": "1900-01-01"}, "1900-01-01 lies before 2024-02-15"),
        ({"number": "T-1\u202e62"}, "it holds the sign U+202E"),
        ({"number": "=HYPERLINK(1)"}, "it begins with"),
        ({"address": "court"}, "is no address"),
    ):
        assert why in client.post(f"{DESK}cases/new/", told | change).text
    _posted(client, f"{DESK}cases/new/", **told)
    with acting_as(body.documenter):
        case = CourtRecord.objects.get()
    entry = "/designations/xf-invented/XF-0001/"
    assert "T-1/26" not in public.get(entry).text
    assert client.post(f"{DESK}cases/{case.pk}/publish/").status_code == 404
    _posted(second, f"{DESK}cases/{case.pk}/publish/")
    assert second.post(f"{DESK}cases/{case.pk}/publish/").status_code == 409
    assert "T-1/26" in public.get(entry).text
    assert "T-1/26" in public.get("/designations/").text
    (row,) = public.get(f"{API}cases").json()
    assert (row["entry"], row["verified"]) == ("xf-invented:XF-0001", False)
    assert public.get(f"{API}designations/xf-invented/XF-0001").json()["cases"] == [row]
    _posted(second, f"{DESK}cases/{case.pk}/withdraw/")
    assert second.post(f"{DESK}cases/{case.pk}/withdraw/").status_code == 409
    assert public.get(f"{API}cases").json() == []


@pytest.mark.parametrize("strange", ["xf-invented/a%00b", "xf-invented/%00", "x%00f/XF-0001"])
def test_an_entry_with_a_sign_that_no_key_holds_is_not_found(strange: str) -> None:
    public = Client()
    assert public.get(f"/designations/{strange}/").status_code == 404
    assert public.get(f"{API}designations/{strange}").status_code == 404


def test_the_tracker_says_what_versions_did_and_claims_no_delisting(owner_sql: Any) -> None:
    body = make_body(owner_sql, "XB", government=False)
    public = Client()
    assert "No list is loaded yet" in public.get("/designations/").text
    assert public.get("/designations/xf-invented/").status_code == 404
    _lists(body)
    rows = public.get(f"{API}designations/xf-invented").json()
    assert "missing" in {each["change"] for each in rows}
    assert "one person brought" in public.get("/designations/xf-invented/?kind=missing").text
    attested(body.publisher, "xf-invented")
    assert "Invented list of Freedonia" in public.get("/designations/").text
    page = public.get("/designations/xf-invented/").text
    rows = public.get(f"{API}designations/xf-invented").json()
    assert {each["change"] for each in rows} >= {"designated", "removed"}
    for each in rows:
        assert each["name"] in page
    gone = next(each for each in rows if each["change"] == "removed")
    address = f"/designations/{gone['entry'].replace(':', '/')}/"
    assert "no longer in the list, which does not say why" in public.get(address).text
    told = public.get(f"{API}designations/{gone['entry'].replace(':', '/')}").json()
    assert told["history"][-1]["change"] == "removed"
    only = public.get("/designations/xf-invented/?kind=designated&version=2").text
    assert gone["name"] not in only
    assert public.get("/designations/xf-invented/?kind=nothing").status_code == 422
    for absent in ("nothing/", "xf-invented/?version=77", "xf-invented/XF-9999/"):
        assert public.get(f"/designations/{absent}").status_code == 404
    for absent in ("designations/nothing", "designations/xf-invented/XF-9999"):
        assert public.get(f"{API}{absent}").status_code == 404
    assert public.get(f"{API}designations/xf-invented?version=1").json() == []
    assert public.get(f"{API}designations/xf-invented?kind=removed&limit=1").json() == [gone]


def test_the_calendar_shows_regimes_and_entries_with_source_and_mark(owner_sql: Any) -> None:
    public = Client()
    assert "Freedonia: listings" not in public.get("/designations/renewals/").text
    _lists(make_body(owner_sql, "XB", government=False))
    page = public.get("/designations/renewals/").text
    for text in ("Executive Order 13818", "Freedonia: listings", "not known here"):
        assert text in page
    marks = ("read in a copy, an excerpt or a report", "not yet read at its source")
    assert [page.count(mark) for mark in marks] == [2, 1]
    assert "House Document 118-183" in page
    assert "Read on" in page
    told = {each["code"]: each for each in public.get(f"{API}renewals").json()}
    assert told["us-eo-13818"]["read_on"] == "2026-11-27"
    assert told["us-eo-13818"]["last"] == "2025-12-20"
    codes = list(told)
    assert "us-eo-13818" in codes
    calendar = public.get("/designations/renewals.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == len(codes)
    whole = calendar.content.decode().replace("\r\n ", "")
    assert "11 December 2024 (Read at the source)" in whole
    assert "twelve months (Read in a copy or a report)" in whole
    assert "for the demonstration (Not read)" in whole


def test_programs_do_what_desks_do_and_are_told_nothing_sealed(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with in_person(scene.partner.documenter) as actor:
        _, secret = make_token("bot", list(SCOPES), actor=actor, at=timezone.now(), days=2)
    bearer: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}}
    client, one = Client(), f"{API}desk/proposals/{scene.proposal.pk}"
    shown = client.get(one, **bearer).json()
    assert shown["stands"] == "no_moment"
    assert NAME[:14] not in str(shown)
    assert "the server holds no key, and a token opens none" in shown["sealed"]
    assert client.get(f"{API}desk/elsewhere", **bearer).json() == []
    assert [each["id"] for each in client.get(f"{API}desk/proposals", **bearer).json()] == [
        str(scene.proposal.pk)
    ]
    assert len(client.get(f"{API}desk/seats", **bearer).json()) == 5

    def post(path: str, told: dict[str, Any] | None = None, *, method: str = "post") -> int:
        send = getattr(client, method)
        status: int = send(path, told or {}, content_type="application/json", **bearer).status_code
        return status

    assert post(f"{one}/answer", {"answer": "declined"}) == 409
    assert post(f"{one}/answer", {"answer": "accepted"}) == 200
    assert post(f"{one}/comments", {"text": "Seen"}) == 201
    assert post(f"{one}/ties", {"submission": str(scene.proposal.pk)}) == 201
    assert post(f"{one}/preparation", {"kind": "gazette", "state": "open"}, method="put") == 200
    assert post(f"{one}/go") == 409
    assert post(f"{one}/moment", {"moment": "2036-01-01T00:00:00Z"}, method="put") == 404
    assert post(f"{one}/sending") == 404
    assert post(f"{API}desk/proposals", {}) == 422
    assert post(f"{API}desk/proposals", {
        "holder": str(scene.partner.id), "kind": "described", "name": "N", "state": "XR",
        "identification": "i", "conduct": "c", "exculpatory": "e", "authorities": ["xf-rights"],
        "tlp": "RED", "invited": [str(scene.committee.id)],
    }) == 201  # fmt: skip
    with in_person(scene.stranger.documenter) as actor:
        _, secret = make_token("bot", list(SCOPES), actor=actor, at=timezone.now(), days=2)
    bearer["headers"] = {"Authorization": f"Bearer {secret}"}
    assert client.get(one, **bearer).status_code == 404
    assert client.get(f"{API}desk/proposals", **bearer).json() == []
    assert client.get(f"{API}desk/petitions", **bearer).json() == []
