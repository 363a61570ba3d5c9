"""What partners' periods stood still for before it was told apart, and when they go on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.test_partner_periods import asked_for, told
from undaunted.coercion.screening.actions import (
    AnswerPlan,
    RequestPlan,
    ask_for_information,
    record_answer,
    withdraw_request,
)
from undaunted.coercion.screening.queries import clocks_of
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Request

__all__ = ["THEIRS", "answered", "stopped"]

pytestmark = pytest.mark.usefixtures("ledger")
THEIRS = {"fdi-intent", "fdi-comments", "screening-partners"}
DAYS = timedelta(days=1)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def asked(scene: Scene, at: datetime) -> Request:
    """Ask for something that partners did not ask for."""
    with acting_as(scene.own.documenter) as actor:
        plan = RequestPlan("Morava Shell NV", "Who appoints the board?", stops=True)
        return ask_for_information(scene.case, plan, actor=actor, at=at)


def answered(scene: Scene, request: Request, at: datetime) -> set[str]:
    """Record a complete answer; give the periods of partners that stand still after it."""
    with acting_as(scene.own.documenter) as actor:
        record_answer(request, AnswerPlan(at.date(), "The board"), actor=actor, at=at)
    return stopped(scene)


def stopped(scene: Scene) -> set[str]:
    with acting_as(scene.own.documenter) as actor:
        rows = clocks_of(actor, scene.case).filter(stopped_since__isnull=False)
        return {row.rule for row in rows if row.rule in THEIRS and not row.closed}


def stop_as_before(owner_sql: Any, at: datetime) -> None:
    """Let partners' period stand still, as each request that stopped periods once let it."""
    owner_sql(
        "UPDATE clocks_clock SET stopped_since = %s, stops = %s::jsonb WHERE rule = 'fdi-comments'",
        [at, f'[{{"start": "{at.isoformat()}", "end": null}}]'],
    )


def test_a_period_of_before_waits_for_the_request_for_which_it_stopped(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    first = asked(scene, AT + HOUR)
    stop_as_before(owner_sql, AT + HOUR)
    second = asked(scene, AT + DAYS)
    assert answered(scene, second, AT + DAYS + HOUR) == {"fdi-comments"}
    third = asked_for(scene, AT + 2 * DAYS)
    assert answered(scene, third, AT + 2 * DAYS + HOUR) >= {"fdi-comments"}
    assert answered(scene, first, AT + 3 * DAYS) == set()
    with acting_as(scene.own.documenter) as actor:
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert held["fdi-comments"].cancelled_at is not None
        assert not held["fdi-comments-information"].closed


def test_a_period_of_before_goes_on_where_its_request_is_withdrawn(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    first = asked(scene, AT + HOUR)
    stop_as_before(owner_sql, AT + HOUR)
    asked(scene, AT + DAYS)
    with acting_as(scene.own.documenter) as actor:
        withdraw_request(first, why="Asked by mistake", actor=actor, at=AT + 2 * DAYS)
        held = {row.rule: row for row in clocks_of(actor, scene.case)}
        assert (held["fdi-comments"].closed, held["fdi-comments"].stopped_since) == (False, None)
        assert "fdi-comments-information" not in held


def test_a_period_of_before_whose_request_has_its_answer_waits_for_the_others(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    first = asked(scene, AT + HOUR)
    others = [asked(scene, AT + days * DAYS) for days in (1, 2)]
    answered(scene, first, AT + 2 * DAYS)
    stop_as_before(owner_sql, AT + HOUR)
    assert answered(scene, others[0], AT + 3 * DAYS) == {"fdi-comments"}
    assert answered(scene, others[1], AT + 3 * DAYS) == set()


def test_an_own_question_lets_no_period_go_on_that_somebody_stopped_by_hand(
    scene: Scene, owner_sql: Any
) -> None:
    told(scene)
    stop_as_before(owner_sql, AT + HOUR)
    own = asked(scene, AT + DAYS)
    assert answered(scene, own, AT + 2 * DAYS) == {"fdi-comments"}
