"""Comparing case files: the same both ways, explained, and never a verdict."""

# ruff: noqa: RUF001 - letters of many scripts are the matter here

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.analysis.likeness import (
    blocking_hints,
    blocking_keys,
    compare,
    likeness_of,
    spelling_of,
)
from undaunted.prisoners.registry.rules.matching import (
    CaseSketch,
    Finding,
    MatchField,
    MatchReasons,
)

# The tables are loaded once, and not inside an example that is timed.
blocking_keys(CaseSketch(names=("陈全国", "محمد")))

NAMES = st.sampled_from(
    [
        "Anna Weber",
        "A. Weber",
        "Weber, Anna",
        "Ana Veber",
        "Анна Вебер",
        "محمد بن سلمان",
        "Mohammed bin Salman",
        "陈全国",
        "Chen Quanguo",
        "Chen Quan",
        "김정은",
        "Kim Jong Un",
        "",
        "😀",
        "al",
    ]
) | st.text(max_size=12)
DATES = st.sampled_from(
    ["1990-05-04", "1990-05", "1990", "199X", "../1990", "1990~", "1991", "1990-05-05"]
).map(PartialDate.parse)
SKETCHES = st.builds(
    CaseSketch,
    names=st.lists(NAMES, max_size=3).map(tuple),
    birth=st.none() | DATES,
    arrested=st.none() | DATES,
    gender=st.sampled_from(["", "female", "male"]),
    country=st.sampled_from(["", "XR", "XS"]),
    place=st.sampled_from(["", "Zenda", "zenda", "Klow"]),
)


def named(*names: str) -> CaseSketch:
    return CaseSketch(names=names)


def name_effect(found: MatchReasons) -> float:
    return next(one.effect for one in found.reasons if one.field is MatchField.NAME)


@given(SKETCHES, SKETCHES)
def test_comparing_is_symmetric(left: CaseSketch, right: CaseSketch) -> None:
    there, back = compare(left, right), compare(right, left)
    assert there.score == back.score
    assert [(r.field, r.left, r.right, r.finding, r.effect) for r in there.reasons] == [
        (r.field, r.right, r.left, r.finding, r.effect) for r in back.reasons
    ]


@given(SKETCHES, SKETCHES)
def test_the_score_is_the_sum_of_its_reasons(left: CaseSketch, right: CaseSketch) -> None:
    found = compare(left, right)
    total = sum(reason.effect for reason in found.reasons)
    assert found.score == pytest.approx(min(1, max(0, total)), abs=1e-4)


@given(SKETCHES)
def test_a_file_is_like_itself(sketch: CaseSketch) -> None:
    found = compare(sketch, sketch)
    assert all(reason.effect >= 0 for reason in found.reasons)
    if sketch.names:
        assert found.score >= 0.75


