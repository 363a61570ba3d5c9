"""Servants of God in letters that are no Arabic ones: written as one, apart, with any article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.engines.names import build_index, compare, prepare, search

APART = "Abdul Rahman Velgan"
LISTED = (APART, "Abdelkader Torvin", "Nasir al-Din Vorgun", "Hest Marivan", "Abdullah Sorvek")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Абдул Рахман Велган", APART),
        ("Абд ар-Рахман Велган", APART),
        ("Абдуррахман Велган", APART),
        ("Абдурахман Велган", APART),
        ("Абдул Рахман Велган", "عبد الرحمن ولگان"),
        ("Абдель Кадер Торвин", "Abdelkader Torvin"),
        ("Абделькадер Торвин", "Abd al-Kader Torvin"),
        ("Абд аль-Кадер Торвин", "Абделькадер Торвин"),
        ("Абдулов Велган", "Abdulov Velgan"),
        ("Абдуллах Сорвек", "Abdullah Sorvek"),
        ("Хабиб Аллах Сорвек", "Habibullah Sorvek"),
        ("Насир ад-Дин Воргун", "Nasiruddin Vorgun"),
        ("Насіраддін Воргун", "Nasiraddin Vorgun"),
        ("Насир Эддин Воргун", "Nasir Eddin Vorgun"),
        ("Велган аш-Шахри", "Velgan al-Shahri"),
        ("Αμπντούλ Ραχμάν Βελγκάν", APART),
        ("Αμπντουλραχμάν Βελγκάν", APART),
        ("Աբդուլ Ռահման Վելգան", APART),
        ("აბდულ რაჰმან ველგან", APART),
        ("अब्दुल रहमान वेल्गान", APART),
        ("अब्दुलरहमान वेल्गान", APART),
        ("আব্দুল রহমান তাহির", "Abdul Rahman Tahir"),
        ("አብዱል ራህማን ታሂር", "Abdul Rahman Tahir"),
        ("አብዱልራህማን ታሂር", "Abdul Rahman Tahir"),
        ("עבד אל-רחמן ולגן", APART),
        ("עבדול רחמן ולגן", APART),
    ],
)
def test_servants_meet_across_letters(left: str, right: str) -> None:
    met = compare(left, right)
    assert met.score >= 0.8, met.reasons
    assert compare(right, left).score == pytest.approx(met.score)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Абдул Рахман Велган", "Abdul Rahim Velgan"),
        ("Абдул Рахман Велган", "Abdul Karim Torvin"),
        ("Абд Велган", APART),
        ("Абдулов Иван", "Abdul Ivan"),
    ],
)
def test_whose_servant_is_told_apart(left: str, right: str) -> None:
    assert compare(left, right).score < 0.8


@pytest.mark.parametrize("name", ["Бородин", "Володин", "Нуредин"])
def test_letters_that_one_standard_writes_are_cut_alike(name: str) -> None:
    latin = {"Бородин": "Borodin", "Володин": "Volodin", "Нуредин": "Nuredin"}
    assert compare(f"Велгор {name}", f"Velgor {latin[name]}").score == 1.0


def test_dean_and_the_family_an_are_no_word_of_faith_and_no_article() -> None:
    for name, tokens in (
        ("Торвин Дин", ["Торвин", "Дин"]),
        ("Ан Николай", ["Ан", "Николай"]),
        ("Велган Ан", ["Велган", "Ан"]),
        ("Абдул", ["абд"]),
    ):
        assert [token.text for token in prepare(name).tokens] == tokens


def test_asked_in_any_of_these_letters_they_are_found_on_a_list() -> None:
    crowd = [f"Name{chr(97 + at // 26)}{chr(97 + at % 26)} Other" for at in range(300)]
    index = build_index([*LISTED, *crowd])
    for asked, found in (
        ("Абдул Рахман Велган", APART),
        ("Абделькадер Торвин", "Abdelkader Torvin"),
        ("Насир ад-Дин Воргун", "Nasir al-Din Vorgun"),
        ("Абдулла Сорвек", "Abdullah Sorvek"),
        ("Αμπντούλ Ραχμάν Βελγκάν", APART),
        ("अब्दुल रहमान वेल्गान", APART),
    ):
        assert [hit.found.name for hit in search(asked, index)] == [found]


WORDS = ("Abdul", "Abd", "al", "Rahman", "Ho", "A.", "Абдул", "аль", "Рахман", "улла", "עבד", "אל",
         "Αμπντούλ", "Աբդուլ", "აბდულ", "अब्दुल", "আব্দুল", "አብዱል", "ราห์", "عبد", "ال", "الرحمن",
         "الدين", "الله", "بن", "김", "山")  # fmt: skip


@pytest.mark.parametrize("mixed", ["Abdel ال", "አብድ ال الرحمن", "Абдул ال"])
def test_servant_before_an_article_of_other_letters_is_compared(mixed: str) -> None:
    assert all(token.text for token in prepare(mixed).tokens)
    for other in ("Chang Ho", "A. A. улла de", "Abdul Rahman", "Abdel ال"):
        assert compare(mixed, other).score == compare(other, mixed).score
    index = build_index((mixed, "Chang Ho"))
    assert [hit.found.name for hit in search("Chang Ho", index)] == ["Chang Ho"]


@pytest.mark.parametrize("unread", ["װװ", "ײװײ Velgan", "\u0750\u0750", "\u08a0\u08a0"])
def test_letters_that_are_not_read_sound_like_nobody(unread: str) -> None:
    for other in ("Chang Ho", "Áoi", "Аой", "Áoi Velgan"):
        assert compare(unread, other).score == compare(other, unread).score


@given(*(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),) * 2)
def test_names_of_several_scripts_are_compared_the_same_either_way(left: str, right: str) -> None:
    assert compare(left, right).score == compare(right, left).score
