"""Owners come before what they hold, and circles are found as SciPy finds them."""

from __future__ import annotations

import numpy as np
import scipy
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted
from undaunted.engines.ownership import ordering

__all__: list[str] = []

SIZE = 9
STAKE = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))


@given(st.lists(STAKE, max_size=24))
def test_every_owner_outside_a_circle_comes_before_what_it_holds(
    drawn: list[tuple[int, int]],
) -> None:
    rows = sorted((company, owner) for owner, company in drawn if owner != company)
    owner = np.array([each for _, each in rows], np.int32)
    owned = np.array([each for each, _ in rows], np.int32)
    held_first = np.searchsorted(owned, np.arange(SIZE + 1)).astype(np.int64)
    starts, order = ordering.ordered(held_first, owner)
    assert sorted(order.tolist()) == list(range(SIZE))
    label = np.repeat(np.arange(starts.size - 1), np.diff(starts))[np.argsort(order)]
    assert np.all(label[owner] <= label[owned])
    matrix = scipy.sparse.csr_array((np.ones(owner.size), (owner, owned)), shape=(SIZE, SIZE))
    number, theirs = scipy.sparse.csgraph.connected_components(matrix, connection="strong")
    assert number == starts.size - 1 == len(set(zip(label.tolist(), theirs.tolist(), strict=True)))
    with interpreted():
        again = ordering.ordered(held_first, owner)
    assert np.array_equal(starts, again[0])
    assert np.array_equal(order, again[1])


def test_within_a_circle_most_owners_come_first() -> None:
    """A chain of many, closed by one stake: each but the last stands behind its owner."""
    size = 50
    held_first, owner = np.arange(size + 1, dtype=np.int64), np.arange(size, dtype=np.int32) - 1
    owner[0] = size - 1
    starts, order = ordering.ordered(held_first, owner)
    assert starts.tolist() == [0, size]
    at = np.argsort(order)
    assert int(np.sum(at[owner] < at)) == size - 1
