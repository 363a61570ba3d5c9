"""Who is left out before names are compared would not have reached the score asked for."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from undaunted.engines.names import Kind, prepare, score
from undaunted.engines.names.letters.abjads import heard_as, units
from undaunted.engines.names.letters.latin import folds_of
from undaunted.engines.names.lists.hopes import _bits, _said, _silent, _told
from undaunted.engines.names.lists.shelves import Shelf
from undaunted.engines.names.loops.alike import alike
from undaunted.engines.names.loops.hearing import apart, heard
from undaunted.engines.names.pairs.meeting import LEAST, likeness
from undaunted.engines.names.words.spelling import token_of
from undaunted.engines.names.words.unlike import are_unlike

__all__: list[str] = []

_LATIN = [
    "Velgant", "Velgantov", "Velganta", "Ahmad", "Ahmed", "Muhammad", "Mohammed", "Husayn",
    "Abdul", "Rahman", "Abdurrahman", "Nur", "Din", "Nurdin", "Tarvin", "Jo", "Joann", "J.",
    "Ng", "Wang", "Li", "Jianguo", "Jian", "Guo", "Kim", "Jongun", "Jong", "Un", "Suhyon",
    "Karpenko", "Karpenkov", "Alharbi", "Harbi", "Orlov", "Arlou", "Tsikhanouski", "Tikhanovsky",
    "Ivanovich", "Sasha", "Aleksandr", "Said", "Saud", "Yasir", "Cohen", "Kohen", "Baruch",
    "Chin", "Shuhua", "Xu", "Hua", "Shu", "Thomas", "Tom", "Bin", "Krzysztof", "Brzk",
]  # fmt: skip
_OTHER = [
    ["Вельгант", "Мухаммад", "Иванович", "Орлов", "Ким", "Чжан", "Александр", "Нурдин"],
    ["محمد", "احمد", "عبدالرحمن", "عبدالله", "طارفين", "حسين", "سعود", "نور", "الدين", "ياسر"],
    ["כהן", "ברוך", "דוד", "משה"],
    ["王", "李", "建国", "许", "淑华", "金", "正恩", "司马", "淑"],
    ["김", "정은", "수현", "박", "이", "은"],
    ["ธนากร", "สมชาย"],
    ["たけし", "タケシ", "ジョン"],
]


def _names() -> tuple[list[str], list[list[str]]]:
    """Give names of a list, and names to ask for by script."""
    chance = Random(17)  # noqa: S311 - nothing is secret
    listed = [" ".join(chance.sample(_LATIN, chance.randint(1, 4))) for _ in range(300)]
    every = [word for words in _OTHER for word in words]
    listed += [" ".join(chance.sample(every, 2)) for _ in range(20)]
    asked = [
        [" ".join(chance.sample(words, min(len(words), chance.randint(2, 3)))) for _ in range(8)]
        for words in (_LATIN, *_OTHER)
    ]
    return listed, asked


def test_nobody_is_left_out_who_would_have_reached_the_score() -> None:
    listed, asked = _names()
    names = [prepare(name, Kind.PERSON) for name in listed]
    hopes = Shelf(names)._hopes  # noqa: SLF001 - what a search asks
    assert hopes is not None
    rows = np.arange(len(names), dtype=np.int32)
    left_out = []
    for texts in asked:
        count = 0
        for name in (prepare(text, Kind.PERSON) for text in texts):
            for least in (0.5, 0.7, 0.9) if not name.also else ():
                may = set(hopes.reaching(name, rows, least).tolist())
                for at in set(rows.tolist()) - may:
                    assert score(name, names[at]) < least, (name.text, names[at].text, least)
                    count += 1
        left_out.append(count)
    # of letters and of signs alike most are left out
    assert min(left_out) > len(names)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("تارفين آغا", "Ku Ta Velgant"),
        ("Ku Ta Velgant", "تارفين آغا"),
        ("王淑 建国", "Shu Wj Velgant"),
        ("عبدالرحمن تارفين", "Abdur Rahman Tarvin"),
        ("عبدالرحمن تارفين", "Abdurrahman Velgant"),
        ("عبدالرحمن", "Abd Al Rahman"),
    ],
)
def test_nobody_is_left_out_who_is_written_by_initials_or_bears_a_case(
    asked: str, listed: str
) -> None:
    name, other = prepare(asked, Kind.PERSON), prepare(listed, Kind.PERSON)
    hopes = Shelf([other])._hopes  # noqa: SLF001 - what a search asks
    found = score(name, other)
    assert found > 0.1
    assert hopes is not None
    assert hopes.reaching(name, np.zeros(1, np.int32), found).size == 1


def test_a_servants_case_is_heard_by_loops_as_when_words_are_compared() -> None:
    silent, rows = _silent(), np.empty((3, 1 << 10))
    strict = 0
    for heard_so in ("عبدرحمن", "عبدحق", "عبدعزيز", "عبدناصر", "عبدنور", "عبد"):
        for spelt in ("abdurahman", "abdirahman", "abduhak", "abdaziz", "abdunoor", "abdi"):
            one, other = token_of(heard_so, "arabic"), token_of(spelt, "latin")
            told = _said([_told(one)]), _said([_told(other)])
            like, most = likeness(one, other), alike(told[0], 0, told[1], 0, 0.0, silent, rows)
            assert most >= like or like < LEAST, (heard_so, spelt)
            strict += most < LEAST
    assert strict


def test_signs_apart_are_those_of_osa() -> None:
    chance, rows = Random(4), np.empty((3, 64))  # noqa: S311 - nothing is secret
    for _ in range(3_000):
        one, other = ("".join(chance.choices("abc", k=chance.randint(0, 8))) for _ in range(2))
        mine, theirs = (np.frombuffer(text.encode(), np.uint8) for text in (one, other))
        found = apart(mine, 0, len(one), theirs, 0, len(other), rows)
        assert found == OSA.distance(one, other), (one, other)


def test_letters_are_heard_as_when_they_are_compared() -> None:
    silent, rows = _silent(), np.empty((3, 64))
    words = [word for script in _OTHER[1:3] for word in script]
    for word in words:
        letters = units(word)
        sounds = np.array([_bits(each) for each, _ in letters], np.int64)
        costs = np.array([cost for _, cost in letters])
        for fold in {fold for text in _LATIN for fold in folds_of(text.lower().strip("."))}:
            signs = np.frombuffer(fold.encode(), np.uint8)
            for least in (0.0, 0.7):
                found = heard(
                    sounds, costs, silent, 0, len(letters), signs, 0, len(fold), least, rows
                )
                whole = heard_as(letters, fold)
                assert abs(found - whole) < 1e-9 or (found == 0 and whole < least), (word, fold)


def test_words_are_called_unlike_only_where_they_are() -> None:
    chance = Random(9)  # noqa: S311 - nothing is secret
    words = [word.lower().strip(".") for word in _LATIN]
    called = 0
    for _ in range(9_000):
        one = "".join(chance.sample(words, 2))
        other = [sign for sign in one if chance.random() > 0.1]
        for _ in range(chance.randint(0, 4)):
            other[chance.randrange(len(other))] = chance.choice("abdefghijklmnrstwxyz")
        text = "".join(other)
        mine, theirs = token_of(one, "latin"), token_of(text, "latin")
        if mine.classes or theirs.classes or mine.akin or theirs.akin:
            continue
        if are_unlike(mine.plain, theirs.plain, 0.85):
            called += 1
            assert likeness(mine, theirs) < 0.85, (one, text)
    assert called > 500
