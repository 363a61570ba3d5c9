"""What many bear says little: one word alone, common words met in part, one consonant."""

from __future__ import annotations

import gc
from dataclasses import replace
from itertools import pairwise

import pytest

from undaunted.engines.names import Entry, Facts, Kind, build_index, compare, look, prepare, search
from undaunted.engines.names.characters.syllables import read_as
from undaunted.engines.names.pairs.meeting import LEAST, likeness

__all__: list[str] = []

MANY = [f"Muhammad Ali Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]


def test_a_name_of_one_word_is_no_hit_for_a_fuller_one_but_is_asked_for_alone() -> None:
    assert compare("Zarina", "Zarina Velgant").score < 0.7
    assert search("Zarina Velgant", build_index(["Zarina"])) == []
    assert [hit.found.name for hit in search("Velgant", build_index(["Zarina Velgant"]))]
    assert compare("Zarina Velgant", "Zarinavelgant").score >= 0.7
    assert compare("Vanderberg", "van der Berg").score >= 0.7


def test_an_organisation_of_one_word_is_weighed_as_before() -> None:
    assert compare("Velgant", "Velgant Ltd", kind=Kind.ORGANISATION).score >= 0.7
    assert compare("Velgantrovia", "Velgantrovia Trading", kind=Kind.ORGANISATION).score >= 0.7


def test_common_words_met_in_part_are_no_hit_unless_a_fact_speaks_for_them() -> None:
    born = Facts(born=("1970-01-02",))
    index = build_index([*MANY, Entry("Muhammad Ali Tarvin", facts=born)])
    assert search("Muhammad Ali", index) == []
    assert [hit.found.name for hit in search(Entry("Muhammad Ali", facts=born), index)]
    assert len(search("Muhammad Ali", index, threshold=0.6, most=3)) == 3


def test_common_words_nearly_met_are_no_hit_unless_a_fact_speaks_for_them() -> None:
    born = Facts(born=("1970-01-02",))
    bearers = [Entry("Muhammad Tarvin", id=str(number)) for number in range(60)]
    index = build_index([*bearers, Entry("Muhammad Tarvin", facts=born)])
    assert compare("Muhammad Tarvan", "Muhammad Tarvin").score >= 0.7
    assert search("Muhammad Tarvan", index) == []
    assert search("Muhammad Tarvin", index)
    assert [hit.found.facts for hit in search(Entry("Muhammad Tarvan", facts=born), index)]
    assert search("Muhammad Tarvan", build_index(["Muhammad Tarvin"]))
    assert search("M. Tarvin", build_index(["Muhammad Tarvin"]))


def test_hiragana_is_read_as_it_is_written() -> None:
    assert compare("さゆり", "Salih").score < 0.7 <= compare("さゆり", "Sayuri").score


def test_one_consonant_makes_no_word() -> None:
    assert compare("Joseph Orr", "Joseph Rao Kony").score < 0.7
    assert likeness(prepare("Orr").tokens[0], prepare("Rao").tokens[0]) < LEAST


def test_what_begins_with_another_consonant_is_another_short_word() -> None:
    assert _alike("Ryan", "Bryan") < 0.8 < _alike("Bryan", "Bryans")
    assert _alike("Asan", "Hasan") > 0.8
    assert _alike("Ryan", "Ryann") > 0.8


def test_a_first_y_is_heard_and_no_abjad_has_baltic_endings() -> None:
    assert _alike("فارع", "Jafari") < 0.8 < _alike("جعفری", "Jafari")
    assert _alike("زهرا", "Jazari") < 0.8
    assert _alike("نوري", "Nawras") < 0.8 < _alike("نورس", "Nawras")
    assert _alike("ياسر", "Yasir") > 0.9


def test_of_one_consonant_only_what_begins_with_the_same_vowel_is_bare() -> None:
    assert _alike("Isa", "Is") == _alike("Is", "Isa") > 0.8
    assert _alike("Rao", "Rr") < LEAST


def _alike(one: str, other: str) -> float:
    return likeness(prepare(one).tokens[0], prepare(other).tokens[0])


def test_words_of_many_spellings_and_of_servants_are_compared() -> None:
    assert likeness(prepare("Щуцкевич").tokens[0], prepare("Щуцковичь").tokens[0]) > 0.8
    assert likeness(prepare("Abdulrahman").tokens[0], prepare("Abdulhamiid").tokens[0]) < 0.9


def test_the_better_of_two_ways_to_cut_letters_counts() -> None:
    assert read_as((("a", "ab"), ("bc", "c")), "abc") == 1.0


@pytest.mark.parametrize("collecting", [True, False])
def test_a_long_list_leaves_the_collector_as_it_was(*, collecting: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        names = [f"{one} Velg{at}" for at in range(60) for one in MANY[:90]]
        assert len(build_index(names)) >= 5_000
        assert gc.isenabled() is collecting
    finally:
        gc.unfreeze()
        (gc.enable if was else gc.disable)()


def test_several_spellings_of_one_bearer_make_their_words_no_more_common() -> None:
    spelt = ["Ramzan Testovich Velgantov", "Velgantov Ramzan Testowitsch", "Ramsan T. Velgantow"]
    few = build_index([*spelt, "Рамзан Тестович Велгантов", "Ada Roth", "Bo Lin", "Jo Kim"])
    assert len(search("Ramzan Velgantov", few)) == 4
    others = (f"{one[-6:]} {two[-6:]}" for one, two in pairwise(MANY))
    of_one = [Entry(f"Ramzan Velgantov {each[-6:]}", id="A-1") for each in MANY]
    long = [*of_one, *(Entry(each, id=str(at)) for at, each in enumerate(others))]
    assert search("Ramzan Velgantov", build_index(long))
    apart = [replace(each, id="") for each in long]
    assert search("Ramzan Velgantov", build_index(apart)) == []


def test_whoever_is_passed_over_for_common_words_or_beyond_the_most_is_counted() -> None:
    looked = look("Muhammad Ali", build_index([*MANY, "Muhammad Ali"]))
    assert [hit.found.name for hit in looked.hits] == ["Muhammad Ali"]
    assert looked.common > 50
    assert look("Zarina Velgant", build_index(["Zarina Velgant"] * 5), most=2).more == 3
