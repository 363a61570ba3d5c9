"""Han characters as Hong Kong, Macau and Taiwan spell them."""

from __future__ import annotations

import pytest

from undaunted.engines.names import REVIEW, build_index, compare, search
from undaunted.engines.names.characters.cantonese import _readings, hong_kong, jyutping, spellings

__all__: list[str] = []

SAME = [
    ("林鄭月娥", "Lam Cheng Yuet-ngor"),
    ("林鄭月娥", "Carrie Lam Cheng Yuet-ngor"),
    ("林郑月娥", "LAM CHENG Yuet Ngor"),
    ("李家超", "Lee Ka-chiu"),
    ("李家超", "John Lee Ka-chiu"),
    ("李家超", "Li Jiachao"),
    ("梁振英", "Leung Chun-ying"),
    ("曾蔭權", "Tsang Yam-kuen"),
    ("李小龍", "Lee Siu-lung"),
    ("何啟", "Ho Kai"),
    ("伍廷芳", "Ng Ting-fong"),
    ("錢穆", "Chin Muk"),
    ("崔世安", "Chui Sai-on"),
    # Taiwan, where nobody spells strictly
    ("蔡英文", "Tsai Ing-wen"),
    ("馬英九", "Ma Ying-jeou"),
    ("柯文哲", "Ko Wen-je"),
    ("賴清德", "Lai Ching-te"),
    ("韓國瑜", "Han Kuo-yu"),
    ("侯友宜", "Hou Yu-ih"),
    ("蕭旭岑", "Siao Syu-cen"),
]

OTHER = [
    ("林鄭月娥", "Lam Wing-kee"),
    ("李家超", "Lee Ka-shing"),
    ("李家超", "Lee Chiu"),
    ("梁振英", "Leung Kwok-hung"),
    ("陈全国", "Chan Chuen"),
    ("林鄭月娥", "Lam Carrie Smith"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_in_two_writings_is_looked_at(one: str, other: str) -> None:
    assert compare(one, other).score == compare(other, one).score >= REVIEW


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert compare(one, other).score < REVIEW


@pytest.mark.parametrize(("one", "other"), SAME)
def test_either_writing_is_found_in_a_long_list(one: str, other: str) -> None:
    nobody = [f"{a}{b}in {b}{c}or" for a in "BDFGK" for b in "aeiou" for c in "lmnprstvz" * 2]
    for asked, listed in ((one, other), (other, one)):
        hits = search(asked, build_index([*nobody, listed]))
        assert listed in [hit.found.name for hit in hits]


@pytest.mark.parametrize(
    ("syllable", "usual"),
    [("lam", "lam"), ("zeng", "cheng"), ("jyut", "yuet"), ("ngo", "ngo"), ("gwok", "kwok"),
     ("si", "sze"), ("ng", "ng"), ("aa", "a"), ("jyu", "yu"), ("caang", "chang")],
)  # fmt: skip
def test_a_syllable_is_spelt_as_on_identity_cards(syllable: str, usual: str) -> None:
    assert hong_kong(syllable)[0] == usual


def test_every_reading_of_the_table_has_a_spelling() -> None:
    assert jyutping("林") == "lam"
    assert jyutping("x") == ""
    assert hong_kong("") == hong_kong("xyz") == ()
    assert spellings("林x") == ()
    assert all(map(hong_kong, set(_readings().values())))
