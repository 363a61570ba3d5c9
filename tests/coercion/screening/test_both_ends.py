"""Periods of partners that end for Member States before they end for the Commission."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.coercion.screening.deciding import screened
from tests.coercion.screening.factories import AT
from tests.core.accounts.factories import signed_in_client
from undaunted.coercion.screening.actions.phases import CASE
from undaunted.coercion.screening.analysis.letter_periods import (
    comments_until,
    deadlines_of,
    partner_deadlines,
)
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.queries import case_as_known, clocks_of
from undaunted.coercion.screening.templatetags.screening import clock_end
from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import start_clock
from undaunted.core.clocks.queries import events_of, overdue_clocks

if TYPE_CHECKING:
    from tests.coercion.screening.factories import Scene
    from undaunted.core.clocks.actions import Clock

pytestmark = pytest.mark.usefixtures("ledger")
LATER = datetime(2028, 2, 1, 12, tzinfo=UTC)
COMMENTS = "Member States comment and Commission gives its opinion"
TOLD = "Member States: 21 February 2028 · Commission: 2 March 2028"
STATES, COMMISSION = date(2028, 2, 21), date(2028, 3, 2)


@pytest.fixture
def scene(owner_sql: Any) -> Scene:
    return screened(owner_sql)


@pytest.fixture
def clock(scene: Scene) -> Clock:
    """Give the period for comments as it will run; nothing in a case is recorded ahead."""
    with acting_as(scene.own.documenter) as actor:
        return start_clock(
            "fdi-2026-comments", actor=actor, at=AT, holder=scene.case.holder, subject_kind=CASE,
            subject_id=scene.case.pk, started_at=LATER,
        )  # fmt: skip


def test_the_pages_tell_each_end_with_whose_it_is(scene: Scene, clock: Clock) -> None:
    page = signed_in_client(scene.own.documenter)
    shown = page.get(f"/desk/screening/cases/{scene.case.pk}/?from=2028-02-01").content.decode()
    assert TOLD in shown, "the period that runs"
    assert "Member States: 16 February 2028 · Commission: 21 February 2028" in shown, (
        "what the law would say of the day"
    )
    one = page.get(f"/desk/clocks/{clock.pk}/").content.decode()
    assert "20 days · Member States" in one
    assert "30 days · Commission" in one
    with acting_as(scene.own.documenter) as actor:
        (other,) = clocks_of(actor, scene.case).filter(rule="screening-first-phase")
        assert "Commission" not in clock_end(other)


def test_letters_tell_each_end(scene: Scene, clock: Clock) -> None:
    with acting_as(scene.own.documenter) as actor:
        ends = {each.title: each.due for each in deadlines_of(actor, scene.case, LATER)}
        assert ends[f"{COMMENTS} (Member States)"] == STATES
        assert ends[f"{COMMENTS} (Commission)"] == COMMISSION
        told = [(each.line.title, each.due) for each in partner_deadlines(actor, "XF", LATER)]
        assert (f"{COMMENTS} (Member States)", STATES) in told
        assert (f"{COMMENTS} (Commission)", COMMISSION) in told
        first = comments_until(actor, case_as_known(actor, scene.case, LATER), LATER)
        assert first == STATES, "whom a letter is for may be a Member State"
        assert clock.rule == "fdi-2026-comments"


def test_a_decision_waits_for_the_commission_when_member_states_had_their_time(
    scene: Scene, clock: Clock
) -> None:
    with acting_as(scene.own.documenter) as actor:
        both = [each.due for each in partner_periods(actor, scene.case, LATER)]
        assert both == [STATES, COMMISSION]
        (last,) = partner_periods(actor, scene.case, datetime(2028, 2, 25, 12, tzinfo=UTC))
        assert (last.title, last.due) == (f"{COMMENTS} (Commission)", COMMISSION)
        assert not partner_periods(actor, scene.case, datetime(2028, 3, 3, 12, tzinfo=UTC))
        assert clock.held_rule.source.article == last.law.partition(", ")[2]


def test_a_calendar_has_each_end_with_whose_it_is(scene: Scene, clock: Clock) -> None:
    with acting_as(scene.own.documenter) as actor:
        states, commission = events_of(actor, clocks_of(actor, scene.case).filter(pk=clock.pk), AT)
        assert (states.when, commission.when) == (STATES, COMMISSION)
        assert states.summary.endswith(" · Member States")
        assert commission.summary.endswith(" · Commission")


def test_partners_are_not_late_while_the_commission_has_time(scene: Scene, clock: Clock) -> None:
    with acting_as(scene.own.documenter) as actor:
        assert clock not in overdue_clocks(actor, datetime(2028, 2, 25, 12, tzinfo=UTC))
        assert clock in overdue_clocks(actor, datetime(2028, 3, 3, 12, tzinfo=UTC))
