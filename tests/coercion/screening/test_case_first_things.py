"""What the page of a case tells first: what waits, what can be done next, and where all is."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.desk import Desk, csv
from tests.coercion.screening.factories import Scene, make_scene
from undaunted.coercion.screening.actions import record_stake
from undaunted.coercion.screening.models import Decision, ListCheck, Party, Request
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from collections.abc import Iterator

REASONS = "The only container port of the country would answer to another state (invented)."
NAMELESS = """owner,owned,share,owner_kind
STATE:XR,XR-HOLDING,51%,state
XR-FAMILY,XR-HOLDING,49%,person
XR-HOLDING,XZ-SHELL,100%,company
XF-CITY,XF-PORT,40%,company
"""
DEAL = "owner,owned,share\nXZ-SHELL,XF-PORT,60%\n"

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">(.{{0,60000}}?)</section>', page, re.DOTALL)
    assert found is not None, name
    return found[1]


def offered(page: str) -> list[str]:
    links = re.findall(r'<a class="button[^"]{0,9}" href="[^"]{1,200}">([^<]{1,80})', page)
    return [str(each) for each in links]


def _steps(one: Desk) -> Iterator[str]:
    yield from offered(section(one.sees(), "next"))


def test_the_next_step_is_the_first_that_is_offered(scene: Scene) -> None:
    one, two = Desk(scene, scene.own.documenter), Desk(scene, scene.own.publisher)
    assert [*_steps(one)] == [
        "Hold the parties against lists", "Take in a file of stakes", "Ask which law reaches it",
        "Go on to the next stage, or close", "Write a letter",
    ]  # fmt: skip
    _take_in(one)
    assert next(_steps(one)) == "Hold the parties against lists"
    assert "Ask who controls the target" in [*_steps(one)]
    one.does("analysis", as_of=one.today, threshold="50")
    assert "Ask who controls the target" not in [*_steps(one)]
    _find(one)
    assert "Assess a factor" in [*_steps(one)]
    _propose(one)
    assert "Assess a factor" not in [*_steps(one)]
    assert "Propose a decision" not in [*_steps(one)]
    assert not any(each.startswith("Confirm") for each in _steps(one)), "who proposed it"
    assert next(_steps(two)) == "Confirm: Decision"
    two.does("take", two.row(Decision).pk)
    assert "Confirm: Decision" not in [*_steps(two)]


def _take_in(one: Desk) -> None:
    one.does("evidence", file=csv(NAMELESS, "owners.csv"), source="Registers (invented)")
    one.does("evidence", file=csv(DEAL, "deal.csv"), filed="on", source="Annex 2 (invented)")


def _find(one: Desk) -> None:
    one.does("scope", day=one.today, kind="acquisition", states="XF", sectors="transport",
             votes_before="0", votes_after="60 %", equity_after="60 %", complete="on",
             controls="yes", participation="yes")  # fmt: skip
    one.does("move", to="screening")


def _propose(one: Desk) -> None:
    fact = {"kind": "state", "about": "XR-HOLDING", "text": "Its board is named by the state",
            "source": "Gazette (invented)", "status": "secondary", "state": "XR"}  # fmt: skip
    one.does("fact", **fact)
    evidence = re.findall(r'value="(fact [0-9a-f-]{36})"', one.sees("factor/"))
    one.does("factor", factor="model critical-infrastructure", finding="present", reasons=REASONS,
             evidence=evidence)  # fmt: skip
    factors = re.findall(r'name="factors" value="([0-9a-f-]{36})"', one.sees("propose/"))
    one.does("propose", kind="conditions", factors=factors, regime="model", reasons=REASONS,
             conditions="All data of the port stay in Freedonia.", day=one.today)  # fmt: skip


def test_what_is_due_leads_to_where_it_stands(scene: Scene) -> None:
    one = Desk(scene, scene.own.documenter)
    assert "None." in section(one.sees(), "due")
    _find(one)
    due = section(one.sees(), "due")
    assert "#deadlines" in due
    assert "#requests" not in due
    one.does("request", addressee="Morava Shell NV", text="Who appoints the board?")
    party = one.row(Party, role="acquirer")
    one.does("list", party.pk, list_name="List of Syldavia", list_day=one.today,
             judgement="unclear", entry="Morava (invented)", reason="the same name")  # fmt: skip
    due = section(one.sees(), "due")
    for led in ("#requests", "#parties"):
        assert led in due, led
    assert "waits for a judgement" in due
    one.does("judge", one.row(ListCheck).pk, judgement="another", reason="another number")
    one.does("answer", one.row(Request).pk, received_on=one.today, text="Nobody", complete="on")
    due = section(one.sees(), "due")
    assert "#requests" not in due
    assert "#parties" not in due
    known = one.sees(f"?as_known={one.row(Request).recorded_at.isoformat().replace('+', '%2B')}")
    assert 'id="due"' not in known, "what was due is not due now"


def test_every_anchor_of_the_contents_stands_in_the_page(scene: Scene) -> None:
    page = Desk(scene, scene.own.documenter).sees()
    led = re.findall(r'<li><a href="#([a-z]{1,20})"', page)
    assert len(set(led)) >= 15
    assert [each for each in led if f' id="{each}"' not in page] == []


def test_who_has_an_id_alone_is_named_by_any_row_or_has_no_name(scene: Scene) -> None:
    one = Desk(scene, scene.own.documenter)
    _take_in(one)
    one.does("analysis", as_of=one.today, threshold="50")
    seen = one.sees()
    assert "City of Alder Bay" not in seen
    for name in ("stakes", "claims"):
        assert '<bdi dir="auto">XF-CITY</bdi> <span class="soft small">No name recorded' in section(
            seen, name
        )
    with acting_as(one.who) as actor:
        old = StakePlan(
            "XF-CITY", "XF-QUAY", "a register (invented)", "100 %",
            owner_name="City of Alder Bay (invented)", valid_to=date(2019, 1, 1),
        )  # fmt: skip
        record_stake(scene.case, old, actor=actor, at=timezone.now())
    seen = one.sees()
    for name in ("stakes", "claims"):
        told = section(seen, name)
        assert "City of Alder Bay (invented)" in told, "a row of another day names it"
        assert "XF-CITY" not in told
        assert '<bdi dir="auto">XR-FAMILY</bdi> <span class="soft small">No name recorded' in told
    assert "Ruritania" in section(seen, "stakes")
    party = {"role": "other", "name": "Elphberg family (invented)", "identifier": "XR-FAMILY",
             "kind": "person", "source": "a book (invented)", "country": "XR"}  # fmt: skip
    one.does("party", **party)
    seen = one.sees()
    assert "XR-FAMILY" not in section(seen, "stakes")
    assert "Elphberg family (invented)" in section(seen, "stakes")


def test_an_arabic_page_keeps_brackets_beside_latin_sources_at_their_own_end(scene: Scene) -> None:
    one = Desk(scene, scene.own.documenter)
    _take_in(one)
    one.does("analysis", as_of=one.today, threshold="50")
    own, told = (
        '(<bdi dir="ltr">Annex 2 (invented): deal.csv</bdi>، الصف 2)',
        '(<bdi dir="ltr">Annex 2 (invented): deal.csv, row 2</bdi>)',
    )
    assert own not in one.sees()
    one.address = f"/ar{one.address}"
    page = one.sees()
    assert own in section(page, "owners")
    assert told in section(page, "claims")
