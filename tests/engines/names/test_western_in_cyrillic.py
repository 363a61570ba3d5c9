"""Names of Western Europe as Russians write them: given names, and words that are no names."""

import pytest

from undaunted.engines.names import compare, prepare


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Майкл", "Michael"),
        ("Джордж", "George"),
        ("Чарльз", "Charles"),
        ("Уильям", "William"),
        ("Джеймс", "James"),
        ("Эндрю", "Andrew"),
        ("Мэтью", "Matthew"),
        ("Хосе", "José"),
        ("Хуан", "Juan"),
        ("Хорхе", "Jorge"),
        ("Пьер", "Pierre"),
        ("Гийом", "Guillaume"),
        ("Жоау", "João"),
    ],
)
def test_given_name_meets_its_own_spelling(cyrillic: str, latin: str) -> None:
    assert compare(f"{cyrillic} Торвин", f"{latin} Torvin").score > 0.9


def test_given_names_of_others_stay_apart() -> None:
    for cyrillic, latin in (("Джордж", "Jorge"), ("Хуан", "Joao"), ("Майкл", "Matthew")):
        assert compare(f"{cyrillic} Торвин", f"{latin} Torvin").score < 0.7


def test_van_der_is_set_aside_and_no_family_of_china() -> None:
    assert compare("Александер Ван дер Торвин", "Alexander van der Torvin").score > 0.95
    assert compare("Урсула фон Торвин", "Ursula von Torvin").score > 0.95
    for name in ("Ван Дэмин", "Ден Сяопин", "Ли Ван"):
        assert [token.text for token in prepare(name).tokens] == name.split()
