"""What meets by chance is no hit, nor is another word: all of it was seen among invented people.

What is spelt nearly throughout, or has a word twice, is told.
"""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, build_index, compare, prepare, search
from undaunted.engines.names.pairs.meeting import likeness

__all__: list[str] = []

WORDS = [f"Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]
BORNE = ("Eduardo", "Mendra", "Vladimir", "Tarvitch", "Muhammad", "Ali", "Hassan")
RARER = ("Ivin", "Santorel")
OTHERS = [
    *(f"{word} {other}" for word in BORNE for other in WORDS[:40]),
    *(f"{word} {other}" for word in RARER for other in WORDS[:11]),
]
"""A list on which some words are so common that they tell little."""


def _told(asked: str, listed: str) -> bool:
    """Say whether a name that scores enough is a hit among many that share its words."""
    assert compare(asked, listed).score >= REVIEW, (asked, listed)
    return listed in {hit.found.name for hit in search(asked, build_index([listed, *OTHERS]))}


def test_a_form_of_a_given_name_and_another_family_name_are_no_hit() -> None:
    assert not _told("Edward Mendra", "MENDRA ROBELIN, Eduardo")
    assert not _told("Robert Edward Mendra", "MENDRA, Eduardo")
    assert _told("Eduardo Mendra Robelin", "MENDRA ROBELIN, Edward")
    # lists often leave patronymics out, and Arabic names are spelt in any way
    assert _told("Volodymyr Tarvinov", "TARVINOV, Vladimir Leonidovich")


def test_of_two_words_one_that_is_far_from_the_other_is_no_hit() -> None:
    assert not _told("Ibin Santorel", "SANTOREL, Ivin")
    assert _told("Ivin Santorel", "SANTOREL, Ivin")


def test_three_words_that_all_met_are_told_though_nearly() -> None:
    assert _told("Muhammad Ali Mendro", "MENDRA, Muhammad Ali")


def test_a_word_that_a_name_has_twice_is_no_other_word() -> None:
    assert _told("Muhammad Ali Ali", "Muhammad Ali")


def test_a_family_named_for_another_is_not_that_family() -> None:
    assert compare("Миколай Карпенко", "Николай Карпенков").score < REVIEW
    assert compare("Mykola Karpenko", "KARPENKOV, Nikolai").score < REVIEW
    assert compare("Микола Карпенко", "KARPENKO, Mykola").score >= REVIEW


def test_a_prince_beside_an_initial_is_called_so() -> None:
    assert prepare("BRACKWATER, Prince Y.").shown == ("BRACKWATER", "Prince", "Y")
    assert prepare("BRACKWATER, Prince Omar").shown == ("BRACKWATER", "Omar")
    assert compare("Irma Brackwater", "BRACKWATER, Prince Y.").score < REVIEW
    assert compare("Prince Brackwater", "BRACKWATER, Prince Y.").score >= REVIEW


def test_a_particle_that_nothing_follows_is_a_family_name() -> None:
    assert prepare("Velgan De").shown == ("Velgan", "De")
    assert prepare("Velgan de Santor").shown == ("Velgan", "Santor")
    assert prepare("Santor, Velgan de").shown == ("Santor", "Velgan")


def test_a_waw_between_ain_and_a_long_vowel_is_heard() -> None:
    awad = prepare("عواض").tokens[0]
    assert likeness(awad, prepare("Iyad").tokens[0]) < 0.8
    assert likeness(awad, prepare("Awad").tokens[0]) > 0.9
    assert likeness(prepare("عودة").tokens[0], prepare("Odeh").tokens[0]) > 0.9


def test_an_honour_is_no_other_word_of_one_consonant() -> None:
    assert compare("مختار الشايع", "MUKHTAR, Shaykh").score < REVIEW
    assert compare("مختار شيخ", "MUKHTAR, Shaykh").score >= REVIEW


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Дмитрий Велгантович", "Zmitser VELGANTOVICH"),
        ("Евгений Велгантов-младший", "Yevgeny Alexandrovich VELGANTOV"),
        ("Вячеслав Тарвинович ВЕЛГАНË", "Viacheslav VELGANYO"),
    ],
)
def test_belarusian_forms_juniors_and_latin_letters_with_dots_are_read(
    one: str, other: str
) -> None:
    assert compare(one, other).score >= REVIEW
    assert compare(other, one).score == compare(one, other).score
