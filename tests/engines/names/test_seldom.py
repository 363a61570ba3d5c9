"""Words that met in a way that seldom is one bearer's are told where they are rare on a list.

Every kind was seen among invented people held against real lists; the names here are no one's.
"""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, Ground, build_index, compare, prepare, search
from undaunted.engines.names.pairs.meeting import LEAST, likeness
from undaunted.engines.names.pairs.seldom import is_seldom_one

__all__: list[str] = []

WORDS = [f"Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]
BORNE = (
    *("Hosam", "Usama", "Tarvan", "Tarven", "Zafari", "Tarvin", "Fahd", "Wahid", "Sad", "Robert"),
    *("Garner", "Konars", "Gunars", "Brasko", "Braskov", "Braskova", "Braskovic", "Marko"),
    *("Iveta", "Konstantin", "Salvador", "Quirola", "Kurola", "Kabir", "Tarkez", "Gorvalez"),
    *("Julion", "Julian", "Alvarkez", "Mendorez", "Menorez", "Halim", "Hasman", "Haman", "Igor"),
    *("Tarvinko", "Tarvanko", "Galina", "Mamadu", "Mohamed", "Ture", "Alex", "Miller", "Aleksei"),
    *(
        "Sergei",
        "Larisa",
        "Gitova",
        "Gutova",
        "Antonio",
        "Toni",
        "Chernyk",
        "Tatiana",
        "Vanessa",
        "Valencia",
        "Erika",
        "Gonvalez",
    ),
    *("Qasim", "Braskin", "Tarvo", "Rajesh", "Kumar", "Gupran", "Akbar", "Ali", "Amir", "Pur"),
    *("Valeri", "Nestor", "Garvish", "Aleksandr", "Andreevich", "Dawud", "Musa", "Muizz"),
)
OTHERS = [f"{word} {other}" for word in BORNE for other in WORDS[:60]]
"""A list on which these words tell little."""
COMMON = [
    f"{word} {other}"
    for word in (
        *("Mamadu", "Mohamed", "Ture", "Alex", "Miller", "Ali", "Akbar", "Pur"),
        *("Erika", "Vanessa", "Valencia", "Gonvalez", "Antonia", "Teresa", "Torrek"),
    )
    for other in WORDS
]
"""A list on which few words are commoner."""


def _told(asked: str, listed: str, others: list[str] = OTHERS) -> bool:
    """Say whether a name that scores enough is a hit on a list with some others."""
    assert compare(asked, listed).score >= REVIEW, (asked, listed)
    return listed in {hit.found.name for hit in search(asked, build_index([listed, *others]))}


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("وسام تارون", "TARVAN, Usama"),
        ("فهد تارون", "TARVAN, Wahid"),
        ("زايد تارون", "TARVAN, Sad"),
        ("محمدجواد ظفری", "SAFARI, Mohammad Javad"),
        ("معز أبو داوود", "ABU DAWUD, Musa"),
        ("إباء عدلي تارون", "TARVAN, Abdallah"),
    ],
)
def test_one_word_without_vowels_that_ends_or_begins_otherwise_is_another(
    asked: str, listed: str
) -> None:
    assert not _told(asked, listed)


def test_a_word_without_vowels_that_is_spelt_as_it_is_heard_is_told() -> None:
    assert _told("أسامة تاروان", "TARVAN, Usama")
    assert _told("وسام تارون", "TARVAN, Usama", WORDS)
    # in one script a far word is a slip of the pen
    assert _told("محمدجواد ظفری", "ظفرى محمد جواد")


