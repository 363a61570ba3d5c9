"""What holds of every pair of names: symmetry, bounds, identity, and no text that breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.engines.names import (
    LONGEST,
    MOST_WORDS,
    Comparison,
    Kind,
    NameRefused,
    Prepared,
    compare,
    prepare,
    score,
)

__all__: list[str] = []

ALPHABETS = (
    "abcdefghij klmnopqrstuvwxyz-'., éèüßłşčñ"
    "абвгдежзийклмнопрстуфхцчшщьыъэюяўіїєґђћљњ"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگکیآأإةىؤئ"
    "אבגדהוזחטיכלמנסעפצקרשת"
    "김이박최정강조윤장임한오서신권황안송류홍영철수남"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
    "アイウエオカキクケコさしすせそーャュョッ"
    "αβγδεζηθικλμνξοπρστυφχψω"
    "ნინოგელაანახიტანიկարենअमितनेपालสมชายမောင်அம்மாጌታቸው"
)
WORDS = st.text(st.sampled_from(ALPHABETS), min_size=1, max_size=24)
KINDS = st.sampled_from(list(Kind))


def ready(name: str, kind: Kind = Kind.PERSON) -> Prepared | None:
    try:
        return prepare(name, kind)
    except NameRefused:
        return None


@given(WORDS, WORDS, KINDS)
def test_a_comparison_is_the_same_both_ways_round(left: str, right: str, kind: Kind) -> None:
    one, other = ready(left, kind), ready(right, kind)
    if one and other:
        assert score(one, other) == score(other, one)
        assert compare(one, other).score == score(one, other)


@given(WORDS, WORDS, KINDS)
def test_a_score_lies_between_nothing_and_one(left: str, right: str, kind: Kind) -> None:
    one, other = ready(left, kind), ready(right, kind)
    if one and other:
        assert 0.0 <= score(one, other) <= 1.0


@given(WORDS, KINDS)
def test_a_name_is_itself(name: str, kind: Kind) -> None:
    one = ready(name, kind)
    if one:
        assert score(one, one) == 1.0


@given(WORDS)
def test_every_word_of_a_name_has_a_key_and_a_weight(name: str) -> None:
    one = ready(name)
    if one:
        assert one.tokens
        assert all(token.keys and token.weight > 0 for token in one.tokens)
        assert one.keys


@given(st.text(max_size=40), st.text(max_size=40), KINDS)
def test_any_text_is_compared_or_refused(left: str, right: str, kind: Kind) -> None:
    try:
        found = compare(left, right, kind=kind)
    except NameRefused:
        return
    assert isinstance(found, Comparison)
    assert 0.0 <= found.score <= 1.0


@pytest.mark.parametrize("nothing", ["", " ", "\t\n", "…", "---", "\u200b\u200e", "؟!", "()"])
def test_what_has_no_letter_is_refused(nothing: str) -> None:
    with pytest.raises(NameRefused, match="at least one letter or digit"):
        prepare(nothing)


def test_a_text_too_long_for_a_name_is_refused_with_its_length() -> None:
    assert prepare("A" * LONGEST).tokens
    with pytest.raises(NameRefused, match="at most 1,000 characters, this has 10,000"):
        prepare("A" * 10_000)


@pytest.mark.parametrize("name", ["A", "O", "7", "李", "이", "ع", "Й", "ñ", "the", "bin", "Mr"])
def test_one_letter_or_a_title_alone_is_a_name(name: str) -> None:
    assert compare(name, name).score == 1.0


def test_a_text_of_too_many_words_is_refused_with_their_number() -> None:
    assert compare("ab " * MOST_WORDS, "ab " * MOST_WORDS).score == 1.0
    with pytest.raises(NameRefused, match="at most 60 words, this has 61"):
        prepare("ab " * 61)


def test_the_same_name_is_the_same_object() -> None:
    assert prepare("Ada Ivanova") is prepare("Ada Ivanova")


@pytest.mark.parametrize("nothing", [None, 5, float("nan"), b"Ivan"])
def test_what_is_no_text_is_refused_with_a_sentence(nothing: Any) -> None:
    for pair in ((nothing, "Ivan"), ("Ivan", nothing)):
        with pytest.raises(NameRefused, match=r"a name is a text, and this is .*; leave"):
            compare(*pair)
