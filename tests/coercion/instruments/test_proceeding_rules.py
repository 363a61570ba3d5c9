"""Texts and days of a proceeding, and how a confidential version is written down."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from undaunted.coercion.instruments.rules import (
    InstrumentRefused,
    KeptUnreadable,
    checked_day,
    checked_text,
    read_kept,
    written_kept,
)

TODAY = date(2026, 11, 20)


def test_what_was_sealed_for_one_row_is_not_read_for_another() -> None:
    row = uuid4()
    content = written_kept(row, {"who": "Somebody (invented)"})
    assert read_kept(content, row) == {"who": "Somebody (invented)"}
    with pytest.raises(KeptUnreadable, match="stands in another"):
        read_kept(content, uuid4())


@pytest.mark.parametrize(
    ("text", "said"),
    [(" ", "it is empty"), ("x" * 6, "6 letters; write 5"), ("a\x00", "signs that cannot"),
     ("\ud800", "signs that cannot")],
)  # fmt: skip
def test_strange_texts_are_refused(text: str, said: str) -> None:
    with pytest.raises(InstrumentRefused, match=f"title: .*{said}"):
        checked_text("title", text, 5, needed=True)


def test_texts_and_days_that_fit_are_given() -> None:
    assert checked_text("title", " timber ") == "timber"
    assert checked_text("answer", " ") == ""
    assert checked_day("on", TODAY, TODAY, since=TODAY) == TODAY
    assert checked_day("on", TODAY, TODAY) == TODAY


def test_days_to_come_and_before_the_last_step_are_refused() -> None:
    with pytest.raises(InstrumentRefused, match="has not come"):
        checked_day("on", date(2026, 11, 21), TODAY)
    with pytest.raises(InstrumentRefused, match="lies before 2026-11-20"):
        checked_day("on", date(2026, 11, 19), TODAY, since=TODAY)
