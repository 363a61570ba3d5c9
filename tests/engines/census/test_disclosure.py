"""Counts that hold unpublished persons: unbiased, never small, the same everywhere."""

import hmac

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from undaunted.engines.census import ArgumentRefused, RowsMalformed, TableMalformed
from undaunted.engines.census.disclosure import (
    Membership,
    PerturbationTable,
    PresenceBound,
    RecordKeys,
    Wish,
    cell_keys,
    drawn,
    drawn_counts,
    perturbation_table,
    perturbed_counts,
    record_keys,
)


def keys_of(persons: int, secret: bytes = b"of the tests") -> RecordKeys:
    return record_keys([hmac.digest(secret, f"{each}".encode(), "sha256")
                        for each in range(persons)])  # fmt: skip


def within(person: list[int], cell: list[int], cells: int) -> Membership:
    return Membership(np.array(person), np.array(cell), cells)


def test_a_key_is_the_first_64_bits_of_the_digest() -> None:
    assert record_keys([bytes(7) + b"\x05" + bytes(24)]).tolist() == [5]
    assert keys_of(2000).min() < 2**63 < keys_of(2000).max()


def test_what_is_no_digest_is_refused() -> None:
    with pytest.raises(RowsMalformed, match="row 2: an HMAC has 16 bytes"):
        record_keys([bytes(32), b"short"])


@pytest.mark.parametrize(("person", "cell"), [([0], [2]), ([0], [-1]), ([-1], [0])])
def test_cells_and_persons_that_are_none_are_refused(person: list[int], cell: list[int]) -> None:
    with pytest.raises(RowsMalformed, match="a cell lies between 0 and 1"):
        within(person, cell, 2)


def test_a_person_without_a_key_is_refused() -> None:
    with pytest.raises(RowsMalformed, match="person 9 has no key"):
        drawn_counts(keys_of(9), within([9], [0], 1), one_in=5)
    with pytest.raises(RowsMalformed, match="person 9 has no key"):
        cell_keys(keys_of(9), within([9], [0], 1))


def test_one_in_one_hides_nobody_and_is_refused() -> None:
    with pytest.raises(ArgumentRefused, match="one_in: 1"):
        drawn(keys_of(3), one_in=1)


@pytest.mark.parametrize("published", [np.array([1]), np.array([1, -1])])
def test_published_numbers_that_cannot_be_are_refused(published: np.ndarray) -> None:
    with pytest.raises(RowsMalformed, match="published: one number for each cell"):
        drawn_counts(keys_of(3), within([0], [0], 2), one_in=5, published=published)


def test_about_one_in_so_many_is_drawn() -> None:
    for one_in in (2, 3, 10):
        share = drawn(keys_of(20_000), one_in=one_in).mean()
        assert share == pytest.approx(1 / one_in, abs=4 * np.sqrt(0.25 / 20_000))


def test_zero_stays_zero_and_small_numbers_never_show() -> None:
    person = list(range(40))
    found = drawn_counts(keys_of(40), within(person, [each % 9 for each in person], 10), one_in=5)
    assert found.persons[9] == found.variance[9] == found.low[9] == 0
    assert set(found.persons.tolist()) <= {0, 5, 10, 15, 20, 25}
    assert found.bound == PresenceBound(5, 0.2, 0.6)


def test_published_persons_are_counted_as_they_are() -> None:
    found = drawn_counts(keys_of(3), within([], [], 2), one_in=5, published=np.array([7, 0]))
    assert found.persons.tolist() == [7, 0]
    assert found.low.tolist() == [7, 0]


def test_it_is_without_bias_and_has_the_variance_it_states() -> None:
    person = list(range(30))
    shown, stated, held = [], [], 0
    for turn in range(1500):
        keys = keys_of(30, turn.to_bytes(16, "big"))
        found = drawn_counts(keys, within(person, [0] * 30, 1), one_in=5)
        shown.append(int(found.persons[0]))
        stated.append(float(found.variance[0]))
        held += int(found.low[0]) <= 30 <= int(found.high[0])
    assert np.mean(shown) == pytest.approx(30, abs=4 * np.sqrt(30 * 4 / 1500))
    assert np.var(shown) == pytest.approx(30 * 4, rel=0.15)
    assert np.mean(stated) == pytest.approx(30 * 4, rel=0.05)
    assert held / 1500 >= 0.95


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.integers(2, 20))
def test_the_range_is_that_of_the_binomial_law(hits: int, one_in: int) -> None:
    keys = np.zeros(hits, dtype=np.uint64)
    found = drawn_counts(keys, within([*range(hits)], [0] * hits, 1), one_in=one_in)
    low, high, out = int(found.low[0]), int(found.high[0]), 0.025
    assert (
        stats.binom.cdf(hits, high, 1 / one_in) > out >= stats.binom.cdf(hits, high + 1, 1 / one_in)
    )
    if hits:
        assert stats.binom.sf(hits - 1, low, 1 / one_in) > out - 1e-12
        assert stats.binom.sf(hits - 1, low - 1, 1 / one_in) <= out + 1e-12


_people = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 4)), max_size=60)