def test_words_left_over_on_both_sides_must_leave_rare_ones_without_vowels() -> None:
    assert not _told("امیر علی اکبر پور", "PUR-TARVIN, Ali-Akbar", COMMON)
    assert _told("امیر علی اکبر پور", "PUR-TARVIN, Ali-Akbar", WORDS)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Robert Conner", "KONARS, Robert"),
        ("Marko Braskovič", "MARKOVIC, Braskovac"),
        ("Radovan Brasková", "BRASKOVIC, Radovan"),
        ("Konstantín Brasková", "BRASKOV, Konstantin"),
        ("Julián Menorez", "MENOREZ, Julion"),
        ("Halim Menorez", "MENDOREZ, Halim"),
        ("Halim de Haman", "HASMANN, Halim"),
        ("Галина Тарвинко", "Галина Владимировна Тарванко"),
        ("Олександр Андрійович", "Тарвиненко Александр Андреевич"),
        ("Вячеслав Нестор Браскова", "BRASKOV, Vyacheslav"),
        ("राजकुमार गुप्रान", "GUPRAN Rajesh Kumar"),
    ],
)
def test_a_family_that_is_merely_near_is_another(asked: str, listed: str) -> None:
    assert not _told(asked, listed)
    assert _told(asked, listed, WORDS)


def test_a_woman_may_be_called_by_the_mens_name_of_her_family() -> None:
    assert _told("Marina Braskova", "BRASKOV, Marina")


def test_forms_that_share_few_letters_are_told_where_few_bear_them() -> None:
    assert not _told("Thure Mohamed", "Mamadu TURE", COMMON)
    assert not _told("Alex Miller", "Алексей МИЛЛЕР", COMMON)
    assert _told("Thure Mohamed", "Mamadu TURE")


def test_an_initial_behind_a_particle_is_a_familys_name() -> None:
    assert not _told("Salvador de la O", "OCHORA, Salvador")
    assert _told("Salvador O.", "OCHORA, Salvador")


def test_a_listed_initial_is_mostly_somebody_elses() -> None:
    assert not _told("Kabir Tarvin", "KABIR, T M")
    assert _told("Kabir Quistomurgh", "KABIR, Q M", WORDS)
    # whoever asks by an initial wants all whom it may mean
    assert _told("T. Kabir", "KABIR, Tarvin")


def test_of_three_words_one_far_beside_an_initial_or_a_western_name_is_another() -> None:
    assert not _told("Tatiana Vanesa Čiernik", "CHERNYKH, Tatiana V")
    assert not _told("Vanessa Erika Gonvalez", "GONVALEZ VALENCIA, Erika", COMMON)
    assert not _told("Antonia Teresa Gonvalez", "TORREZA GONVALEZ, Antonia", COMMON)


def test_what_families_names_end_in_makes_no_two_of_them_one() -> None:
    assert not _told("Лариса Гитова", "Larisa Gutova")
    assert _told("Лариса Гитовская", "Larisa GITOVSKAYA")
    assert _told("Larisa Gutovva", "Larisa GUTOVA", WORDS)


def test_a_short_form_beside_a_family_that_many_bear_is_another_persons() -> None:
    assert not _told("Toni Konars", "KONARS, Antonio")
    assert _told("Toni Quistomurgh", "QUISTOMURGH, Antonio")


def test_words_in_devanagari_and_in_arabic_letters_are_held_together_loosely() -> None:
    one, other = prepare("धर्म थापान"), prepare("دارم ثابان")
    met = [each for each in compare(one, other).reasons if each.ground is Ground.MET]
    assert is_seldom_one(met, [], one, other, lambda _: 0.89)
    assert not is_seldom_one(met, [], one, other, lambda _: 0.91)


def test_no_word_without_vowels_begins_with_one_that_is_not_there() -> None:
    assert likeness(prepare("Urs").tokens[0], prepare("Rios").tokens[0]) < LEAST
    assert likeness(prepare("Rs").tokens[0], prepare("Rios").tokens[0]) >= LEAST


def test_two_vowels_before_a_slavic_ending_are_no_single_one() -> None:
    assert compare("Юри Кьоров", "KARAEV, Yuri").score < REVIEW
    assert compare("Юрый Хаджымуратавіч Караеў", "Yuri Khadzimuratavich KARAYEV").score >= REVIEW
