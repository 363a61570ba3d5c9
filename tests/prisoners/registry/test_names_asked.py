"""What of a text is looked up: pairs of words, whole names, references and ids."""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

from uuid import UUID

import pytest

from undaunted.prisoners.registry.rules.name_endings import without_ending
from undaunted.prisoners.registry.rules.names_in_texts import asked_names, naming_mac

ID = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    ("word", "language", "called"),
    [
        ("Навального", "ru", "навальный"),
        ("Кiм", "ru", None),
        ("Jono", "lt", "jonas"),
        ("Jono", "en", None),
        ("ونوال", "ar", "نوال"),
        ("نوال", "ar", None),
    ],
)
def test_words_in_sentences_are_given_back_as_they_are_called(
    word: str, language: str, called: str | None
) -> None:
    found = without_ending(word, language)
    assert called in found if called else found == ()


def test_the_same_words_are_asked_once_and_know_their_texts() -> None:
    asked = asked_names([("Olena Korsak", "en"), ("Olena Korsak. Olena Korsak", "en")])
    assert {text for text, _words in asked.pairs["olena", "korsak"]} == {0, 1}
    assert {text for text, _words in asked.pairs["korsak", "olena"]} == {1}
    assert set(asked.wholes) == {"olena", "korsak"}


def test_references_and_ids_are_asked_as_they_are_recorded() -> None:
    asked = asked_names([(f"See /cases/xr-2222 and {ID.upper()}.", "en")])
    assert asked.references == {"XR-2222": [(0, "xr-2222")]}
    assert asked.ids == {UUID(ID): [(0, ID.upper())]}


def test_a_short_word_names_somebody_with_a_capital_alone() -> None:
    assert ("nga", "tran") in asked_names([("Nga Tran", "vi")]).pairs
    assert asked_names([("nga tran", "vi")]).pairs == {}
    assert asked_names([("la de 7", "en")]).pairs == {}


def test_a_word_that_a_gap_has_parted_is_asked_as_one_too() -> None:
    behind = asked_names([("they say Olena Kor sak", "en")]).pairs
    assert {text for text, _words in behind["olena", "korsak"]} == {0}
    before = asked_names([("Ole na Korsak", "en")]).pairs
    assert {text for text, _words in before["olena", "korsak"]} == {0}


def test_a_long_word_is_asked_as_two_that_were_written_together() -> None:
    (pair,) = [key for key in asked_names([("olenakorsak", "en")]).pairs if "olena" in key[0]]
    assert "korsak" in pair[1].split()
    assert (
        asked_names([("\u10dd\u10da\u10d4\u10dc\u10d0\u10d9\u10dd\u10e0\u10e1\u10d0", "ka")]).pairs
        == {}
    )


def test_names_in_signs_are_asked_as_every_part_of_them() -> None:
    asked = asked_names([("谈到刘晓的", "zh-hans"), ("伊力哈木·土赫提", "zh-hans")])
    assert (0, "刘晓") in asked.wholes["刘晓"]
    assert (1, "伊力哈木·土赫提") in asked.wholes["伊力哈木·土赫提"]


def test_the_code_of_a_question_follows_from_all_of_it() -> None:
    asked = [("olena", "korsak")], ["suharta"], [UUID(ID)]
    codes = {
        naming_mac(b"key", *asked),
        naming_mac(b"other", *asked),
        naming_mac(b"key", [], ["suharta"], [UUID(ID)]),
        naming_mac(b"key", asked[0], [], [UUID(ID)]),
        naming_mac(b"key", asked[0], asked[1], []),
    }
    assert len(codes) == 5