@given(SKETCHES, st.permutations(range(3)))
def test_the_order_of_names_changes_no_key(sketch: CaseSketch, order: list[int]) -> None:
    names = [sketch.names[place] for place in order if place < len(sketch.names)]
    other = CaseSketch(names=tuple(names), birth=sketch.birth)
    assert blocking_keys(other) == blocking_keys(sketch)
    assert blocking_hints(other) == blocking_hints(sketch)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Weber", "WEBER, Anna"),
        ("Анна Вебер", "Anna Veber"),
        ("محمد بن سلمان", "Mohammed ben Salman"),
        ("陈全国", "Chen Quanguo"),
        ("陈全国", "Quanguo Chen"),
        ("김정은", "Kim Jong Un"),
    ],
)
def test_one_name_in_two_scripts_or_orders_is_the_same(one: str, other: str) -> None:
    found = compare(named(one), named("Someone Else", other))
    assert found.reasons[0].finding is Finding.SAME
    assert found.reasons[0].right == other
    assert blocking_keys(named(one)) & blocking_keys(named(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Weber", "Ana Veber"),
        ("Alexei Navarin", "Aleksey Navarin"),
        ("Salman al Harbi", "Salman Harbi"),
        ("Mohammed bin Salman", "Mohamed Salman"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert compare(named(one), named(other)).reasons[0].finding is Finding.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. Weber", "Anna Weber"),
        ("Ivan Petrov", "Ivan Petroff"),
        ("Ahmed Hassan Ali", "Ahmed Hassan"),
    ],
)
def test_likely_spellings_are_similar(one: str, other: str) -> None:
    assert compare(named(one), named(other)).reasons[0].finding is Finding.SIMILAR


def test_one_syllable_less_is_another_person() -> None:
    found = compare(named("陈全国"), named("Chen Quan"))
    assert found.reasons[0].finding is Finding.DIFFERENT


def test_the_sons_name_is_not_the_fathers() -> None:
    son, father = "محمد بن سلمان", "Salman bin Abdulaziz"
    assert compare(named(son), named(father)).reasons[0].finding is not Finding.SAME
    assert name_effect(compare(named(son), named(father))) < 0.5


def test_unlike_initials_add_nothing() -> None:
    assert name_effect(compare(named("B Weber"), named("Anna Weber"))) < 0.75
    assert name_effect(compare(named("Q"), named("Anna"))) == 0


def test_dates_that_agree_add_and_dates_that_exclude_each_other_take_away() -> None:
    def with_birth(text: str) -> CaseSketch:
        return CaseSketch(names=("Anna Weber",), birth=PartialDate.parse(text))

    exact = with_birth("1990-05-04")
    scores = [
        compare(exact, with_birth(text)).score
        for text in ("1990-05-04", "1990", "../1999", "1980/1999", "1991")
    ]
    assert scores == [0.95, 0.83, 0.75, 0.75, 0.45]


def test_another_arrest_takes_little_away() -> None:
    def with_arrest(text: str) -> CaseSketch:
        return CaseSketch(names=("Anna Weber",), arrested=PartialDate.parse(text))

    exact = with_arrest("2020-08-09")
    scores = [compare(exact, with_arrest(text)).score for text in ("2020-08-09", "2020-08", "2021")]
    assert scores == [0.87, 0.79, 0.7]


def test_gender_country_and_place_are_told() -> None:
    here = CaseSketch(names=("Anna Weber",), gender="female", country="XR", place="Zenda")
    there = CaseSketch(names=("Anna Weber",), gender="male", country="XS", place="zenda")
    found = compare(here, there)
    assert [(one.field, one.finding) for one in found.reasons[1:]] == [
        (MatchField.GENDER, Finding.DIFFERENT),
        (MatchField.COUNTRY, Finding.DIFFERENT),
        (MatchField.PLACE, Finding.SAME),
    ]
    assert found.score == pytest.approx(0.75 - 0.15 - 0.1 + 0.05)


def test_what_is_not_known_says_nothing() -> None:
    assert compare(CaseSketch(names=()), CaseSketch(names=())) == MatchReasons(0.0, ())
    assert blocking_keys(CaseSketch(names=())) == frozenset()


def test_a_year_of_birth_makes_hints_where_it_is_known() -> None:
    born = PartialDate.day(date(1990, 5, 4))
    one = blocking_hints(CaseSketch(names=("Anna Weber",), birth=born))
    other = blocking_hints(CaseSketch(names=("Weber",), birth=PartialDate.year(1990)))
    assert one & other
    for text in ("198X", "1980/.."):
        unknown = CaseSketch(names=("Weber",), birth=PartialDate.parse(text))
        assert blocking_hints(unknown) == frozenset()


def test_a_name_without_a_letter_is_like_its_equal_alone() -> None:
    assert likeness_of(("😀",), ("😀",)) is not None
    assert name_effect(compare(named("😀"), named("😀"))) == 0.75
    assert name_effect(compare(named("😀"), named("Anna Weber"))) == 0
    assert blocking_keys(named("😀")) == {"=😀"}
    assert blocking_keys(named("")) == frozenset()
    assert spelling_of(named("😀")) == "😀"
    assert spelling_of(named()) == ""


def test_the_name_as_it_is_counted_knows_no_order() -> None:
    assert spelling_of(named("Weber, Anna")) == spelling_of(named("Anna Weber"))


def test_the_likest_of_many_names_is_told_as_it_was_written() -> None:
    found = likeness_of(("Nobody", "A. Weber", "Weber, Anna"), ("Someone Else", "ANNA WEBER"))
    assert found is not None
    assert (found.left, found.right) == ("Weber, Anna", "ANNA WEBER")


def test_a_name_of_particles_only_still_has_a_key() -> None:
    assert "=al" in blocking_keys(named("al"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ali Reza Tangsiri", "علیرضا تنگسیری"),
        ("Walijan", "Wali Jan"),
        ("Dmitri Kulik", "Dzmitry KULIK"),
    ],
)
def test_neighbouring_spellings_meet_under_a_key(one: str, other: str) -> None:
    assert blocking_keys(named(one)) & blocking_keys(named(other))
