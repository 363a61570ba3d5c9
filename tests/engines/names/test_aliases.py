"""Many names of one bearer against many of another."""

from __future__ import annotations

import pytest

from undaunted.engines.names import NameRefused, best, prepare, prepare_all, score

__all__: list[str] = []


def test_the_best_pair_is_found_and_named() -> None:
    one = prepare_all(["The Carpenter", "Karl Brandt", "Брандт Карл Петрович"])
    other = prepare_all(["Otto Weber", "Brandt, Karl"])
    found = best(one, other)
    assert found == (1.0, 1, 1)
    assert best(other, one) == (1.0, 1, 1)


def test_the_best_is_what_trying_all_would_find() -> None:
    one = prepare_all(["Sergey Orlov", "Сергей Иванович Орлов", "S. Orlow"])
    other = prepare_all(["Orlov S. I.", "Serhii Orlow", "Petrov"])
    every = max(score(x, y) for x in one.names for y in other.names)
    assert best(one, other).score == every


def test_bearers_without_a_word_in_common_score_nothing() -> None:
    assert best(prepare_all(["Karl Brandt"]), prepare_all(["Иван Щукин"])).score == 0.0


def test_a_name_behind_a_stroke_is_found() -> None:
    assert best(prepare_all(["Карл Ш / Otto Weber"]), prepare_all(["Weber Otto X"])).score > 0.8


def test_what_is_no_name_is_kept_apart() -> None:
    assert prepare_all(["", "Karl"]).refused == ("",)
    with pytest.raises(NameRefused, match="none of 2 names"):
        prepare_all(["", "…"])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Сергей Щербаков", "Shcherbakov S."),
        ("قاسم", "Ghasem"),
        ("جمال", "Gamal"),
        ("أنور", "Anwar"),
        ("이영희", "Lee Young-hee"),
        ("陈全国", "Chan"),
        ("習近平", "Hsi Chin-p'ing"),
        ("Abdulhakim", "Abdul Hakim"),
        ("Sasha", "Aleksandr"),
        ("Karl / Отто", "Otto"),
        ("Karl Отто", "Otto"),
        ("עא", "Aa"),
    ],
)
def test_an_index_finds_a_name_by_its_keys(left: str, right: str) -> None:
    assert prepare(left).keys & prepare(right).keys
