"""Arabic names as Russians write them: с stands for what Latin letters spell th, by name."""

import pytest

from undaunted.engines.names import REVIEW, compare


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Хуси", "Houthi"),
        ("Абдул-Малик аль-Хуси", "Abdul-Malik al-Houthi"),
        ("Хайсам", "Haytham"),
        ("Мусанна", "Muthanna"),
        ("Сабит", "Thabit"),
    ],
)
def test_arabic_name_meets_its_latin_spelling(cyrillic: str, latin: str) -> None:
    assert compare(cyrillic, latin).score > 0.8


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Самир Вашек", "Thamer Vashek"),
        ("Сергей Торвин", "Theodor Torvin"),
        ("Харис", "Harris Moe"),
    ],
)
def test_others_stay_apart(cyrillic: str, latin: str) -> None:
    assert compare(cyrillic, latin).score < REVIEW
