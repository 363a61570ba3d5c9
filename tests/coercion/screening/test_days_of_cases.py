"""Days that cannot be, laws of another day, and decisions whose ground fell away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.deciding import (
    DAY,
    REASONS,
    STATE,
    decision_proposed,
    decision_taken,
    screened,
)
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.programs import ROOT, program
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    DecisionPlan,
    RequestPlan,
    ask_for_information,
    comment_on_notice,
    keep_analysis,
    propose_decision,
    record_answer,
    record_comment,
    record_fact,
    record_recourse,
    record_scope,
    record_stake,
    record_step,
    return_decision,
    send_notice,
    take_decision,
    withdraw_fact,
    write_notice,
)
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.analysis.phases import clocks_known
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.coercion.screening.queries.told import sheet_told
from undaunted.coercion.screening.rules import (
    DecisionKind,
    DecisionRefused,
    ScreeningRefused,
    StageRefused,
    Step,
)
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.coercion.screening.rules.stakes import StakePlan
from undaunted.core.accounts.actions import acting_as
from undaunted.site.components.dates import date_text

pytestmark = pytest.mark.usefixtures("ledger")
LONG_AGO, FAR = date(1900, 1, 1), date(2099, 1, 1)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def test_an_answer_before_its_question_is_refused_and_turns_no_period(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        asked = RequestPlan("Shell", "Who?", LONG_AGO, stops=True)
        with pytest.raises(ScreeningRefused, match="due_on: 1900-01-01 lies before"):
            ask_for_information(scene.case, asked, actor=actor, at=AT)
        asked = RequestPlan("Shell", "Who?", None, stops=True)
        request = ask_for_information(scene.case, asked, actor=actor, at=AT)
        before = {c.pk: c.cancelled_at for c in clocks_of(actor, scene.case)}
        for day in (LONG_AGO, FAR):
            with pytest.raises(ScreeningRefused, match="received_on"):
                record_answer(request, AnswerPlan(day, "Nobody"), actor=actor, at=AT)
        assert {c.pk: c.cancelled_at for c in clocks_of(actor, scene.case)} == before


def test_days_of_steps_comments_and_recourse_lie_between_receipt_and_now(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="on: 1900-01-01 lies before"):
            record_step(scene.case, Step.COMMENTED, on=LONG_AGO, actor=actor, at=AT)
        with pytest.raises(ScreeningRefused, match="received_on: 1900-01-01 lies before"):
            record_comment(
                scene.case, "No", author="Syldavia", received_on=LONG_AGO, actor=actor, at=AT
            )
    taken = decision_taken(scene)
    with acting_as(scene.own.documenter) as actor:
        told: dict[str, Any] = {"body": "A court", "actor": actor, "at": AT + HOUR}
        for lodged, outcome in ((FAR, None), (DAY, LONG_AGO), (LONG_AGO, None)):
            said: dict[str, Any] = {"outcome": "Upheld", "result": "dismissed"} if outcome else {}
            with pytest.raises(ScreeningRefused, match="lies"):
                record_recourse(taken, lodged_on=lodged, outcome_on=outcome, **said, **told)
        both: dict[str, Any] = {"outcome": "Upheld", "outcome_on": DAY}
        for more in ({"outcome": "Upheld"}, {"outcome_on": DAY}, {"result": "annulled"}, both):
            with pytest.raises(ScreeningRefused, match="outcome: what came of it, its day and"):
                record_recourse(taken, lodged_on=DAY, **more, **told)
        assert record_recourse(taken, lodged_on=DAY, **told).pk


def test_what_a_source_says_is_past_and_control_is_asked_of_days_that_people_mean(
    scene: Scene,
) -> None:
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="day: 2099-01-01 lies after"):
            record_fact(scene.case, replace(STATE, day=FAR), actor=actor, at=AT)
        for day in (date(1, 1, 1), date(9999, 12, 31)):
            with pytest.raises(ScreeningRefused, match=r"as_of: .* lies"):
                keep_analysis(scene.case, Asked(day), actor=actor, at=AT)
        for said in ("1,000", "51,000"):
            with pytest.raises(ScreeningRefused, match=r"share: '.*' may be the whole"):
                record_stake(scene.case, StakePlan("A", "B", "x", said), actor=actor, at=AT)


def test_a_case_is_held_against_the_law_in_force_alone(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="day: 2028-02-01 lies after"):
            record_scope(scene.case, port_deal(date(2028, 2, 1)), actor=actor, at=AT)
        before_model = replace(port_deal(DAY), day=date(2021, 6, 1))
        for at, deal, laws in (
            (AT, None, {"model", "eu-2019-452"}),
            (AT + HOUR, before_model, {"eu-2019-452"}),
            (AT + 2 * HOUR, port_deal(DAY), {"model", "eu-2019-452"}),
        ):
            if deal is not None:
                record_scope(scene.case, deal, actor=actor, at=at)
            sheet = case_as_known(actor, scene.case, at)
            assert {row.regime for row in sheet.scopes} == laws
        plan = DecisionPlan("eu-2026-1386", DecisionKind.CLEAR, REASONS, (), DAY)
        with pytest.raises(DecisionRefused, match=r"regime: .* was not in force"):
            propose_decision(scene.case, plan, actor=actor, at=AT + 2 * HOUR)


def test_a_decision_counts_from_a_day_near_its_own(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        for day in (FAR, LONG_AGO):
            plan = DecisionPlan("model", DecisionKind.CLEAR, REASONS, (), day)
            with pytest.raises(ScreeningRefused, match=f"day: {day} lies"):
                propose_decision(scene.case, plan, actor=actor, at=AT)


@pytest.mark.parametrize("what", ["scope", "comment", "fact"])
def test_a_decision_whose_ground_fell_away_is_not_taken(scene: Scene, what: str) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    proposed = decision_proposed(scene)
    later = AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        if what == "scope":
            deal = port_deal(DAY)
            at_home = replace(deal.investor, state="XF", complete=True, owners=())
            record_scope(scene.case, replace(deal, investor=at_home), actor=actor, at=later)
            expected = "scope: the transaction was not found in scope"
        elif what == "fact":
            fact = case_as_known(actor, scene.case, later).facts[0]
            withdraw_fact(fact, why="It was false (invented)", actor=actor, at=later)
            expected = "critical-infrastructure: Its board .* was withdrawn; cite what stands"
    if what == "comment":
        with acting_as(scene.partner.documenter) as actor:
            comment_on_notice(
                notice, "Prohibit it", author="x", kind=CommentKind.OPINION, actor=actor, at=later
            )
        expected = "a partner has spoken since"
    with acting_as(scene.own.publisher) as actor:
        with pytest.raises(ScreeningRefused, match=expected):
            take_decision(proposed, actor=actor, at=later + HOUR)
        assert case_as_known(actor, scene.case, later + HOUR).proposed is not None


def test_what_was_written_on_a_row_later_was_not_known_then(scene: Scene) -> None:
    proposed = decision_proposed(scene)
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
        fact = case_as_known(actor, scene.case, AT).facts[0]
    then = AT + timedelta(minutes=1)
    with acting_as(scene.own.publisher) as actor:
        return_decision(proposed, "SECRETRETURN", actor=actor, at=AT + HOUR)
        send_notice(notice, actor=actor, at=AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        withdraw_fact(fact, why="SECRETFALSE", actor=actor, at=AT + 2 * HOUR)
        told = sheet_told(actor, case_as_known(actor, scene.case, then))
        assert "SECRET" not in repr(told)
        (decision,), (sent,), (known,) = told["decisions"], told["notices"], told["facts"]
        assert (decision["returned_at"], decision["returned_by"]) == (None, None)
        assert (sent["sent_at"], sent["sent_by"]) == (None, None)
        assert known["withdrawn_at"] is None
        assert told["moved_at"] <= then
        now = sheet_told(actor, case_as_known(actor, scene.case, AT + 3 * HOUR))
        assert "SECRETRETURN" in repr(now)


def test_a_partner_is_told_until_when_to_speak(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
        kept = {}
        for clock in clocks_of(actor, scene.case):
            last = clock.reckon(AT).limits[0].last_day
            assert last is not None
            kept[clock.rule] = last
    page = signed_in_client(scene.partner.documenter).get(f"/desk/screening/notices/{notice.pk}/")
    (told,) = program(scene.partner.documenter).get(f"{ROOT}/notices").json()
    assert {each["due"] for each in told["deadlines"]} == {
        str(kept[rule]) for rule in ("fdi-intent", "fdi-comments", "screening-partners")
    }
    assert date_text(kept["fdi-comments"]) in page.content.decode()


@pytest.mark.parametrize("sign", ["\x01", "\x9f", "\u202e"])
def test_signs_that_no_letter_can_print_are_refused_when_they_are_told(
    scene: Scene, sign: str
) -> None:
    plan = RequestPlan("Shell", f"Who{sign}?", None)
    with (
        acting_as(scene.own.documenter) as actor,
        pytest.raises(ScreeningRefused, match="text: it holds signs"),
    ):
        ask_for_information(scene.case, plan, actor=actor, at=AT)


def test_nothing_is_known_of_a_moment_ahead(scene: Scene) -> None:
    asked = program(scene.own.documenter).get(
        f"{ROOT}/cases/port-2027?as_known=2099-01-01T00:00:00Z"
    )
    assert asked.status_code == 422
    assert "as_known" in asked.content.decode()


def test_time_for_comments_is_over_on_its_last_day_whoever_spoke_before(scene: Scene) -> None:
    later = AT + timedelta(days=60)
    with acting_as(scene.own.documenter) as actor:
        told: dict[str, Any] = {"actor": actor, "at": later}
        with pytest.raises(StageRefused, match="no period of this case waits for comments_over"):
            record_step(scene.case, Step.COMMENTS_OVER, on=DAY, **told)
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        told = {"actor": actor, "at": later}
        record_step(scene.case, Step.COMMENTED, on=DAY, **told)
        for day in (DAY, date(2026, 12, 24), date(2026, 12, 26)):
            with pytest.raises(ScreeningRefused, match=r"on: .* lies (before|after) 2026-12-25"):
                record_step(scene.case, Step.COMMENTS_OVER, on=day, **told)
        record_step(scene.case, Step.COMMENTS_OVER, on=date(2026, 12, 25), **told)
        opinion = clocks_of(actor, scene.case).get(rule="fdi-opinion-after-comments")
        assert opinion.reckon(later).limits[0].last_day == date(2026, 12, 30)


def test_periods_of_a_case_stand_as_they_did_at_a_moment(scene: Scene) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
    with acting_as(scene.own.documenter) as actor:
        record_comment(
            scene.case, "Who?", author="Syldavia", received_on=DAY, kind=CommentKind.QUESTION,
            actor=actor, at=AT + 24 * HOUR,
        )  # fmt: skip
        asked = RequestPlan("Shell", "Who?", None, for_partners=True)
        request = ask_for_information(scene.case, asked, actor=actor, at=AT + 24 * HOUR)
        record_answer(request, AnswerPlan(DAY + timedelta(days=3), "A bank"), actor=actor,
                      at=AT + 72 * HOUR)  # fmt: skip

        def known(at: datetime) -> dict[str, bool]:
            return {
                each.rule: each.stopped_since is not None
                for each in clocks_known(actor, scene.case, at)
            }

        assert known(AT - HOUR) == {}
        first = known(AT + HOUR)
        assert first == dict.fromkeys(first, False)
        assert "fdi-comments" in first
        assert known(AT + 25 * HOUR)["fdi-comments"]
        last = known(AT + 73 * HOUR)
        assert "fdi-comments" not in last, "another period took its place"
        assert last["fdi-comments-information"] is False


def test_a_state_that_is_none_is_no_state_of_a_target(scene: Scene) -> None:
    deal = port_deal(DAY)
    with acting_as(scene.own.documenter) as actor:
        for said in ("FREEDONIA", "ZZ", "xf "):
            target = replace(deal.target, states=frozenset({said}))
            with pytest.raises(ScreeningRefused, match=f"states: '{said}' is none"):
                record_scope(scene.case, replace(deal, target=target), actor=actor, at=AT)
    page = signed_in_client(scene.own.documenter)
    begun = {"holder": scene.own.id, "reference": "b", "title": "B", "jurisdiction": "ZZ",
             "origin": "filed"}  # fmt: skip
    answer = page.post("/desk/screening/new/", begun)
    assert list(answer.context["form"].errors) == ["jurisdiction"]
    told = {"day": DAY, "kind": "acquisition", "states": "Freedonia", "amount": "100"}
    answer = page.post(f"/desk/screening/cases/{scene.case.pk}/scope/", told)
    assert answer.status_code == 422
    assert "currency" in answer.context["form"].errors
    answer = page.post(f"/desk/screening/cases/{scene.case.pk}/scope/", told | {"currency": "EUR"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["states"]
