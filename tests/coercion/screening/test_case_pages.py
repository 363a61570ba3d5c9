"""A case at the desk, by its pages alone: from a draft to a decision of two, and its watch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.desk import BOARD, Desk, csv
from tests.coercion.screening.factories import SECRET, Scene, make_scene
from tests.core.vault.factories import PASSPHRASE
from tests.translated import translate_into
from undaunted.coercion.screening.commands.sheets import _load
from undaunted.coercion.screening.models import (
    Analysis,
    Case,
    Decision,
    Filing,
    ListCheck,
    Load,
    Mitigation,
    Notice,
    Party,
    Request,
    Stake,
)
from undaunted.coercion.screening.pages import case_view, cases
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import governments_known

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


REASONS = "The only container port of the country would answer to another state (invented)."
STAKES = """owner,owned,share,owner_kind
STATE:XR,XR-HOLDING,51%,state
XR-HOLDING,XZ-SHELL,100%,company
Rufus Firefly,XF-PORT,40%,person
Small holders,XF-PORT,,several
"""
DATA = "All data on ships and cargo of the port stay in Freedonia."
DEAL = "owner,owned,share\nXZ-SHELL,XF-PORT,55%\n"

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def test_a_case_goes_from_evidence_to_a_decision_of_two_by_its_pages_alone(scene: Scene) -> None:
    one, two = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    assert "Port of Alder Bay" in one.page.get(BOARD).content.decode()
    assert SECRET not in one.sees()
    _take_in(one)
    _find_in_scope(one)
    _ask(one)
    evidence, proposed = _propose(one)
    for ask in (one.page.get, one.page.post):
        barred = ask(f"{one.address}take/{proposed.pk}/")
        assert barred.status_code == 403
        assert "Another person takes this step" in barred.content.decode()
        assert "closing" not in barred.content.decode()
    shown = two.sees(f"take/{proposed.pk}/")
    for said in ("cleared under conditions", REASONS, DATA, "Critical infrastructure", "court"):
        assert said in shown, said
    assert "letter/" in two.sees(), "who confirms reads the letter before"
    two.does("take", proposed.pk)
    assert "confirmed" in one.sees()
    taken = one.row(Decision).taken_at
    known = one.sees(f"?as_known={taken.isoformat().replace('+', '%2B')}")
    assert "As known on" in known
    assert "initial review under the model regime" in known, "periods of that moment"
    _watch(one, evidence)
    one.does("recourse", proposed.pk, body="Court of Freedonia (invented)", lodged_on=one.today)
    letter = {"kind": "decision", "to": "Morava Shell NV", "language": "fr", "file_kind": "docx"}
    written = one.page.post(f"{one.address}letter/", letter)
    assert written["Content-Disposition"].endswith('port-2027-decision.docx"')
    assert written.content.startswith(b"PK")
    whole = one.page.post(f"{one.address}letter/", letter | {"secret": "on"})
    assert "open your key first" in whole.content.decode()


def _take_in(one: Desk) -> None:
    """Take evidence in: what was so, what the deal would create, and a stake by hand."""
    register = {"source": "Registers of Ruritania and Zubrowka, November 2026 (invented)"}
    one.does("evidence", file=csv(STAKES, "owners.csv"), **register)
    one.does("evidence", file=csv(DEAL, "deal.csv"), filed="on", **register)
    seen = one.sees()
    assert "Ruritania must control Alder Bay Port Operator plc" in seen
    assert "data-graph" in seen
    assert "share_missing" in seen
    hand = {"owner": "Rufus Firefly", "owned": "XF-PORT", "right": "0", "owner_kind": "person"}
    refused = one.does("stake", None, 422, share="much", **hand, **register)
    assert "cannot be read" in refused
    one.does("stake", share="2 %", **hand, **register)
    stake = one.row(Stake, owner="Rufus Firefly")
    one.does("stake", stake.pk, share="3 %", why="a slip of the pen", **hand, **register)
    one.does("analysis", as_of=one.today, threshold="50")
    assert "Alder Bay Port Operator plc is controlled: Morava Shell NV holds 55 %" in one.sees()


def _find_in_scope(one: Desk) -> None:
    """Record what sources and lists say, and ask which law reaches it."""
    fact = {"kind": "state", "about": "XR-HOLDING", "text": "Its board is named by the state",
            "source": "Gazette of Ruritania (invented)", "status": "secondary",
            "state": "XR"}  # fmt: skip
    one.does("fact", **fact)
    party = one.row(Party, role="acquirer")
    look = {"list_name": "List of Syldavia", "list_day": one.today, "judgement": "nothing"}
    one.does("list", party.pk, **look)
    hit = {"entry": "Morava Shell (invented)", "reason": "the same name", "judgement": "unclear"}
    one.does("list", party.pk, **look | hit)
    came = one.row(ListCheck, judgement="unclear")
    one.does("judge", came.pk, judgement="another", reason="another register number")
    assert "It is another party" in one.sees()
    scope = {"day": one.today, "kind": "acquisition", "states": "XF", "sectors": "transport",
             "votes_before": "0", "votes_after": "55 %", "equity_after": "55 %",
             "complete": "on", "controls": "yes", "participation": "yes"}  # fmt: skip
    one.does("scope", **scope)
    assert "in scope" in one.sees()
    one.does("move", to="screening")


def _ask(one: Desk) -> None:
    """Ask for information, and let the periods stand still until it is there."""
    both = one.sees("?from=2028-01-17&from=never")
    assert "Regulation (EU) 2019/452" in both
    assert "Regulation (EU) 2026/1386" in both
    held = one.page.get(f"{one.address}calendar.ics")
    assert held["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in held.content
    assert b"Alder Bay" not in held.content
    request = {"addressee": "Morava Shell NV", "text": "Who appoints the board?"}
    one.does("request", stops="on", kept="A source says the Chancellery (invented)", **request)
    assert "stands still" in one.sees()
    asked = one.row(Request)
    one.does("answer", asked.pk, received_on=one.today, text="The state", complete="on")


def _propose(one: Desk) -> tuple[list[str], Decision]:
    """Propose a decision, which cannot be done without a factor."""
    decision = {"regime": "model", "reasons": REASONS, "day": one.today}
    refused = one.does("propose", None, 422, kind="prohibit", **decision)
    assert "nationality is none" in refused
    evidence = re.findall(r'value="(fact [0-9a-f-]+)"', one.sees("factor/"))
    factor = {"factor": "model critical-infrastructure", "finding": "present"}
    one.does("factor", reasons=REASONS, evidence=evidence, kept="Sealed reason", **factor)
    factors = re.findall(r'name="factors" value="([0-9a-f-]+)"', one.sees("propose/"))
    one.does("propose", kind="conditions", factors=factors, conditions=DATA, **decision)
    return evidence, one.row(Decision)


def _watch(one: Desk, evidence: list[str]) -> None:
    """Tell in full the condition that the decision put into the register, and find it broken."""
    written = one.row(Mitigation)
    assert (written.text, written.starts_on, written.months) == (DATA, one.today, 6)
    measure = {"kind": "data", "text": DATA, "starts_on": one.today, "months": "6",
               "watched_by": written.watched_by}  # fmt: skip
    one.does("measure", **measure)
    one.does("move", to="monitoring")
    held = one.row(Mitigation, withdrawn_at=None)
    assert (held.kind, held.replaces_id) == ("data", written.pk)
    one.does("withdraw-measure", held.pk, why="replaced by a sale")
    assert "waits for a second person" in one.sees()
    look = {"day": one.today, "outcome": "broken", "text": "Copies were found abroad"}
    one.does("look", held.pk, evidence=evidence, **look)
    assert "broken" in one.sees()


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
    refused = one.does("notification", None, 422, **told)
    assert "only those cleared may read (value) is sealed to a team" in refused
    assert "named none" in refused
    one.does("team", team=str(scene.own.team))
    one.does("notification", **told)
    seen = one.sees()
    assert "9 million" not in seen
    draft = one.page.get(f"{one.address}notification/").content.decode()
    assert "Held by Syldavia" in draft
    assert "9 million" not in draft
    assert "write it anew" in one.does("notification", None, 422, ownership="Of Syldavia")
    assert one.page.post(f"{one.address}opened/").status_code == 302
    followed = one.page.get(f"{one.address}opened/")
    assert (followed.status_code, followed["Location"]) == (302, one.address)
    asked = one.page.get(f"{one.address}analysis/").content.decode()
    assert f'name="as_of" value="{timezone.localdate()}"' in asked
    one.page.post("/desk/vault/", {"passphrase": PASSPHRASE})
    shown = one.page.get(f"{one.address}notification/").content.decode()
    assert "9 million" in shown
    assert 'name="whole" value="yes"' in shown
    one.does("notification", ownership="Of Syldavia")
    assert "9 million" in one.page.get(f"{one.address}notification/").content.decode()
    one.does("notification", ownership="Of Syldavia", whole="yes")
    assert one.row(Filing).sealed_names == []
    refused = one.does("submit", None, 422, received_on=one.today)
    assert "write" in refused


def test_a_partner_reads_a_notice_once_two_have_sent_it_and_strangers_nothing(
    scene: Scene,
) -> None:
    one, two = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    one.does("notice", recipient=str(scene.partner.id), message="What do you know?")
    held = one.row(Notice)
    with acting_as(scene.own.documenter) as actor:
        name = governments_known(actor).get(pk=scene.partner.id).name
    for each in ("What do you know?", name, "Berths, cranes and storage"):
        assert each in two.sees(f"send/{held.pk}/"), "who sends it reads all that it tells"
    assert name in one.sees()
    partner = Desk(scene, scene.partner.documenter)
    address = f"{BOARD}notices/{held.pk}/"
    assert partner.page.get(address).status_code == 404
    two.does("send", held.pk)
    assert "What do you know?" in partner.page.get(address).content.decode()
    said = {"author": "Screening of Syldavia", "kind": "comment", "text": "They run our grid too"}
    assert partner.page.post(address, said).status_code == 302
    assert "They run our grid too" in one.sees()
    letter = {"author": "Screening of Zubrowka", "kind": "question", "text": "When is it due?"}
    one.does("comment", received_on=one.today, **letter)
    assert "When is it due?" in one.sees()
    unknown = one.does("outside", None, 422, step="interim_order", on=one.today)
    assert "no regime that bears on this case" in unknown
    assert unknown.index('value="opinion"') < unknown.index('value="drafted"'), "own laws first"
    one.does("take-back", held.pk)
    assert partner.page.get(address).status_code == 404
    for who in (scene.partner.documenter, scene.stranger.documenter):
        other = Desk(scene, who)
        for path in ("", "party/", "notification/", f"send/{held.pk}/"):
            assert other.page.get(one.address + path).status_code == 404
    for path in ("nothing/", f"stake/{held.pk}/", "send/"):
        assert one.page.get(one.address + path).status_code == 404


OWNERSHIP = "Ownership structure of investor and target, with the ultimate investor and shares in "
ARABIC = {
    ("law", f"{OWNERSHIP}the capital"): "هيكل الملكية",
    ("law", "Transport, ports among it"): "النقل (اختبار)",
    ("refusal", "{text} cannot be read; write 0.51, 51 %, 25-50 %, or nothing"): "{text} لا يُقرأ",
    ("refusal", "the stake lets the investor take part in management or control"): "في الإدارة",
    ("refusal", "whether {flags}"): "هل {flags}",
    ("refusal", "{company} is controlled: {told}; {enough}."): "{company} تحت سيطرة: {told}",
    ("refusal", "{owner} holds {lo} ({stakes})"): "{owner} يملك {lo} ({stakes})",
    ("refusal", "no share is stated"): "لا حصة مذكورة",
}


def test_an_officer_reads_law_and_refusals_in_arabic(
    scene: Scene, tmp_path: Path, settings: Settings
) -> None:
    translate_into("ar", ARABIC, folder=tmp_path, settings=settings)
    one = Desk(scene, scene.own.documenter)
    _take_in(one)
    one.address = f"/ar{one.address}"
    seen = one.sees()
    for said in ("هيكل الملكية", "تحت سيطرة", "يملك 55 %", "لا حصة مذكورة"):
        assert said in seen, said
    assert "is controlled: " not in seen
    form = one.sees("scope/")
    assert "النقل (اختبار)" in form
    assert "في الإدارة" in form
    assert "the investor gains control of the target" not in form, "what is shipped is told too"
    hand = {"owner": "Rufus Firefly", "owned": "XF-PORT", "right": "0", "owner_kind": "person"}
    refused = one.does("stake", None, 422, share="much", source="a register (invented)", **hand)
    assert "&#x27;much&#x27; لا يُقرأ" in refused
    one.does("scope", day=one.today, kind="acquisition", states="XF")
    assert "هل في الإدارة" in one.sees()


def test_a_finding_at_many_rows_of_a_file_says_how_many_it_does_not_name(scene: Scene) -> None:
    one = Desk(scene, scene.own.documenter)
    text = "owner,owned,share\n" + "".join(f"Holder {n},XF-PORT,2%\n" for n in range(70))
    one.does("evidence", file=csv(text, "many.csv"), source="a register")
    load = one.row(Load)
    for page in ("", f"files/{load.pk}/"):
        assert "50, 51 and 20 more" in one.sees(page)
    assert next(_load(load)).endswith("; a register")
    assert "51] and 20 more: the stakes in one company" in list(_load(load))[1]


def test_lists_that_are_cut_say_of_how_many_they_are_the_first(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Desk(scene, scene.own.documenter)
    owners = "".join(f"Holder {n},XF-PORT,1%,person\n" for n in range(62))
    file = csv(f"owner,owned,share,owner_kind\n{owners}XF-PORT,XF-PORT,1%,company\n", "many.csv")
    one.does("evidence", file=file, source="a register")
    one.does("analysis", as_of=one.today, threshold="50")
    asked = len(one.row(Analysis).result["not_asked"])
    assert asked > 0
    assert f"The first 60 of {60 + asked}." in one.sees()
    one.does("stake", owner="XZ-SHELL", owned="XZ-SHELL", right="0", owner_kind="company",
             share="1 %", source="a register")  # fmt: skip
    for page in (case_view, cases):
        monkeypatch.setattr(page, "LISTED", 1)
    seen = one.sees()
    assert "The first 1 of 64." in seen, "stakes"
    assert "The first 1 of 2." in seen, "what is wrong with them"
    one.page.post(f"{BOARD}new/", {
        "holder": str(scene.own.id), "reference": "ferry-2", "title": "Ferries",
        "jurisdiction": "XF", "origin": "filed",
    })  # fmt: skip
    assert "The first 1 of 2." in one.page.get(BOARD).content.decode()
