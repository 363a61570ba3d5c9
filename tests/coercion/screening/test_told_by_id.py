"""Somebody told by an id alone: told apart from a name, and named by what stands elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.coercion.screening.rules.told_by_id import is_bare_id, with_names

__all__: list[str] = []


@pytest.mark.parametrize(
    "told", ["XR-HOLDING", "0123456", "GB-COH-07496944", "STATE:XQ", "1dc0e987-5c57", "xz/7"]
)
def test_one_word_with_figures_or_in_capitals_with_signs_is_an_id(told: str) -> None:
    assert is_bare_id(told)


@pytest.mark.parametrize(
    "told", ["Rufus Firefly", "Coca-Cola", "IBM", "王伟", "Holder 7", "شركة", "", "-"]
)
def test_a_name_is_no_id(told: str) -> None:
    assert not is_bare_id(told)


def test_names_take_the_place_of_ids_that_are_words_of_their_own() -> None:
    names = {"XF-CITY": "City of Alder Bay", "XF-CITY-2": "Harbour Board", "XR": "Ruritania"}
    said = "XF-CITY holds 40 % of XF-CITY-2 (row XF-CITYX, XR); XF-CITY-2 is XXR"
    assert with_names(said, names) == (
        "City of Alder Bay holds 40 % of Harbour Board (row XF-CITYX, Ruritania); "
        "Harbour Board is XXR"
    )


def test_a_name_that_holds_an_id_is_not_named_again() -> None:
    assert with_names("A-1, B-2", {"A-1": "B-2 Trust", "B-2": "Port"}) == "B-2 Trust, Port"


@given(st.text("AB-1 ,", max_size=20))
def test_without_names_a_sentence_stays(sentence: str) -> None:
    assert with_names(sentence, {}) == sentence
    assert with_names(sentence, {"": "nobody"}) == sentence
