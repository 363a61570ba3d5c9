"""A decision while partners may still speak, an unwinding by a day, a notice beside the law."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from tests.coercion.screening.deals import port_deal
from tests.coercion.screening.deciding import DAY, REASONS, TOLD_TO, decision_proposed, screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.programs import ask, program, run
from tests.coercion.screening.test_case_letters import words_of
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    RequestPlan,
    ask_for_information,
    record_answer,
    record_comment,
    record_scope,
    record_step,
    send_notice,
    take_decision,
    withdraw_notice,
    withdraw_request,
    write_case_letter,
    write_notice,
)
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.letter_periods import notice_deadlines
from undaunted.coercion.screening.analysis.letters import LetterAsked, letter_of
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.standing import measure_standing
from undaunted.coercion.screening.models import Decision, Notice, Request
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.coercion.screening.rules import (
    UNWOUND,
    ConditionStanding,
    DecisionKind,
    DecisionRefused,
    LetterKind,
    ScreeningRefused,
    Step,
    Version,
)
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.core.accounts.actions import acting_as

pytestmark = pytest.mark.usefixtures("ledger")

PRESSING = "The buyer takes the quay over on Monday, and its crews already move in (invented)."
ASKED = LetterAsked(LetterKind.DECISION, "Morava Shell NV")


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def told(scene: Scene, at: datetime = AT) -> Notice:
    """Tell a partner of the case."""
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, actor=actor, at=at)
    with acting_as(scene.own.publisher) as actor:
        return send_notice(notice, actor=actor, at=at)


def proposed(scene: Scene, **more: Any) -> Decision:
    return decision_proposed(scene, AT, kind=DecisionKind.CLEAR, conditions=(), **more)


def test_a_decision_while_partners_may_speak_is_taken_with_a_reason_alone(scene: Scene) -> None:
    told(scene)
    first = proposed(scene)
    with acting_as(scene.own.publisher) as actor:
        periods = partner_periods(actor, scene.case, AT)
        assert {each.due for each in periods} >= {date(2026, 12, 7), date(2026, 12, 25)}
        with pytest.raises(DecisionRefused, match=r"urgent: partner authorities .*2026-12-25"):
            take_decision(first, actor=actor, at=AT + HOUR)
        assert partner_periods(actor, scene.case, AT + timedelta(days=60)) == ()
    with acting_as(scene.own.documenter) as actor:
        for step in (Step.INTENT, Step.COMMENTED):
            record_step(scene.case, step, on=DAY, actor=actor, at=AT + HOUR)
    with acting_as(scene.own.publisher) as actor:
        taken = take_decision(first, actor=actor, at=AT + HOUR)
    assert taken.taken_at == AT + HOUR, "two people decide as before, once the periods are over"


def test_an_urgent_decision_says_why_and_its_letter_prints_it(scene: Scene) -> None:
    told(scene)
    with pytest.raises(DecisionRefused, match="urgent: give reasons"):
        proposed(scene, urgent="soon")
    row = proposed(scene, urgent=PRESSING)
    with acting_as(scene.own.publisher) as actor:
        take_decision(row, actor=actor, at=AT + HOUR)
        written: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + 9 * HOUR}
        words = words_of(write_case_letter(scene.case, ASKED, version=Version.OPEN, **written))
    assert "When this is decided, partner authorities can still speak:" in words
    assert "25 December 2026" in words
    assert PRESSING in words
    assert "were told on 20 November 2026 that this decision does not wait:" in words
    assert TOLD_TO in words


def test_an_urgent_decision_says_when_which_partners_were_told(scene: Scene) -> None:
    told(scene)
    for more, says in (
        ({"urgent_told_on": None}, "urgent_told_on: partners are told before"),
        ({"urgent_told_to": ""}, "urgent_told_to: say which"),
        ({"urgent_told_on": DAY + timedelta(days=1)}, "urgent_told_on"),
        ({"urgent_told_on": DAY - timedelta(days=9)}, "urgent_told_on"),
    ):
        with pytest.raises(ScreeningRefused, match=says):
            proposed(scene, urgent=PRESSING, **more)
    who = scene.own.documenter
    row = proposed(scene, urgent=PRESSING)
    shown = signed_in_client(who).get(f"/desk/screening/cases/{scene.case.pk}/").content.decode()
    assert TOLD_TO in shown
    assert TOLD_TO in run(who, "show", "port-2027")
    (held,) = ask(program(who), "GET", "/cases/port-2027")["decisions"]
    assert (held["id"], held["urgent_told_on"]) == (str(row.pk), "2026-11-20")


def test_what_was_proposed_before_that_was_asked_is_sent_back(scene: Scene, owner_sql: Any) -> None:
    told(scene)
    row = proposed(scene, urgent=PRESSING)
    owner_sql(
        "UPDATE screening_decision SET urgent_told_on = NULL, urgent_told_to = '' WHERE id = %s",
        [row.pk],
    )
    with (
        acting_as(scene.own.publisher) as actor,
        pytest.raises(DecisionRefused, match="urgent_told_on: it does not say when"),
    ):
        take_decision(row, actor=actor, at=AT + HOUR)


def test_pages_programs_and_the_terminal_say_until_when_partners_may_speak(scene: Scene) -> None:
    now = timezone.now()
    told(scene, now)
    who = scene.own.documenter
    one = f"/desk/screening/cases/{scene.case.pk}/"
    client = signed_in_client(who)
    wait = "Partner authorities can still speak"
    for address in (one, f"{one}propose/"):
        assert wait in client.get(address).content.decode(), address
    case = ask(program(who), "GET", "/cases/port-2027")
    assert {each["due"] for each in case["partner_periods"]}
    with acting_as(who) as actor:
        from tests.coercion.screening.deciding import (  # noqa: PLC0415 - here alone
            infrastructure_assessed,
        )

        _, factor = infrastructure_assessed(scene, actor, now)
    words = ("decide", "port-2027", "clear", REASONS, "--regime", "model", "--factor", factor.pk)
    assert "partners may speak: " in run(who, *words)
    assert "partners may speak: " in run(who, "show", "port-2027")
    with acting_as(scene.own.publisher) as actor:
        (row,) = case_as_known(actor, scene.case, timezone.now()).decisions
    run(who, "return", row.pk, "Say why it is urgent")
    plan = {"regime": "model", "kind": "clear", "reasons": REASONS, "factors": [str(factor.pk)],
            "day": str(timezone.now().date())}  # fmt: skip
    made = ask(program(who), "POST", "/cases/port-2027/decision", plan)
    assert [each["law"] for each in made["partner_periods"]]
    second = scene.own.publisher
    refused = ask(program(second), "POST", f"/decisions/{made['id']}/taking", code=409)
    assert "urgent" in str(refused)
    assert "urgent" in run(second, "take", made["id"], code=2)
    page = signed_in_client(second).get(f"{one}take/{made['id']}/")
    assert wait in page.content.decode()
    sent = signed_in_client(second).post(f"{one}take/{made['id']}/")
    assert sent.status_code == 422
    assert "partner authorities still have time" in sent.content.decode()


def unwinding(scene: Scene, **more: Any) -> Decision:
    plan: dict[str, Any] = {
        "kind": DecisionKind.UNWIND, "conditions": (), "completed": True,
        "no_less": REASONS, "unwind_by": date(2027, 3, 1),
    }  # fmt: skip
    return decision_proposed(scene, AT, **(plan | more))


def test_an_unwinding_names_its_last_day_and_is_late_after_it(scene: Scene) -> None:
    with pytest.raises(DecisionRefused, match="unwind_by: give the last day"):
        unwinding(scene, unwind_by=None)
    with pytest.raises(DecisionRefused, match="unwind_by: it lies after 2026-11-20"):
        unwinding(scene, unwind_by=AT.date())
    row = unwinding(scene)
    with acting_as(scene.own.documenter) as actor:
        draft = letter_of(actor, scene.case, ASKED, at=AT, opened={}).decision
        assert draft is not None
        (line,) = draft.conditions
        assert line.text.text == "The investment is unwound by 1 March 2027 at the latest."
    with acting_as(scene.own.publisher) as actor:
        take_decision(row, actor=actor, at=AT + HOUR)
        sheet = case_as_known(actor, scene.case, AT + HOUR)
        (measure,) = sheet.mitigations
        assert (measure.text, measure.kind) == (UNWOUND, "divestment")
        found = [measure_standing(sheet, measure, date(2027, 3, day)) for day in (1, 2)]
        assert found == [ConditionStanding.DUE, ConditionStanding.OVERDUE]
        days = [e.when for e in case_events(actor, scene.case, AT + HOUR) if "unwound" in e.summary]
        assert days == [date(2027, 3, 1)]
        words = words_of(
            write_case_letter(
                scene.case, ASKED, version=Version.OPEN, media="docx", actor=actor, at=AT + HOUR
            )
        )
    assert "The investment is unwound by 1 March 2027 at the latest." in words
    who = scene.own.documenter
    shown = signed_in_client(who).get(f"/desk/screening/cases/{scene.case.pk}/").content.decode()
    assert shown.count("The investment is unwound by 1 March 2027 at the latest.") == 2
    file = ask(program(who), "GET", "/cases/port-2027/calendar.ics")
    starts = [e.start for e in icalendar.Calendar.from_ical(file).events]
    assert date(2027, 3, 1) in starts
    case = ask(program(who), "GET", "/cases/port-2027")
    assert case["decisions"][0]["unwind_by"] == "2027-03-01"
    assert case["mitigations"][0]["done_by"] == "2027-03-01"
    assert case["mitigations"][0]["standing"] in {"unseen", "overdue", "due"}
    assert "to be unwound by 2027-03-01" in run(who, "show", "port-2027")


def test_the_registers_form_offers_an_unwinding_as_the_page_tells_it(scene: Scene) -> None:
    row = unwinding(scene)
    with acting_as(scene.own.publisher) as actor:
        take_decision(row, actor=actor, at=AT + HOUR)
    address = f"/desk/screening/cases/{scene.case.pk}/measure/"
    form = signed_in_client(scene.own.documenter).get(address).content.decode()
    offered = f'<option value="{UNWOUND}">The investment is unwound by 1 March 2027 at the latest.'
    assert offered in form, "what is stored stays"


def test_a_condition_that_reads_like_an_unwinding_is_a_condition(scene: Scene) -> None:
    row = decision_proposed(scene, AT, kind=DecisionKind.CONDITIONS, conditions=(UNWOUND,))
    with acting_as(scene.own.publisher) as actor:
        take_decision(row, actor=actor, at=AT + HOUR)
        (measure,) = case_as_known(actor, scene.case, AT + HOUR).mitigations
    assert (measure.text, measure.kind) == (UNWOUND, "other")


def outside(scene: Scene, owner_sql: Any, *laws: str, at: datetime = AT) -> None:
    """Record a scope test, by which these laws do not reach the deal."""
    with acting_as(scene.own.documenter) as actor:
        made = record_scope(scene.case, port_deal(DAY), actor=actor, at=at)
    for row in made:
        if row.regime in laws:
            owner_sql("UPDATE screening_scope SET outcome = 'no' WHERE id = %s", [row.pk])


def test_a_notice_that_no_law_reaches_says_why(scene: Scene, owner_sql: Any) -> None:
    outside(scene, owner_sql, "eu-2019-452", "model")
    with acting_as(scene.own.documenter) as actor:
        with pytest.raises(ScreeningRefused, match="though_outside: by its scope test"):
            write_notice(scene.case, scene.partner.id, actor=actor, at=AT)
        notice = write_notice(
            scene.case, scene.partner.id, though_outside=PRESSING, actor=actor, at=AT
        )
    second = signed_in_client(scene.own.publisher)
    asked = second.get(f"/desk/screening/cases/{scene.case.pk}/send/{notice.pk}/").content.decode()
    assert PRESSING in asked
    assert "not in scope" in asked
    with acting_as(scene.own.publisher) as actor:
        send_notice(notice, actor=actor, at=AT)
        assert {"fdi-comments"} <= {row.rule for row in clocks_of(actor, scene.case)}
    who = scene.own.documenter
    shown = signed_in_client(who).get(f"/desk/screening/cases/{scene.case.pk}/").content.decode()
    assert PRESSING in shown
    assert "not in scope" in shown
    (got,) = ask(program(scene.partner.documenter), "GET", "/notices")
    assert "though_outside" not in got, "it is said to colleagues"


@pytest.mark.parametrize("why", ["", PRESSING])
def test_a_scope_test_after_a_notice_was_written_holds_it_back(
    scene: Scene, owner_sql: Any, why: str
) -> None:
    with acting_as(scene.own.documenter) as actor:
        notice = write_notice(scene.case, scene.partner.id, though_outside=why, actor=actor, at=AT)
    assert not notice.though_outside, "a law reaches it"
    outside(scene, owner_sql, "eu-2019-452", at=AT + HOUR)
    with acting_as(scene.own.publisher) as actor:
        with pytest.raises(ScreeningRefused, match="notice: since it was written"):
            send_notice(notice, actor=actor, at=AT + HOUR)
        assert not clocks_of(actor, scene.case).filter(rule="fdi-comments").exists()
    with acting_as(scene.own.documenter) as actor:
        withdraw_notice(notice, actor=actor, at=AT + HOUR)


def test_what_stopped_before_questions_were_told_apart_goes_on_with_its_answer(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    with acting_as(scene.own.documenter) as actor:
        plan = RequestPlan("Morava Shell NV", "Who appoints the board?", stops=True)
        request = ask_for_information(scene.case, plan, actor=actor, at=AT + HOUR)
        clock = clocks_of(actor, scene.case).get(rule="fdi-comments")
    owner_sql(
        "UPDATE clocks_clock SET stopped_since = %s, stops = %s::jsonb WHERE id = %s",
        [AT + HOUR, f'[{{"start": "{(AT + HOUR).isoformat()}", "end": null}}]', clock.pk],
    )
    with acting_as(scene.own.documenter) as actor:
        assert Request.objects.get(pk=request.pk).for_partners is False
        record_answer(request, AnswerPlan(DAY, "The board"), actor=actor, at=AT + 2 * HOUR)
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert held["fdi-comments"].cancelled_at is not None
        assert not held["fdi-comments-information"].closed


def asked_for(scene: Scene, at: datetime) -> Request:
    """Ask for what a partner asked for, and give the request."""
    with acting_as(scene.own.documenter) as actor:
        record_comment(
            scene.case, "Who funds it?", author="Syldavia", kind=CommentKind.QUESTION,
            received_on=at.date(), actor=actor, at=at,
        )  # fmt: skip
        plan = RequestPlan("Morava Shell NV", "Who funds it?", for_partners=True)
        return ask_for_information(scene.case, plan, actor=actor, at=at)


def test_a_withdrawn_request_of_partners_leaves_them_their_period(scene: Scene) -> None:
    told(scene)
    request = asked_for(scene, AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        withdraw_request(request, why="Asked by mistake", actor=actor, at=AT + 2 * HOUR)
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert "fdi-comments-information" not in held, "no information came"
        for rule in ("fdi-comments", "screening-partners"):
            assert (held[rule].closed, held[rule].stopped_since) == (False, None)
        assert date(2026, 12, 25) in {
            e.due for e in partner_periods(actor, scene.case, AT + HOUR * 3)
        }
    again, other = asked_for(scene, AT + 4 * HOUR), asked_for(scene, AT + 4 * HOUR)
    with acting_as(scene.own.documenter) as actor:
        record_answer(again, AnswerPlan(DAY, "A bank"), actor=actor, at=AT + 5 * HOUR)
        assert clocks_of(actor, scene.case).get(rule="fdi-comments").stopped_since is not None
        withdraw_request(other, why="Asked twice", actor=actor, at=AT + 6 * HOUR)
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert not held["fdi-comments-information"].closed, "to the other question something came"


def test_a_law_that_does_not_reach_a_deal_starts_no_period_beside_one_that_does(
    scene: Scene, owner_sql: Any
) -> None:
    outside(scene, owner_sql, "eu-2019-452")
    notice = told(scene, AT + HOUR)
    assert notice.laws == ["model"]
    with acting_as(scene.own.publisher) as actor:
        rules = {row.rule for row in clocks_of(actor, scene.case)}
        assert "screening-partners" in rules
        assert not {"fdi-intent", "fdi-comments"} & rules
        assert {each.comments for each in notice_deadlines(actor, notice)} == {True}


def test_programs_are_told_which_laws_a_notice_starts(scene: Scene) -> None:
    made = ask(
        program(scene.own.documenter), "POST", "/cases/port-2027/notices",
        {"recipient": str(scene.partner.id)},
    )  # fmt: skip
    assert {each["regime"]: each["starts"] for each in made["laws"]} == {
        "eu-2019-452": True, "model": True,
    }  # fmt: skip
    assert {each["outcome"] for each in made["laws"]} <= {"yes", "unclear"}


def test_a_decision_without_partners_needs_no_reason(scene: Scene) -> None:
    row = proposed(scene)
    with acting_as(scene.own.publisher) as actor:
        assert take_decision(row, actor=actor, at=AT + HOUR).urgent == ""
