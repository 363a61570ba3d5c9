"""Texts, days, countries and keys of a case, what is sealed of it, and steps that are refused."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from psycopg import errors
from psycopg.pq import DiagnosticField

from undaunted.coercion.screening.rules import ScreeningRefused, step_refused
from undaunted.coercion.screening.rules.casework import (
    LONGEST_KEY,
    LONGEST_TEXT,
    checked_country,
    checked_day,
    checked_key,
    checked_text,
    needed_text,
)
from undaunted.coercion.screening.rules.keeping import KeptUnreadable, read_kept, written_kept

__all__: list[str] = []

FILED, DECIDED = date(2026, 11, 3), date(2026, 11, 26)


def test_a_text_is_kept_as_it_is_written_without_the_space_around_it() -> None:
    assert checked_text("reasons", "  one line\r\n\tand another \n") == "one line\r\n\tand another"
    assert checked_text("reasons", " ") == ""
    assert checked_text("reasons", "a" * LONGEST_TEXT + " ") == "a" * LONGEST_TEXT
    assert needed_text("name", " Port ", 4) == "Port"
    mixed = "ميناء \u200f(Strelsau)"
    assert checked_text("name", mixed) == mixed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ports", "name: it has 5 letters; write 4 at most"),
        ("a\x00b", "name: it holds signs that cannot be kept"),
        ("\x1b[1m", "name: it holds signs that cannot be kept"),
        ("\ud800", "name: it holds signs that cannot be kept"),
        ("a\u202db", "name: it holds signs that cannot be kept"),
        ("a\u202eb", "name: it holds signs that cannot be kept"),
    ],
)
def test_a_text_that_is_long_or_turns_around_what_is_beside_it_is_refused(
    text: str, says: str
) -> None:
    with pytest.raises(ScreeningRefused, match=says):
        checked_text("name", text, 4)


def test_a_text_that_is_needed_says_something() -> None:
    for empty in ("", " \n"):
        with pytest.raises(ScreeningRefused, match="source: it is empty; say it"):
            needed_text("source", empty)


def test_a_day_lies_between_the_first_and_the_last_both_taken() -> None:
    for day in (FILED, DECIDED):
        assert checked_day("on", day, first=FILED, last=DECIDED) == day
    for far in (date.min, date.max):
        assert checked_day("on", far, first=None, last=None) == far
    with pytest.raises(ScreeningRefused, match="on: 2026-11-27 lies after 2026-11-26"):
        checked_day("on", date(2026, 11, 27), first=FILED, last=DECIDED)
    with pytest.raises(ScreeningRefused, match="on: 2026-11-02 lies before 2026-11-03"):
        checked_day("on", date(2026, 11, 2), first=FILED, last=DECIDED)


def test_a_country_is_told_by_its_code() -> None:
    assert checked_country("country", "XF") == "XF"
    with pytest.raises(ScreeningRefused, match="country: 'QQ' is none; give two letters"):
        checked_country("country", "QQ")


def test_a_key_can_stand_in_an_address() -> None:
    for key in ("port-2027", "a" * LONGEST_KEY):
        assert checked_key("reference", key) == key


@pytest.mark.parametrize(
    "key", ["", "a" * (LONGEST_KEY + 1), "Port", "port 2027", "port/2027", "hafenölde", "new"]
)
def test_a_key_that_no_address_takes_or_that_means_a_new_case_is_refused(key: str) -> None:
    with pytest.raises(ScreeningRefused, match="reference: 60 small letters"):
        checked_key("reference", key)


def test_what_was_sealed_for_one_row_is_not_read_for_another() -> None:
    row = uuid4()
    content = written_kept(row, {"reasons": "Zuständig: Hafenamt (invented)"})
    assert read_kept(content, row) == {"reasons": "Zuständig: Hafenamt (invented)"}
    with pytest.raises(KeptUnreadable, match="stands in another; it is not shown"):
        read_kept(content, uuid4())


def _refused(cause: Exception | None) -> str:
    problem = RuntimeError("the step")
    problem.__cause__ = cause
    return step_refused(problem)


@pytest.mark.parametrize("cause", [errors.UniqueViolation(), errors.DeadlockDetected()])
def test_a_step_that_another_overtook_is_looked_at_again(cause: Exception) -> None:
    assert "another was taken meanwhile; look again" in _refused(cause)


def test_a_gate_of_the_database_says_in_its_words_why_it_is_shut() -> None:
    said: dict[int, bytes | None] = {
        DiagnosticField.SOURCE_FUNCTION: b"exec_stmt_raise",
        DiagnosticField.MESSAGE_PRIMARY: b"another person takes the decision",
    }
    told = _refused(errors.InsufficientPrivilege(info=said))
    assert told.startswith("step: another person takes the decision; look again")


def test_whoever_has_no_role_is_told_to_ask_a_colleague() -> None:
    unheld: dict[int, bytes | None] = {DiagnosticField.SOURCE_FUNCTION: b"ExecWithCheckOptions"}
    for cause in (errors.InsufficientPrivilege(), errors.InsufficientPrivilege(info=unheld)):
        assert "your roles in this authority do not reach it" in _refused(cause)


def test_what_broke_is_no_refusal() -> None:
    for cause in (None, ValueError("x"), errors.NotNullViolation()):
        assert _refused(cause) == ""
