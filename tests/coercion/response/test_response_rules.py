"""Stages, votes, burden and pledges, wholly."""

from __future__ import annotations

import copy
import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.coercion.response.readers import ScenarioRefused, episode_of
from undaunted.coercion.response.readers.episodes import PACKS
from undaunted.coercion.response.rules import (
    CLOCKS,
    MOVES,
    BurdenKey,
    Carrier,
    Choice,
    DecisionRule,
    MeasureClass,
    OffRampPlan,
    PledgeFrozen,
    PledgeKind,
    PledgePlan,
    ResponseRefused,
    ResponseStage,
    Side,
    StageRefused,
    Standing,
    Voting,
    burden_table,
    check_declaring,
    check_delivery,
    check_ending,
    check_findings,
    check_move,
    check_pledging,
    checked_amount,
    checked_key,
    checked_pledge,
    checked_text,
    class_of,
    ending_proposed,
    next_stages,
    tally,
)
from undaunted.core.standards.rules import Finding, Value

if TYPE_CHECKING:
    from random import Random

A, B, C = (UUID(int=number) for number in (1, 2, 3))
WEIGHTS = {A: 1, B: 2, C: 3}
READY = Standing(assessments=1, pledges=1, adopted=True, reason="over")
CHAIR = frozenset({Side.CHAIR})
SHIPPED = tomllib.loads((PACKS / "lithuania-2021.toml").read_text(encoding="utf-8"))
STRANGE: tuple[Any, ...] = (
    None, 5, 0.5, True, "", [], {}, "x", [1], [[1]], [{}], {"a": 1}, [None], {"text": []},
    [{"sources": 5}], [{"id": []}], [{"sources": [[]]}],
)  # fmt: skip


def test_the_whole_way_is_gone_by_the_chair() -> None:
    way = tuple(ResponseStage)
    for stage, to in pairwise(way):
        check_move(stage, to, CHAIR, READY)
    assert next_stages(ResponseStage.CLOSED) == ()
    assert set(CLOCKS) == set(ResponseStage) - {ResponseStage.CLOSED}
    assert {stage for stage, _ in MOVES} == set(CLOCKS)


@pytest.mark.parametrize(
    ("stage", "to", "sides", "standing", "why"),
    [
        (ResponseStage.INVOKED, ResponseStage.DECIDING, CHAIR, READY, "goes to consulting, closed"),
        (ResponseStage.CLOSED, ResponseStage.INVOKED, CHAIR, READY, "goes to nowhere"),
        (
            ResponseStage.CONSULTING,
            ResponseStage.ASSESSING,
            {Side.INVOKER, Side.MEMBER},
            READY,
            "by the chair",
        ),
        (ResponseStage.PLEDGING, ResponseStage.CLOSED, {Side.MEMBER}, READY, "chair or invoker"),
        (
            ResponseStage.INVOKED,
            ResponseStage.CLOSED,
            {Side.INVOKER},
            Standing(reason=" "),
            "say why",
        ),
        (ResponseStage.ASSESSING, ResponseStage.PLEDGING, CHAIR, Standing(pledges=1), "assessment"),
        (ResponseStage.PLEDGING, ResponseStage.DECIDING, CHAIR, Standing(assessments=1), "pledge"),
        (ResponseStage.DECIDING, ResponseStage.MONITORING, CHAIR, Standing(), "two people"),
        (
            ResponseStage.DECIDING,
            ResponseStage.MONITORING,
            CHAIR,
            Standing(adopted=False),
            "two people",
        ),
        (ResponseStage.DECIDING, ResponseStage.CLOSED, CHAIR, READY, "two people"),
        (
            ResponseStage.DECIDING,
            ResponseStage.CLOSED,
            CHAIR,
            Standing(reason="lost"),
            "two people",
        ),
    ],
)
def test_step_is_refused_with_what_to_do(
    stage: ResponseStage, to: ResponseStage, sides: set[Side], standing: Standing, why: str
) -> None:
    with pytest.raises(StageRefused, match=why):
        check_move(stage, to, sides, standing)


def test_invoker_begins_the_consultation_and_a_lost_vote_is_closed() -> None:
    check_move(ResponseStage.INVOKED, ResponseStage.CONSULTING, {Side.INVOKER}, Standing())
    check_move(
        ResponseStage.DECIDING,
        ResponseStage.CLOSED,
        CHAIR,
        Standing(adopted=False, reason="no majority"),
    )


def test_pledges_are_frozen_with_the_vote() -> None:
    for stage in (None, ResponseStage.CONSULTING, ResponseStage.PLEDGING):
        check_pledging(stage)
    for stage in (ResponseStage.DECIDING, ResponseStage.MONITORING, ResponseStage.CLOSED):
        with pytest.raises(PledgeFrozen, match=str(stage)):
            check_pledging(stage)


