"""A case at the desk, by its pages alone: from a draft to a decision of two people and its watch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.coercion.screening.factories import SECRET, Scene, make_scene
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.models import Case, Decision, Mitigation, Notice, Party, Request
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from django.test import Client

    from undaunted.core.accounts.models import User

BOARD = "/desk/screening/"
REASONS = "The only container port of the country would answer to another state (invented)."
STAKES = """owner,owned,share,owner_kind
STATE:XR,XR-HOLDING,51%,state
XR-HOLDING,XZ-SHELL,100%,company
Rufus Firefly,XF-PORT,40%,person
Small holders,XF-PORT,,several
"""
DEAL = "owner,owned,share\nXZ-SHELL,XF-PORT,55%\n"

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


class Desk:
    """One official with the pages of one case."""

    def __init__(self, scene: Scene, who: User) -> None:
        self.page: Client = signed_in_client(who)
        self.who, self.case = who, scene.case
        self.address = f"{BOARD}cases/{scene.case.pk}/"

    def sees(self, more: str = "") -> str:
        answer = self.page.get(self.address + more)
        assert answer.status_code == 200
        return answer.content.decode()

    def does(self, step: str, row: object = None, answers: int = 302, **told: Any) -> str:
        address = f"{self.address}{step}/" + (f"{row}/" if row else "")
        shown = self.page.get(address)
        assert shown.status_code == 200, (address, shown.status_code)
        answer = self.page.post(address, told)
        said = answer.content.decode()
        assert answer.status_code == answers, (address, re.findall(r'error.*', said)[:8])
        return said

    def row(self, model: Any, **told: Any) -> Any:
        with acting_as(self.who):
            return model.objects.filter(case=self.case, **told).latest("recorded_at")


def csv(text: str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def test_a_case_goes_from_evidence_to_a_decision_of_two_by_its_pages_alone(scene: Scene) -> None:
    today = timezone.localdate()
    one, two = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    assert "Port of Duckburg" in one.page.get(BOARD).content.decode()
    assert SECRET not in one.sees()

    register = {"source": "Registers of Ruritania and Zubrowka, November 2026 (invented)"}
    one.does("evidence", file=csv(STAKES, "owners.csv"), **register)
    one.does("evidence", file=csv(DEAL, "deal.csv"), filed="on", **register)
    seen = one.sees()
    assert "Ruritania must control XF-PORT" in seen
    assert "data-graph" in seen
    assert "share_missing" in seen
    hand = {"owner": "Rufus Firefly", "owned": "XF-PORT", "right": "0", "owner_kind": "person"}
    assert "cannot be read" in one.does("stake", share="much", answers=422, **hand, **register)
    one.does("stake", share="2 %", **hand, **register)
    one.does("analysis", as_of=today, threshold="50")
    assert "XF-PORT is controlled: XZ-SHELL holds 55 %" in one.sees()

    one.does("fact", kind="state", about="XR-HOLDING", text="Its board is named by the state",
             source="Gazette of Ruritania (invented)", status="secondary", state="XR")  # fmt: skip
    party = one.row(Party, role="acquirer")
    one.does("list", party.pk, list_name="List of Syldavia", list_day=today, judgement="nothing")
    scope = {"day": today, "kind": "acquisition", "states": "XF", "sectors": "transport",
             "votes_before": "0", "votes_after": "55 %", "equity_after": "55 %",
             "complete": "on", "controls": "yes", "participation": "yes"}  # fmt: skip
    one.does("scope", **scope)
    assert "in scope" in one.sees()
    one.does("move", to="screening")

    request = {"addressee": "Morava Shell NV", "text": "Who appoints the board?"}
    one.does("request", stops="on", kept="A source says the Chancellery (invented)", **request)
    assert "stands still" in one.sees()
    asked = one.row(Request)
    one.does("answer", asked.pk, received_on=today, text="The state (invented)", complete="on")

    nationality = one.does("propose", regime="model", kind="prohibit", reasons=REASONS, day=today,
                           answers=422)  # fmt: skip
    assert "nationality is none" in nationality
    seen = one.page.get(f"{one.address}factor/").content.decode()
    evidence = re.findall(r'value="(fact [0-9a-f-]+)"', seen)
    factor = {"factor": "model critical-infrastructure", "finding": "present"}
    one.does("factor", reasons=REASONS, evidence=evidence, kept="Sealed reason", **factor)
    seen = one.page.get(f"{one.address}propose/").content.decode()
    factors = re.findall(r'name="factors" value="([0-9a-f-]+)"', seen)
    decision = {"regime": "model", "kind": "conditions", "reasons": REASONS, "day": today,
                "factors": factors, "conditions": "All data on ships and cargo of the port stay in Freedonia."}  # fmt: skip
    one.does("propose", **decision)
    proposed = one.row(Decision)
    assert one.page.post(f"{one.address}take/{proposed.pk}/").status_code == 404
    two.does("take", proposed.pk)
    assert "taken by two people" in one.sees()

    taken = one.row(Decision).taken_at
    assert "As it was known on" in one.sees(f"?as_known={taken.isoformat().replace('+', '%2B')}")
    one.does("move", to="monitoring", answers=422)
    one.does("measure", kind="data", text="All data on ships and cargo of the port stay in Freedonia.",
             starts_on=today, months="6", watched_by="the port authority")  # fmt: skip
    one.does("move", to="monitoring")
    measure = one.row(Mitigation)
    one.does("look", measure.pk, day=today, outcome="broken", text="Copies were found abroad",
             evidence=evidence)  # fmt: skip
    assert "broken" in one.sees()
    one.does("recourse", proposed.pk, body="Court of Freedonia (invented)", lodged_on=today)
    one.does("withdraw-measure", measure.pk, why="replaced by a sale")
    assert "Go on to the next stage" in one.sees()


def test_a_draft_is_saved_sealed_in_part_and_what_lacks_is_named(scene: Scene) -> None:
    one = Desk(scene, scene.own.documenter)
    holder = str(scene.own.id)
    begun = one.page.post(f"{BOARD}new/", {
        "holder": holder, "reference": "ferry-1", "title": "Ferries", "jurisdiction": "XF",
        "origin": "filed",
    })  # fmt: skip
    assert begun.status_code == 302
    again = one.page.post(f"{BOARD}new/", {
        "holder": holder, "reference": "ferry-1", "title": "Ferries", "jurisdiction": "XF",
        "origin": "filed",
    })  # fmt: skip
    assert "is taken" in again.content.decode()
    with acting_as(scene.own.documenter):
        one.case = Case.objects.get(reference="ferry-1")
    one.address = f"{BOARD}cases/{one.case.pk}/"
    told = {"ownership": "Held by Syldavia (invented)", "value": "9 million",
            "value-secret": "on"}  # fmt: skip
    assert "named no team" in one.does("notification", answers=422, **told)
    one.does("team", team=str(scene.own.team))
    one.does("notification", **told)
    seen = one.sees()
    assert "9 million" not in seen
    draft = one.page.get(f"{one.address}notification/").content.decode()
    assert "Held by Syldavia" in draft
    assert "9 million" not in draft
    refused = one.does("submit", received_on=timezone.localdate(), answers=422)
    assert "write" in refused
    assert one.page.post(f"{one.address}opened/").status_code == 302


def test_a_partner_reads_a_notice_once_two_have_sent_it_and_strangers_nothing(
    scene: Scene,
) -> None:
    one, two = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    one.does("notice", recipient=str(scene.partner.id), message="What do you know?")
    held = one.row(Notice)
    partner = Desk(scene, scene.partner.documenter)
    address = f"{BOARD}notices/{held.pk}/"
    assert partner.page.get(address).status_code == 404
    two.does("send", held.pk)
    assert "What do you know?" in partner.page.get(address).content.decode()
    said = {"author": "Screening of Syldavia", "kind": "comment", "text": "They run our grid too"}
    assert partner.page.post(address, said).status_code == 302
    assert "They run our grid too" in one.sees()
    one.does("take-back", held.pk)
    assert partner.page.get(address).status_code == 404
    for who in (scene.partner.documenter, scene.stranger.documenter):
        other = Desk(scene, who)
        for path in ("", "party/", "notification/", f"send/{held.pk}/"):
            assert other.page.get(one.address + path).status_code == 404
    for path in ("nothing/", f"stake/{held.pk}/", "send/"):
        assert one.page.get(one.address + path).status_code == 404
