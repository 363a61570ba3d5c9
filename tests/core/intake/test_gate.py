"""Who waits while very many hand in at once, and how they pass."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.intake.rules import gate
from undaunted.core.intake.rules.gate import (
    CALM,
    LIVES,
    LONGEST_WAIT,
    MOST_BITS,
    TELLS,
    Gate,
    asked_at,
    make_ticket,
    read_ticket,
    solves,
    spent_mark,
)

KEY = b"of-this-test"
NOW = 1_790_000_000.0


def _stormy(at: float = NOW, came: int = 50 * CALM) -> Gate:
    made = Gate()
    for _ in range(came):
        made.ask(None, "", at=at)
    return made


def test_nothing_is_asked_while_it_is_calm() -> None:
    made = Gate()
    for _ in range(CALM):
        assert made.ask(None, "", at=NOW) is None
    assert made.ask(None, "", at=NOW) is not None
    assert made.ask(None, "", at=NOW + 61) is None, "a minute later it is calm again"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_is_asked_of_more_and_never_more_than_everybody_can_do(one: int, other: int) -> None:
    less, more = (asked_at(load) for load in sorted((one, other)))
    if less is not None:
        assert more is not None
        assert (less.bits, less.seconds) <= (more.bits, more.seconds)
        assert more.bits <= MOST_BITS
        assert 0 < more.seconds <= LONGEST_WAIT


def test_whoever_has_taken_their_time_passes_a_storm_once() -> None:
    made = _stormy()
    ticket = read_ticket(make_ticket(KEY, at=NOW - LONGEST_WAIT), KEY, at=NOW)
    assert ticket is not None
    assert made.ask(ticket, "", at=NOW) is None
    assert made.ask(ticket, "", at=NOW) is not None, "a ticket passes once"


def test_whoever_was_quick_waits_the_rest_of_the_time() -> None:
    made = _stormy()
    text = make_ticket(KEY, at=NOW - 10)
    ticket = read_ticket(text, KEY, at=NOW)
    asked = made.ask(ticket, "", at=NOW)
    assert asked is not None
    assert made.ask(ticket, "", at=NOW + asked.seconds) is None


def test_whoever_has_worked_passes_at_once_and_once() -> None:
    made = _stormy(came=2 * CALM)
    ticket = read_ticket(make_ticket(KEY, at=NOW), KEY, at=NOW)
    assert ticket is not None
    asked = made.ask(ticket, "", at=NOW)
    assert asked is not None
    tries = map(str, itertools.count())
    answer = next(each for each in tries if solves(ticket.text, each, asked.bits))
    assert made.ask(ticket, answer, at=NOW) is None
    assert made.ask(ticket, answer, at=NOW) is not None


@pytest.mark.parametrize("answer", ["", "0" * 21])
def test_no_answer_and_an_endless_one_solve_nothing(answer: str) -> None:
    assert not solves("ticket", answer, 0)


@pytest.mark.parametrize(
    "text",
    ["", "Ä", "not base64!", "AAAA", make_ticket(b"another key", at=NOW)],
    ids=["empty", "not ascii", "no base64", "short", "another key"],
)
def test_a_ticket_that_is_not_ours_counts_as_none(text: str) -> None:
    assert read_ticket(text, KEY, at=NOW) is None


@pytest.mark.parametrize("age", [LIVES + 1, -1])
def test_a_ticket_that_is_too_old_or_from_later_counts_as_none(age: int) -> None:
    assert read_ticket(make_ticket(KEY, at=NOW - age), KEY, at=NOW) is None


def test_a_ticket_written_in_another_way_is_the_same_ticket() -> None:
    text = make_ticket(KEY, at=NOW)
    assert read_ticket(f"!{text}", KEY, at=NOW) == read_ticket(text, KEY, at=NOW)


def test_what_has_passed_is_forgotten_when_it_could_not_pass_anyway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "MOST_SPENT", 2)
    made = Gate()
    tickets = [read_ticket(make_ticket(KEY, at=NOW), KEY, at=NOW) for _ in range(3)]
    for ticket in tickets:
        assert made.ask(ticket, "", at=NOW) is None
    assert made.ask(tickets[2], "", at=NOW) is None, "while it is calm nothing is asked"


def test_a_process_that_sees_few_tells_nobody() -> None:
    made = Gate()
    for _ in range(TELLS - 1):
        made.ask(None, "", at=NOW)
        assert made.to_tell(at=NOW) is None
    made.ask(None, "", at=NOW)
    assert made.to_tell(at=NOW) == TELLS
    assert made.to_tell(at=NOW + 0.5) is None, "once a second"
    assert made.to_tell(at=NOW + 1) == TELLS


def test_what_came_to_others_counts_until_it_is_calm_here() -> None:
    made = _stormy(came=TELLS)
    made.hear(50 * CALM)
    assert made.ask(None, "", at=NOW) == asked_at(50 * CALM + TELLS + 1)
    assert made.asked() == asked_at(50 * CALM + TELLS + 1)
    assert made.ask(None, "", at=NOW + 61) is None
    assert made.asked() is None


def test_a_mark_leads_to_its_ticket_under_the_key_alone() -> None:
    one, other = (read_ticket(make_ticket(KEY, at=NOW), KEY, at=NOW) for _ in range(2))
    assert one is not None
    assert other is not None
    assert len(spent_mark(one, KEY)) == 16
    different = {spent_mark(one, KEY), spent_mark(other, KEY), spent_mark(one, b"another key")}
    assert len(different) == 3
