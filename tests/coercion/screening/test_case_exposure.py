"""What of a sector the acquiring side holds before and after, inside a case, with the proof."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.deciding import decision_taken, screened
from tests.coercion.screening.factories import AT, Scene, make_scene
from tests.coercion.screening.programs import ask, program, run
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    import_assets,
    import_holdings,
    record_party,
    record_stake,
    take_in,
)
from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.letters import LetterAsked, letter_of
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import CaseExposure, Grip, LetterKind, Version
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.coercion.screening.writers.chapters import chapters
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Case

pytestmark = pytest.mark.usefixtures("ledger")

ASSETS = b"""reference,name,country,sector,capacity,unit,source,owner,share
XF-BERTH,Berths of Alder Bay,XF,ports,12,M TEU,Port office,XF-PORT,100 %
XF-NORTH,Northern berths,XF,ports,4,M TEU,Port office,XR-NORTH,100 %
XF-SOUTH,Southern berths,XF,ports,8,M TEU,Port office,XF-CITY,100 %
XF-YARD,Yard of Kolm,XF,ports,,M TEU,Port office,XF-CITY,100 %
XF-GRID,Northern grid,XF,energy,900,MW,Energy agency,XR-NORTH,100 %
"""
OWNERS = """owner,owned,share,source,owner_kind,valid_from
STATE:XR,XR-HOLDING,51 %,Gazette,state,
STATE:XR,XR-NORTH,100 %,Gazette,state,2020-05-01
XR-HOLDING,XZ-SHELL,100 %,Company register,company,
XZ-SHELL,XF-PORT,{share},Company register,company,2024-03-01
XF-CITY,XF-PORT,80 %,Company register,company,
"""
DEAL = b"""owner,owned,share,source
XZ-SHELL,XF-PORT,60 %,The notification
XF-CITY,XF-PORT,40 %,The notification
"""


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    _fill(made)
    return made


def _fill(made: Scene, share: str = "20 %") -> None:
    """Bring the register; it is recorded at the time that it is."""
    owners = OWNERS.format(share=share).encode()
    with acting_as(made.own.documenter) as actor:
        import_assets(made.own.id, "assets.csv", ASSETS, actor=actor, at=timezone.now())
        import_holdings(made.own.id, "owners.csv", owners, actor=actor, at=timezone.now())


def _file(made: Scene, at: Any = AT) -> None:
    with acting_as(made.own.documenter) as actor:
        take_in(made.case, DEAL, name="deal.csv", source="annex", filed=True, actor=actor, at=at)


def _exposed(made: Scene, case: Case | None = None, at: Any = None) -> dict[str, CaseExposure]:
    with acting_as(made.own.documenter) as actor:
        sheet = case_as_known(actor, case or made.case, at or timezone.now())
        return {each.owner: each for each in case_exposure(actor, sheet)}


def test_a_state_above_the_acquirer_adds_the_port_to_what_it_held_of_the_sector(
    scene: Scene,
) -> None:
    _file(scene)
    told = _exposed(scene)
    assert list(told) == ["STATE:XR", "XZ-SHELL"]
    state, shell = told.values()
    assert (state.country, state.sector, state.unit) == ("XF", "ports", "M TEU")
    assert (state.before.must, state.after.must, state.after.total) == (4, 16, 24)
    assert (state.before.may, state.after.may) == (4, 16)
    assert (state.assets, state.left_out, state.is_state) == (4, 1, True)
    assert [(each.reference, each.before, each.after) for each in state.grips] == [
        ("XF-BERTH", Grip.NONE, Grip.MUST),
        ("XF-NORTH", Grip.MUST, Grip.MUST),
    ]
    proof = " ".join(state.grips[0].proof)
    assert all(said in proof for said in ("51", "60", "The notification"))
    assert (shell.before.must, shell.after.must, shell.is_state) == (0, 12, False)


def test_it_tells_how_holdings_crept_until_the_filing(scene: Scene) -> None:
    _file(scene)
    state = _exposed(scene)["STATE:XR"]
    assert [(f"{each.day}", each.held.must) for each in state.over_time] == [("2020-05-01", 4)]
    assert [(f"{e.day}", e.before, e.after, e.level) for e in state.crept] == [
        ("2024-03-01", 0, 0.2, 0.1)
    ]
    assert not state.unfinished


def test_a_stake_told_twice_is_not_added_up(scene: Scene) -> None:
    """The case repeats the register's row, without its day; what crept stays to be seen."""
    with acting_as(scene.own.documenter) as actor:
        plan = StakePlan("XZ-SHELL", "XF-PORT", "extract", "30 %")
        record_stake(scene.case, plan, actor=actor, at=AT)
    state = _exposed(scene)["STATE:XR"]
    assert (state.before.must, state.after.must) == (4, 4)
    assert [(f"{each.day}", each.after) for each in state.crept] == [("2024-03-01", 0.2)]