@pytest.mark.parametrize(
    ("rule", "votes", "adopted"),
    [
        (DecisionRule(Voting.UNANIMITY, 100), {A: "yes", B: "yes", C: "abstain"}, True),
        (DecisionRule(Voting.UNANIMITY, 100), {A: "yes", B: "yes"}, False),
        (DecisionRule(Voting.UNANIMITY, 50), {A: "yes", B: "no", C: "yes"}, False),
        (DecisionRule(Voting.UNANIMITY, 50), {A: "abstain", B: "abstain"}, False),
        (DecisionRule(Voting.MAJORITY, 60), {A: "yes", B: "no"}, False),
        (DecisionRule(Voting.MAJORITY, 60), {A: "yes", B: "abstain"}, True),
        (DecisionRule(Voting.MAJORITY, 67), {A: "yes", B: "yes"}, False),
        (DecisionRule(Voting.MAJORITY, 66), {A: "yes", B: "yes"}, True),
        (DecisionRule(Voting.WEIGHTED, 1, 50), {C: "yes"}, True),
        (DecisionRule(Voting.WEIGHTED, 1, 51), {C: "yes"}, False),
        (DecisionRule(Voting.WEIGHTED, 1, 1), {C: "abstain"}, False),
        (DecisionRule(Voting.MAJORITY, 1), {}, False),
    ],
)
def test_votes_decide(rule: DecisionRule, votes: dict[UUID, str], *, adopted: bool) -> None:
    counted = tally(rule, WEIGHTS, {who: Choice(vote) for who, vote in votes.items()})
    assert counted.adopted is adopted
    assert counted.yes + counted.no + counted.abstained + counted.absent == len(WEIGHTS)


def test_vote_of_no_member_and_shares_that_are_none_are_refused() -> None:
    with pytest.raises(ResponseRefused, match="no member"):
        tally(DecisionRule(Voting.MAJORITY, 50), {A: 1}, {B: Choice.YES})
    with pytest.raises(ResponseRefused, match="quorum"):
        DecisionRule(Voting.MAJORITY, 0)
    with pytest.raises(ResponseRefused, match="threshold"):
        DecisionRule(Voting.WEIGHTED, 50, 101)


@given(
    st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from(Choice)),
    st.sampled_from([A, B, C]),
    st.sampled_from(Voting),
)
@settings(max_examples=60)
def test_one_more_yes_in_place_of_a_no_never_loses_a_vote(
    votes: dict[UUID, Choice], turned: UUID, voting: Voting
) -> None:
    rule = DecisionRule(voting, 50, 50)
    before = tally(rule, WEIGHTS, {**votes, turned: Choice.NO})
    after = tally(rule, WEIGHTS, {**votes, turned: Choice.YES})
    assert after.adopted or not before.adopted


def test_burden_is_shared_by_the_stated_key() -> None:
    carriers = [
        Carrier("Syldavia", Decimal(300), None, Decimal(10)),
        Carrier("Freedonia", Decimal(100), Decimal(5), Decimal(30), Decimal(12)),
        Carrier("Zubrowka", None, None),
    ]
    first, second, third = burden_table(carriers, BurdenKey.GDP)
    assert (first.share, first.fair, first.above) == (Decimal("0.75"), Decimal(30), Decimal(-20))
    assert (second.fair, second.outstanding) == (Decimal(10), Decimal(18))
    assert (third.value, third.share, third.above) == (None, None, None)
    assert third.outstanding == 0
    equal = burden_table(carriers, BurdenKey.EQUAL)
    assert sum(row.fair or 0 for row in equal) == pytest.approx(Decimal(40))
    assert [row.share for row in burden_table(carriers, BurdenKey.EXPOSURE)] == [None, 1, None]
    assert burden_table([carriers[2]], BurdenKey.GDP)[0].share is None


def test_every_member_goes_on_once_the_time_of_a_stage_is_over() -> None:
    member = frozenset({Side.MEMBER})
    with pytest.raises(StageRefused, match="by every member once the time"):
        check_move(ResponseStage.CONSULTING, ResponseStage.ASSESSING, member, READY)
    check_move(
        ResponseStage.CONSULTING, ResponseStage.ASSESSING, member, replace(READY, overdue=True)
    )
    with pytest.raises(StageRefused, match="taken by the chair"):
        check_move(
            ResponseStage.CONSULTING, ResponseStage.ASSESSING, (), replace(READY, overdue=True)
        )
    with pytest.raises(StageRefused, match="2 of the members"):
        check_declaring(2, overdue=False)
    check_declaring(2, overdue=True)
    check_declaring(0, overdue=False)


