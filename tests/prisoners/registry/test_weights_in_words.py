"""What a pair's weight is made of is told in words that add up."""

from __future__ import annotations

import pytest

from undaunted.prisoners.registry.pages.desk_weights import weight_lines

__all__: list[str] = []


def step(field: str, level: str, bits: float, rarity: float = 0.0) -> dict[str, object]:
    return {"field": field, "level": level, "bits": bits, "rarity": rarity}


def test_each_step_is_told_and_what_it_comes_to() -> None:
    steps = [
        step("name", "same", 10.0, 2.0), step("born", "alike", -1.0), step("place", "same", 0.1),
        step("arrested", "close", 30.0),
    ]  # fmt: skip
    told = [
        (line.compared, line.finding, line.says, line.so_far) for line in weight_lines(steps, -13.0)
    ]
    assert told == [
        ("Any two of these records", "", "", "one of 8,200 such pairs"),
        ("Name", "the same", "one person is 1,000 times as likely", "11 of 100 such pairs"),
        ("How common the name is", "rare in these lists", "one person is 4 times as likely",
         "33 of 100 such pairs"),
        ("Date of birth", "not far from each other", "one person is 2 times less likely",
         "20 of 100 such pairs"),
        ("Place", "the same", "says little either way", "21 of 100 such pairs"),
        ("Date of arrest", "may be the same",
         "one person is more than 1,000,000 times as likely", "more than 99 of 100 such pairs"),
    ]  # fmt: skip


def test_a_common_name_says_less() -> None:
    _name, common = weight_lines([step("name", "same", 10.0, -4.0)])
    assert (common.finding, common.says) == (
        "common in these lists", "one person is 16 times less likely",
    )  # fmt: skip


def test_without_other_records_no_chance_is_told() -> None:
    lines = weight_lines([step("name", "apart", -5.6), step("gender", "same", 0.7)])
    assert [line.so_far for line in lines] == ["", ""]
    assert lines[0].says == "one person is 49 times less likely"


@pytest.mark.parametrize(
    ("bits", "told"),
    [
        (-99.0, "less than one of 1,000,000 such pairs"), (0.0, "50 of 100 such pairs"),
        (99.0, "more than 99 of 100 such pairs"), (-9.97, "one of 1,000 such pairs"),
    ],
)  # fmt: skip
def test_chances_are_told_no_finer_than_they_are_known(bits: float, told: str) -> None:
    assert weight_lines([], bits)[0].so_far == told