@settings(deadline=None, max_examples=40)
@given(_people, st.randoms(use_true_random=False))
def test_parts_add_up_and_order_and_repetition_do_not_matter(
    pairs: list[tuple[int, int]], shuffle: object
) -> None:
    alone = dict(pairs)
    keys = keys_of(20)
    parts = drawn_counts(keys, within([*alone], [*alone.values()], 5), one_in=3)
    whole = drawn_counts(keys, within([*alone], [0] * len(alone), 1), one_in=3)
    assert parts.persons.sum() == whole.persons[0]
    twice = [*alone.items(), *reversed(alone.items())]
    again = within([p for p, _ in twice], [c for _, c in twice], 5)
    assert drawn_counts(keys, again, one_in=3).persons.tolist() == parts.persons.tolist()


def test_the_bound_of_a_group_and_of_what_is_not_told() -> None:
    bound = PresenceBound.of(10)
    assert (bound.told, bound.right) == (0.1, 0.55)
    assert bound.of_group(1) == pytest.approx(0.1)
    assert bound.of_group(7) == pytest.approx(1 - 0.9**7)
    for prior in (0.0, 0.3, 0.5, 1.0):
        assert bound.untold_posterior(prior) <= prior


@pytest.mark.parametrize("wish", [Wish(), Wish(4, 2.0, 2), Wish(7, 9.0, 3), Wish(3, 0.1, 2),
                                  Wish(5, 20.0, 5)], ids=str)  # fmt: skip
def test_a_table_is_without_bias_and_shows_nothing_small(wish: Wish) -> None:
    table = perturbation_table(wish)
    moves = np.arange(-wish.farthest, wish.farthest + 1)
    assert table.chances.sum(axis=1) == pytest.approx(np.ones(len(table.chances)))
    assert table.chances @ moves == pytest.approx(np.zeros(len(table.chances)), abs=1e-7)
    assert table.variance[-1] == pytest.approx(wish.variance, rel=1e-5)
    assert table.variance[0] == 0
    for count, row in enumerate(table.chances):
        shown = count + moves[row > 0]
        assert np.all((shown == 0) | (shown >= wish.smallest))


def test_a_count_that_can_only_stay_where_it_is_stays() -> None:
    table = perturbation_table(Wish(farthest=2, variance=1.0, smallest=2))
    assert table.chances[1].tolist() == [0, 0.5, 0, 0.5, 0]
    assert table.variance[1] == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [((5, 3.0, 1), "smallest: 1"), ((5, 3.0, 6), "smallest: 6"), ((5, 0.0, 3), "variance: 0.0"),
     ((5, 25.0, 3), "variance: 25.0")],
)  # fmt: skip
def test_wishes_that_cannot_be_are_refused(values: tuple[int, float, int], told: str) -> None:
    with pytest.raises(ArgumentRefused, match=told):
        Wish(*values)


@pytest.mark.parametrize(
    ("chances", "told"),
    [
        (np.ones((2, 3)), "one for each move"),
        (np.array([[-1.0, 0, 2, 0, 0]]), "none below zero"),
        (np.array([[0.0, 0, 1, 0, 0], [0, 0, 0, 1, 0]]), "row 1: biased"),
        (np.array([[0.0, 0, 0.9, 0, 0]]), "row 0: biased, or not adding up"),
    ],
)
def test_tables_that_cannot_be_are_refused(chances: np.ndarray, told: str) -> None:
    with pytest.raises(TableMalformed, match=told):
        PerturbationTable(Wish(2, 1.0, 2), chances, np.zeros(len(chances)))


def test_moves_fall_as_the_table_says() -> None:
    table = perturbation_table(Wish())
    chance = (np.arange(100_000) + 0.5) / 100_000
    for count in (0, 1, 2, 6, 8, 500):
        moves = table.moves(np.full(chance.size, count), chance)
        assert moves.mean() == pytest.approx(0, abs=1e-3)
        assert moves.var() == pytest.approx(table.variance[min(count, 8)], abs=1e-3)
        assert np.all((count + moves >= 3) | (count + moves == 0))


def test_the_same_people_are_moved_alike_in_any_table() -> None:
    keys, table = keys_of(30), perturbation_table(Wish())
    cells = within([*range(20), *range(19, -1, -1), *range(5)], [0] * 20 + [1] * 20 + [2] * 5, 4)
    found = perturbed_counts(keys, cells, table)
    assert found.persons[0] == found.persons[1]
    assert found.persons[3] == 0
    assert cell_keys(keys, cells)[0] == keys[:20].sum()
    assert found.variance == pytest.approx(3.0, abs=1e-4)
    assert 0.5 < found.told < 1


def test_the_perturbed_are_without_bias() -> None:
    table = perturbation_table(Wish())
    shown = [
        int(perturbed_counts(keys_of(7, turn.to_bytes(16, "big")), within([*range(7)], [0] * 7, 1),
                             table).persons[0])
        for turn in range(1500)
    ]  # fmt: skip
    assert np.mean(shown) == pytest.approx(7, abs=4 * np.sqrt(3 / 1500))
