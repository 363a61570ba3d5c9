"""What notifications, steps and decisions must have; what was known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from undaunted.coercion.screening.rules import (
    AGAINST,
    DECIDABLE,
    DecisionKind,
    DecisionRefused,
    Draft,
    FactorFinding,
    FilingRefused,
    Found,
    Happened,
    InScope,
    Regime,
    Running,
    Said,
    ScreeningStage,
    Side,
    StageRefused,
    Standing,
    Step,
    Turn,
    calendar_of,
    check_cooperation,
    check_decidable,
    check_decision,
    check_filing,
    check_finding,
    check_move,
    factors_for,
    fields,
    missing_fields,
    moves_on,
    next_stages,
    open_version,
    ownership_sealed,
    recourse_until,
    regime_named,
    regime_on,
    regimes,
    step_into,
)
from undaunted.coercion.screening.rules.workflow import MOVES
from undaunted.core.clocks.rules import State, rules

__all__: list[str] = []

EU, MODEL, UK = (regime_named(each) for each in ("eu-2019-452", "model", "uk-nsia"))
REASONS = "The port handles two thirds of the grain that Freedonia imports by sea."
DECIDED = date(2027, 2, 1)
SAID = {
    "ownership": Said("Ruritania holds 51 % of Harbour Holdings", summary="a Ruritanian group"),
    "value": Said("240 million"),
    "business": Said("Ports and storage"),
    "states": Said("XF, XZ"),
    "funding": Said("A loan of the State Bank of Ruritania"),
    "completion": Said("2027-03-01"),
}


def _finding(code: str = "critical-infrastructure", found: Found = Found.PRESENT) -> FactorFinding:
    return FactorFinding(code, found, REASONS, ("document 3",))


def draft_of_kind(kind: DecisionKind = DecisionKind.PROHIBIT, *more: FactorFinding) -> Draft:
    return Draft(
        kind=kind,
        regime=MODEL,
        in_scope=InScope.YES,
        completed=kind is DecisionKind.UNWIND,
        findings=more or (_finding(), _finding("state-control")),
        conditions=int(kind is DecisionKind.CONDITIONS),
        no_less="No condition reaches who would be called on in a crisis of supply.",
        day=DECIDED,
        unwind_by=date(2027, 6, 1) if kind is DecisionKind.UNWIND else None,
    )


@pytest.mark.parametrize("kind", DecisionKind)
def test_a_decision_of_each_kind_can_be_taken_with_a_factor(kind: DecisionKind) -> None:
    check_decision(draft_of_kind(kind))


@pytest.mark.parametrize("kind", AGAINST)
def test_what_the_investor_is_does_not_suffice(kind: DecisionKind) -> None:
    with pytest.raises(DecisionRefused, match="what the investor is does not suffice"):
        check_decision(draft_of_kind(kind, _finding("state-control")))
    check_decision(draft_of_kind(DecisionKind.CLEAR, _finding("state-control", Found.ABSENT)))


def test_nationality_is_a_factor_of_no_regime() -> None:
    for regime in regimes():
        codes = {each.code for each in factors_for(regime)}
        assert codes
        assert "nationality" not in codes
        with pytest.raises(DecisionRefused, match="factor: no factor of"):
            check_finding(regime, _finding("nationality"))
    with pytest.raises(DecisionRefused, match="nationality is none"):
        check_decision(replace(draft_of_kind(), findings=()))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"in_scope": InScope.UNCLEAR}, "scope:"),
        ({"completed": True}, "only unwinding"),
        ({"kind": DecisionKind.UNWIND}, "prohibit it instead"),
        ({"kind": DecisionKind.CONDITIONS}, "conditions: write at least one"),
        ({"conditions": 2}, "conditions: only a decision of that kind"),
        ({"no_less": ""}, "no_less: say why conditions do not suffice"),
        ({"no_less": "No."}, "no_less: give reasons, 40 letters at least"),
        ({"partners": 1}, "utmost_account: say how the comments"),
        ({"partners": 1, "utmost_account": "Read."}, "utmost_account: give reasons, 40 letters"),
        ({"findings": (_finding(found=Found.ABSENT),)}, "at least one that is present"),
        ({"findings": (_finding(), _finding())}, "assessed twice"),
        ({"findings": (replace(_finding(), reasons="Because."),)}, "give reasons"),
        ({"findings": (replace(_finding(), evidence=()),)}, "name the evidence"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_told_what(
    changed: dict[str, Any], says: str
) -> None:
    with pytest.raises(DecisionRefused, match=says):
        check_decision(replace(draft_of_kind(), **changed))


def test_a_finding_that_can_be_kept_is() -> None:
    check_finding(EU, _finding())


def test_recourse_runs_from_the_day_after_and_is_not_made_up() -> None:
    assert recourse_until(UK.recourse[0], date(2026, 11, 26)) == date(2026, 12, 24)
    assert recourse_until(EU.recourse[0], date(2026, 11, 26)) is None


def test_a_whole_notification_is_taken_and_its_open_version_keeps_secrets() -> None:
    check_filing(SAID)
    opened = {each.code: each for each in open_version(SAID)}
    assert set(opened) == {"ownership", "business", "states", "completion"}
    assert not any("State Bank" in each.text or "240" in each.text for each in opened.values())
    kept = {each.code: each for each in open_version(SAID, withhold=("ownership", "business"))}
    assert (kept["ownership"].text, kept["ownership"].withheld) == ("a Ruritanian group", True)
    assert "business" not in kept
    assert ownership_sealed({"ownership", "value"})
    assert not ownership_sealed({"value"})


@pytest.mark.parametrize(
    ("code", "said", "says"),
    [
        ("value", Said(" "), "value: write approximate value"),
        ("business", Said("Ports", secret=True), "business: sum up"),
        ("business", Said("P" * 8001), "8000 letters at most"),
        ("colour", Said("blue"), "colour: there is no such field"),
    ],
)
def test_a_notification_that_lacks_something_is_told_what(code: str, said: Said, says: str) -> None:
    with pytest.raises(FilingRefused, match=says):
        check_filing(SAID | {code: said})


def test_the_six_pieces_of_article_9_are_required() -> None:
    assert missing_fields({}) == tuple(SAID)
    assert [each.source.article for each in fields() if each.required] == [
        f"Article 9(2)({letter})" for letter in "abcdef"
    ]


READY = Standing(
    complete=True, scoped=True, inside=True, proposed=True, other=True, breached=True, reason="so"
)


@pytest.mark.parametrize(("stage", "to"), list(product(ScreeningStage, ScreeningStage)))
def test_only_steps_of_the_table_are_taken_and_only_by_whose_they_are(
    stage: ScreeningStage, to: ScreeningStage
) -> None:
    standing = replace(
        READY,
        conditions=int(to is ScreeningStage.MONITORING),
        breached=to is not ScreeningStage.CLOSED,
    )
    for side in Side:
        move = MOVES.get((stage, to))
        if move is not None and side in move.sides:
            check_move(stage, to, side, standing)
        else:
            with pytest.raises(StageRefused, match="stage: "):
                check_move(stage, to, side, standing)


@pytest.mark.parametrize(
    ("stage", "to", "changed", "says"),
    [
        (ScreeningStage.DRAFT, ScreeningStage.FILED, {"complete": False}, "not complete"),
        (ScreeningStage.FILED, ScreeningStage.SCREENING, {"scoped": False}, "no scope test"),
        (ScreeningStage.FILED, ScreeningStage.SCREENING, {"inside": False}, "no scope test"),
        (ScreeningStage.FILED, ScreeningStage.CLOSED, {"reason": " "}, "say why"),
        (
            ScreeningStage.SCREENING,
            ScreeningStage.DECIDED,
            {"proposed": False},
            "no decision is proposed",
        ),
        (ScreeningStage.INDEPTH, ScreeningStage.DECIDED, {"other": False}, "another person"),
        (ScreeningStage.DECIDED, ScreeningStage.MONITORING, {}, "no condition"),
        (
            ScreeningStage.DECIDED,
            ScreeningStage.CLOSED,
            {"conditions": 1, "breached": False},
            "still run",
        ),
        (
            ScreeningStage.SCREENING,
            ScreeningStage.CLOSED,
            {"unregistered": 1, "breached": False},
            "still run",
        ),
        (ScreeningStage.MONITORING, ScreeningStage.CLOSED, {}, "is broken"),
        (ScreeningStage.MONITORING, ScreeningStage.SCREENING, {"breached": False}, "broken"),
        (
            ScreeningStage.DECIDED,
            ScreeningStage.SCREENING,
            {"breached": False},
            "a court or a body of review",
        ),
    ],
)
def test_a_step_that_is_not_ready_is_refused_and_told_why(
    stage: ScreeningStage, to: ScreeningStage, changed: dict[str, Any], says: str
) -> None:
    (side, *_) = MOVES[stage, to].sides
    with pytest.raises(StageRefused, match=says):
        check_move(stage, to, side, replace(READY, **changed))


def test_every_stage_is_reached_and_every_case_can_end() -> None:
    assert {to for _, to in MOVES} | {ScreeningStage.DRAFT} == set(ScreeningStage)
    assert next_stages(ScreeningStage.CLOSED) == ()
    assert all(
        ScreeningStage.CLOSED in next_stages(each)
        for each in ScreeningStage
        if each is not ScreeningStage.CLOSED
    )
    with pytest.raises(StageRefused, match="nowhere"):
        check_move(ScreeningStage.CLOSED, ScreeningStage.DRAFT, Side.OFFICER, READY)


@pytest.mark.parametrize("stage", ScreeningStage)
def test_nothing_is_decided_of_a_case_but_where_it_can_be_and_once(stage: ScreeningStage) -> None:
    if stage in DECIDABLE:
        check_decidable(stage, proposed=False)
        with pytest.raises(DecisionRefused, match="waits for a second person"):
            check_decidable(stage, proposed=True)
    else:
        with pytest.raises(StageRefused, match=f"stands at {stage}"):
            check_decidable(stage, proposed=False)
        with pytest.raises(StageRefused, match="stands at that place"):
            check_decidable(stage, proposed=True, word="that place")


def test_steps_start_clocks_once() -> None:
    assert step_into(ScreeningStage.FILED, ScreeningStage.SCREENING) is Step.ACCEPTED
    assert step_into(ScreeningStage.MONITORING, ScreeningStage.SCREENING) is None
    assert step_into(ScreeningStage.INDEPTH, ScreeningStage.DECIDED) is Step.DECIDED
    assert step_into(ScreeningStage.DRAFT, ScreeningStage.FILED) is None


def test_a_request_stops_the_comments_and_its_answer_starts_another_period() -> None:
    told = [(each.clock, each.does) for each in moves_on(EU, Step.NOTIFIED)]
    assert told == [("fdi-intent", Turn.START), ("fdi-comments", Turn.START)]
    assert [each.does for each in moves_on(EU, Step.PARTNERS_ASKED)] == [Turn.STOP]
    assert not moves_on(EU, Step.REQUESTED), "a request to the investor stops nothing of partners"
    (started,) = moves_on(EU, Step.PARTNERS_ANSWERED)
    assert (started.clock, started.does) == ("fdi-comments-information", Turn.START)
    (opinion,) = moves_on(EU, Step.COMMENTS_OVER)
    assert opinion.clock == "fdi-opinion-after-comments"


def test_clocks_that_steps_move_are_known_and_can_be_stopped_where_they_are() -> None:
    held = {each.id: each for each in rules()}
    for regime in regimes():
        for move in regime.moves:
            assert move.clock in held, (regime.key, move)
            if move.does is Turn.STOP:
                assert held[move.clock].stoppable, (regime.key, move)
        started = {each.clock for each in regime.moves if each.does is Turn.START}
        assert {each.clock for each in regime.moves} == started


def calendar_told(
    regime: Regime, *steps: tuple[Step, int, int], year: int = 2027
) -> dict[str, Running]:
    happened = [Happened(step, datetime(year, month, day, 12, tzinfo=UTC))
                for step, month, day in steps]  # fmt: skip
    now = datetime(year, 6, 1, tzinfo=UTC)
    return {each.clock: each for each in calendar_of(regime, happened, now=now)}


def test_information_that_is_asked_for_puts_another_period_in_the_place_of_the_first() -> None:
    told = calendar_told(
        EU,
        (Step.NOTIFIED, 3, 1),
        (Step.INTENT, 3, 10),
        (Step.PARTNERS_ASKED, 3, 11),
        (Step.PARTNERS_ASKED, 3, 12),
        (Step.PARTNERS_ANSWERED, 4, 1),
        (Step.COMMENTED, 4, 20),
        (Step.COMMENTED, 4, 22),
        (Step.OPINION, 4, 26),
    )
    deadlines = {name: each.deadline for name, each in told.items()}
    assert {name: each.state for name, each in deadlines.items() if each} == {
        "fdi-intent": State.MET, "fdi-comments-information": State.MET,
    }  # fmt: skip
    assert told["fdi-comments-information"].last_day == date(2027, 4, 21)


def test_a_request_stops_the_first_phase_until_its_answer() -> None:
    steps = (Step.ACCEPTED, 3, 1), (Step.REQUESTED, 3, 11), (Step.ANSWERED, 3, 21)
    assert calendar_told(MODEL, steps[0])["screening-first-phase"].last_day == date(2027, 4, 15)
    stopped = calendar_told(MODEL, *steps)["screening-first-phase"]
    assert stopped.last_day == date(2027, 4, 26)  # the 25th is a Sunday
    again = calendar_told(MODEL, *steps, (Step.ACCEPTED, 4, 1))["screening-first-phase"]
    assert again.last_day == stopped.last_day
    early = calendar_told(regime_named("eu-2026-1386"), steps[0])["fdi-first-phase"]
    assert (early.deadline, early.last_day) == (None, None)


def test_only_regimes_with_a_mechanism_notify_partners() -> None:
    check_cooperation(EU, Step.NOTIFIED)
    check_cooperation(UK, Step.REQUESTED)
    with pytest.raises(StageRefused, match="no mechanism"):
        check_cooperation(regime_on("GB", date(2026, 1, 1)), Step.NOTIFIED)
