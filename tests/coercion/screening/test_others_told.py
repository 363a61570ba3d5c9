"""When a Member State notifies the others and the Commission of an investment, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deals import BEFORE, FROM, port_deal
from tests.coercion.screening.deciding import decision_proposed
from tests.coercion.screening.factories import AT as NOW
from tests.coercion.screening.factories import FIELDS, Scene, make_scene
from tests.coercion.screening.test_casework_rules import calendar_told
from tests.coercion.screening.test_partner_periods import PRESSING
from tests.coercion.screening.test_partners_ended import overturned
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    CasePlan,
    RequestPlan,
    ask_for_information,
    begin_case,
    move_case,
    name_screening_team,
    record_answer,
    record_comment,
    record_scope,
    save_draft,
    send_notice,
    submit_filing,
    take_decision,
    write_notice,
)
from undaunted.coercion.screening.actions.phases import turn_clocks
from undaunted.coercion.screening.actions.telling import told
from undaunted.coercion.screening.analysis.letter_periods import comments_until, notice_deadlines
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.scoping import scopes_on
from undaunted.coercion.screening.commands.sheets import sheet_lines
from undaunted.coercion.screening.models import Scope
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.coercion.screening.rules import (
    DecisionKind,
    Happened,
    InScope,
    Investor,
    Owner,
    ScreeningStage,
    Step,
    calendar_of,
    regime_named,
    regime_on,
    scope_of,
)
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.core.accounts.actions import acting_as
from undaunted.engines.ownership import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.coercion.screening.models import Case, Notice
    from undaunted.coercion.screening.rules import Facts
    from undaunted.core.clocks.actions import Clock

AT = datetime(2028, 2, 1, 12, tzinfo=UTC)
DAY, HOUR = AT.date(), timedelta(hours=1)
NEITHER = {"sanctioned": False, "refused": False}
ALONE = {"union_project": False, "union_group": False}
PRIVATE = Investor(
    "Harbour Holdings",
    "XZ",
    (Owner("A family of Ruritania", "XR", Answer.MUST, is_state=False),),
    complete=True,
)
SHORT, LONG = "fdi-2026-notify", "fdi-2026-notify-in-depth"


def private(flags: dict[str, bool], day: date = DAY) -> Facts:
    """Give the deal of the port where no state controls the investor."""
    return replace(port_deal(day, flags), investor=PRIVATE)


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        (port_deal(FROM, NEITHER | ALONE), {"told-state": InScope.YES}),
        (private(NEITHER | ALONE, FROM), {}),
        (private({"sanctioned": True} | ALONE, FROM), {"told-record": InScope.YES}),
        (private({"refused": True} | ALONE, FROM), {"told-record": InScope.YES}),
        (private(ALONE, FROM), {"told-record": InScope.UNCLEAR}),
        (private(NEITHER | {"union_group": True}, FROM), {"told-in-depth": InScope.YES}),
        (private(NEITHER | {"union_project": True}, FROM), {"told-in-depth": InScope.YES}),
    ],
)
def test_the_law_says_of_which_investments_the_others_are_told(
    facts: Facts, rows: dict[str, InScope]
) -> None:
    found = scope_of(regime_on("EU", FROM), facts)
    assert {each.row.id: each.met for each in found.told} == rows
    assert [each.row.id for each in found.deciding] == ["minimum-scope", "other-sectors"]
    assert found.missing == ()


def test_what_is_left_out_or_needs_no_authorisation_is_not_told_for_the_investors_sake() -> None:
    union = regime_on("EU", FROM)
    whole = port_deal(FROM, NEITHER | ALONE)
    other = replace(whole, target=replace(whole.target, sectors=frozenset({"media"})))
    group = replace(whole, kind=type(whole.kind).RESTRUCTURING, flags=whole.flags | {
        "newcomer": False, "participation": True})  # fmt: skip
    assert scope_of(union, other).told == ()
    assert scope_of(union, group).told == ()
    assert scope_of(regime_on("EU", BEFORE), port_deal(BEFORE)).told == ()


def test_both_periods_are_counted_from_the_filing() -> None:
    steps = [Happened(Step.ACCEPTED, AT), Happened(Step.IN_DEPTH, AT + timedelta(days=20))]
    law = regime_named("eu-2026-1386")
    ends = {each.clock: each.last_day for each in calendar_of(law, steps, now=AT)}
    assert (ends[SHORT], ends[LONG]) == (date(2028, 2, 16), date(2028, 3, 17))
    all_of_them = [*steps, Happened(Step.NOTIFIED, AT + timedelta(days=30))]
    running = calendar_of(law, all_of_them, now=AT + timedelta(days=40))
    held = {each.clock: each.deadline for each in running}
    short, long = held[SHORT], held[LONG]
    assert short is not None
    assert long is not None
    assert (short.state, long.state) == ("late", "met")


def test_partners_have_periods_of_their_own_under_the_regulation_of_2026() -> None:
    later, steps = regime_named("eu-2026-1386"), [(Step.NOTIFIED, 2, 1), (Step.INTENT, 2, 10)]
    told = calendar_told(later, *steps, year=2028)
    assert {name: each.last_day for name, each in told.items()} == {
        "fdi-2026-intent": date(2028, 2, 21), "fdi-2026-comments": date(2028, 3, 2),
    }  # fmt: skip
    steps += [
        (Step.PARTNERS_ASKED, 2, 11),
        (Step.PARTNERS_ANSWERED, 3, 1),
        (Step.COMMENTED, 3, 9),
    ]
    told = calendar_told(later, *steps, year=2028)
    assert set(told) == {
        "fdi-2026-intent", "fdi-2026-comments", "fdi-2026-comments-information",
    }  # fmt: skip
    assert told["fdi-2026-comments"].last_day == date(2028, 3, 2), "of those who did not ask"
    ended = told["fdi-2026-comments-information"]
    assert ended.deadline is not None
    assert (ended.last_day, ended.deadline.state) == (date(2028, 3, 27), "met")


@pytest.fixture
def ahead(owner_sql: Callable[..., Any]) -> Iterator[None]:
    """Let a case be recorded in 2028: the database dates what is recorded by its own clock."""
    (held,) = owner_sql("SELECT pg_get_functiondef('screening_now'::regproc)")[0]
    owner_sql(held.replace("interval '1 minute'", "interval '9 years'"))
    try:
        yield
    finally:
        owner_sql(held)


@pytest.fixture
def scene(owner_sql: Any, ahead: None) -> Scene:
    del ahead
    return _filed(owner_sql, DAY)


def _filed(owner_sql: Any, received_on: date) -> Scene:
    """Give a case of 2028 that was filed on a day."""
    made = make_scene(owner_sql)
    with acting_as(made.own.documenter) as actor:
        plan = CasePlan("port-2028", "Port of Strelsau (invented)", "XF")
        case = begin_case(made.own.id, plan, actor=actor, at=AT)
        assert made.own.team is not None
        case = name_screening_team(case, made.own.team, actor=actor, at=AT)
        save_draft(case, FIELDS, actor=actor, at=AT)
        submit_filing(case, received_on=received_on, actor=actor, at=AT)
        case.refresh_from_db()
        made.case = case
    return made


def _accepted(scene: Scene, facts: Facts) -> Case:
    with acting_as(scene.own.documenter) as actor:
        record_scope(scene.case, facts, actor=actor, at=AT)
        scene.case = move_case(scene.case, ScreeningStage.SCREENING, actor=actor, at=AT + 48 * HOUR)
    return scene.case


def _in_depth(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        scene.case = move_case(
            scene.case,
            ScreeningStage.INDEPTH,
            reason="Doubts stay",
            actor=actor,
            at=AT + 480 * HOUR,
        )


def _notified(scene: Scene, at: datetime) -> Notice:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=at)
    with acting_as(scene.own.publisher) as actor:
        return send_notice(notice, actor=actor, at=at)


def _clocks(scene: Scene) -> dict[str, Clock]:
    with acting_as(scene.own.documenter) as actor:
        return {c.rule: c for c in clocks_of(actor, scene.case) if c.rule in {SHORT, LONG}}


@pytest.mark.usefixtures("ledger")
def test_a_case_that_a_state_stands_behind_tells_the_others_within_fifteen_days(
    scene: Scene,
) -> None:
    _accepted(scene, port_deal(DAY, NEITHER | ALONE))
    (clock,) = _clocks(scene).values()
    assert (clock.rule, clock.started_at.date()) == (SHORT, DAY), "of the filing, not of its taking"
    with acting_as(scene.own.documenter) as actor:
        lines = list(sheet_lines(case_as_known(actor, scene.case, AT + 49 * HOUR)))
        assert any("others told, yes: A third country controls" in each for each in lines)
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT + 50 * HOUR)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT + 51 * HOUR)
    (clock,) = _clocks(scene).values()
    assert clock.met_at is not None
    _in_depth(scene)
    assert set(_clocks(scene)) == {SHORT}, "who was notified is not notified again"


@pytest.mark.usefixtures("ledger")
def test_an_in_depth_investigation_tells_the_others_within_45_days_of_the_filing(
    scene: Scene,
) -> None:
    _accepted(scene, private(NEITHER | {"union_group": True}))
    assert not _clocks(scene), "no state, no sanctions, no refusal"
    _in_depth(scene)
    (clock,) = _clocks(scene).values()
    assert (clock.rule, clock.started_at.date()) == (LONG, DAY)
    assert clock.reckon(AT).limits[0].last_day == date(2028, 3, 17)


@pytest.mark.usefixtures("ledger")
def test_a_question_of_one_partner_takes_no_time_from_the_others(scene: Scene) -> None:
    _accepted(scene, port_deal(DAY, NEITHER | ALONE))
    begun = AT + 50 * HOUR
    _notified(scene, begun)
    with acting_as(scene.own.documenter) as actor:
        before = clocks_of(actor, scene.case).get(rule="fdi-2026-comments").due_at
        record_comment(
            scene.case, "Who funds it?", author="Syldavia", kind=CommentKind.QUESTION,
            received_on=begun.date(), actor=actor, at=begun + HOUR,
        )  # fmt: skip
        plan = RequestPlan("Harbour Holdings", "Who funds it?", for_partners=True)
        request = ask_for_information(scene.case, plan, actor=actor, at=begun + 24 * HOUR)
        waits = [e.law for e in partner_periods(actor, scene.case, begun + 25 * HOUR) if not e.due]
        assert any("Article 11(3)(a)" in law for law in waits), "while it waits, no time is over"
        answered = begun + 48 * HOUR
        came = AnswerPlan(answered.date(), "A bank (invented)")
        record_answer(request, came, actor=actor, at=answered)
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert not held["fdi-2026-comments"].closed
        assert held["fdi-2026-comments"].stopped_since is None
        assert held["fdi-2026-comments"].due_at == before
        assert not held["fdi-2026-comments-information"].closed


@pytest.mark.usefixtures("ledger")
def test_nobody_is_told_of_what_no_row_names_until_a_later_test_does(scene: Scene) -> None:
    _accepted(scene, private(NEITHER | ALONE))
    _in_depth(scene)
    assert not _clocks(scene)
    with acting_as(scene.own.documenter) as actor:
        later = AT + 500 * HOUR
        record_scope(scene.case, private({"sanctioned": True} | ALONE), actor=actor, at=later)
    assert set(_clocks(scene)) == {SHORT}


@pytest.mark.usefixtures("ledger")
def test_who_was_notified_before_a_decision_is_not_notified_again_after_it(scene: Scene) -> None:
    _accepted(scene, private(NEITHER | ALONE))
    _notified(scene, AT + 50 * HOUR)
    clear: dict[str, Any] = {"kind": DecisionKind.CLEAR, "conditions": ()}
    row = decision_proposed(scene, AT + 51 * HOUR, urgent=PRESSING, **clear)
    with acting_as(scene.own.publisher) as actor:
        row = take_decision(row, actor=actor, at=AT + 52 * HOUR)
    later = AT + 60 * 24 * HOUR
    overturned(scene, row, later, lodged_on=row.day)
    with acting_as(scene.own.documenter) as actor:
        assert not partner_periods(actor, scene.case, later)
        record_scope(scene.case, private({"sanctioned": True} | ALONE), actor=actor, at=later)
    assert not _clocks(scene)


@pytest.mark.usefixtures("ledger", "ahead")
def test_what_was_being_screened_when_the_law_changed_has_no_period_of_the_new_one(
    owner_sql: Any,
) -> None:
    scene = _filed(owner_sql, BEFORE)
    _accepted(scene, port_deal(DAY, NEITHER | {"union_group": True}))
    _in_depth(scene)
    assert not _clocks(scene)
    steps = [Happened(Step.ACCEPTED, AT - timedelta(days=20)), Happened(Step.IN_DEPTH, AT)]
    told = {each.clock: each for each in calendar_of(regime_named("eu-2026-1386"), steps, now=AT)}
    assert told[LONG].deadline is None


@pytest.mark.usefixtures("ledger", "ahead")
@pytest.mark.parametrize("package", [False, True])
def test_partners_of_a_case_across_the_change_have_the_periods_of_its_law(
    owner_sql: Any, *, package: bool
) -> None:
    scene = _filed(owner_sql, BEFORE)
    _accepted(scene, port_deal(BEFORE))
    at = AT + 50 * HOUR
    with acting_as(scene.own.documenter) as actor:
        until = comments_until(actor, case_as_known(actor, scene.case, at), at)
        if package:
            turn_clocks(scene.case, Step.NOTIFIED, on=at.date(), actor=actor, at=at)
    if not package:
        notice = _notified(scene, at)
        assert notice.laws == ["eu-2019-452", "model"]
    with acting_as(scene.own.publisher) as actor:
        clocks = {c.rule: c for c in clocks_of(actor, scene.case)}
        assert not [rule for rule in clocks if rule.startswith("fdi-2026")]
        ends = {
            rule: clocks[rule].reckon(at).limits[0].last_day
            for rule in ("fdi-comments", "screening-partners")
        }
        assert until == min(each for each in ends.values() if each)
        if not package:
            told = {each.line.title: each.due for each in notice_deadlines(actor, notice)}
            assert (
                told["Member States comment and Commission gives its opinion"]
                == ends["fdi-comments"]
            )


@pytest.mark.usefixtures("ledger")
def test_what_nobody_has_said_lets_the_shorter_period_run(scene: Scene) -> None:
    _accepted(scene, private({}))
    assert set(_clocks(scene)) == {SHORT}


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("facts", "said", "asked"),
    [
        (port_deal(FROM, NEITHER | ALONE),
         "<strong>A third country controls the investor: the other Member States", False),
        (private(ALONE, FROM), "<p>The investor is under sanctions of the Union, or was", True),
    ],
)  # fmt: skip
def test_the_page_of_a_case_tells_by_which_row_the_others_are_notified(
    owner_sql: Any, facts: Facts, said: str, *, asked: bool
) -> None:
    """A page tells what is known by now, so the answer of 2028 is recorded at the day of today."""
    made = make_scene(owner_sql)
    (answer,) = scopes_on("XZ", facts)
    with acting_as(made.own.documenter) as actor:
        told(Scope, made.case, "case.scope_recorded", actor=actor, at=NOW, **answer)
    page = signed_in_client(made.own.documenter)
    shown = page.get(f"/desk/screening/cases/{made.case.pk}/").content.decode()
    assert said in shown
    assert ("is under sanctions of the Union</li>" in shown) is asked