def test_a_range_is_what_may_be_controlled(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        for owner, share in (("XZ-SHELL", "40-60 %"), ("XF-CITY", "40 %")):
            plan = StakePlan(owner, "XF-PORT", "filing", share, filed=True)
            record_stake(scene.case, plan, actor=actor, at=AT)
    state = _exposed(scene)["STATE:XR"]
    assert (state.after.must, state.after.may) == (4, 16)
    assert state.grips[0].after is Grip.MAY
    assert state.grips[0].proof


def test_what_came_later_is_not_in_what_was_known(scene: Scene) -> None:
    before = timezone.now()
    _file(scene, before + timedelta(milliseconds=1))
    assert _exposed(scene, at=before)["STATE:XR"].after.must == 4
    assert _exposed(scene)["STATE:XR"].after.must == 16
    assert _exposed(scene, at=AT) == {}


def test_a_target_without_assets_of_the_register_shows_nothing(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        plan = CasePlan("bakery", "A bakery (invented)", "XF")
        case = begin_case(scene.own.id, plan, actor=actor, at=AT)
        assert case_exposure(actor, case_as_known(actor, case, AT)) == ()
        for role, key in ((PartyRole.TARGET, "XF-BAKERY"), (PartyRole.ACQUIRER, "XZ-SHELL")):
            record_party(case, PartyPlan(role, key, "x", key), actor=actor, at=AT)
        assert case_exposure(actor, case_as_known(actor, case, AT)) == ()


def test_another_authority_sees_none_of_the_register(scene: Scene) -> None:
    _file(scene)
    with acting_as(scene.stranger.documenter) as actor, pytest.raises(Forbidden):
        case_as_known(actor, scene.case, timezone.now())


def test_a_deal_let_through_counts_until_the_register_tells_more(owner_sql: Any) -> None:
    made = screened(owner_sql)
    _fill(made)
    _file(made)
    with acting_as(made.own.documenter) as actor:
        plan = CasePlan("south", "Southern berths (invented)", "XF")
        case = begin_case(made.own.id, plan, actor=actor, at=AT)
        for role, key in ((PartyRole.TARGET, "XF-SOUTH"), (PartyRole.ACQUIRER, "XR-HOLDING")):
            record_party(case, PartyPlan(role, key, "x", key), actor=actor, at=AT)
        stake = StakePlan("XR-HOLDING", "XF-SOUTH", "filing", "51 %", filed=True)
        record_stake(case, stake, actor=actor, at=AT)
    assert _exposed(made, case)["STATE:XR"].before.must == 4
    decision_taken(made, timezone.now())
    state = _exposed(made, case)["STATE:XR"]
    assert (state.before.must, state.after.must) == (16, 24)
    assert [(each.held.must, each.case) for each in state.over_time] == [(4, ""), (16, "port-2027")]
    _fill(made, "15 %")
    assert _exposed(made, case)["STATE:XR"].before.must == 4


def test_page_program_terminal_and_decision_tell_the_same(scene: Scene) -> None:
    _file(scene)
    page = signed_in_client(scene.own.documenter).get(f"/desk/screening/cases/{scene.case.pk}/")
    shown = page.content.decode().partition('<section id="exposure">')[2].partition("</section")[0]
    assert page.status_code == 200
    for said in ("Berths of Alder Bay", "does not control", "66.7", "2024", "Gazette"):
        assert said in shown, said
    told = ask(program(scene.own.documenter), "GET", "/cases/port-2027/exposure")
    assert [(each["owner"], each["after"]["must"]) for each in told] == [
        ("STATE:XR", 16), ("XZ-SHELL", 12)
    ]  # fmt: skip
    assert told[0]["controlled"][0]["proof"]
    early = "/cases/port-2027/exposure?as_known=2026-11-20T13:00:00Z"
    assert ask(program(scene.own.documenter), "GET", early) == []
    said = run(scene.own.documenter, "exposure", "port-2027")
    assert "before 4 to 4 (16.7% to 16.7%); after 16 to 16 (66.7% to 66.7%); of 24" in said
    given = run(scene.own.documenter, "exposure", "port-2027", "--json")
    assert json.loads(given) == told
    early = "2026-11-20T13:00"
    assert "neither" in run(scene.own.documenter, "exposure", "port-2027", "--as-known", early)


def test_a_decision_tells_it_and_the_open_one_where_that_is_asked_for_and_nothing_sealed(
    owner_sql: Any,
) -> None:
    made = screened(owner_sql)
    _fill(made)
    _file(made)
    decision_taken(made, timezone.now())
    for sealed, ticked in ((False, True), (True, True), (False, False)):
        asked = LetterAsked(
            LetterKind.DECISION, "Morava Shell NV",
            ownership_secret=sealed, with_register=ticked,
        )  # fmt: skip
        with acting_as(made.own.documenter) as actor:
            letter = letter_of(actor, made.case, asked, at=timezone.now(), opened={})
        whole, opened = (str(list(chapters(letter, each))) for each in Version)
        assert "controls 4 M TEU (16.7%) of the sector ports in Freedonia" in whole
        assert "and 16 M TEU (66.7%) after it, of 24 M TEU" in whole
        assert ("the sector ports" in opened) is (ticked and not sealed)
