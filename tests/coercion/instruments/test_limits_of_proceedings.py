"""Texts, days and sealed words of a proceeding are held to their limits, without a ledger."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.coercion.instruments.rules.keeping import KeptUnreadable, read_kept, written_kept
from undaunted.coercion.instruments.rules.proceedings import checked_day, checked_text

DAY = date(2026, 11, 26)


def test_sealed_words_are_read_for_their_own_row_alone() -> None:
    sealed = written_kept(UUID(int=1), {"requester": "Blauhafen"})
    assert read_kept(sealed, UUID(int=1)) == {"requester": "Blauhafen"}
    with pytest.raises(KeptUnreadable, match="sealed for one row stands in another"):
        read_kept(sealed, UUID(int=2))


@pytest.mark.parametrize(
    ("text", "says"),
    [(" ", "is empty"), ("x" * 11, "it has 11 letters"), ("a\x00", "signs"), ("\ud800", "signs")],
)
def test_a_text_that_cannot_be_kept_is_refused(text: str, says: str) -> None:
    with pytest.raises(InstrumentRefused, match=says):
        checked_text("measure", text, 10, needed=True)
    assert checked_text("measure", " told ", 10) == "told"


def test_a_day_has_come_and_follows_the_one_before() -> None:
    assert checked_day("on", DAY, DAY, since=DAY) == DAY
    with pytest.raises(InstrumentRefused, match="2026-11-27 has not come"):
        checked_day("on", date(2026, 11, 27), DAY)
    with pytest.raises(InstrumentRefused, match="lies before 2026-11-26"):
        checked_day("on", date(2026, 11, 25), DAY, since=DAY)
