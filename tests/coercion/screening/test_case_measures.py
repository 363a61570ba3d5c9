"""By what control of a target is measured: the law's own test, one that is chosen, a share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.coercion.screening.factories import AT, Scene, make_scene
from tests.coercion.screening.programs import ask, program, run
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    keep_analysis,
    record_party,
    record_stake,
)
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.analysis.sheets import measure_of, owners_of, picture_for
from undaunted.coercion.screening.analysis.tables import stakes_after
from undaunted.coercion.screening.analysis.words import answer_told, measure_told, proof_told
from undaunted.coercion.screening.queries import case_as_known
from undaunted.coercion.screening.rules import (
    ScreeningRefused,
    measure_named,
)
from undaunted.coercion.screening.rules.casework import PartyRole
from undaunted.coercion.screening.rules.stakes import PartyKind, Right, StakePlan
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor
    from undaunted.engines.ownership import Stakes

pytestmark = pytest.mark.usefixtures("ledger")

STAKES = (("STATE:XR", "XZ-SHELL", "51 %"), ("XZ-SHELL", "XF-PORT", "30 %"),
          ("XF-CITY", "XF-PORT", "70 %"))  # fmt: skip


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    made = make_scene(owner_sql)
    _hold(made, made.case)
    return made


def _after(actor: Actor, sheet: CaseSheet) -> Stakes:
    return stakes_after(actor, sheet.case, as_of=AT.date(), known_at=sheet.at)


def _hold(made: Scene, case: Case) -> None:
    with acting_as(made.own.documenter) as actor:
        for owner, owned, share in STAKES:
            kind = PartyKind.STATE if owner.startswith("STATE") else PartyKind.COMPANY
            plan = StakePlan(owner, owned, "register", share, owner_kind=kind)
            record_stake(case, plan, actor=actor, at=AT)


def _british(made: Scene) -> Case:
    """Give the same deal before an authority that applies the law of the United Kingdom."""
    with acting_as(made.own.documenter) as actor:
        case = begin_case(made.own.id, CasePlan("pier", "x", "GB"), actor=actor, at=AT)
        for role, key in ((PartyRole.TARGET, "XF-PORT"), (PartyRole.ACQUIRER, "XZ-SHELL")):
            record_party(case, PartyPlan(role, key, "x", key), actor=actor, at=AT)
    _hold(made, case)
    return case


@pytest.mark.parametrize(
    ("key", "answer", "carrying"),
    [
        ("", "no", 0),
        ("majority", "no", 0),
        ("uk_more_than_quarter", "must", 2),
        ("uk_more_than_half", "no", 0),
        ("cfius_parent", "no", 0),
        ("cfius_substantial_stake", "no", 0),
        ("eu_government_linked", "no", 0),
    ],
)
def test_the_picture_answers_by_the_measure_that_is_chosen(
    scene: Scene, key: str, answer: str, carrying: int
) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        measure, regime = measure_of(sheet, key)
        found = picture_for(sheet, _after(actor, sheet), (), measure)
    assert found.answer == answer
    assert sum(tie.carries for tie in found.drawing().ties) == carrying
    assert len(proof_told(found)) == carrying
    assert (measure.law in answer_told(found)) is bool(answer)
    assert regime is None
    assert measure.law in measure_told(measure)


def test_the_law_of_the_case_measures_and_is_named(scene: Scene) -> None:
    case = _british(scene)
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{case.pk}/").content.decode()
    assert "Measured by National Security and Investment Act 2021, section 8 (&gt; 25 %)" in shown
    assert "The test of National Security and Investment Act 2021" in shown
    chosen = page.get(f"/desk/screening/cases/{case.pk}/?measure=majority").content.decode()
    assert "Measured by a majority of votes" in chosen
    assert "is not controlled by" in chosen
    unknown = page.get(f"/desk/screening/cases/{case.pk}/?measure=weight").content.decode()
    assert "is none; there are majority" in unknown.replace("&#x27;", "'")


def test_the_scope_test_asks_for_owners_by_the_law_of_the_case(scene: Scene) -> None:
    case = _british(scene)
    with acting_as(scene.own.documenter) as actor:
        minority = StakePlan("STATE:XS", "XZ-SHELL", "register", "30 %", owner_kind=PartyKind.STATE)
        record_stake(case, minority, actor=actor, at=AT)
        found = owners_of(actor, case_as_known(actor, case, AT), AT.date())
        assert {each.name: str(each.controls) for each in found}["STATE:XS"] == "must"
        record_stake(scene.case, minority, actor=actor, at=AT)
        found = owners_of(actor, case_as_known(actor, scene.case, AT), AT.date())
        assert {each.name: str(each.controls) for each in found}["STATE:XS"] == "no"


def test_findings_are_kept_with_their_measure(scene: Scene) -> None:
    case = _british(scene)
    with acting_as(scene.own.documenter) as actor:
        told = keep_analysis(case, Asked(AT.date()), actor=actor, at=AT).result
        state = next(each for each in told["after"] if each["owner"] == "STATE:XR")
        assert (told["measure"]["measure"], told["measure"]["regime"]) == (
            "uk_more_than_quarter", "uk-nsia",
        )  # fmt: skip
        assert (state["answer"], state["held"]) == ("must", [0.3, 0.3])
        assert state["proof"]["sentences"] == [
            "STATE:XR holds 51 % of XZ-SHELL (register, row 1).",
            "XZ-SHELL holds 30 % of XF-PORT (register, row 1).",
        ]
        assert len(state["proof"]["stakes"]) == 2
        told = keep_analysis(case, Asked(AT.date(), 0.2), actor=actor, at=AT).result
        assert told["measure"]["measure"] == "share"
        for wrong in (Asked(AT.date(), 0.2, measure="majority"), Asked(AT.date(), reached=True)):
            with pytest.raises(ScreeningRefused, match="give one"):
                keep_analysis(case, wrong, actor=actor, at=AT)


def test_programs_and_the_terminal_choose_the_measure(scene: Scene) -> None:
    client, one = program(scene.own.documenter), "/cases/port-2027"
    told = ask(client, "GET", f"{one}/control")
    assert (told["answer"], told["measure"], told["law"]) == ("no", "majority", "")
    told = ask(client, "GET", f"{one}/control?measure=uk_more_than_quarter&owner=STATE:XR")
    assert (told["answer"], told["verified"], len(told["proof"])) == ("must", True, 2)
    assert "section 8" in told["law"]
    ask(client, "GET", f"{one}/control?measure=weight", code=409)
    asked = {"as_of": f"{timezone.now():%Y-%m-%d}", "measure": "uk_more_than_quarter"}
    kept = ask(client, "POST", f"{one}/analyses", asked)
    assert kept["result"]["measure"]["measure"] == "uk_more_than_quarter"
    ask(client, "POST", f"{one}/analyses", asked | {"threshold": 0.3}, 409)
    said = run(scene.own.documenter, "analyse", "port-2027", "--measure", "uk_more_than_quarter")
    assert "measured by uk_more_than_quarter: > 25 %" in said
    assert "legislation.gov.uk" in said
    said = run(scene.own.documenter, "analyse", "port-2027", "--json")
    assert json.loads(said)["measure"]["law"] == ""


def test_a_general_partner_decides_whatever_its_share(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        plan = StakePlan("XZ-SHELL", "XF-PORT", "deed", "1 %", Right.PARTNER)
        record_stake(scene.case, plan, actor=actor, at=AT)
        sheet = case_as_known(actor, scene.case, AT)
        found = picture_for(sheet, _after(actor, sheet), (), measure_named("cfius_parent"))
    assert (found.answer, found.rests_on) == ("must", "a general partner")
    assert proof_told(found)
