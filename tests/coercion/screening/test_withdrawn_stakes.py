"""An answer of who controls stands only as long as it would be asked of the same stakes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.answering import answered
from tests.coercion.screening.deciding import (
    CONDITION,
    DAY,
    REASONS,
    decision_proposed,
    factor_plan,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.test_case_evidence import REGISTER
from undaunted.coercion.screening.actions import (
    AssessmentPlan,
    DecisionPlan,
    PartyPlan,
    assess_factor,
    correct_stake,
    evidence,
    keep_analysis,
    propose_decision,
    record_party,
    record_stake,
    take_decision,
    take_in,
    withdraw_load,
    withdraw_party,
    withdraw_stake,
)
from undaunted.coercion.screening.analysis import owners
from undaunted.coercion.screening.analysis.letters import LetterAsked, letter_of
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.commands.sheets import sheet_lines
from undaunted.coercion.screening.forms.findings import rests_on
from undaunted.coercion.screening.queries import case_as_known, sheet_told, stakes_known
from undaunted.coercion.screening.rules import (
    DecisionKind,
    DecisionRefused,
    LetterKind,
    ScreeningRefused,
    Version,
)
from undaunted.coercion.screening.rules.casework import EvidenceKind, PartyRole
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.coercion.screening.writers.chapters import chapters
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Analysis, Assessment, Decision

pytestmark = pytest.mark.usefixtures("ledger")
FALLEN = "asked before its stakes changed"
LATER = AT + HOUR
ASKED = LetterAsked(LetterKind.DECISION, "Morava Shell NV")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    """Give a case with stakes, and an answer that read them."""
    return answered(owner_sql)


def _plan(kept: Analysis) -> AssessmentPlan:
    return factor_plan(("cumulative-exposure", (EvidenceKind.ANALYSIS, kept.pk)))


def _proposed(scene: Scene, assessment: Assessment, actor: Any, at: Any) -> Decision:
    plan = DecisionPlan(
        "model", DecisionKind.CONDITIONS, REASONS, (assessment.pk,), DAY, (CONDITION,)
    )
    return propose_decision(scene.case, plan, actor=actor, at=at)


def _stake(scene: Scene, actor: Any) -> Any:
    return stakes_known(actor, scene.case, AT).select_related("load").get(owner="XR-HOLDING")


def _withdraw(scene: Scene, actor: Any) -> None:
    load = _stake(scene, actor).load
    withdraw_load(load, why="The extract was forged (invented)", actor=actor, at=LATER)


def test_nothing_rests_any_more_on_an_answer_whose_stakes_were_withdrawn(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        proposed = _proposed(scene, made, actor, AT)
        _withdraw(scene, actor)
        again = factor_plan(("critical-infrastructure", (EvidenceKind.ANALYSIS, kept.pk)))
        with pytest.raises(ScreeningRefused, match=f"{DAY} was {FALLEN}; ask anew who"):
            assess_factor(scene.case, again, actor=actor, at=LATER)
    with (
        acting_as(scene.own.publisher) as actor,
        pytest.raises(DecisionRefused, match=f"cumulative-exposure: .*{FALLEN}; ask anew"),
    ):
        take_decision(proposed, actor=actor, at=LATER)


def test_no_decision_is_proposed_on_it_and_all_that_lists_it_says_so(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        stake = _stake(scene, actor)
        withdraw_stake(stake, why="It was forged (invented)", actor=actor, at=LATER)
        with pytest.raises(DecisionRefused, match=FALLEN):
            _proposed(scene, made, actor, LATER)
        before = case_as_known(actor, scene.case, AT)
        after = case_as_known(actor, scene.case, LATER)
        assert not before.fallen
        assert after.fallen == {kept.pk}
        assert sheet_told(actor, after)["fallen"] == [kept.pk]
        for told in (rests_on(after), [("", line) for line in sheet_lines(after)]):
            assert any(FALLEN in said for _key, said in told)
        assert not any(FALLEN in said for _key, said in rests_on(before))
        fresh = keep_analysis(scene.case, Asked(DAY), actor=actor, at=LATER)
        assert fresh.pk not in case_as_known(actor, scene.case, LATER).fallen


def test_a_stake_that_the_answer_did_not_read_takes_nothing_from_it(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        early = keep_analysis(scene.case, Asked(DAY.replace(year=2019)), actor=actor, at=AT)
        withdraw_stake(_stake(scene, actor), why="Forged (invented)", actor=actor, at=LATER)
        assert early.pk not in case_as_known(actor, scene.case, LATER).fallen


def test_a_draft_tells_no_withdrawn_row_as_fact(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        _proposed(scene, made, actor, AT)
        _withdraw(scene, actor)
        draft = letter_of(actor, scene.case, ASKED, at=LATER, opened={})
        assert draft.facts.ownership == ()
        assert draft.facts.evidence[0].title.endswith(f"({FALLEN})")
        assert "gazette of Ruritania" not in str(list(chapters(draft, Version.CONFIDENTIAL)))


def test_a_decision_that_was_taken_before_keeps_what_was_known(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        proposed = _proposed(scene, made, actor, AT)
    with acting_as(scene.own.publisher) as actor:
        take_decision(proposed, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        _withdraw(scene, actor)
        known = letter_of(actor, scene.case, ASKED, at=LATER + HOUR, opened={})
        assert [each.state for each in known.facts.ownership if each.state] == ["XR"]
        assert FALLEN not in known.facts.evidence[0].title


def test_an_open_letter_names_no_owner_of_an_answer_that_fell(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        _proposed(scene, made, actor, AT)
        _withdraw(scene, actor)
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV", ownership_secret=True)
        letter = letter_of(actor, scene.case, asked, at=LATER, opened={})
        assert "STATE:XR" in letter.facts.unnamed


def test_an_open_letter_names_no_owner_whose_stake_or_part_was_withdrawn(
    owner_sql: Any,
) -> None:
    made = screened(owner_sql)
    with acting_as(made.own.documenter) as actor:
        take_in(made.case, REGISTER, name="s.csv", source="annex", filed=False, actor=actor, at=AT)
        plan = PartyPlan(
            PartyRole.ULTIMATE_OWNER, "Iron Lantern SA (invented)", "annex", country="XB"
        )
        party = record_party(made.case, plan, actor=actor, at=AT)
        withdraw_party(party, why="Another of that name", actor=actor, at=AT)
        _withdraw(made, actor)
        decision_proposed(made, LATER)
    with acting_as(made.own.documenter) as actor:
        asked = LetterAsked(LetterKind.DECISION, "Morava Shell NV", ownership_secret=True)
        unnamed = letter_of(actor, made.case, asked, at=LATER, opened={}).facts.unnamed
    assert {"STATE:XR", "XR-HOLDING", "Iron Lantern SA (invented)"} <= set(unnamed)
    assert "Morava Shell NV" not in unnamed


def test_the_answer_of_the_last_day_is_told_whenever_it_was_asked(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        plan = factor_plan(
            ("critical-infrastructure", (EvidenceKind.FILE, _stake(scene, actor).load_id))
        )
        _proposed(scene, assess_factor(scene.case, plan, actor=actor, at=AT), actor, AT)
        told = letter_of(actor, scene.case, ASKED, at=LATER, opened={}).facts.ownership
        keep_analysis(scene.case, Asked(DAY.replace(year=1900)), actor=actor, at=LATER)
        assert letter_of(actor, scene.case, ASKED, at=LATER, opened={}).facts.ownership == told
        assert told


MOMENT = timedelta.resolution


@pytest.mark.parametrize("way", ["stake", "file", "corrected"])
def test_an_answer_falls_with_a_stake_that_was_withdrawn_in_the_same_moment(
    scene: Scene, way: str
) -> None:
    """Whoever withdraws took the moment first and had to wait for whoever asked."""
    with acting_as(scene.own.documenter) as actor:
        stake = _stake(scene, actor)
        kept = keep_analysis(scene.case, Asked(DAY), actor=actor, at=LATER + MOMENT)
        why: dict[str, Any] = {"why": "Forged (invented)", "actor": actor, "at": LATER}
        if way == "stake":
            withdraw_stake(stake, **why)
        elif way == "file":
            withdraw_load(stake.load, **why)
        else:
            made = correct_stake(stake, StakePlan("STATE:XB", "XF-PORT", "x", "9 %"), **why)
            assert made.recorded_at > kept.known_at, "it was not known as was asked"
        assert kept.pk in case_as_known(actor, scene.case, LATER + HOUR).fallen
        assert kept.pk not in case_as_known(actor, scene.case, LATER + MOMENT).fallen


def test_what_is_withdrawn_while_it_is_asked_is_not_read(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks: list[str] = []

    def analyse(actor: Any, case: Any, asked: Asked, **at: Any) -> Any:
        found = owners.analyse(actor, case, asked, **at)
        if not asks:
            withdraw_stake(_stake(scene, actor), why="Forged (invented)", actor=actor, at=LATER)
        asks.append(found.digest)
        return found

    monkeypatch.setattr(evidence, "analyse", analyse)
    with acting_as(scene.own.documenter) as actor:
        kept = keep_analysis(scene.case, Asked(DAY), actor=actor, at=LATER + MOMENT)
        assert len(set(asks)) == 2
        assert kept.digest == asks[1]
        assert kept.pk not in case_as_known(actor, scene.case, LATER + HOUR).fallen


def test_a_decision_taken_on_an_answer_that_had_fallen_prints_it_still(
    scene: Scene, owner_sql: Any
) -> None:
    """As decisions were taken before answers fell with their stakes."""
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        proposed = _proposed(scene, made, actor, AT)
        keep_analysis(scene.case, Asked(DAY.replace(year=2019)), actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        take_decision(proposed, actor=actor, at=LATER)
        before = letter_of(actor, scene.case, ASKED, at=LATER + HOUR, opened={})
    owner_sql("UPDATE screening_stake SET withdrawn_at = %s, withdrawn_why = 'x'", [AT + HOUR / 2])
    with acting_as(scene.own.publisher) as actor:
        assert kept.pk in case_as_known(actor, scene.case, LATER).fallen
        after = letter_of(actor, scene.case, ASKED, at=LATER + HOUR, opened={})
        assert after.facts.ownership == before.facts.ownership
        assert after.facts.ownership


def _later(scene: Scene, actor: Any, *told: Any) -> bool:
    """Tell a stake after the answer was given: whether the answer fell."""
    kept = case_as_known(actor, scene.case, AT).analyses[0]
    record_stake(scene.case, StakePlan(*told), actor=actor, at=LATER)
    assert kept.pk not in case_as_known(actor, scene.case, AT).fallen
    return kept.pk in case_as_known(actor, scene.case, LATER).fallen


@pytest.mark.parametrize(
    ("owner", "owned", "falls"),
    [
        ("XS-FUND", "XZ-SHELL", True),
        ("XS-FUND", "XR-HOLDING", True),
        ("XS-FUND", "XF-PORT", True),
        ("XZ-SHELL", "XB-ELSEWHERE", False),
        ("XS-FUND", "XB-ELSEWHERE", False),
    ],
)
def test_an_answer_falls_with_a_stake_told_since_in_whom_it_asked_about(
    scene: Scene, owner: str, owned: str, *, falls: bool
) -> None:
    with acting_as(scene.own.documenter) as actor:
        assert _later(scene, actor, owner, owned, "x", "100 %") is falls


def test_no_decision_is_taken_on_an_answer_older_than_a_stake_of_its_parties(
    scene: Scene,
) -> None:
    with acting_as(scene.own.documenter) as actor:
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        made = assess_factor(scene.case, _plan(kept), actor=actor, at=AT)
        proposed = _proposed(scene, made, actor, AT)
        assert _later(scene, actor, "XS-FUND", "XZ-SHELL", "x", "100 %")
    with (
        acting_as(scene.own.publisher) as actor,
        pytest.raises(DecisionRefused, match=f"cumulative-exposure: .*{FALLEN}; ask anew"),
    ):
        take_decision(proposed, actor=actor, at=LATER)
    with acting_as(scene.own.documenter) as actor:
        fresh = keep_analysis(scene.case, Asked(DAY), actor=actor, at=LATER)
        assert fresh.pk not in case_as_known(actor, scene.case, LATER).fallen


def test_a_stake_of_another_day_takes_nothing_from_an_answer(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        past: dict[str, Any] = {
            "valid_from": DAY.replace(year=2001),
            "valid_to": DAY.replace(year=2002),
        }
        kept = case_as_known(actor, scene.case, AT).analyses[0]
        plan = StakePlan("XS-FUND", "XZ-SHELL", "x", "100 %", **past)
        record_stake(scene.case, plan, actor=actor, at=LATER)
        assert kept.pk not in case_as_known(actor, scene.case, LATER).fallen
