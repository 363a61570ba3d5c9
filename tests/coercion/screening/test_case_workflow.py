"""A case from its scope to its end: two people decide, on factors; what was known stays known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, connection

from tests.coercion.screening.deciding import (
    DAY,
    REASONS,
    STATE,
    decision_proposed,
    decision_taken,
    factor_plan,
    infrastructure_assessed,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, Scene, make_scene
from tests.core.accounts.factories import make_user
from undaunted.coercion.screening.actions import (
    CheckPlan,
    DecisionPlan,
    FactPlan,
    MitigationPlan,
    assess_factor,
    correct_assessment,
    end_mitigation,
    move_case,
    propose_decision,
    record_check,
    record_fact,
    record_mitigation,
    record_recourse,
    return_decision,
    take_decision,
    withdraw_recourse,
)
from undaunted.coercion.screening.actions.telling import told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.phases import calendars_from
from undaunted.coercion.screening.analysis.standing import measure_standing, standing_of
from undaunted.coercion.screening.models import Case, Fact
from undaunted.coercion.screening.queries import (
    authority_name,
    case_as_known,
    clocks_of,
    decision_for,
)
from undaunted.coercion.screening.rules import (
    ConditionStanding,
    DecisionKind,
    DecisionRefused,
    Mitigation,
    MitigationRefused,
    Outcome,
    ScreeningRefused,
    ScreeningStage,
    StageRefused,
)
from undaunted.coercion.screening.rules.casework import (
    EvidenceKind,
    FactKind,
)
from undaunted.core.access.rules import Forbidden, Role
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


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


def test_first_phase_runs_from_receipt_and_not_from_when_it_was_taken_up(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        (clock,) = clocks_of(actor, scene.case)
        received = date(2026, 11, 19)
        assert (clock.rule, clock.started_at.date()) == ("screening-first-phase", received)
        (line,) = [
            each
            for each in calendars_from(actor, "XF", received, now=AT)
            if each.phase.clock == clock.rule
        ]
        assert line.deadline is not None
        ends = clock.soft_due_at or clock.due_at
        assert line.deadline.limits[0].ends_at == ends


def test_case_is_screened_once_it_was_found_in_scope(owner_sql: Any) -> None:
    scene = make_scene(owner_sql)
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(StageRefused, match="no scope test found it in scope"):
            move_case(scene.case, ScreeningStage.SCREENING, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="reason: say why"):
            move_case(scene.case, ScreeningStage.CLOSED, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="nobody moves a case to decided"):
            move_case(scene.case, ScreeningStage.DECIDED, actor=actor, at=AT)
        closed = move_case(
            scene.case, ScreeningStage.CLOSED, reason="Withdrawn", actor=actor, at=AT
        )
        with pytest.raises(ScreeningRefused, match="case: it is closed"):
            record_fact(closed, STATE, actor=actor, at=AT)


def test_nobody_decides_without_a_factor_or_on_nationality_alone(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        fact, critical = infrastructure_assessed(scene, actor)
        state = assess_factor(
            scene.case,
            factor_plan(("state-control", (EvidenceKind.FACT, fact.pk))),
            actor=actor,
            at=AT,
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
            assess_factor(scene.case, factor_plan(("nationality", (EvidenceKind.FACT, fact.pk))),
                          actor=actor, at=AT)  # fmt: skip
        with pytest.raises(ScreeningRefused, match="assessed already"):
            infrastructure_assessed(scene, actor)
        with pytest.raises(ScreeningRefused, match="the case holds no stake"):
            assess_factor(scene.case, factor_plan(("media", (EvidenceKind.STAKE, fact.pk))),
                          actor=actor, at=AT)  # fmt: skip


def test_decision_is_taken_by_a_second_person_and_ends_the_periods(scene: Scene) -> None:
    proposed = decision_proposed(scene, kept="The berth fee decides it (invented)")
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(Forbidden):
            take_decision(proposed, actor=actor, at=AT)
        with pytest.raises(StageRefused, match="a decision is proposed"):
            move_case(scene.case, ScreeningStage.INDEPTH, reason="x", actor=actor, at=AT)
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
    proposed = decision_proposed(scene)
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
            factor_plan(("critical-infrastructure", (EvidenceKind.FACT, sheet.facts[0].pk))),
            why="sharper", actor=actor, at=AT + 3 * HOUR,
        )  # fmt: skip
    with acting_as(scene.own.publisher) as actor, pytest.raises(DecisionRefused, match="withdrawn"):
        take_decision(again, actor=actor, at=AT + 4 * HOUR)


def test_what_was_known_when_it_was_decided_stays_what_it_was(scene: Scene) -> None:
    taken = decision_taken(scene)
    assert taken.taken_at is not None
    with acting_as(scene.own.documenter) as actor:
        then = case_as_known(actor, scene.case, taken.taken_at)
        later = AT + timedelta(days=3)
        late = FactPlan(FactKind.MILITARY, "XR-HOLDING", "It builds ships", "A newspaper")
        record_fact(scene.case, late, actor=actor, at=later)
        correct_assessment(
            then.assessments[0],
            factor_plan(("critical-infrastructure", (EvidenceKind.FACT, then.facts[0].pk))),
            why="on second thought", actor=actor, at=later,
        )  # fmt: skip
        again = case_as_known(actor, scene.case, taken.taken_at)
        assert [row.pk for row in again.facts] == [row.pk for row in then.facts]
        assert [row.pk for row in again.assessments] == [row.pk for row in then.assessments]
        assert len(case_as_known(actor, scene.case, later).facts) == 2
        with pytest.raises(ScreeningRefused, match="look again"):
            record_fact(scene.case, late, actor=actor, at=AT - HOUR)


def test_broken_measure_opens_the_case_again(scene: Scene) -> None:
    decision_taken(scene)
    text = "The port's data stay in Freedonia (invented)."
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        plan = MitigationPlan(Mitigation.DATA, text, DAY, 3, authority_name(actor, scene.case))
        (written,) = case_as_known(actor, scene.case, AT).mitigations
        assert (written.text, written.starts_on, written.months) == (text, DAY, 6)
        measure = record_mitigation(scene.case, plan, actor=actor, at=at)
        move_case(scene.case, ScreeningStage.MONITORING, actor=actor, at=at)
        with pytest.raises(MitigationRefused, match="a breach names the evidence"):
            record_check(
                measure, CheckPlan(DAY, Outcome.BROKEN, "A clerk abroad"), actor=actor, at=at
            )
        fact = case_as_known(actor, scene.case, at).facts[0]
        breach = CheckPlan(DAY, Outcome.BROKEN, "A clerk abroad", ((EvidenceKind.FACT, fact.pk),))
        with pytest.raises(StageRefused, match="opened again where a condition was broken"):
            move_case(scene.case, ScreeningStage.SCREENING, reason="x", actor=actor, at=at)
        record_check(measure, breach, actor=actor, at=at)
        sheet = case_as_known(actor, scene.case, at)
        assert measure_standing(sheet, measure, DAY) is ConditionStanding.BROKEN
        with pytest.raises(MitigationRefused, match="it was broken"):
            end_mitigation(measure, why="forgotten", actor=actor, at=at)
        with pytest.raises(StageRefused, match="a condition is broken"):
            move_case(scene.case, ScreeningStage.CLOSED, reason="x", actor=actor, at=at)
        for kept, says in (((), "name what shows"), (breach.evidence, "another person")):
            again = CheckPlan(DAY, Outcome.KEPT, "All is well", kept)
            with pytest.raises(MitigationRefused, match=says):
                record_check(measure, again, actor=actor, at=at)
        move_case(scene.case, ScreeningStage.SCREENING, reason="A breach", actor=actor, at=at)
        with pytest.raises(StageRefused, match="from screening"):
            move_case(scene.case, ScreeningStage.MONITORING, actor=actor, at=at)
        with pytest.raises(StageRefused, match="a condition is broken"):
            move_case(scene.case, ScreeningStage.CLOSED, reason="x", actor=actor, at=at)


def test_a_court_that_has_spoken_opens_the_case_again(scene: Scene) -> None:
    taken = decision_taken(scene, AT)
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        told: dict[str, Any] = {"body": "A court", "lodged_on": DAY, "actor": actor, "at": at}
        record_recourse(taken, **told)
        with pytest.raises(StageRefused, match="a court or a body of review"):
            move_case(scene.case, ScreeningStage.SCREENING, reason="x", actor=actor, at=at)
        told |= {"outcome": "In words of the court (invented)", "outcome_on": DAY}
        for result, opens in (("dismissed", False), ("annulled", True), ("dismissed", False)):
            record_recourse(taken, result=result, **told)
            told["at"] += HOUR / 6
            sheet = case_as_known(actor, scene.case, told["at"])
            assert standing_of(actor, sheet).overturned is opens, result
            if not opens:
                with pytest.raises(StageRefused, match="annulled the decision or sent it back"):
                    move_case(
                        scene.case, ScreeningStage.SCREENING, reason="x", actor=actor, at=told["at"]
                    )
        record_recourse(taken, result="sent_back", **told)
        move_case(
            scene.case, ScreeningStage.SCREENING, reason="The judgment", actor=actor, at=told["at"]
        )


def test_measure_is_lifted_by_two_people(scene: Scene) -> None:
    decision_taken(scene)
    at = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        (measure,) = case_as_known(actor, scene.case, AT).mitigations
        plan = MitigationPlan(
            Mitigation.DATA, "Something else that nobody has ever decided", DAY, 3, "x"
        )
        with pytest.raises(MitigationRefused, match="sets no such condition"):
            record_mitigation(scene.case, plan, actor=actor, at=at)
        short = MitigationPlan(Mitigation.DATA, measure.text, DAY, 3, "x", date(2026, 11, 21))
        with pytest.raises(
            MitigationRefused, match="ends_on: by the decision it binds until it is lifted"
        ):
            record_mitigation(scene.case, short, actor=actor, at=at)
        asked = end_mitigation(measure, why="replaced by an order", actor=actor, at=at)
        with pytest.raises(Forbidden):
            end_mitigation(asked, why="agreed", actor=actor, at=at)
        with pytest.raises(MitigationRefused, match="asked to be"):
            end_mitigation(measure, why="again", actor=actor, at=at)
        with pytest.raises(StageRefused, match="conditions still run"):
            move_case(scene.case, ScreeningStage.CLOSED, reason="x", actor=actor, at=at)
    with acting_as(scene.own.publisher) as actor:
        assert end_mitigation(asked, why="agreed", actor=actor, at=at).withdrawn_why == "agreed"
    with acting_as(scene.own.documenter) as actor:
        assert case_as_known(actor, scene.case, at).mitigations == ()
        move_case(scene.case, ScreeningStage.CLOSED, reason="over", actor=actor, at=at)


def test_condition_that_never_came_into_the_register_keeps_the_case_open(
    scene: Scene, owner_sql: Any
) -> None:
    decision_taken(scene)
    owner_sql("DELETE FROM screening_mitigation")
    with (
        acting_as(scene.own.documenter) as actor,
        pytest.raises(StageRefused, match="conditions still run"),
    ):
        move_case(scene.case, ScreeningStage.CLOSED, reason="x", actor=actor, at=AT + HOUR)


def test_recourse_is_recorded_against_what_was_taken(scene: Scene) -> None:
    proposed = decision_proposed(scene)
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
        (measure,) = case_as_known(actor, scene.case, AT + HOUR).mitigations
        asked = end_mitigation(measure, why="met", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.publisher) as actor:
        end_mitigation(asked, why="met", actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        move_case(scene.case, ScreeningStage.CLOSED, reason="over", actor=actor, at=AT + HOUR)
        late = record_recourse(
            taken,
            actor=actor,
            **lodged | {"outcome": "Upheld", "outcome_on": DAY, "result": "dismissed"},
        )
        assert len(case_as_known(actor, scene.case, AT + HOUR).recourses) == 2
        withdraw_recourse(late, why="an error", actor=actor, at=AT + HOUR)


def test_a_refused_step_is_told_by_what_stands_against_it(scene: Scene, owner_sql: Any) -> None:
    stands = UUID(decision_proposed(scene).factors[0])
    with acting_as(scene.own.documenter) as actor:
        plan = DecisionPlan("model", DecisionKind.CLEAR, REASONS, (stands,), DAY)
        with pytest.raises(DecisionRefused, match="one is proposed and waits for a second person"):
            propose_decision(scene.case, plan, actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter), pytest.raises(ScreeningRefused) as gate, in_turn():
        Case.objects.filter(pk=scene.case.pk).update(title="Another")
    assert str(gate.value).startswith("step: what a case is called and whose it is stays")
    reader = make_user(owner_sql, {scene.own.id: [Role.READER]})
    with acting_as(reader) as actor, pytest.raises(ScreeningRefused) as unreached, in_turn():
        told(Fact, scene.case, "case.fact_recorded", actor=actor, at=AT + HOUR, kind="state",
             about="XR", state="XR", text="x", source="x", status="verified")  # fmt: skip
    assert str(unreached.value).startswith("step: your roles in this authority do not reach it")
    with pytest.raises(DataError), in_turn(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
