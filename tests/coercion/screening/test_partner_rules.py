"""Until when partners may speak, under which laws they are told; by when a deal is unwound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.coercion.screening.test_casework_rules import (
    DECIDED,
    EU,
    MODEL,
    REASONS,
    UK,
    calendar_told,
    draft_of_kind,
)
from undaunted.coercion.screening.rules import (
    Condition,
    ConditionStanding,
    DecisionKind,
    DecisionRefused,
    InScope,
    Mitigation,
    Outcome,
    PartnerPeriod,
    Report,
    ScreeningRefused,
    Step,
    check_decision,
    check_heard,
    regime_named,
    standing_on,
)
from undaunted.coercion.screening.rules.cooperation import (
    check_reached,
    check_urgent,
    partner_clocks,
    reached_by,
)
from undaunted.core.clocks.rules import State

__all__: list[str] = []


def test_information_that_nobody_asked_for_starts_no_other_period() -> None:
    told = calendar_told(EU, (Step.NOTIFIED, 3, 1), (Step.PARTNERS_ANSWERED, 4, 1))
    assert set(told) == {"fdi-intent", "fdi-comments"}


def test_partners_who_did_not_ask_keep_their_period_from_2028_on() -> None:
    law = regime_named("eu-2026-1386")
    steps = (Step.NOTIFIED, 3, 1), (Step.PARTNERS_ASKED, 3, 2)
    first = calendar_told(law, steps[0], year=2028)["fdi-2026-comments"].last_day
    asked = calendar_told(law, *steps, year=2028)
    assert asked["fdi-2026-comments"].deadline is not None
    assert asked["fdi-2026-comments"].deadline.state is State.STOPPED
    told = calendar_told(law, *steps, (Step.PARTNERS_ANSWERED, 3, 3), year=2028)
    assert told["fdi-2026-comments"].last_day == first
    assert "fdi-2026-comments-information" in told
    replaced = calendar_told(EU, *steps, (Step.PARTNERS_ANSWERED, 3, 3))
    assert set(replaced) == {"fdi-intent", "fdi-comments-information"}


def test_what_the_authority_asks_of_the_investor_stops_no_period_of_partners() -> None:
    told = calendar_told(EU, (Step.NOTIFIED, 3, 1), (Step.REQUESTED, 3, 11), (Step.ANSWERED, 4, 1))
    assert set(told) == {"fdi-intent", "fdi-comments"}
    assert told["fdi-comments"].last_day == date(2027, 4, 5)
    steps = (Step.NOTIFIED, 3, 1), (Step.REQUESTED, 3, 11), (Step.ANSWERED, 4, 1)
    last = calendar_told(MODEL, steps[0])["screening-partners"].last_day
    assert calendar_told(MODEL, *steps)["screening-partners"].last_day == last
    asked = (Step.PARTNERS_ASKED, 3, 11), (Step.PARTNERS_ANSWERED, 3, 21)
    later = calendar_told(MODEL, steps[0], *asked)["screening-partners"].last_day
    assert last is not None
    assert later is not None
    assert later > last


def _wait(due: date | None = date(2027, 3, 1)) -> PartnerPeriod:
    return PartnerPeriod("Comments (invented)", due, "Regulation (EU) 2019/452, Article 6(7)")


def test_periods_of_partners_are_those_that_their_steps_begin() -> None:
    assert partner_clocks(EU) == {
        "fdi-intent", "fdi-comments", "fdi-comments-information", "fdi-opinion-after-comments",
    }  # fmt: skip
    assert partner_clocks(MODEL) == {"screening-partners"}
    assert not partner_clocks(UK)


def test_a_decision_before_partners_periods_end_says_why() -> None:
    check_heard((), "")
    check_heard((_wait(),), REASONS, date(2026, 11, 20))
    with pytest.raises(DecisionRefused, match="urgent_told_on: it does not say when"):
        check_heard((_wait(),), REASONS)
    with pytest.raises(DecisionRefused, match=r"urgent: .*Comments \(invented\) \(2027-03-01\)"):
        check_heard((_wait(),), " ")
    with pytest.raises(DecisionRefused, match=r"Comments \(invented\); wait until it ends"):
        check_heard((_wait(None),), "")
    day = date(2026, 11, 20)
    check_urgent("", None, "")
    check_urgent(REASONS, day, "Syldavia")
    for urgent, told_on, told_to, says in (
        ("soon", day, "Syldavia", "urgent: give reasons"),
        (REASONS, None, "Syldavia", "urgent_told_on: partners are told before"),
        (REASONS, day, " ", "urgent_told_to: say which partners"),
        ("", day, "", "urgent: say why it does not wait"),
        ("", None, "Syldavia", "urgent: say why it does not wait"),
    ):
        with pytest.raises(DecisionRefused, match=says):
            check_urgent(urgent, told_on, told_to)


def test_a_notice_starts_the_periods_of_laws_that_are_not_found_outside() -> None:
    outside = {EU.key: InScope.NO, MODEL.key: InScope.NO}
    assert reached_by({}, (EU, MODEL, UK)) == (EU, MODEL)
    assert check_reached({EU.key: InScope.NO}, (EU, MODEL, UK), "") == (MODEL,)
    assert check_reached({EU.key: InScope.UNCLEAR}, (EU,), "") == (EU,)
    assert check_reached(outside, (EU, MODEL), REASONS) == (EU, MODEL)
    assert check_reached({}, (UK,), "") == ()
    with pytest.raises(ScreeningRefused, match="though_outside: by its scope test, Regulation"):
        check_reached(outside, (EU, MODEL), " ")
    with pytest.raises(ScreeningRefused, match="though_outside: give reasons"):
        check_reached({}, (EU,), "because")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"unwind_by": None}, "unwind_by: give the last day"),
        ({"unwind_by": DECIDED}, "unwind_by: it lies after 2027-02-01"),
        ({"unwind_by": date(2099, 1, 1)}, "unwind_by: 2099-01-01 lies more than five years"),
        ({"kind": DecisionKind.PROHIBIT, "completed": False}, "unwind_by: only unwinding"),
    ],
)
def test_a_decision_that_unwinds_names_its_last_day(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(DecisionRefused, match=says):
        check_decision(replace(draft_of_kind(DecisionKind.UNWIND), **changed))


def test_an_unwinding_is_late_from_its_last_day_until_it_is_lifted_as_done() -> None:
    condition = Condition(
        Mitigation.DIVESTMENT, "The investment is unwound", DECIDED, 6, "Authority", None,
        date(2027, 4, 1),
    )  # fmt: skip
    seen = (Report(date(2027, 3, 1), Outcome.KEPT, "On its way (invented)"),)
    told = [standing_on(condition, seen, date(2027, 4, day)) for day in (1, 2)]
    assert standing_on(condition, seen, date(2027, 3, 31)) is ConditionStanding.KEPT
    assert told == [ConditionStanding.DUE, ConditionStanding.OVERDUE]
    assert standing_on(condition, (), date(2032, 1, 1)) is ConditionStanding.OVERDUE
