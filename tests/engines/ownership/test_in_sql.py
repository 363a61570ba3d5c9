"""Two ways to control that share nothing but the stakes agree on every company."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.ownership_drawn import drawn_stakes
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.ownership.tables import table
from undaunted.engines.ownership import (
    PartyKind,
    Right,
    Stakes,
    Threshold,
    all_control,
    control,
    votes_graph,
)
from undaunted.engines.ownership.in_sql import all_control_in_sql, control_in_sql
from undaunted.engines.ownership.shares import HALF, WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

__all__: list[str] = []

SHARES = st.sampled_from([0, HALF / WHOLE, 0.500000001, 0.25, 1 / 3, 0.6, 0.1, 1.0, (0.2, 0.7)])
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.sampled_from("abcdef"), SHARES,
        st.sampled_from([Right.EQUITY, Right.EQUITY, Right.VOTES, Right.BOARD]),
    ),
    min_size=1, max_size=14,
)  # fmt: skip
THRESHOLDS = st.sampled_from([
    MAJORITY, Threshold(HALF, reached=True), Threshold(WHOLE // 4), Threshold(WHOLE, reached=True),
])  # fmt: skip


def _agree(stakes: Stakes, threshold: Threshold = MAJORITY) -> int:
    """Compare every pair; give how many there are."""
    owners, companies = all_control(votes_graph(stakes), threshold).columns()
    order = np.lexsort((companies, owners))
    acting, held = all_control_in_sql(stakes, threshold)
    assert acting.tolist() == owners[order].tolist()
    assert held.tolist() == companies[order].tolist()
    return int(acting.size)


@given(rows=ROWS, threshold=THRESHOLDS)
@settings(max_examples=10)
def test_the_query_finds_what_the_walks_find(
    rows: list[tuple[str, str, float, Right]], threshold: Threshold
) -> None:
    stakes = table(*rows, kinds={"a": PartyKind.SEVERAL})
    _agree(stakes, threshold)
    owners = [each for each in ("b", "c") if each in stakes.parties]
    if owners:
        found = control(votes_graph(stakes), owners, threshold)
        assert control_in_sql(stakes, owners, threshold).tolist() == np.sort(found.must).tolist()


@pytest.mark.parametrize("companies", [100_000])
def test_both_ways_agree_on_every_pair_of_many_companies(companies: int) -> None:
    assert _agree(drawn_stakes(companies, companies * 3 // 2, seed=7)) > companies // 2


def test_stakes_that_come_to_an_owner_one_after_the_other_are_added_up_and_once() -> None:
    """Alike, late, too many, round in a circle, and beside a stake that is enough alone."""
    stakes = table(
        ("s", "a", 0.6), ("a", "b", 0.6), ("b", "c", 0.6), ("c", "s", 0.9),
        ("a", "joint", 0.3), ("b", "joint", 0.3), ("c", "joint", 0.3), ("joint", "below", 0.2),
        ("c", "below", 0.4), ("s", "sure", 0.7), ("a", "sure", 0.3), ("b", "sure", 0.3),
        ("t", "half", 0.5), ("s", "half", 0.5), ("joint", "joint", 0.1),
        ("joint", "twice", 0.3), ("t", "twice", 0.3),
    )  # fmt: skip
    assert _agree(stakes) == 4 * 6
    for owners in (["s"], ["a", "t"], ["s", "t"], ["joint", "c"]):
        found = control(votes_graph(stakes), owners)
        assert control_in_sql(stakes, owners).tolist() == np.sort(found.must).tolist()
