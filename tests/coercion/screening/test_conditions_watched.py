"""Conditions of a decision: when they are looked at, and how they stand after each look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from undaunted.coercion.screening.rules import (
    Condition,
    ConditionStanding,
    Mitigation,
    MitigationRefused,
    Outcome,
    Report,
    check_condition,
    check_report,
    monitoring_days,
    next_look,
    standing_on,
)

__all__: list[str] = []

TIDE = Condition(
    Mitigation.GOVERNANCE,
    "Two directors whom the authority accepts sit on the board of the operator.",
    since=date(2027, 1, 31),
    months=1,
    watched_by="Port authority",
)


def test_looks_fall_on_the_last_of_short_months() -> None:
    days = monitoring_days(TIDE, until=date(2027, 5, 1))
    assert days == (date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30))
    ending = replace(TIDE, until=date(2027, 3, 1))
    assert monitoring_days(ending, until=date(2030, 1, 1)) == (date(2027, 2, 28),)


@pytest.mark.parametrize(
    ("day", "reports", "standing"),
    [
        (date(2027, 1, 1), [], ConditionStanding.NOT_YET),
        (date(2027, 2, 27), [], ConditionStanding.UNSEEN),
        (date(2027, 2, 28), [], ConditionStanding.DUE),
        (date(2027, 3, 1), [], ConditionStanding.OVERDUE),
        (date(2027, 3, 1), [(date(2027, 3, 1), Outcome.KEPT)], ConditionStanding.KEPT),
        (date(2027, 3, 1), [(date(2027, 3, 1), Outcome.DOUBTFUL)], ConditionStanding.DOUBTFUL),
        (date(2027, 9, 1), [(date(2027, 3, 1), Outcome.BROKEN)], ConditionStanding.BROKEN),
        (
            date(2027, 3, 2),
            [(date(2027, 3, 2), Outcome.KEPT), (date(2027, 3, 1), Outcome.BROKEN)],
            ConditionStanding.KEPT,
        ),
        (date(2027, 2, 27), [(date(2027, 3, 1), Outcome.BROKEN)], ConditionStanding.UNSEEN),
    ],
)
def test_a_condition_stands_as_it_was_last_seen(
    day: date, reports: list[tuple[date, Outcome]], standing: ConditionStanding
) -> None:
    seen = [Report(on, outcome, "seen", ("document 4",)) for on, outcome in reports]
    assert standing_on(TIDE, seen, day) is standing


def test_the_next_look_follows_the_last_and_none_follows_the_end() -> None:
    assert next_look(TIDE, []) == date(2027, 2, 28)
    assert next_look(TIDE, [date(2027, 3, 1), date(2027, 2, 2)]) == date(2027, 3, 31)
    ending = replace(TIDE, until=date(2027, 3, 30))
    assert next_look(ending, [date(2027, 2, 2)]) == date(2027, 2, 28)
    assert next_look(ending, [date(2027, 3, 1)]) is None


def test_a_condition_that_ended_is_watched_no_longer() -> None:
    ended = replace(TIDE, until=date(2027, 3, 1))
    assert standing_on(ended, [], date(2027, 3, 2)) is ConditionStanding.ENDED


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": "Behave."}, "text:"),
        ({"months": 0}, "months: a look every 1 to 60"),
        ({"watched_by": ""}, "watched_by:"),
        ({"until": date(2027, 1, 31)}, "ends_on:"),
    ],
)
def test_a_condition_that_nobody_could_watch_is_refused(changed: dict[str, Any], says: str) -> None:
    check_condition(TIDE)
    with pytest.raises(MitigationRefused, match=says):
        check_condition(replace(TIDE, **changed))


def test_a_look_is_after_the_first_day_says_something_and_a_breach_names_evidence() -> None:
    seen = Report(date(2027, 2, 28), Outcome.BROKEN, "One director left.", ("document 5",))
    check_report(TIDE, seen)
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"on": date(2027, 1, 1)}, "binds from"),
        ({"text": ""}, "say what was seen"),
        ({"evidence": ()}, "a breach names"),
    )
    for changed, says in refused:
        with pytest.raises(MitigationRefused, match=says):
            check_report(TIDE, replace(seen, **changed))
