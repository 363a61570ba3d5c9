"""A notice that is taken back ends the periods that it alone started; the next starts them anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import screened
from tests.coercion.screening.factories import AT, HOUR, Scene
from tests.coercion.screening.test_partner_periods import proposed, told
from tests.coercion.screening.test_partners_ended import decided, overturned
from tests.coercion.screening.test_partners_stopped import THEIRS
from undaunted.coercion.screening.actions import (
    record_step,
    send_notice,
    take_decision,
    withdraw_notice,
    write_notice,
)
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.phases import clocks_known
from undaunted.coercion.screening.queries import clocks_of
from undaunted.coercion.screening.rules import Step
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.models import Notice

pytestmark = pytest.mark.usefixtures("ledger")
DAYS = timedelta(days=1)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


def _taken_back(scene: Scene, notice: Notice, at: Any) -> None:
    with acting_as(scene.own.documenter) as actor:
        withdraw_notice(notice, actor=actor, at=at)


def _other(scene: Scene) -> Notice:
    """Give a notice to a second partner, as it waits for a second person."""
    with acting_as(scene.own.documenter) as actor:
        return write_notice(scene.case, scene.stranger.id, actor=actor, at=AT + DAYS)


def _running(scene: Scene) -> dict[str, date]:
    with acting_as(scene.own.documenter) as actor:
        rows = clocks_of(actor, scene.case).filter(met_at__isnull=True, cancelled_at__isnull=True)
        return {row.rule: row.started_at.date() for row in rows if row.rule in THEIRS}


def test_nobody_waits_for_partners_whose_notice_was_taken_back(scene: Scene) -> None:
    notice = told(scene)
    assert set(_running(scene)) == THEIRS
    _taken_back(scene, notice, AT + HOUR)
    assert _running(scene) == {}
    with acting_as(scene.own.documenter) as actor:
        assert partner_periods(actor, scene.case, AT + 2 * HOUR) == ()
        assert {row.rule for row in clocks_known(actor, scene.case, AT)} >= THEIRS
        shown = [each for each in case_events(actor, scene.case, AT + 2 * HOUR) if each.cancelled]
        assert len(shown) >= len(THEIRS), "calendars drop them"
    row = proposed(scene)
    with acting_as(scene.own.publisher) as actor:
        assert take_decision(row, actor=actor, at=AT + 2 * HOUR).taken_at


def test_the_next_notice_gives_partners_the_whole_time(scene: Scene) -> None:
    notice = told(scene)
    with acting_as(scene.own.documenter) as actor:
        record_step(scene.case, Step.INTENT, on=AT.date(), actor=actor, at=AT + HOUR)
    _taken_back(scene, notice, AT + 2 * HOUR)
    told(scene, AT + 4 * DAYS)
    assert _running(scene) == dict.fromkeys(THEIRS, (AT + 4 * DAYS).date())


def test_periods_run_on_for_another_notice_that_stands(scene: Scene) -> None:
    first = told(scene)
    second = _other(scene)
    with acting_as(scene.own.publisher) as actor:
        send_notice(second, actor=actor, at=AT + DAYS)
    _taken_back(scene, first, AT + 2 * DAYS)
    assert _running(scene) == dict.fromkeys(THEIRS, AT.date())
    told(scene, AT + 3 * DAYS)
    with acting_as(scene.own.documenter) as actor:
        assert clocks_of(actor, scene.case).filter(rule__in=THEIRS).count() == len(THEIRS)


def test_one_that_was_never_sent_ends_nothing_as_it_is_taken_back(scene: Scene) -> None:
    told(scene)
    _taken_back(scene, _other(scene), AT + 2 * DAYS)
    assert set(_running(scene)) == THEIRS


def test_a_case_opened_again_renews_no_period_of_a_notice_that_was_taken_back(
    scene: Scene,
) -> None:
    notice = told(scene)
    row = decided(scene, AT + HOUR)
    _taken_back(scene, notice, AT + 2 * HOUR)
    overturned(scene, row, AT + DAYS)
    assert _running(scene) == {}
    told(scene, AT + 2 * DAYS)
    assert set(_running(scene)) == THEIRS
