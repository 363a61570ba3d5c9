"""Pairs of case files worth comparing: none that matters is lost, few that do not are compared."""

from __future__ import annotations

from itertools import combinations

from benchmarks.linkage_drawn import drawn_rolls
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.engines.linkage import STANDING
from undaunted.prisoners.registry.analysis.candidates import LEAST_LIKELY, LIKELY, linked
from undaunted.prisoners.registry.analysis.likeness import compare
from undaunted.prisoners.registry.rules.matching import CaseSketch

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
def test_every_likely_pair_that_may_be_one_person_is_found(files: list[CaseSketch]) -> None:
    found = set(linked(files, [()] * len(files)).pairs)
    likely = {
        (one, other)
        for one, other in combinations(range(len(files)), 2)
        if compare(files[one], files[other]).score >= LIKELY + 0.02
    }
    assert likely <= found


def test_a_judged_pair_gives_its_place_to_another() -> None:
    files = [named("Anna Weber")] * 3
    lists = [(1,), (2,), (3,)]
    assert (0, 1) in linked(files, lists).pairs
    again = linked(files, lists, closed={(0, 1)}).pairs
    assert (0, 1) not in again
    assert (0, 2) in again


def test_two_drawn_lists_are_linked_across_five_scripts() -> None:
    """Precision was 0.79 and recall 0.92 on these lists before names were compared by script."""
    rolls = drawn_rolls(1_900, seed=5)
    found = linked(rolls.files, rolls.lists, model=STANDING)
    likely = [
        pair
        for pair, weighing in zip(found.pairs, found.weighings, strict=True)
        if weighing.probability >= LEAST_LIKELY
        and compare(rolls.files[pair[0]], rolls.files[pair[1]]).score >= LIKELY
    ]
    true = sum(rolls.is_true(*pair) for pair in likely)
    assert true / rolls.same >= 0.95
    assert true / len(likely) >= 0.88
    assert all(rolls.is_true(*pair) for pair in likely[:100]), "the likeliest come first"