def test_measure_ends_once_it_is_in_force() -> None:
    check_ending(ResponseStage.MONITORING)
    check_ending(ResponseStage.CLOSED)
    with pytest.raises(PledgeFrozen, match="until it is decided"):
        check_ending(ResponseStage.DECIDING)
    for stage in (None, ResponseStage.PLEDGING):
        with pytest.raises(StageRefused, match="take it back"):
            check_ending(stage)


def test_finding_is_called_met_for_a_reason() -> None:
    check_findings({"aim": Finding(Value.MET, ("Said so",)), "measure": Finding(Value.UNCLEAR)})
    for reasons in ((), (" ",)):
        with pytest.raises(ResponseRefused, match="aim: it is called met"):
            check_findings({"aim": Finding(Value.MET, reasons)})
    with pytest.raises(ResponseRefused, match="1201 letters"):
        check_findings({"aim": Finding(Value.NOT_MET, ("x" * 1201,))})


def test_delivery_lies_within_the_time_and_the_amount_of_a_measure() -> None:
    within: dict[str, Any] = {"first": date(2026, 1, 2), "last": date(2026, 1, 4)}
    check_delivery(date(2026, 1, 2), None, left=Decimal(0), **within)
    check_delivery(date(2026, 1, 4), Decimal(5), left=Decimal(5), **within)
    check_delivery(date(2026, 1, 3), Decimal(5), left=None, **within)
    for day, amount, why in ((1, 1, "before"), (5, 1, "ahead"), (3, 6, "5 of what")):
        with pytest.raises(ResponseRefused, match=why):
            check_delivery(date(2026, 1, day), Decimal(amount), left=Decimal(5), **within)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e16", "9999999999999999.999", "0.001"])
def test_amount_that_cannot_be_kept_is_refused(amount: str) -> None:
    with pytest.raises(ResponseRefused, match=r"gdp: .* cannot be kept"):
        checked_amount("gdp", Decimal(amount))
    assert checked_amount("gdp", None) is None
    assert checked_amount("gdp", Decimal("0.10")) == Decimal("0.1")


def test_texts_and_short_names_are_kept_to_what_every_door_takes() -> None:
    assert checked_text("text", " said ") == "said"
    for text in ("x" * 1201, "a\x00b", "\ud800"):
        with pytest.raises(ResponseRefused, match="text: it h"):
            checked_text("text", text)
    assert checked_key("key", "a-1") == "a-1"
    for key in ("", "a b/c", "A", "a" * 61):
        with pytest.raises(ResponseRefused, match="key: 60 small letters"):
            checked_key("key", key)


def test_pledge_says_basis_trigger_and_end() -> None:
    whole = PledgePlan(PledgeKind.TRADE, "duty", "act", "vote", "open")
    assert checked_pledge(whole) is whole
    with pytest.raises(ResponseRefused) as refused:
        checked_pledge(PledgePlan(PledgeKind.CREDIT, " ", "", "", ""))
    for name in ("text", "legal_basis", "trigger", "off_ramp", "amount: solidarity"):
        assert name in str(refused.value)
    with pytest.raises(ResponseRefused, match="above nought"):
        checked_pledge(PledgePlan(PledgeKind.TRADE, "a", "b", "c", "d", amount=Decimal(-1)))
    checked_pledge(PledgePlan(PledgeKind.QUOTA, "a", "b", "c", "d"))
    assert class_of(PledgeKind.QUOTA) is MeasureClass.SOLIDARITY
    assert class_of(PledgeKind.DIVESTMENT) is MeasureClass.MEASURE


def test_confirmed_condition_proposes_the_end_of_a_measure_in_force() -> None:
    assert ending_proposed(confirmed=1, ended=False)
    assert not ending_proposed(confirmed=1, ended=True)
    assert not ending_proposed(confirmed=0, ended=False)
    assert OffRampPlan("a", "b", "XF").confirmer == "XF"


@given(st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_episode_of_any_shape_is_refused_or_read_and_never_breaks(random: Random) -> None:
    held: Any = copy.deepcopy(SHIPPED)
    node = held
    for _ in range(random.randrange(1, 5)):
        key = random.choice(list(node)) if isinstance(node, dict) else random.randrange(len(node))
        inner = node[key]
        if random.random() < 0.4 or not isinstance(inner, dict | list) or not inner:
            node[key] = random.choice(STRANGE)
            break
        node = inner
    with suppress(ScenarioRefused):
        assert episode_of(held, where="any").target
