"""Statements recorded by one, accepted by another, corrected and withdrawn; the board over them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.commitments.factories import (
    AT,
    Office,
    accepted,
    corrected,
    make_office,
    recorded,
    said,
    written,
)
from undaunted.core.access.rules import PUBLIC, AccessError, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.core.commitments.actions import (
    StatementDecided,
    StatementRefused,
    StatementStands,
    accept_statement,
    correct_statement,
    decline_statement,
    import_statements,
    record_statement,
    withdraw_statement,
)
from undaunted.core.commitments.queries import (
    board_of,
    brought_back_by,
    history_of,
    published_statements,
    standing_for,
    statement_for,
    statements_for,
    waiting_statements,
)
from undaunted.core.commitments.rules import CommitmentAnswer, Status, shipped_statements

pytestmark = pytest.mark.usefixtures("ledger")

SCREENING = "investment-screening"
ON = date(2026, 6, 2)


@pytest.fixture
def office(owner_sql: Any) -> Office:
    return make_office(owner_sql)


def test_nothing_stands_on_a_board_before_a_second_person_has_accepted_it(office: Office) -> None:
    made = recorded(office)
    assert board_of(PUBLIC, SCREENING, on=ON).rows == ()
    with acting_as(office.writer) as actor, pytest.raises(AccessError):
        accept_statement(made, actor=actor, at=AT)
    with acting_as(office.reviewer) as actor:
        assert list(waiting_statements(actor)) == [made]
        accept_statement(made, actor=actor, at=AT)
        assert list(waiting_statements(actor)) == []
        with pytest.raises(StatementDecided):
            accept_statement(made, actor=actor, at=AT)
    (row,) = board_of(PUBLIC, SCREENING, on=ON).rows
    assert (row.state, row.status, row.answers["call-in"]) == (
        "XF",
        Status.IN_FORCE,
        CommitmentAnswer.HAS,
    )
    assert board_of(PUBLIC, SCREENING, on=date(2024, 2, 29)).rows == ()


def test_correction_takes_its_place_from_then_on_and_the_past_stays_known(office: Office) -> None:
    wrong = accepted(office)
    later = AT + timedelta(days=10)
    changed = {"features": [{"code": "call-in", "has": False, "sources": ["gazette"]}]}
    changed |= {"sources": written()["sources"][:1]}
    right = corrected(office, wrong, at=later, **changed)
    now = standing_for(PUBLIC, SCREENING, "XF", on=ON)
    then = standing_for(PUBLIC, SCREENING, "XF", on=ON, known_on=AT.date())
    assert now is not None
    assert then is not None
    assert (now.answers["call-in"], then.answers["call-in"]) == (
        CommitmentAnswer.LACKS,
        CommitmentAnswer.HAS,
    )
    assert now.current.id == right.pk
    assert [each.id for each in history_of(PUBLIC, SCREENING, "XF")] == [wrong.pk, right.pk]
    with acting_as(office.writer) as actor:
        wrong.refresh_from_db()
        assert wrong.corrected_at == later
        with pytest.raises(StatementDecided):
            correct_statement(wrong, said(since="2025"), actor=actor, at=later)


def test_correction_says_something_else_of_the_same_state_once_at_a_time(office: Office) -> None:
    held = accepted(office)
    with acting_as(office.writer) as actor:
        with pytest.raises(StatementRefused, match="same instrument and state"):
            correct_statement(held, said(state="XR"), actor=actor, at=AT)
        with pytest.raises(StatementStands, match="says the same"):
            correct_statement(held, said(), actor=actor, at=AT)
        correct_statement(held, said(since="2025"), actor=actor, at=AT)
        with pytest.raises(StatementStands, match="correction of this statement waits"):
            correct_statement(held, said(since="2023"), actor=actor, at=AT)
        with pytest.raises(StatementStands, match="waits or stands"):
            record_statement(office.holder, said(since="2025"), actor=actor, at=AT)


def test_correction_of_what_was_withdrawn_meanwhile_is_not_accepted(office: Office) -> None:
    held = accepted(office)
    with acting_as(office.writer) as actor:
        waiting = correct_statement(held, said(since="2025"), actor=actor, at=AT)
    with acting_as(office.publisher) as actor:
        withdraw_statement(held, actor=actor, at=AT)
        with pytest.raises(StatementDecided):
            withdraw_statement(held, actor=actor, at=AT)
        with pytest.raises(StatementDecided, match="only what stands"):
            accept_statement(waiting, actor=actor, at=AT)
    assert not published_statements(PUBLIC).exists()
    with acting_as(office.writer) as actor:
        assert statement_for(actor, held.pk) is not None


def test_withdrawn_correction_brings_back_what_it_corrected(office: Office) -> None:
    first = accepted(office)
    later = AT + timedelta(days=10)
    wrong = corrected(office, first, at=later, since="2025")
    with acting_as(office.publisher) as actor:
        assert brought_back_by(actor, wrong) == first
        withdraw_statement(wrong, actor=actor, at=later)
    (row,) = board_of(PUBLIC, SCREENING, on=ON).rows
    assert row.current.id == first.pk
    assert [each.corrected_on for each in history_of(PUBLIC, SCREENING, "XF")] == [None]
    again = corrected(office, first, at=later, since="2023")
    (row,) = board_of(PUBLIC, SCREENING, on=ON).rows
    assert row.current.id == again.pk


def test_withdrawal_in_the_midst_of_corrections_leaves_the_last_and_goes_back_past_it(
    office: Office,
) -> None:
    days = [AT + timedelta(days=number) for number in (0, 5, 9)]
    first = accepted(office, at=days[0])
    second = corrected(office, first, at=days[1], since="2025")
    third = corrected(office, second, at=days[2], since="2023")
    with acting_as(office.publisher) as actor:
        second.refresh_from_db()
        assert brought_back_by(actor, second) is None
        withdraw_statement(second, actor=actor, at=days[2])
    before, after = history_of(PUBLIC, SCREENING, "XF")[::-1]
    assert (before.id, before.corrected_on) == (first.pk, days[2].date())
    assert (after.id, after.corrected_on) == (third.pk, None)
    known = standing_for(PUBLIC, SCREENING, "XF", on=ON, known_on=days[1].date())
    assert known is not None
    assert known.current.id == first.pk
    with acting_as(office.publisher) as actor:
        assert brought_back_by(actor, third) == first
        withdraw_statement(third, actor=actor, at=days[2])
        assert brought_back_by(actor, first) is None
    (row,) = board_of(PUBLIC, SCREENING, on=ON).rows
    assert (row.current.id, row.current.corrected_on) == (first.pk, None)
    with acting_as(office.publisher) as actor:
        withdraw_statement(first, actor=actor, at=days[2])
        assert brought_back_by(actor, third) is None
    assert board_of(PUBLIC, SCREENING, on=ON).rows == ()


def test_bill_that_was_accepted_leaves_the_law_on_the_board(office: Office) -> None:
    law = accepted(office, since="2020-01-01")
    bill = accepted(office, status="proposed", since="2026-01-01", law="Bill 2")
    (row,) = board_of(PUBLIC, SCREENING, on=ON).rows
    assert (row.current.id, row.binds) == (law.pk, True)
    assert [each.current.id for each in row.proposed] == [bill.pk]


def test_what_was_not_found_or_lapsed_is_kept_and_stands(office: Office) -> None:
    bare = {"features": [], "sources": written()["sources"][:1]}
    accepted(office, state="G7", status="not_known", law="", **bare)
    accepted(office, status="lapsed", **bare)
    rows = board_of(PUBLIC, SCREENING, on=ON).rows
    assert [(row.state, row.status) for row in rows] == [
        ("G7", Status.NOT_KNOWN),
        ("XF", Status.LAPSED),
    ]
    assert all(set(row.answers.values()) == {CommitmentAnswer.UNKNOWN} for row in rows)


def test_declined_with_a_reason_or_taken_back(office: Office) -> None:
    first, second = recorded(office), recorded(office, state="XR")
    with acting_as(office.reviewer) as actor:
        with pytest.raises(StatementRefused, match="why"):
            decline_statement(first, " ", actor=actor, at=AT)
        assert decline_statement(first, "No such act.", actor=actor, at=AT).why == "No such act."
    with acting_as(office.writer) as actor:
        decline_statement(second, "Mistyped.", actor=actor, at=AT)
        assert record_statement(office.holder, said(), actor=actor, at=AT).review == "waiting"
    with acting_as(office.reviewer) as actor, pytest.raises(StatementDecided):
        accept_statement(first, actor=actor, at=AT)


def test_stranger_reads_what_is_shared_and_decides_nothing(office: Office) -> None:
    made, held = recorded(office), accepted(office, state="XR")
    with acting_as(office.stranger) as actor:
        assert set(statements_for(actor)) == {made, held}
        for step in (accept_statement, withdraw_statement):
            with pytest.raises(Forbidden):
                step(made, actor=actor, at=AT)
        with pytest.raises(Forbidden):
            record_statement(office.holder, said(state="XB"), actor=actor, at=AT)


def test_import_records_what_is_new_and_a_second_person_accepts_each(office: Office) -> None:
    accepted(office)
    told = [said(), said(state="XR"), *shipped_statements()]
    with acting_as(office.writer) as actor:
        done = import_statements(office.holder, told, actor=actor, at=AT)
        again = import_statements(office.holder, told, actor=actor, at=AT)
    assert done.unchanged == ("investment-screening XF 2024-03-01",)
    assert len(done.recorded) == len(told) - 1
    assert again.recorded == ()
    with acting_as(office.reviewer) as actor:
        assert waiting_statements(actor).count() == len(told) - 1


def test_board_counts_and_gaps(office: Office) -> None:
    accepted(office)
    accepted(office, state="XR", status="proposed")
    board = board_of(PUBLIC, SCREENING, on=ON)
    assert [row.state for row in board.binding] == ["XF"]
    assert board.counted("call-in", CommitmentAnswer.HAS) == 1
    assert board.counted("penalties", CommitmentAnswer.LACKS) == 1
    assert board.gaps["XF"].has == ("call-in",)
    with pytest.raises(KeyError):
        board_of(PUBLIC, "magic", on=ON)


def test_every_step_leaves_an_entry(office: Office, owner_sql: Any) -> None:
    held = accepted(office)
    right = corrected(office, held, since="2025")
    with acting_as(office.publisher) as actor:
        withdraw_statement(right, actor=actor, at=AT)
    rows = owner_sql("SELECT verb FROM audit_entry WHERE verb LIKE 'commitment.%%' ORDER BY 1", [])
    assert [verb for (verb,) in rows] == [
        "commitment.accepted",
        "commitment.accepted",
        "commitment.recorded",
        "commitment.recorded",
        "commitment.withdrawn",
    ]
