"""The open version of a paper held against its confidential one, as texts alone."""

from __future__ import annotations

import pytest

from undaunted.coercion.instruments.rules import InstrumentRefused, SummaryLeaks, check_versions

LETTER = {"text": "Orders of EUR 4,237,512 were lost by Blauhafen on 14 March 2026. Jana told it."}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Letter of Blauhafen", "A letter."),
        ("Letter", "Orders of EUR 4,237,512 were lost."),
        ("Letter", "Lost since 14 March 2026."),
        ("Letter", "Jana says so."),
        ("Letter", "The yard at BLAUHAFEN is idle."),
    ],
)
def test_the_open_version_of_any_paper_is_held_against_the_sealed_one(
    title: str, text: str
) -> None:
    with pytest.raises(SummaryLeaks, match=r"tells .* from the confidential version, text"):
        check_versions([("title", title), ("summary", text)], LETTER)


def test_a_confidential_version_in_small_letters_is_written_anew() -> None:
    with pytest.raises(InstrumentRefused, match="text: has no capital letter"):
        check_versions([("title", "Letter")], {"text": "blauhafen lost orders; blauhafen asks."})
    check_versions([("title", "Letter")], {"text": "two orders", "more": "2,318 \u635f\u5931"})
    with pytest.raises(SummaryLeaks, match="tells '4238' from"):
        check_versions([("title", "TEUR 4,238")], LETTER)


def test_ordinary_words_of_both_versions_tell_nobody() -> None:
    told = [("title", "Letter"), ("summary", "Orders were lost. Letters came from Freedonia.")]
    check_versions(told, {"text": "Letter. Orders fell; Freedonian letters tell it."})
    german = {"text": "Die Waren der Firma und das Holz von Jana Querling. Jede Ware ist weg."}
    check_versions([("summary", "Waren und Holz.")], german)
    with pytest.raises(SummaryLeaks, match="Querling"):
        check_versions([("summary", "Holz der Frau Querling.")], german)


def test_a_word_that_begins_a_sentence_is_a_name_where_the_open_version_takes_it_for_one() -> None:
    check_versions([("title", "Letter")], {"text": "Orders fell. Mirabel closed in spring."})
    with pytest.raises(SummaryLeaks, match="mirabel"):
        check_versions([("title", "The yard of Mirabel")], {"text": "Mirabel closed. Orders fell."})
