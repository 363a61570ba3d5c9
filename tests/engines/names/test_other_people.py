"""Words that are all alike, and yet another name: by order, by syllables, by letters apart."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, Entry, Ground, build_index, compare, prepare, search

__all__: list[str] = []

_STRONG = 0.95
"""From where on names are told as the same."""

TURNED = [
    ("أحمد محمد علي", "علي محمد أحمد"),
    ("Ahmed Mohamed Ali", "Ali Mohamed Ahmed"),
    ("محمد سلمان", "سلمان محمد"),
    ("Mohamed Salman", "سلمان محمد"),
    ("Ahmed bin Mohamed Ali", "Ali Mohamed Ahmed"),
]
IN_ORDER = [
    ("Ahmed Mohamed Ali", "Ahmed Mohammed Ali"),
    ("Ali, Ahmed Mohamed", "Ahmed Mohamed Ali"),
    ("ALI Ahmed Mohamed", "Ahmed Mohamed Ali"),
    ("bin Salman Mohammed", "Mohammed bin Salman"),
    ("Kadyrov Ramzan", "Ramzan Kadyrov"),
    ("Ahmed Brackwater", "Brackwater Ahmed"),
]
OTHER_KOREANS = [
    ("Kim Jong Un", "Kim Yong Un"),
    ("Kim Jong Chol", "Kim Yong Chol"),
    ("Jong Un Kim", "Kim Yong Un"),
    ("KIM, Jong-chol", "Kim Yongchol"),
]
ONE_KOREAN = [
    ("Kim Jong Chol", "Kim Chong Chol"),
    ("Kim Jong-chol", "Kim Jongchol"),
    ("Kim Chol Jong", "Kim Jong Chol"),
    ("Pak Yong Chol", "Pak Yong-chul"),
]
LACKING = [
    ("Chen Quanguo", "Chen Quan"),
    ("CHEN, Quan", "Chen Quanguo"),
    ("Quanguo Chen", "Quan Chen"),
]
NOT_LACKING = [
    ("Chen Quanguo", "Chen Quan Guo"),
    ("Wang Xian", "Wang Xi'an"),
    ("Chen Quanguo", "Chen Quangu"),
]
BROTHERS = [
    ("Omar Salem Tarek Hasan Al-Brackwi", "AL-BRACKWI, Yasser Salem Tarek Hasan"),
    ("عمر سالم طارق حسن البركاوي", "ياسر سالم طارق حسن البركاوي"),
    ("AL-BRACKWI OMAR SALEM TAREK HASAN", "ياسر سالم طارق حسن البركاوي"),
]
NO_BROTHERS = [
    ("Omar Salem Tarek Hasan Al-Brackwi", "AL-BRACKWI, O. Salem Tarek Hasan"),
    ("Omar Salem Tarek Hasan Al-Brackwi", "Salem Tarek Hasan Al-Brackwi"),
]
APART = [
    ("P u t i n  V l a d i m i r", "Vladimir Putin"),
    ("P.u.t.i.n V.l.a.d.i.m.i.r", "Vladimir Putin"),
    ("P U T I N  V L A D I M I R", "Vladimir Putin"),
    ("P u t i n V l a d i m i r", "Vladimir Putin"),
    ("Vladimir P. u. t. i. n.", "Vladimir Putin"),
    ("П у т и н  В л а д и м и р", "Vladimir Putin"),
    ("К и м  Ч е н  Ы н", "Kim Jong Un"),
    ("Π ο ύ τ ι ν  Β λ α ν τ ι μ ί ρ", "Πούτιν Βλαντιμίρ"),
]


def _both_ways(left: str, right: str) -> float:
    found = compare(left, right).score
    assert found == compare(right, left).score
    return found


@pytest.mark.parametrize(("left", "right"), TURNED)
def test_given_names_in_another_order_are_asked_about_and_say_so(left: str, right: str) -> None:
    assert 0.75 <= _both_ways(left, right) <= 0.85
    assert Ground.OTHER_ORDER in {reason.ground for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), IN_ORDER)
def test_a_family_name_may_stand_first(left: str, right: str) -> None:
    assert _both_ways(left, right) >= _STRONG
    assert Ground.OTHER_ORDER not in {reason.ground for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), OTHER_KOREANS)
def test_jong_is_asked_about_beside_yong_and_never_the_same(left: str, right: str) -> None:
    assert REVIEW <= _both_ways(left, right) < REVIEW + 0.05
    assert Ground.OTHER_SYLLABLES in {reason.ground for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), ONE_KOREAN)
def test_spellings_of_the_same_hangul_are_no_other_syllables(left: str, right: str) -> None:
    assert _both_ways(left, right) >= REVIEW
    assert Ground.OTHER_SYLLABLES not in {reason.ground for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), LACKING)
def test_a_chinese_name_that_lacks_a_syllable_is_another(left: str, right: str) -> None:
    assert _both_ways(left, right) < REVIEW
    assert Ground.OTHER_SYLLABLES in {reason.ground for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), NOT_LACKING)
def test_a_chinese_name_cut_otherwise_or_misspelt_is_looked_at(left: str, right: str) -> None:
    assert _both_ways(left, right) >= REVIEW


@pytest.mark.parametrize(("left", "right"), APART)
def test_letters_written_apart_hide_nobody_and_are_told(left: str, right: str) -> None:
    assert _both_ways(left, right) >= _STRONG
    assert "spaced" in {reason.by for reason in compare(left, right).reasons}


@pytest.mark.parametrize(("left", "right"), APART)
def test_a_long_list_finds_letters_written_apart_either_way(left: str, right: str) -> None:
    others = [f"{a}{b} {c}kov" for a in "BDGKLM" for b in "aeiou" for c in ("Ros", "Tim", "Sal")]
    others += [f"{name}a" for name in others] + [f"{name}ic" for name in others]
    for asked, listed in ((left, right), (right, left)):
        index = build_index([*others, listed])
        assert [hit.found.name for hit in search(Entry(asked), index)][:1] == [listed]


@pytest.mark.parametrize("name", ["J. R. R. Brackwater", "A P J Abdul", "A. B.", "X Y Z", "7 8 9"])
def test_initials_are_no_word_written_apart(name: str) -> None:
    assert prepare(name).also == ()


@pytest.mark.parametrize(("one", "other"), BROTHERS)
def test_children_of_one_father_are_not_looked_at_as_one(one: str, other: str) -> None:
    assert 0.4 < compare(one, other).score < REVIEW
    assert compare(one, other).score == compare(other, one).score


@pytest.mark.parametrize(("one", "other"), NO_BROTHERS)
def test_an_initial_and_a_lacking_word_make_no_brothers(one: str, other: str) -> None:
    assert compare(one, other).score >= REVIEW
