"""Evidence of a case: taken in whole, corrected and never overwritten, read by the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.coercion.screening.deals import port_deal, ruritania
from tests.coercion.screening.deciding import STATE
from tests.coercion.screening.factories import AT, HOUR, Scene, make_scene
from undaunted.coercion.screening.actions import (
    correct_stake,
    keep_analysis,
    record_fact,
    record_scope,
    record_stake,
    take_in,
    withdraw_load,
    withdraw_stake,
)
from undaunted.coercion.screening.analysis.owners import Asked, analyse
from undaunted.coercion.screening.forms.findings import FactForm
from undaunted.coercion.screening.models import Stake
from undaunted.coercion.screening.queries import case_as_known, stakes_known
from undaunted.coercion.screening.readers.evidence import values_of
from undaunted.coercion.screening.rules import SOURCED, SourceStatus
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.coercion.screening.rules.stakes import PartyKind, StakePlan
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import Answer

if TYPE_CHECKING:
    from django.forms import ChoiceField

pytestmark = pytest.mark.usefixtures("ledger")

REGISTER = b"""owner,owned,share,kind,valid_from,source
STATE:XR,XR-HOLDING,100 %,equity,2020-01-01,gazette of Ruritania
XR-HOLDING,XZ-SHELL,51 %,equity,2024-01-01,register of Zubrowka
XZ-PEOPLE,XZ-SHELL,49 %,equity,2024-01-01,register of Zubrowka
XF-CITY,XF-PORT,100 %,equity,2010-01-01,register of Freedonia
XF-CITY,XF-PORT,fifty,votes,2010-01-01,register of Freedonia
"""
DEAL = b"""owner,owned,share,kind,source
XZ-SHELL,XF-PORT,60 %,equity,the notification
XF-CITY,XF-PORT,40 %,equity,the notification
"""
ON = date(2026, 11, 20)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return make_scene(owner_sql)


def _taken(scene: Scene, actor: Any) -> Any:
    take_in(scene.case, DEAL, name="deal.csv", source="annex 2", filed=True, actor=actor, at=AT)
    return take_in(
        scene.case, REGISTER, name="r.csv", source="extract of 18 November 2026", actor=actor, at=AT
    )


def _state(result: dict[str, Any], when: str) -> dict[str, Any]:
    return next(each for each in result[when] if each["owner"] == "STATE:XR")


def test_state_behind_the_shell_controls_after_the_deal_and_not_before(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        load = _taken(scene, actor)
        assert (load.rows, load.stakes) == (5, 5)
        assert {finding["rule"] for finding in load.findings} == {"share_unreadable"}
        assert load.findings[0]["rows"] == [6]
        kept = keep_analysis(scene.case, Asked(ON), actor=actor, at=AT)
        assert _state(kept.result, "before")["answer"] == "no"
        after = _state(kept.result, "after")
        assert after["answer"] in {"must", "may"}
        assert [stake["owner"] for stake in after["proof"]["stakes"]] == [
            "STATE:XR", "XR-HOLDING", "XZ-SHELL",
        ]  # fmt: skip
        assert "register of Zubrowka" in after["proof"]["sentences"][1]
        assert kept.digest == analyse(actor, scene.case, Asked(ON), known_at=AT).digest
        other = analyse(actor, scene.case, Asked(ON, threshold=0.7), known_at=AT)
        assert other.digest != kept.digest
        assert _state(other.result, "after")["answer"] == "no"


def test_corrected_stake_changes_what_is_known_now_and_not_what_was(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        _taken(scene, actor)
        stake = Stake.objects.get(case=scene.case, owner="XR-HOLDING")
        plan = StakePlan("XR-HOLDING", "XZ-SHELL", "annual report 2026, page 7", "30-49,5 %")
        later = AT + HOUR
        made = correct_stake(stake, plan, why="the register was late", actor=actor, at=later)
        assert (made.lo, made.hi) == (300_000_000, 495_000_000)
        told = {at: {row.pk for row in stakes_known(actor, scene.case, at)} for at in (AT, later)}
        assert stake.pk in told[AT]
        assert told[later] == (told[AT] - {stake.pk}) | {made.pk}
        answers = [
            _state(analyse(actor, scene.case, Asked(ON), known_at=at).result, "after")["answer"]
            for at in (AT, later)
        ]
        assert answers[1] == "no" != answers[0]
        with pytest.raises(ScreeningRefused, match="look again"):
            withdraw_stake(stake, why="twice", actor=actor, at=later)


def test_file_is_taken_whole_or_not_at_all(scene: Scene) -> None:
    cut = b'[{"statementId": "1", "recordType": "entity"}, {"statementId": "2", "rec'
    long = b"owner,owned,share\nA,B,1\n" + b"X" * 201 + b",B,0\n"
    with acting_as(scene.own.documenter) as actor:
        for content, name, says in (
            (cut, "cut.json", "cut"),
            (b"\x00\x01", "stakes.bin", "no format"),
            (long, "long.csv", "row 3, owner"),
        ):
            with pytest.raises(ScreeningRefused, match=says):
                take_in(scene.case, content, name=name, source="x", actor=actor, at=AT)
        with pytest.raises(ScreeningRefused, match="source: it is empty"):
            take_in(scene.case, REGISTER, name="r.csv", source=" ", actor=actor, at=AT)
        assert not Stake.objects.exists()
        assert case_as_known(actor, scene.case, AT).loads == ()


def test_same_file_is_taken_in_once(scene: Scene) -> None:
    again = partial(take_in, scene.case, REGISTER, name="again.csv", source="sent once more", at=AT)
    with acting_as(scene.own.documenter) as actor:
        load = _taken(scene, actor)
        with pytest.raises(ScreeningRefused, match="file: it stands in the case already"):
            again(actor=actor, filed=True)
        withdraw_load(load, why="of the wrong day", actor=actor, at=AT)
        assert again(actor=actor).stakes == load.stakes


def test_withdrawn_file_takes_its_stakes_along_and_stays_on_record(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        load = _taken(scene, actor)
        withdraw_load(load, why="of another company", actor=actor, at=AT + HOUR)
        now = case_as_known(actor, scene.case, AT + HOUR)
        assert (now.stakes, len(now.loads)) == (2, 1)
        before = case_as_known(actor, scene.case, AT)
        assert (before.stakes, len(before.loads)) == (7, 2)


def test_bad_stake_is_refused_by_field() -> None:
    plan: dict[str, Any] = {"owner": "STATE:XR", "owned": "XF-PORT", "source": "x"}
    for values, says in (
        ({"share": "some"}, "share: 'some' cannot be read"),
        ({"share": "120 %"}, "between 0 and 100 %"),
        ({"share": "50-25 %"}, "lowest not above"),
        ({"source": ""}, "source: it is empty"),
        ({"owner": ""}, "owner: it is empty"),
        ({"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 2)}, "valid_to: it is not"),
    ):
        with pytest.raises(ScreeningRefused, match=says):
            values_of(StakePlan(**(plan | values)))


def test_nothing_is_asked_without_a_target_in_the_stakes(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="no stake names XF-PORT"):
            keep_analysis(scene.case, Asked(ON), actor=actor, at=AT)
        plan = StakePlan("STATE:XR", "XF-PORT", "x", "", owner_kind=PartyKind.STATE)
        record_stake(scene.case, plan, actor=actor, at=AT)
        kept = keep_analysis(scene.case, Asked(ON), actor=actor, at=AT)
        assert _state(kept.result, "after")["answer"] == "may"
        with pytest.raises(ScreeningRefused, match="threshold: "):
            keep_analysis(scene.case, Asked(ON, threshold=7.0), actor=actor, at=AT)


def test_scope_counts_the_state_that_the_stakes_prove_whatever_is_told(scene: Scene) -> None:
    told = port_deal(ON)
    shell = replace(told.investor, state="XF", complete=True)
    alone = replace(told, investor=replace(shell, owners=()))
    denied = replace(told, investor=replace(shell, owners=(ruritania(Answer.NO),)))
    with acting_as(scene.own.documenter) as actor:
        assert _model(record_scope(scene.case, alone, actor=actor, at=AT)).outcome == "no"
        _taken(scene, actor)
        found = _model(record_scope(scene.case, alone, actor=actor, at=AT))
        assert found.outcome == "yes"
        owner = found.facts["investor"]["owners"][0]
        assert (owner["name"], owner["controls"]) == ("STATE:XR", "must")
        assert "register of Zubrowka" in owner["proof"][-1]
        with pytest.raises(ScreeningRefused, match=r"STATE:XR must control the acquirer"):
            record_scope(scene.case, denied, actor=actor, at=AT)
        assert _model(record_scope(scene.case, told, actor=actor, at=AT)).outcome == "yes"


def _model(rows: tuple[Any, ...]) -> Any:
    return next(row for row in rows if row.regime == "model")


def test_what_a_source_says_is_no_proposal_of_ours(scene: Scene) -> None:
    plan = replace(STATE, status=SourceStatus.PROPOSAL)
    with (
        acting_as(scene.own.documenter) as actor,
        pytest.raises(ScreeningRefused, match="status: write one of verified, secondary, unv"),
    ):
        record_fact(scene.case, plan, actor=actor, at=AT)
    offered = cast("ChoiceField", FactForm.base_fields["status"]).choices
    assert [str(each) for each, _told in cast("Any", offered)] == list(SOURCED)
