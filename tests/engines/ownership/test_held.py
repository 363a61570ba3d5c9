"""Stakes in little memory: what every owner controls is what it controls in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.engines.ownership.tables import interpreted
from undaunted.engines.ownership import (
    HALF,
    MAJORITY,
    WHOLE,
    Parties,
    PartyKind,
    StakesMalformed,
    Threshold,
    all_control,
    every_owner,
    gather_stakes,
    held_in,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from undaunted.engines.ownership import Pairs

    Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

__all__: list[str] = []

SHARES = [HALF, HALF + 1, WHOLE // 3, WHOLE // 4, WHOLE // 10, 6 * WHOLE // 10, WHOLE, 0]


def _drawn(parties: int, stakes: int, seed: int) -> Columns:
    """Draw stakes, some of companies in themselves, some repeated, some above the whole."""
    drawn = np.random.default_rng(seed)
    owner = (parties * drawn.random(stakes) ** 2).astype(np.int64)
    owned = drawn.integers(0, parties, stakes)
    owned[: stakes // 20] = owner[: stakes // 20]
    return owner, owned, drawn.choice(SHARES, stakes)


def _in_pieces(columns: Columns, length: int) -> Callable[[], Iterator[Columns]]:
    def pieces() -> Iterator[Columns]:
        for begin in range(0, columns[0].size, length):
            owner, owned, share = (each[begin : begin + length] for each in columns)
            yield owner, owned, share

    return pieces


def _both(parties: int, columns: Columns, threshold: Threshold, length: int) -> list[Pairs]:
    kinds = np.where(np.arange(parties) % 7 == 3, PartyKind.SEVERAL, PartyKind.COMPANY)
    register = Parties(tuple(map(str, range(parties))), kinds.astype(np.int8))
    table = dict(zip(("owner", "owned", "lo"), columns, strict=True))
    graph = votes_graph(gather_stakes(register, table))
    held = held_in(parties, _in_pieces(columns, length), several=kinds == PartyKind.SEVERAL)
    assert len(held) == graph.owner.size
    return [all_control(graph, threshold), every_owner(held, threshold)]


def _assert_same(one: Pairs, other: Pairs) -> None:
    for mine, theirs in zip(one.columns(), other.columns(), strict=True):
        assert np.array_equal(mine, theirs)


@pytest.mark.parametrize("threshold", [MAJORITY, Threshold(WHOLE // 4), Threshold(HALF, True)])
def test_every_pair_is_that_of_the_graph(threshold: Threshold) -> None:
    found = 0
    for seed in range(40):
        columns = _drawn(50, 90, seed)
        one, other = _both(50, columns, threshold, 37)
        _assert_same(one, other)
        found += len(one)
        if seed < 3:
            with interpreted():
                _assert_same(*_both(50, columns, threshold, 1_000))
    assert found > 40 * 10


def test_a_hundred_thousand_parties_give_the_same_pairs() -> None:
    one, other = _both(100_000, _drawn(100_000, 150_000, 1), MAJORITY, 40_000)
    _assert_same(one, other)
    assert len(one) > 50_000


def test_nothing_is_controlled_where_nothing_is_held() -> None:
    nothing = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    for pieces in (lambda: iter(()), lambda: iter([nothing])):
        pairs = every_owner(held_in(4, pieces))
        assert len(pairs) == pairs.owners.size == 0


@pytest.mark.parametrize(
    ("owner", "owned", "share", "told"),
    [
        ([0, 4], [1, 1], [1, 1], "owner is a number below 4"),
        ([0, 1], [1, -1], [1, 1], "owned is a number below 4"),
        ([0, 1], [1, 2], [1, WHOLE + 1], "share is a number below"),
        ([0, 1], [1, 2], [1], "one value a stake"),
    ],
)
def test_columns_out_of_bounds_are_refused(
    owner: list[int], owned: list[int], share: list[int], told: str
) -> None:
    piece = np.array(owner), np.array(owned), np.array(share)
    with pytest.raises(StakesMalformed, match=told):
        held_in(4, lambda: [piece])


def test_more_parties_than_four_bytes_number_are_refused_before_anything_is_laid_out() -> None:
    with pytest.raises(StakesMalformed, match="no more than 2147483647 parties"):
        held_in(1 << 45, lambda: iter(()))


@pytest.mark.parametrize(
    "second",
    [
        ([0, 1, 1], [1, 2, 3], [5, 5, 5]),
        ([0], [1], [5]),
        ([0, 1], [2, 1], [5, 5]),
        ([0, 1], [1, 2], [5, 6]),
    ],
)
def test_a_table_that_changes_between_its_readings_is_refused(
    second: tuple[list[int], ...],
) -> None:
    readings = iter([([0, 1], [1, 2], [5, 5]), second])

    def pieces() -> list[Columns]:
        owner, owned, share = (np.array(each) for each in next(readings))
        return [(owner, owned, share)]

    with pytest.raises(StakesMalformed, match="second reading"):
        held_in(4, pieces)
