"""Whether a text names somebody whom an open letter keeps secret, however it is spelled."""

from __future__ import annotations

import pytest

from undaunted.coercion.screening.rules.naming import Spelled, words_spelled

__all__: list[str] = []

OWNER = "Zenith-Öl Conglomerate AG"


@pytest.mark.parametrize(
    "text",
    [
        "The group Zenith Oel holds it.",
        "The group ZÉNITH ÖL holds it.",
        "The group Zenith-Ol holds it.",
        "The group Z.e.n.i.t.h holds it.",
        "The Zenith group holds it.",
        "Zenithölconglomerate holds it.",
        "zenith's ships",
    ],
)
def test_a_name_is_found_however_it_is_spelled(text: str) -> None:
    assert Spelled(text).names(OWNER)


@pytest.mark.parametrize(
    "text",
    [
        "The conglomerate holds it.",
        "Its cranes stand at the port.",
        "The AG of the port.",
        "Zenithal angles were measured.",
        "",
    ],
)
def test_words_of_anybody_and_other_words_name_nobody(text: str) -> None:
    assert not Spelled(text).names(OWNER)


def test_an_identifier_is_found_whole_alone() -> None:
    assert Spelled("ZENI 1 holds it.").names("ZENI-1")
    assert Spelled("That zeni-1 holds it.").names("ZENI-1")
    assert not Spelled("The family holds it.").names("XF-FAMILY")
    assert not Spelled("A mill is held.").names("A")
    assert not Spelled("Ab cd, and more.").names("Ab Cd Ef AG")
    assert Spelled("Ab-cd EF ag.").names("Ab Cd Ef AG")


def test_a_word_that_the_letter_shows_anyway_and_a_country_tell_nothing() -> None:
    shown = frozenset(words_spelled("Strelsau Shell NV"))
    parent = "Strelsau Conglomerate of Ruritania"
    assert not Spelled("Strelsau buys the port.").names(parent, shown=shown)
    assert not Spelled("It lies in Ruritania.").names(parent, shown=shown)
    assert Spelled("Strelsau Conglomerate, of Ruritania").names(parent, shown=shown)


def test_a_long_word_is_found_with_another_ending_and_a_name_in_joined_script_anywhere() -> None:
    assert Spelled("Die Strelsauern kaufen.").names("Strelsauer Werke")
    assert Spelled("港口由中远海运控制").names("中远海运")
    assert not Spelled("港口").names("中远海运")


def test_a_long_country_is_found_in_what_is_made_of_its_name_and_a_short_one_is_not() -> None:
    assert Spelled("The Ruritanian group holds it.").names("Ruritania")
    assert not Spelled("The group holds Ruritan.").names("Ruritania")
    assert not Spelled("The group holds Peruvian mines.").names("Peru")
    assert Spelled("The group holds mines in Peru.").names("Peru")
