"""Elements decide as Article 2 says; stages follow one another as the Regulation has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from undaunted.coercion.instruments.rules import (
    CLOCKS,
    COERCION,
    CONDITIONS,
    FACTORS,
    IMMEDIATE_CLOCK,
    MOVES,
    Body,
    Element,
    ElementsIncomplete,
    ElementState,
    Opinion,
    Stage,
    StageRefused,
    Standing,
    SuspensionGround,
    TerminationGround,
    Verdict,
    assess,
    check_elements,
    check_move,
    elements_pack,
    lacking,
    latest_application,
    next_stages,
)
from undaunted.core.clocks.rules import Firmness, rule_for

if TYPE_CHECKING:
    from undaunted.core.standards.rules import Outcome

TODAY = date(2026, 11, 26)
MET, NOT_MET = ElementState.MET, ElementState.NOT_MET
OPEN_STATES = (ElementState.PARTIAL, ElementState.CONTESTED, ElementState.MISSING)


def element(key: str, state: ElementState = MET) -> Element:
    sources = () if state is ElementState.MISSING else ("evidence-1",)
    return Element(key, state, ("The customs notice says so.",), sources)


def outcome(**states: ElementState) -> Outcome:
    told = dict.fromkeys((*CONDITIONS, *FACTORS), MET) | states
    return assess([element(key, state) for key, state in told.items()], on=TODAY)


def test_all_conditions_and_every_factor_weighed_make_coercion() -> None:
    assert outcome().result == COERCION


@pytest.mark.parametrize("states", list(product((MET, NOT_MET), repeat=len(FACTORS))))
def test_whichever_way_a_factor_points_it_is_only_weighed(states: tuple[ElementState, ...]) -> None:
    assert outcome(**dict(zip(FACTORS, states, strict=True))).result == COERCION


@pytest.mark.parametrize("condition", CONDITIONS)
def test_one_condition_that_is_not_met_decides_alone(condition: str) -> None:
    found = outcome(**{condition: NOT_MET, "d": ElementState.CONTESTED})
    assert (found.result, found.decided_by) == ("no_coercion", (condition,))


@pytest.mark.parametrize("state", OPEN_STATES)
@pytest.mark.parametrize("key", [*CONDITIONS, *FACTORS])
def test_what_is_not_shown_or_contested_decides_nothing(key: str, state: ElementState) -> None:
    found = outcome(**{key: state})
    assert (found.decided, found.missing) == (False, (key,))


def test_every_criterion_of_the_pack_is_an_element() -> None:
    assert set(elements_pack(TODAY).criteria) == {*CONDITIONS, *FACTORS}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Element("f", MET, ("so",), ("s",)), "f: is no element"),
        (Element("a", MET, ("…",), ("s",)), "a: give reasons"),
        (Element("a", ElementState.PARTIAL, ("so",)), "a: name the evidence"),
        (Element("a", ElementState.MISSING, ("so",), ("s",)), "a: is missing and names evidence"),
    ],
)
def test_an_element_without_reason_or_evidence_is_refused(wrong: Element, says: str) -> None:
    with pytest.raises(ElementsIncomplete, match=says):
        check_elements([wrong])


def test_all_that_an_assessment_lacks_is_told_at_once() -> None:
    with pytest.raises(ElementsIncomplete) as refused:
        check_elements([element("a"), element("a"), Element("b", MET)])
    assert [each.split(":")[0] for each in refused.value.problems] == ["a", "b", "b"]


READY: dict[tuple[Stage, Stage], dict[str, Any]] = {
    (Stage.REQUESTED, Stage.EXAMINATION): {},
    (Stage.DETERMINATION, Stage.CLOSED): {"carried": False},
    (Stage.ENGAGEMENT, Stage.ADOPTED): {"applies_on": date(2026, 12, 1)},
    (Stage.ADOPTED, Stage.ENDED): {"ground": TerminationGround.CEASED},
    (Stage.APPLIED, Stage.SUSPENDED): {"ground": SuspensionGround.ADJUDICATION},
    (Stage.APPLIED, Stage.ENDED): {"ground": TerminationGround.AGREED},
    (Stage.SUSPENDED, Stage.ENDED): {"ground": TerminationGround.REPAIRED},
}
WHOLE = Standing(
    today=TODAY,
    elements=COERCION,
    reason="As the notice says.",
    carried=True,
    necessary=True,
    interest=True,
    selected=True,
    lawful=True,
    attached=True,
    engaged=True,
    proportionate=Verdict.WITHIN,
    consulted=True,
    opinion=Opinion.POSITIVE,
    adopted_on=TODAY,
    applies_on=TODAY,
)


@pytest.mark.parametrize(("stage", "to"), MOVES, ids=str)
def test_each_step_is_taken_by_its_body_alone_and_says_all_it_lacks(
    stage: Stage, to: Stage
) -> None:
    move = MOVES[stage, to]
    ready = replace(WHOLE, **READY.get((stage, to), {}))
    check_move(stage, to, move.by, ready)
    other = Body.COUNCIL if move.by is Body.COMMISSION else Body.COMMISSION
    with pytest.raises(StageRefused, match=f"taken by the {move.by}"):
        check_move(stage, to, other, ready)
    problems = lacking(stage, to, Standing(today=TODAY))
    assert bool(problems) == bool(move.needs)
    if problems:
        with pytest.raises(StageRefused) as refused:
            check_move(stage, to, move.by, Standing(today=TODAY))
        assert refused.value.problems == problems


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"elements": "unclear"}, ""),
        ({"necessary": None}, "necessity"),
        ({"interest": False}, "Union interest"),
        ({"selected": False}, "criteria"),
        ({"lawful": False}, "Article 11(2)(h)) is answered no"),
        ({"engaged": False}, "engagement: nothing that was said"),
        ({"redrafted": True}, ""),
        ({"attached": False}, "injury: its amounts were not read from a file"),
        ({"attached": False, "explained": "The desk read the file."}, ""),
        ({"gone": "injury: it is gone"}, "injury: it is gone"),
        ({"gone": "injury: it is gone", "explained": "The desk read the file."}, "it is gone"),
        ({"begins": TODAY}, ""),
        ({"begins": date(2026, 11, 25)}, "a measure begins on 2026-11-25"),
        ({"consulted": False}, "views"),
        ({"proportionate": None}, "proportionality: the measures were not compared"),
        ({"proportionate": Verdict.REFUSED}, "go beyond the injury"),
        ({"proportionate": Verdict.WARNED}, "the intervals overlap"),
        ({"linked": True}, "persons"),
        ({"opinion": Opinion.NONE}, "without a positive opinion"),
        ({"applies_on": date(2027, 2, 27)}, "not within 3 months"),
        ({"applies_on": date(2026, 11, 25)}, "not within 3 months"),
    ],
)
def test_measures_are_not_adopted_without_each_test(change: dict[str, Any], says: str) -> None:
    problems = lacking(Stage.ENGAGEMENT, Stage.ADOPTED, replace(WHOLE, **change))
    assert [each for each in problems if says in each] == list(problems)
    assert bool(problems) == bool(says)


def test_overlap_that_is_explained_and_persons_that_were_heard_stop_nothing() -> None:
    held = replace(WHOLE, proportionate=Verdict.WARNED, explained="The low end counts one port.",
                   linked=True, heard=True)  # fmt: skip
    check_move(Stage.ENGAGEMENT, Stage.ADOPTED, Body.COMMISSION, held)


def test_urgency_does_without_the_committee_once_measures_apply_and_not_before() -> None:
    urgent = replace(WHOLE, opinion=None, immediate=True, ground=SuspensionGround.ENGAGEMENT)
    check_move(Stage.APPLIED, Stage.SUSPENDED, Body.COMMISSION, urgent)
    check_move(Stage.APPLIED, Stage.APPLIED, Body.COMMISSION, urgent)
    for to in (Stage.SUSPENDED, Stage.APPLIED):
        assert lacking(Stage.APPLIED, to, replace(urgent, immediate=False)) == (
            "committee: it has not said what it thinks of the draft (Article 18); record it first",
        )
    said = [each.split(":")[0] for each in lacking(Stage.ENGAGEMENT, Stage.ADOPTED, urgent)]
    assert said == ["committee", "immediate"]
    with_opinion = replace(urgent, opinion=Opinion.POSITIVE)
    assert lacking(Stage.APPLIED, Stage.SUSPENDED, with_opinion)[0].startswith("immediate")
    chained = replace(urgent, urgent_since=TODAY)
    assert "no other one follows" in lacking(Stage.APPLIED, Stage.SUSPENDED, chained)[0]
    (limit,) = rule_for(IMMEDIATE_CLOCK, TODAY).limits
    assert (limit.period.amount, limit.firmness) == (2, Firmness.HARD)


def test_deferral_ends_with_the_third_month_and_measures_wait_for_their_day() -> None:
    assert latest_application(date(2026, 11, 30)) == date(2027, 2, 28)
    waits = replace(WHOLE, applies_on=latest_application(TODAY))
    check_move(Stage.ENGAGEMENT, Stage.ADOPTED, Body.COMMISSION, waits)
    with pytest.raises(StageRefused, match="apply from 2027-02-26; wait"):
        check_move(Stage.ADOPTED, Stage.APPLIED, Body.COMMISSION, waits)


def test_a_vote_that_failed_only_closes_and_one_that_carried_goes_on() -> None:
    failed = replace(WHOLE, carried=False)
    assert "can only be closed" in lacking(Stage.DETERMINATION, Stage.ENGAGEMENT, failed)[0]
    assert "go on to engagement" in lacking(Stage.DETERMINATION, Stage.CLOSED, WHOLE)[0]
    for to in (Stage.ENGAGEMENT, Stage.CLOSED):
        unheard = lacking(Stage.DETERMINATION, to, replace(WHOLE, carried=None))
        assert unheard == ("vote: the Council has not voted; record its vote first",)
        waits = replace(WHOLE, carried=None, unvoted=("FI", "LT"), voted_on=date(2026, 11, 27))
        told = lacking(Stage.DETERMINATION, to, waits)
        assert told[0].startswith("vote: of 2 member states nothing is recorded (FI, LT)")
        assert told[1] == "vote: it was taken on 2026-11-27; take the step on that day or later"


def test_a_ground_of_ending_suspends_nothing() -> None:
    held = replace(WHOLE, ground=TerminationGround.CEASED)
    assert lacking(Stage.APPLIED, Stage.SUSPENDED, held)[0].startswith("ground")
    held = replace(WHOLE, ground=SuspensionGround.ENGAGEMENT)
    assert lacking(Stage.APPLIED, Stage.ENDED, held)[0].startswith("ground")


def test_every_stage_is_reached_and_what_is_over_goes_nowhere() -> None:
    reached = {Stage.REQUESTED, *(to for _, to in MOVES)}
    assert reached == set(Stage)
    assert [each for each in Stage if not next_stages(each)] == [Stage.EVALUATED, Stage.CLOSED]
    with pytest.raises(StageRefused, match="goes to nowhere"):
        check_move(Stage.CLOSED, Stage.EXAMINATION, Body.COMMISSION, WHOLE)
    assert lacking(Stage.CLOSED, Stage.EXAMINATION, WHOLE) == ()


def test_what_may_take_longer_has_a_soft_clock_and_the_evaluation_a_hard_one() -> None:
    firm = {
        stage: {limit.firmness for limit in rule_for(clock, TODAY).limits}
        for stage, clock in CLOCKS.items()
    }
    hard = {stage for stage, each in firm.items() if each == {Firmness.HARD}}
    assert hard == {Stage.ENDED}, "Article 8(6) lets an act name a later day than three months"
    assert all(each in ({Firmness.HARD}, {Firmness.SOFT}) for each in firm.values())


def test_another_draft_than_the_adopted_one_does_not_apply() -> None:
    redrafted = replace(WHOLE, redrafted=True)
    with pytest.raises(StageRefused, match="another one than that which was adopted"):
        check_move(Stage.ADOPTED, Stage.APPLIED, Body.COMMISSION, redrafted)
