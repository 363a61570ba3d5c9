"""Names in any script: what they are written in, and under which spellings they are found."""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.names import (
    clean_name,
    name_key,
    name_keys,
    name_order_variants,
    romanise,
    script_of,
    search_form,
)

# The tables are loaded once, and not inside an example that is timed.
romanise("陈全国")
romanise("محمد")

ANY_NAME = st.text(max_size=60) | st.text(
    alphabet="аАжйїгЎمحدعبالەئێ김정陈曾囍やマøüß a'-.\u200c\u200f", max_size=20
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Anna", "Latn"),
        ("Łukasz", "Latn"),
        ("Анна", "Cyrl"),
        ("محمد", "Arab"),
        ("陈全国", "Hani"),
        ("김정은", "Hang"),
        ("山田タロウ", "Jpan"),
        ("အောင်", "Mymr"),
        ("ประยุทธ์", "Thai"),
        ("Մհեր", "Armn"),
        ("Anna Ж", "Latn"),
        ("123 -", "Zyyy"),
        ("", "Zyyy"),
        ("\N{GRINNING FACE}", "Zyyy"),
        ("𐐀", "Zyyy"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_cleaning_takes_only_what_cannot_be_seen() -> None:
    assert clean_name("  Anna\t Weber \n") == "Anna Weber"
    assert clean_name("\u202eAnna\u202c\u200b\ufeff We\u00adber\0") == "Anna Weber"
    assert clean_name("e\u0301") == "é"
    assert clean_name("نرگس\u200cها") == "نرگس\u200cها"


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("Навальный", "navalny"),
        ("Навальный", "navalnyy"),
        ("Алексей", "aleksei"),
        ("Елена Ёлкина", "yelena yolkina"),
        ("Ягор Лагвінаў", "iahor lahvinau"),
        ("Володимир Гнатюк", "volodimir gnatyuk"),
        ("Сергій Жадан", "serhii zhadan"),
        ("Қасым", "qasym"),
        ("محمد بن سلمان", "mohammed ben salman"),
        ("محمد بن سلمان", "mhmd bn slmn"),
        ("عبد الله الحامد", "abdullah al hamed"),
        ("عبدالباسط", "abdulbasat"),
        ("نرگس محمدی", "narges mohammadi"),
        ("كتب زيني", "katab zini"),
        ("يوسوف", "yusuf"),
        ("ئىلھام توختى", "ilham tohti"),
        ("ڀار", "bhar"),
        ("김정은", "kim jong un"),
        ("김정은", "gim jeongeun"),
        ("이수진", "lee soojin"),
        ("남궁민수", "namgung minsu"),
        ("김 정은", "kim jeongeun"),
        ("김a", "kim a"),
        ("陈全国", "chen quanguo"),
        ("蔣經國", "jiang jingguo"),
        ("蔣經國", "chiang ching kuo"),
        ("曾国藩", "zeng guofan"),
        ("欧阳修", "ouyang xiu"),
        ("尉迟恭", "yuchi gong"),
        ("陈 全国", "chen quanguo"),
        ("伊力哈木·土赫提", "yilihamu tuheti"),
        ("陈安a", "chen ana"),
        ("王元一", "wang yuan i"),
        ("王安东", "wang antung"),
        ("王燕", "wang yen"),
        ("やまだ タロウ", "yamada taro"),
        ("Մհեր Ենոքյան", "mher enokyan"),
        ("Łukasz Müller", "lukasz mueller"),
        ("O'Neil-Smith", "oneil smith"),
        ("Đặng Phú", "dang phu"),
        ("Anna \N{GRINNING FACE}é", "anna e"),
    ],
)
def test_a_name_is_found_under_its_usual_spellings(text: str, spelling: str) -> None:
    assert spelling in romanise(text)


@pytest.mark.parametrize("text", ["", "   ", "\N{GRINNING FACE}", "\u202e", "...", "،", "·"])
def test_what_holds_no_letter_has_no_spelling(text: str) -> None:
    assert romanise(text) == ()
    assert name_key(text) == ""
    assert name_keys(text) == frozenset()


def test_the_form_for_search_holds_every_spelling_and_the_name_itself() -> None:
    assert search_form("Навальный") == "navalny navalnyy navalnyi навальный"
    assert search_form("Anna Anna Weber") == "anna weber"
    assert len(search_form("Anna " * 1_000_000)) < 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed", "محمد"),
        ("Mohamed", "Muhammad"),
        ("Alexei Navalny", "Навальный Алексей"),
        ("Tchernov", "Chernow"),
        ("Kim Jong Un", "김정은"),
        ("Hsiao", "Xiao"),
        ("Dmitri", "Dmitry"),
        ("Dmitri", "Dzmitry"),
        ("Pavlov", "Paulau"),
        ("رضایی", "Rezaei"),
        ("فضلی", "Fazli"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_keys(one) & name_keys(other)


def test_words_of_a_name_may_stand_in_another_order() -> None:
    assert name_order_variants("Weber, Anna") == ("Anna Weber", "Weber Anna")
    assert name_order_variants("A B C") == ("A B C", "C A B", "B C A")
    assert name_order_variants("Anna") == ("Anna",)
    assert name_order_variants(" , ") == ()


@given(ANY_NAME)
def test_spellings_are_small_ascii_words(text: str) -> None:
    for spelling in romanise(text):
        assert spelling.isascii()
        assert spelling == " ".join(spelling.split()).lower()
        assert spelling


@given(ANY_NAME)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert romanise(clean_name(text)) == romanise(text)


@given(ANY_NAME)
def test_the_usual_key_is_among_the_keys(text: str) -> None:
    assert name_key(text) in name_keys(text) or not name_keys(text)


@given(ANY_NAME)
def test_every_spelling_is_in_the_form_for_search(text: str) -> None:
    words = set(search_form(text).split())
    assert all(set(spelling.split()) <= words for spelling in romanise(text))
