"""Pairs worth comparing: none that matters is lost, and the work grows with the list only."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.prisoners.registry.rules import blocking
from undaunted.prisoners.registry.rules.blocking import pairs_to_compare
from undaunted.prisoners.registry.rules.matching import CaseSketch, compare

LIKELY = 0.55
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静强磊军洋勇杰娟涛明超霞平刚玲桂"
HAN = st.builds(
    lambda surname, given: surname + given,
    st.sampled_from(SURNAMES),
    st.text(GIVEN, min_size=1, max_size=2),
)
LATIN = st.sampled_from(
    [
        "Anna Weber", "Weber, Anna", "Ana Veber", "Anna Webber", "Иван Петров", "Ivan Petrov",
        "Ali Reza Tangsiri", "علیرضا تنگسیری", "Wang Wei", "Wang Weiqiang",
    ]
)  # fmt: skip
SKETCHES = st.builds(
    CaseSketch,
    names=st.lists(HAN | LATIN, min_size=1, max_size=2).map(tuple),
    birth=st.none() | st.integers(1950, 1953).map(PartialDate.year),
    gender=st.sampled_from(["", "female", "male"]),
)


def named(name: str, **known: object) -> CaseSketch:
    return CaseSketch(names=(name,), **known)  # type: ignore[arg-type]


@given(st.lists(SKETCHES, max_size=9))
def test_every_likely_pair_is_among_those_compared(sketches: list[CaseSketch]) -> None:
    found = set(pairs_to_compare(sketches, [0] * len(sketches), partners=9))
    likely = {
        (one, other)
        for one, other in combinations(range(len(sketches)), 2)
        if compare(sketches[one], sketches[other]).score >= LIKELY
    }
    assert likely <= found


@given(st.lists(st.tuples(SKETCHES, st.sampled_from([0b01, 0b10, 0b11])), max_size=9))
def test_files_of_one_list_are_not_compared(files: list[tuple[CaseSketch, int]]) -> None:
    groups = [group for _, group in files]
    for one, other in pairs_to_compare([sketch for sketch, _ in files], groups):
        assert one < other
        assert not groups[one] & groups[other]


def test_a_judged_pair_gives_its_place_to_another() -> None:
    files = [named("Anna Weber")] * 3
    first = pairs_to_compare(files, [1, 2, 4], partners=1)
    again = pairs_to_compare(
        files, [1, 2, 4], partners=1, open_=lambda one, other: {one, other} != {0, 1}
    )
    assert (0, 1) in first
    assert (0, 1) not in again
    assert (0, 2) in again


def test_a_very_common_name_is_parted_by_what_else_is_known() -> None:
    """Five hundred people of one name: those born in one year are compared, not all with all."""
    crowd = [named("王伟", birth=PartialDate.year(1900 + at % 100)) for at in range(500)]
    found = pairs_to_compare(crowd, [1 + at % 2 for at in range(499)] + [4])
    assert found
    assert len(found) <= 500 * blocking.MOST_PARTNERS
    assert all(crowd[one].birth == crowd[other].birth for one, other in found)


def test_a_crowd_of_whom_nothing_else_is_known_is_passed_over() -> None:
    assert pairs_to_compare([named("王伟")] * 500, [0] * 500) == []


def test_place_and_arrest_part_a_crowd_too() -> None:
    crowd = [named("王伟")] * 498
    arrested = named("王伟", arrested=PartialDate.parse("2019-01-02"))
    placed = named("王伟", place="Zenda")
    files = [*crowd, arrested, arrested, placed, placed]
    assert pairs_to_compare(files, [0] * len(files)) == [(498, 499), (500, 501)]
