"""What is asked of names: every word, in every spelling of its script, and no more than that."""

# ruff: noqa: RUF001 - names in several scripts

from __future__ import annotations

import sys

import pytest

from undaunted.core.actors.rules.names import search_form
from undaunted.prisoners.registry.rules.name_spellings import MOST_SPELLINGS
from undaunted.prisoners.registry.rules.name_words import SHORT, Words, words_asked


def finds(asked: str, *names: str) -> bool:
    """Tell whether the conditions hold of a person with these names, as the index tells it."""
    stored = {word for name in names for word in search_form(name).split()}
    return all(
        any(text in stored if len(text) < SHORT else any(text in word for word in stored)
            for text in each.texts)
        for each in words_asked(asked)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        ("ليلى البحري", "ليلى البحري", "ليلى الحوراني"),
        ("البحري", "سمير البحري", "سمير الحوراني"),
        ("البحري", "Layla al-Bahri", "Layla al-Hawrani"),
        ("البحري", "Layla Bahri", "Layla al-Hawrani"),
        ("ليلي البحري", "ليلى البحري", "سلمى البحري"),
        ("عبد الرحمن محمد", "عبد الرحمن محمد", "عبد الله محمد"),
        ("عبد الرحمن محمد", "Abdulrahman Mohammed", "Abdullah Mohammed"),
        ("محمد", "Mohammed Hadi", "Mahmud Hadi"),
        ("文丽华", "文丽华", "文明德"),
        ("文丽华", "Wen Lihua", "Wen Mingde"),
        ("文丽华", "Li-hua Wen", "Li-ming Wen"),
        ("丽华", "文丽华", "文丽明"),
        ("文 丽华", "Wen Lihua", "Wen Mingde"),
        ("文 丽华", "文丽华", "文明德"),
        ("张伟明", "Chang Wei-ming", "Chang Wei-guo"),
        ("欧阳修", "欧阳修", "欧阳德"),
        ("Дарья Белинская-Корб", "Darya Belinskaya-Korb", "Darya Belinskaya"),
        ("Белинская-Корб", "Дарья Белинская-Корб", "Дарья Белинская"),
        ("Юлия Соловьёва", "Iuliia Soloveva", "Iuliia Morozova"),
        ("соловьева", "Юлия Соловьёва", "Юлия Морозова"),
        ("Морож", "Илья Мороженко", "Илья Морфенко"),
        ("김정서", "Kim Jong-so", "Kim Jong-min"),
        ("Müller", "Anna Mueller", "Anna Möller"),
        ("al-Jisri", "Yusuf al-Jisri", "Yusuf al-Hadi"),
        ("Alexei", "Алексей Морожев", "Александр Морожев"),
        ("Alexey", "Алексей Морожев", "Александр Морожев"),
        ("Алексей", "Alexei Moroshev", "Alexander Moroshev"),
        ("Maxim", "Максим Белин", "Марина Белин"),
        ("Alireza", "علیرضا", "علی"),
        ("علی رضا", "علیرضا", "علی احمد"),
        ("Rajai", "رجایی", "رضایی"),
        ("Rajaei", "رجایی", "رضایی"),
        ("Khawaja", "الخواجة", "الحوراني"),
        ("al-Khawaja", "الخواجة", "الحوراني"),
        ("Илья", "Ілля Корж", "Юлія Корж"),
        ("Ілля", "Илья Корж", "Юлия Корж"),
        ("Ilya", "Ілля Корж", "Юлія Корж"),
        ("Tikhanovskaya", "Цихановская", "Романовская"),
        ("Tikhanovskaya", "Ціханоўская", "Раманоўская"),
        ("Тихановская", "Ціханоўская", "Раманоўская"),
        ("Tsikhanouskaya", "Тихановская", "Романовская"),
        ("Mohammad Ali", "محمد\u200cعلی", "محمد رضا"),
        ("محمد علی", "محمد\u200cعلی", "محمد رضا"),
        ("محمد\u200cعلی", "Mohammad Ali", "Mohammad Reza"),
        ("محمد\u200cعلی", "محمد\u200cعلی", "محمد رضا"),
        ("محمد", "Mohammad Hadi", "Mahmoud Hadi"),
        ("Nasrin", "نسرین", "نرگس"),
        ("Wen", "Wen Lihua", "Wang Lihua"),
        ("Zheng", "Zheng Lihua", "Zhang Lihua"),
        ("Omar", "Omar Hadi", "Tamara Hadi"),
        ("Mahmud", "محمود", "محمد"),
    ],
)
def test_every_word_counts_in_every_script(asked: str, right: str, wrong: str) -> None:
    assert finds(asked, right)
    assert not finds(asked, wrong)


def test_signs_and_references() -> None:
    assert words_asked("") == []
    assert words_asked(" \x00 ") == []
    assert words_asked("%") == [Words(("%",))]
    assert words_asked("XR-00001,") == [
        Words(("xr",), "xr-00001"), Words(("00001",), "xr-00001"),
    ]  # fmt: skip
    assert {one.reference for one in words_asked("XR-ABCDE")} == {"xr-abcde"}
    assert [one.reference for one in words_asked("Ελένη")] == [""], (
        "references have no such letters"
    )
    assert words_asked("wen") == [Words(("wen",), "wen")], "one syllable is guessed in no other way"
    assert words_asked("ال") == [Words(("el",))]
    assert words_asked("\u0294") == [Words(("\u0294",))]  # a letter that no table romanises
    assert len(words_asked("one two three four five six seven eight nine")) == 8


@pytest.mark.parametrize("name", ["Alexeixeixei Tikhanovskaya", "Тихановская", "محمد\u200cعلی"])
def test_the_spellings_asked_for_are_bounded(name: str) -> None:
    for each in words_asked(name):
        assert len(each.texts) <= MOST_SPELLINGS
        assert len(set(each.texts)) == len(each.texts)


@pytest.mark.parametrize("letters", ["文", "김", "م", "ü-", "さ", "文·", "김문", "ж", "😀", "ك-"])
def test_a_long_text_costs_little(letters: str) -> None:
    words_asked(letters)  # reads the tables of its script
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(step)
    try:
        found = words_asked(letters * 200)
    finally:
        sys.setprofile(None)
    assert len(found) <= 8
    assert steps < 500_000, "calls of functions; what takes minutes makes a hundred millions"
