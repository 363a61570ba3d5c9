"""Words that met in a way that mostly other people's do must be rarer, and are told where they are.

Every kind was seen among invented people held against real lists; the names here are no one's.
"""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, build_index, compare, prepare, search
from undaunted.engines.names.pairs.meeting import likeness

__all__: list[str] = []

WORDS = [f"Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]
BORNE = [
    *("Harold", "Fernando", "Fernanda", "Michael", "Nicholas", "Nikolai", "Lucas", "Brasko"),
    *("Garvin", "Garvina", "Tarmo", "Tarmon", "Santor", "Hamid", "Soltani", "Syed", "Raza", "Ali"),
    *("Kabir", "Yasin", "Suri", "Abdi", "Badi", "Velgano", "Braskodol"),
]
OTHERS = [f"{word} {other}" for word in BORNE for other in WORDS[:60]]
"""A list on which these words tell little."""


def _told(asked: str, listed: str) -> bool:
    """Say whether a name that scores enough is a hit among many that share its words."""
    assert compare(asked, listed).score >= REVIEW, (asked, listed)
    return listed in {hit.found.name for hit in search(asked, build_index([listed, *OTHERS]))}


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Harold Garvin", "GARVEN, Harold"),
        ("Fernanda Brasko", "BRASKO, Fernando"),
        ("Nicholas Brasko", "BRASKO, Nikolai"),
    ],
)
def test_beside_a_western_given_name_a_near_word_is_another_family(asked: str, listed: str) -> None:
    assert not _told(asked, listed)


def test_beside_a_western_given_name_a_rare_family_and_a_short_form_are_told() -> None:
    assert _told("Harold Quistomurgh", "QUISTOMORGH, Harold")
    assert _told("Antoine Brasko", "BRASKO, Tony")


def test_another_form_of_a_given_name_beside_a_near_family_is_no_hit() -> None:
    assert not _told("Mykola Garvin", "GARVEN, Nikolai")
    assert _told("Mykola Garvin", "GARVIN, Nikolai")


def test_the_beginning_of_a_longer_word_is_no_other_spelling_of_it() -> None:
    assert not _told("Yasin Tarvis", "TARVISSEY, Yasin")
    # a word of its own is no ending
    assert _told("Yasin Quisto Dol", "QUISTODOL, Yasin")


def test_words_read_as_one_are_not_nearly_the_only_word_of_a_name() -> None:
    assert not _told("Vel Ganu", "VELGANO")
    assert _told("Vel Gano", "VELGANO")


def test_a_word_of_two_letters_is_not_what_two_words_begin_with() -> None:
    assert not _told("Harold Lucas Sá", "SANTOR ABDI, Harold Lucas")


def test_consonants_that_are_merely_near_tell_no_common_name() -> None:
    assert not _told("حامد آل سلطان", "Hamid SOLTANI")
    assert _told("حامد سلطاني", "Hamid SOLTANI")


def test_a_listed_initial_beside_another_script_tells_no_common_name() -> None:
    assert not _told("كبير عتريس الجفالي", "A KABIR")


def test_an_honour_is_no_other_word_in_arabic_letters() -> None:
    assert likeness(prepare("زاده").tokens[0], prepare("Syed").tokens[0]) < 0.7
    assert likeness(prepare("سيد").tokens[0], prepare("Syed").tokens[0]) > 0.9


def test_abdul_alone_is_no_word_without_its_vowels() -> None:
    assert likeness(prepare("Kabir Bedi").tokens[1], prepare("Kabir Abdul").tokens[1]) < 0.7


def test_a_first_vowel_that_no_letter_stands_for_is_heard() -> None:
    assert likeness(prepare("بديع").tokens[0], prepare("Abdi").tokens[0]) < 0.93
    assert likeness(prepare("عبدي").tokens[0], prepare("Abdi").tokens[0]) > 0.96
    # the vowel of a case is none
    assert compare("عبد الرحمن تاروين", "TARVIN, Abdur Rehman").score > 0.97


def test_no_article_is_taken_from_god() -> None:
    assert compare("اللهکرم تاروینی", "TARVINI, Allah-Karam").score > 0.97


def test_arabic_words_copied_from_left_to_right_are_read_in_their_order() -> None:
    assert compare("نیا تاروین مهدی", "Mehdi TARVINNIA").score >= REVIEW
    assert compare("،السيد الدين خير", "Khayr al-Din AL-SAYYED").score == 1.0
    # who names the father is told by the order of any other name
    assert not prepare("محمد بن سلمان").also
