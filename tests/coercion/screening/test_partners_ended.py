"""A decision ends what partners' periods are left; its letter still prints them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from tests.coercion.screening.deciding import DAY, REASONS, decision_proposed, screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.test_case_letters import words_of
from tests.coercion.screening.test_partner_periods import (
    ASKED,
    PRESSING,
    asked_for,
    proposed,
    told,
)
from tests.coercion.screening.test_partners_stopped import THEIRS, answered, stopped
from undaunted.coercion.screening.actions import (
    DecisionPlan,
    move_case,
    propose_decision,
    record_recourse,
    return_decision,
    take_decision,
    withdraw_request,
    write_case_letter,
)
from undaunted.coercion.screening.analysis.letter_periods import comments_until
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.phases import clocks_known
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.coercion.screening.rules import DecisionKind, ScreeningStage, Version
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.queries import open_clocks

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Decision

__all__ = ["overturned"]

pytestmark = pytest.mark.usefixtures("ledger")
DAYS = timedelta(days=1)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def decided(scene: Scene, at: datetime) -> Decision:
    clear: dict[str, Any] = {"kind": DecisionKind.CLEAR, "conditions": ()}
    row = decision_proposed(scene, at, urgent=PRESSING, **clear)
    with acting_as(scene.own.publisher) as actor:
        return take_decision(row, actor=actor, at=at)


def test_a_decision_ends_periods_of_partners_and_its_letter_still_prints_them(
    scene: Scene,
) -> None:
    notice = told(scene)
    with acting_as(scene.own.documenter) as actor:
        assert {row.rule for row in open_clocks(actor)} >= THEIRS
        sheet = case_as_known(actor, scene.case, AT + HOUR)
        until = comments_until(actor, sheet, AT + HOUR, notice.laws)
    taken = decided(scene, AT + HOUR)
    assert taken.taken_at == AT + HOUR
    with acting_as(scene.own.documenter) as actor:
        assert not {row.rule for row in open_clocks(actor)} & THEIRS
        assert not any(row.met_at for row in clocks_of(actor, scene.case).filter(rule__in=THEIRS))
        assert partner_periods(actor, scene.case, AT + 2 * HOUR) == ()
        assert {row.rule for row in clocks_known(actor, scene.case, AT + HOUR)} >= THEIRS
        early = {each.due for each in partner_periods(actor, scene.case, AT + HOUR)}
        assert date(2026, 12, 25) in early
        after = case_as_known(actor, scene.case, AT + 3 * DAYS)
        assert comments_until(actor, after, AT + 3 * DAYS, notice.laws) == until
    with acting_as(scene.own.publisher) as actor:
        asks: dict[str, Any] = {"media": "docx", "actor": actor, "at": AT + 9 * HOUR}
        words = words_of(write_case_letter(scene.case, ASKED, version=Version.OPEN, **asks))
    assert "When this is decided, partner authorities can still speak:" in words
    assert "25 December 2026" in words


def test_a_period_that_stands_still_as_it_is_decided_is_told_so(scene: Scene) -> None:
    told(scene)
    asked_for(scene, AT + HOUR)
    decided(scene, AT + 2 * HOUR)
    with acting_as(scene.own.documenter) as actor:
        known = partner_periods(actor, scene.case, AT + 2 * HOUR)
        assert None in {each.due for each in known}
        assert stopped(scene) == set()


def overturned(scene: Scene, row: Decision, at: datetime, lodged_on: date = DAY) -> None:
    """Let a court speak, and open the case again."""
    with acting_as(scene.own.documenter) as actor:
        record_recourse(
            row, body="Court of Freedonia", lodged_on=lodged_on, outcome="Annulled",
            outcome_on=at.date(), result="annulled", actor=actor, at=at,
        )  # fmt: skip
        move_case(scene.case, ScreeningStage.SCREENING, actor=actor, at=at, reason="Annulled")


def test_partners_have_the_rest_of_their_time_where_a_case_is_opened_again(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    first = asked_for(scene, AT + HOUR)
    with acting_as(scene.own.documenter) as actor:
        withdraw_request(first, why="Asked by mistake", actor=actor, at=AT + 2 * HOUR)
        before = partner_periods(actor, scene.case, AT + 3 * HOUR)
    row = decided(scene, AT + 3 * HOUR)
    overturned(scene, row, AT + DAYS)
    with acting_as(scene.own.documenter) as actor:
        assert partner_periods(actor, scene.case, AT + DAYS) == before
        held = [e for e in clocks_of(actor, scene.case) if e.rule == "fdi-comments"]
        assert sorted(each.closed for each in held) == [False, True], "what ended stays so"
    with acting_as(scene.own.documenter) as actor:
        factors = tuple(UUID(each) for each in row.factors)
        plan = DecisionPlan(
            "model", DecisionKind.CLEAR, REASONS, factors, DAY, urgent=PRESSING,
            urgent_told_on=DAY, urgent_told_to="Syldavia",
        )  # fmt: skip
        second = propose_decision(scene.case, plan, actor=actor, at=AT + 2 * DAYS)
    with acting_as(scene.own.publisher) as actor:
        again = take_decision(second, actor=actor, at=AT + 2 * DAYS)
    owner_sql("UPDATE clocks_clock SET started_at = started_at - interval '60 days'")
    overturned(scene, again, AT + 3 * DAYS)
    with acting_as(scene.own.documenter) as actor:
        assert partner_periods(actor, scene.case, AT + 3 * DAYS) == ()
        assert not {each.rule for each in open_clocks(actor)} & THEIRS, "their time is over"


def test_a_period_that_stood_still_stands_still_again(scene: Scene) -> None:
    told(scene)
    request = asked_for(scene, AT + HOUR)
    row = decided(scene, AT + 2 * HOUR)
    overturned(scene, row, AT + DAYS)
    assert stopped(scene) >= {"fdi-comments"}
    assert answered(scene, request, AT + 2 * DAYS) == set()


def test_a_period_goes_on_from_when_its_request_ended_while_the_case_was_decided(
    scene: Scene,
) -> None:
    told(scene)
    request = asked_for(scene, AT + HOUR)
    row = decided(scene, AT + 2 * HOUR)
    with acting_as(scene.own.documenter) as actor:
        withdraw_request(request, why="Asked by mistake", actor=actor, at=AT + DAYS)
    overturned(scene, row, AT + 3 * DAYS)
    assert stopped(scene) == set()
    with acting_as(scene.own.documenter) as actor:
        open_now = {each.rule: each for each in clocks_of(actor, scene.case) if not each.closed}
        assert "fdi-comments-information" not in open_now, "nothing came"
        stops = open_now["fdi-comments"].events.stops
        ended = [each.end and each.end.date() for each in stops]
        assert ended == [(AT + DAYS).date()], "what is asked no more stops nothing"
        assert {each.due for each in partner_periods(actor, scene.case, AT + 3 * DAYS)}


def test_what_came_while_the_case_was_decided_begins_the_other_period_on_its_day(
    scene: Scene,
) -> None:
    told(scene)
    request = asked_for(scene, AT + HOUR)
    row = decided(scene, AT + 2 * HOUR)
    assert answered(scene, request, AT + DAYS) == set()
    overturned(scene, row, AT + 3 * DAYS)
    assert stopped(scene) == set()
    with acting_as(scene.own.documenter) as actor:
        open_now = {each.rule: each for each in clocks_of(actor, scene.case) if not each.closed}
        assert "fdi-comments" not in open_now, "the other period took its place"
        assert open_now["fdi-comments-information"].started_at.date() == (AT + DAYS).date()


def test_a_request_that_still_waits_holds_the_period_after_another_ended(scene: Scene) -> None:
    told(scene)
    first, second = asked_for(scene, AT + HOUR), asked_for(scene, AT + HOUR)
    row = decided(scene, AT + 2 * HOUR)
    answered(scene, first, AT + DAYS)
    overturned(scene, row, AT + 3 * DAYS)
    assert stopped(scene) >= {"fdi-comments"}
    assert answered(scene, second, AT + 4 * DAYS) == set()


def test_time_that_ran_out_while_the_case_was_decided_is_not_begun_again(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    request = asked_for(scene, AT + HOUR)
    row = decided(scene, AT + 2 * HOUR)
    with acting_as(scene.own.documenter) as actor:
        withdraw_request(request, why="Asked by mistake", actor=actor, at=AT + DAYS)
    owner_sql("UPDATE clocks_clock SET started_at = started_at - interval '60 days'")
    overturned(scene, row, AT + 3 * DAYS)
    with acting_as(scene.own.documenter) as actor:
        assert {each.rule for each in open_clocks(actor)} & THEIRS == set()


def test_a_decision_sent_back_ends_nothing(scene: Scene) -> None:
    told(scene)
    row = proposed(scene, urgent=PRESSING)
    with acting_as(scene.own.publisher) as actor:
        return_decision(row, "Wait", actor=actor, at=AT + HOUR)
        assert {each.rule for each in open_clocks(actor)} >= THEIRS
