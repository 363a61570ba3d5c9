"""Devanagari is read with the vowel that its letters bear and no sign writes."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, build_index, compare, search
from undaunted.engines.names.letters.devanagari import romanised


@pytest.mark.parametrize(
    ("word", "spelt"),
    [
        ("राजेश", ("rajesh",)),
        ("शर्मा", ("sharma",)),
        ("नरेन्द्र", ("narendra",)),
        ("कृष्ण", ("krishna",)),
        ("सिंह", ("singh",)),
        ("शंभू", ("shambhu",)),
        ("चंद्रशेखर", ("chandrashekhar",)),
        ("कमला", ("kamla", "kamala")),
        ("मनमोहन", ("manmohan", "manamohan")),
        ("मनप्रीत", ("manaprit", "manprit")),
        ("भरद्वाज", ("bharadvaj", "bhardvaj")),
        ("ज्ञानेन्द्र", ("gyanendra",)),
        ("ज़रदारी", ("zardari", "zaradari")),
        ("फ़ारूक़", ("faruq",)),
        ("गाँधी", ("gandhi",)),
        ("दुःख", ("duhkh",)),
        ("अ", ("a",)),
        ("क", ("ka",)),
        ("्", ("",)),
        ("ा़ं", ("",)),
    ],
)
def test_words_are_spelt_as_passports_spell_them(word: str, spelt: tuple[str, ...]) -> None:
    assert romanised(word) == spelt


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("राजेश शर्मा", "Rajesh Sharma"),
        ("अमित कुमार सिंह", "Amit Kumar Singh"),
        ("कमला देवी", "Kamala Devi"),
        ("चंद्रशेखर मुखर्जी", "Chandrashekhar Mukherjee"),
        ("विश्वनाथ श्रीवास्तव", "Vishwanath Srivastava"),
        ("मोहम्मद यूसुफ़", "Mohammad Yusuf"),
    ],
)
def test_a_name_is_found_in_latin_letters_among_others(written: str, latin: str) -> None:
    assert compare(written, latin).score >= REVIEW
    first = latin.split(maxsplit=1)[0]
    others = [f"{first} {one}{two}a" for one in "bdgkmnprst" for two in ("arm", "ell", "osh")]
    (hit, *_) = search(written, build_index([*others, latin]))
    assert hit.found.name == latin


def test_another_name_is_none() -> None:
    assert compare("राजेश शर्मा", "Rakesh Varma").score < REVIEW
    assert compare("ख़ान शाह", "Khun Sa").score < REVIEW
