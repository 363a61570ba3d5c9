"""Which status may follow which, and that recognition takes two people."""

from __future__ import annotations

from datetime import date
from itertools import product
from uuid import UUID

import pytest

from undaunted.core.access.rules import Verb
from undaunted.prisoners.registry.rules.statuses import (
    COUNTED,
    TIER_MEANING,
    TRANSITIONS,
    RecognitionStatus,
    StatusReason,
    Tier,
    decide_change,
    next_statuses,
)

ANNA, BORIS = UUID(int=1), UUID(int=2)
S = RecognitionStatus


def change(  # noqa: PLR0913
    current: S = S.CANDIDATE,
    new: S = S.RECOGNISED,
    *,
    proposer: UUID = ANNA,
    confirmer: UUID | None = BORIS,
    reason: str = "Criterion a is met.",
    result: bool | None = True,
    ends_on: date | None = date(2026, 1, 1),
) -> StatusReason:
    decision = decide_change(
        current, new, proposer=proposer, confirmer=confirmer, reason=reason, result=result,
        ends_on=ends_on,
    )  # fmt: skip
    assert decision.allowed is (decision.reason is StatusReason.ALLOWED)
    return decision.reason


def test_two_people_recognise_on_a_result_that_is_met() -> None:
    assert change() is StatusReason.ALLOWED


def test_nobody_recognises_alone() -> None:
    assert change(confirmer=None) is StatusReason.SECOND_PERSON_MISSING
    assert change(confirmer=ANNA) is StatusReason.SAME_PERSON


def test_recognition_must_follow_the_computed_result() -> None:
    assert change(result=None) is StatusReason.RESULT_UNCLEAR
    assert change(result=False) is StatusReason.RESULT_CONTRADICTS
    assert change(new=S.NOT_RECOGNISED, result=True) is StatusReason.RESULT_CONTRADICTS
    assert change(new=S.NOT_RECOGNISED, result=False) is StatusReason.ALLOWED


@pytest.mark.parametrize("step", TRANSITIONS)
def test_every_step_needs_a_reason(step: tuple[S, S]) -> None:
    assert change(*step, reason=" ") is StatusReason.REASON_MISSING


@pytest.mark.parametrize("step", [pair for pair in product(S, S) if pair not in TRANSITIONS])
def test_step_outside_the_table_cannot_happen(step: tuple[S, S]) -> None:
    assert change(*step) is StatusReason.NO_SUCH_STEP


def test_whatever_ends_in_recognition_takes_a_second_person_and_a_result() -> None:
    for (_, new), step in TRANSITIONS.items():
        if new is S.RECOGNISED:
            assert (step.confirmed_by, step.result) == (Verb.RECOGNISE, True)


def test_dispute_is_open_to_one_person_where_nobody_is_counted() -> None:
    for current in set(S) - {S.DISPUTED} - COUNTED:
        assert change(current, S.DISPUTED, confirmer=None, result=None) is StatusReason.ALLOWED


def test_whatever_changes_a_count_takes_a_second_person() -> None:
    for (current, new), step in TRANSITIONS.items():
        if current in COUNTED or new in COUNTED:
            assert step.confirmed_by is Verb.RECOGNISE
            assert change(current, new, confirmer=None, result=step.result) is (
                StatusReason.SECOND_PERSON_MISSING
            )


def test_former_says_until_when_recognition_held() -> None:
    assert change(S.RECOGNISED, S.FORMER, ends_on=None) is StatusReason.END_MISSING
    assert change(S.RECOGNISED, S.FORMER) is StatusReason.ALLOWED


def test_next_statuses_are_the_table() -> None:
    assert next_statuses(S.NOT_RECOGNISED) == (S.CANDIDATE, S.DISPUTED)


def test_every_status_can_be_left() -> None:
    assert all(next_statuses(status) for status in S)


def test_every_tier_has_a_meaning() -> None:
    assert set(TIER_MEANING) == set(Tier)
