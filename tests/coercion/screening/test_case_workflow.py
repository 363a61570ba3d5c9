"""A case from its scope to its end: two people decide, on factors; what was known stays known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.factories import AT, HOUR, Scene, make_scene
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    AssessmentPlan,
    CheckPlan,
    DecisionPlan,
    FactPlan,
    ListLook,
    MitigationPlan,
    RequestPlan,
    ask_for_information,
    assess_factor,
    comment_on_notice,
    correct_assessment,
    end_mitigation,
    move_case,
    propose_decision,
    record_answer,
    record_check,
    record_comment,
    record_fact,
    record_list_check,
    record_mitigation,
    record_recourse,
    record_scope,
    record_step,
    return_decision,
    send_notice,
    take_decision,
    withdraw_notice,
    write_notice,
)
from undaunted.coercion.screening.analysis.phases import calendars_from
from undaunted.coercion.screening.analysis.standing import measure_standing
from undaunted.coercion.screening.queries import (
    case_as_known,
    clocks_of,
    decision_for,
    notice_for,
    notices_received,
)
from undaunted.coercion.screening.rules import (
    ConditionStanding,
    DecisionKind,
    DecisionRefused,
    Found,
    Mitigation,
    MitigationRefused,
    Outcome,
    ScreeningRefused,
    SourceStatus,
    Stage,
    StageRefused,
    Step,
)
from undaunted.coercion.screening.rules.casework import (
    CommentKind,
    EvidenceKind,
    FactKind,
    Judgement,
    ListStanding,
)
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Assessment, Decision, Fact

pytestmark = pytest.mark.usefixtures("ledger")

DAY = date(2026, 11, 20)
REASONS = "The only container port of the country would answer to another state (invented)."
STATE = FactPlan(
    FactKind.STATE, "XR-HOLDING", "Its board is named by the Chancellery (invented)",
    "Gazette of Ruritania 2020, no. 4", "XR", date(2020, 1, 1), SourceStatus.SECONDARY,
)  # fmt: skip


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    """Give a case that is screened under the model regime."""
    made = make_scene(owner_sql)
    with acting_as(made.own.documenter) as actor:
        record_scope(made.case, port_deal(DAY), actor=actor, at=AT)
        made.case = move_case(made.case, Stage.SCREENING, actor=actor, at=AT)
    return made


def _assessed(scene: Scene, actor: Any, at: Any = AT) -> tuple[Fact, Assessment]:
    fact = record_fact(scene.case, STATE, actor=actor, at=at)
    plan = _plan(("critical-infrastructure", (EvidenceKind.FACT, fact.pk)))
    return fact, assess_factor(scene.case, plan, actor=actor, at=at)


def _plan(told: tuple[str, tuple[EvidenceKind, Any]], **more: Any) -> AssessmentPlan:
    code, evidence = told
    return AssessmentPlan("model", code, Found.PRESENT, REASONS, (evidence,), **more)


def _proposed(scene: Scene, at: Any = AT, **more: Any) -> Decision:
    with acting_as(scene.own.documenter) as actor:
        _, assessment = _assessed(scene, actor, at)
        told: dict[str, Any] = {
            "kind": DecisionKind.CONDITIONS,
            "conditions": ("The port's data stay in Freedonia (invented).",),
            "factors": (assessment.pk,),
        } | more
        plan = DecisionPlan(regime="model", reasons=REASONS, day=at.date(), **told)
        return propose_decision(scene.case, plan, actor=actor, at=at)


def _taken(scene: Scene, at: Any = AT) -> Decision:
    proposed = _proposed(scene, at)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        taken = take_decision(held, actor=actor, at=at)
        scene.case.refresh_from_db()
    return taken


def test_right_regime_by_date_and_both_calendars(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT)
        assert [(row.regime, row.outcome) for row in sheet.scopes] == [
            ("eu-2019-452", "unclear"), ("model", "yes"),
        ]  # fmt: skip
        assert sheet.scopes[0].missing[0]["asks"]
        assert any(row["decides"] and row["law"] for row in sheet.scopes[1].rows)
        before, after = date(2028, 1, 14), date(2028, 1, 17)
        lines = calendars_from(actor, "XF", before, after, now=AT)
        told = {(line.regime.key, line.since) for line in lines}
        assert told == {
            ("eu-2019-452", before), ("model", before), ("eu-2026-1386", after), ("model", after),
        }  # fmt: skip
        ends = {line.phase.clock: line.deadline for line in lines}
        assert ends["fdi-first-phase"] is not None
        assert ends["fdi-first-phase"].limits[0].last_day == date(2028, 3, 2)


def test_request_stops_the_periods_and_a_complete_answer_lets_them_go_on(scene: Scene) -> None:
    def stopped(actor: Any) -> dict[str, bool]:
        return {row.rule: row.stopped_since is not None for row in clocks_of(actor, scene.case)}

    with acting_as(scene.own.documenter) as actor:
        assert stopped(actor) == {"screening-first-phase": False}
        ask = RequestPlan("Morava Shell NV", "Who appoints the board?", DAY, stops=True)
        request = ask_for_information(scene.case, ask, actor=actor, at=AT + HOUR)
        assert stopped(actor) == {"screening-first-phase": True}
        part = AnswerPlan(DAY, "A part (invented)", complete=False, kept="Names (invented)")
        record_answer(request, part, actor=actor, at=AT + 2 * HOUR)
        assert stopped(actor) == {"screening-first-phase": True}
        record_answer(request, AnswerPlan(DAY, "The rest"), actor=actor, at=AT + 3 * HOUR)
        assert stopped(actor) == {"screening-first-phase": False}
        sheet = case_as_known(actor, scene.case, AT + 3 * HOUR)
        assert [row.kept for row in sheet.answers_to(request)] == [True, False]
        with pytest.raises(ScreeningRefused, match="text: it is empty"):
            record_answer(request, AnswerPlan(DAY), actor=actor, at=AT)


def test_case_is_screened_once_it_was_found_in_scope(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(StageRefused, match="no scope test found it in scope"):
            move_case(scene.case, Stage.SCREENING, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="reason: say why"):
            move_case(scene.case, Stage.CLOSED, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="nobody moves a case to decided"):
            move_case(scene.case, Stage.DECIDED, actor=actor, at=AT)
        closed = move_case(scene.case, Stage.CLOSED, reason="Withdrawn", actor=actor, at=AT)
        with pytest.raises(ScreeningRefused, match="case: it is closed"):
            record_fact(closed, STATE, actor=actor, at=AT)


def test_nobody_decides_without_a_factor_or_on_nationality_alone(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        fact, critical = _assessed(scene, actor)
        state = assess_factor(
            scene.case, _plan(("state-control", (EvidenceKind.FACT, fact.pk))), actor=actor, at=AT
        )
        base: dict[str, Any] = {"regime": "model", "reasons": REASONS, "day": DAY}
        for more, says in (
            ({"kind": DecisionKind.CLEAR, "factors": ()}, "nationality is none"),
            ({"kind": DecisionKind.PROHIBIT, "factors": (state.pk,), "no_less": REASONS},
             "what the investor is does not suffice"),
            ({"kind": DecisionKind.CONDITIONS, "factors": (critical.pk,)}, "write at least one"),
            ({"kind": DecisionKind.PROHIBIT, "factors": (critical.pk,)}, "no_less: say why"),
            ({"kind": DecisionKind.CLEAR, "factors": (fact.pk,)}, "does not stand"),
        ):  # fmt: skip
            with pytest.raises(DecisionRefused, match=says):
                propose_decision(scene.case, DecisionPlan(**base, **more), actor=actor, at=AT)
        with pytest.raises(DecisionRefused, match="no factor of"):
            assess_factor(scene.case, _plan(("nationality", (EvidenceKind.FACT, fact.pk))),
                          actor=actor, at=AT)  # fmt: skip
        with pytest.raises(ScreeningRefused, match="assessed already"):
            _assessed(scene, actor)
        with pytest.raises(ScreeningRefused, match="the case holds no stake"):
            assess_factor(scene.case, _plan(("media", (EvidenceKind.STAKE, fact.pk))),
                          actor=actor, at=AT)  # fmt: skip


def test_decision_is_taken_by_a_second_person_and_ends_the_periods(scene: Scene) -> None:
    proposed = _proposed(scene, kept="The berth fee decides it (invented)")
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(Forbidden):
            take_decision(proposed, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="a decision is proposed"):
            move_case(scene.case, Stage.INDEPTH, reason="x", actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        taken = take_decision(held, actor=actor, at=AT + HOUR)
        assert taken.recourse[0]["body"]
        with pytest.raises(DecisionRefused, match="taken or sent back before"):
            take_decision(taken, actor=actor, at=AT + HOUR)
        sheet = case_as_known(actor, scene.case, AT + HOUR)
        assert (sheet.stage, sheet.decision) == ("decided", taken)
        assert case_as_known(actor, scene.case, AT).proposed == taken
        assert all(row.closed for row in clocks_of(actor, scene.case))
    for who in (scene.partner, scene.stranger):
        with acting_as(who.publisher) as actor:
            assert decision_for(actor, proposed.pk) is None
            with pytest.raises(Forbidden):
                take_decision(proposed, actor=actor, at=AT)


def test_decision_is_sent_back_with_a_reason_and_proposed_anew(scene: Scene) -> None:
    proposed = _proposed(scene)
    with acting_as(scene.own.publisher) as actor:
        held = decision_for(actor, proposed.pk)
        assert held is not None
        with pytest.raises(ScreeningRefused, match="why: it is empty"):
            return_decision(held, "", actor=actor, at=AT)
        return_decision(held, "Ask the port first", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        sheet = case_as_known(actor, scene.case, AT + HOUR)
        assert sheet.proposed is None
        plan = DecisionPlan("model", DecisionKind.CLEAR, REASONS, (sheet.assessments[0].pk,), DAY)
        again = propose_decision(scene.case, plan, actor=actor, at=AT + 2 * HOUR)
        correct_assessment(
            sheet.assessments[0],
            _plan(("critical-infrastructure", (EvidenceKind.FACT, sheet.facts[0].pk))),
            why="sharper", actor=actor, at=AT + 3 * HOUR,
        )  # fmt: skip
    with acting_as(scene.own.publisher) as actor, pytest.raises(DecisionRefused, match="withdrawn"):
        take_decision(again, actor=actor, at=AT + 4 * HOUR)


def test_what_was_known_when_it_was_decided_stays_what_it_was(scene: Scene) -> None:
    taken = _taken(scene)
    assert taken.taken_at is not None
    with acting_as(scene.own.documenter) as actor:
        then = case_as_known(actor, scene.case, taken.taken_at)
        later = AT + timedelta(days=3)
        late = FactPlan(FactKind.MILITARY, "XR-HOLDING", "It builds ships", "A newspaper")
        record_fact(scene.case, late, actor=actor, at=later)
        correct_assessment(
            then.assessments[0],
            _plan(("critical-infrastructure", (EvidenceKind.FACT, then.facts[0].pk))),
            why="on second thought", actor=actor, at=later,
        )  # fmt: skip
        again = case_as_known(actor, scene.case, taken.taken_at)
        assert [row.pk for row in again.facts] == [row.pk for row in then.facts]
        assert [row.pk for row in again.assessments] == [row.pk for row in then.assessments]
        assert len(case_as_known(actor, scene.case, later).facts) == 2
        with pytest.raises(ScreeningRefused, match="look again"):
            record_fact(scene.case, late, actor=actor, at=AT - HOUR)


def test_partner_reads_what_was_sent_to_it_and_speaks_on_that(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        _, assessment = _assessed(scene, actor)
        notice = write_notice(
            scene.case, scene.partner.id, factors=[assessment.pk], with_stakes=True,
            message="For your comments", actor=actor, at=AT,
        )  # fmt: skip
        with pytest.raises(ScreeningRefused, match="no other government body"):
            write_notice(scene.case, scene.own.id, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.partner.documenter) as actor:
        assert notice_for(actor, notice.pk) is None
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT + HOUR)
        assert {"fdi-intent", "fdi-comments", "screening-partners"} < {
            row.rule for row in clocks_of(actor, scene.case)
        }
    with acting_as(scene.partner.documenter) as actor:
        got = notice_for(actor, notice.pk)
        assert got is not None
        assert got.content["withheld"] == ["completion", "funding", "value"]
        assert "value" not in got.content["fields"]
        assert got.content["factors"][0]["factor"] == "critical-infrastructure"
        comment_on_notice(got, "We share the concern", author="Syldavia", actor=actor, at=AT + HOUR)
    with acting_as(scene.stranger.documenter) as actor:
        assert not notices_received(actor).exists()
        with pytest.raises(Forbidden):
            comment_on_notice(notice, "x", author="Ruritania", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        record_comment(
            scene.case, "No remarks", author="Zubrowka", received_on=DAY, kind=CommentKind.OPINION,
            actor=actor, at=AT + 2 * HOUR,
        )  # fmt: skip
        sheet = case_as_known(actor, scene.case, AT + 2 * HOUR)
        assert [row.author for row in sheet.comments] == ["Syldavia", "Zubrowka"]
        record_step(scene.case, Step.INTENT, on=DAY, actor=actor, at=AT + 2 * HOUR)
        assert clocks_of(actor, scene.case).get(rule="fdi-intent").met_at is not None
        with pytest.raises(StageRefused, match="follows from what is done"):
            record_step(scene.case, Step.DECIDED, on=DAY, actor=actor, at=AT + 2 * HOUR)
        plan = DecisionPlan("model", DecisionKind.CLEAR, REASONS, (assessment.pk,), DAY)
        with pytest.raises(DecisionRefused, match="utmost_account"):
            propose_decision(scene.case, plan, actor=actor, at=AT + 2 * HOUR)
        withdraw_notice(notice, actor=actor, at=AT + 2 * HOUR)
    with acting_as(scene.partner.documenter) as actor:
        assert notice_for(actor, notice.pk) is None


def test_information_for_partners_begins_another_period(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        ask = RequestPlan("Morava Shell NV", "Who appoints the board?", stops=True)
        request = ask_for_information(scene.case, ask, actor=actor, at=AT + HOUR)
        record_answer(request, AnswerPlan(DAY, "The board"), actor=actor, at=AT + 2 * HOUR)
        clocks = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert clocks["fdi-comments"].cancelled_at is not None
        assert not clocks["fdi-comments-information"].closed
        assert clocks["screening-partners"].stopped_since is None


def test_broken_measure_opens_the_case_again(scene: Scene) -> None:
    _taken(scene)
    text = "Only people of Freedonia administer the port's data (invented)."
    plan = MitigationPlan(Mitigation.DATA, text, DAY, 6, "The port authority")
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(StageRefused, match="no condition to be watched"):
            move_case(scene.case, Stage.MONITORING, actor=actor, at=at)
        measure = record_mitigation(scene.case, plan, actor=actor, at=at)
        move_case(scene.case, Stage.MONITORING, actor=actor, at=at)
        with pytest.raises(MitigationRefused, match="a breach names the evidence"):
            record_check(
                measure, CheckPlan(DAY, Outcome.BROKEN, "A clerk abroad"), actor=actor, at=at
            )
        fact = case_as_known(actor, scene.case, at).facts[0]
        breach = CheckPlan(DAY, Outcome.BROKEN, "A clerk abroad", ((EvidenceKind.FACT, fact.pk),))
        with pytest.raises(StageRefused, match="only a condition that was broken"):
            move_case(scene.case, Stage.SCREENING, reason="x", actor=actor, at=at)
        record_check(measure, breach, actor=actor, at=at)
        sheet = case_as_known(actor, scene.case, at)
        assert measure_standing(sheet, measure, DAY) is ConditionStanding.BROKEN
        move_case(scene.case, Stage.SCREENING, reason="A breach", actor=actor, at=at)
        with pytest.raises(StageRefused, match="from screening"):
            move_case(scene.case, Stage.MONITORING, actor=actor, at=at)
        end_mitigation(measure, why="replaced by an order", actor=actor, at=at + HOUR)
        assert case_as_known(actor, scene.case, at + HOUR).mitigations == ()


def test_recourse_is_recorded_against_what_was_taken(scene: Scene) -> None:
    proposed = _proposed(scene)
    lodged: dict[str, Any] = {"body": "Court of Freedonia", "lodged_on": DAY, "at": AT + HOUR}
    with (
        acting_as(scene.own.documenter) as actor,
        pytest.raises(ScreeningRefused, match="was not taken"),
    ):
        record_recourse(proposed, actor=actor, **lodged)
    with acting_as(scene.own.publisher) as actor:
        take_decision(proposed, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        taken = decision_for(actor, proposed.pk)
        assert taken is not None
        record_recourse(taken, actor=actor, **lodged)
        assert len(case_as_known(actor, scene.case, AT + HOUR).recourses) == 1


def test_party_without_a_look_at_a_list_was_not_screened(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        party = case_as_known(actor, scene.case, AT).parties[0]
        for judged, entry, reason, says in (
            (Judgement.SAME, "", "", "name the entry"),
            (Judgement.NOTHING_FOUND, "No. 5", "", "an entry came up"),
        ):
            look = ListLook("List of Syldavia", DAY, judged, entry, reason)
            with pytest.raises(ScreeningRefused, match=says):
                record_list_check(party, look, actor=actor, at=AT)
        standing = []
        for number, look in enumerate(
            (
                ListLook("List of Syldavia", DAY, Judgement.NOTHING_FOUND),
                ListLook("List of Zubrowka", DAY, Judgement.UNCLEAR, "No. 5", "No date of birth"),
                ListLook("List of Zubrowka", DAY, Judgement.SAME, "No. 5", "Same number"),
            ),
            1,
        ):
            record_list_check(party, look, actor=actor, at=AT + number * HOUR)
            lines = case_as_known(actor, scene.case, AT + number * HOUR).lists
            standing.append({line.party.pk: line.standing for line in lines}[party.pk])
        assert standing == [ListStanding.LOOKED_AT, ListStanding.OPEN, ListStanding.MATCHED]
        assert lines[1].standing is ListStanding.NOT_SCREENED
