"""A company that may hold shares of itself in a range: one choice of them serves both bounds."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    MAJORITY,
    WHOLE,
    Threshold,
    all_control,
    control,
    proof_of,
    reaching,
    recontrolled,
    votes_graph,
)

if TYPE_CHECKING:
    from undaunted.engines.ownership import Control

__all__: list[str] = []

PARTS = 20
"""Shares are tenths, choices are looked at in twentieths: where any choice of own shares serves
both bounds, a twentieth does."""
OWNERS, COMPANIES = "AB", "CD"
Row = tuple[str, str, int, int]


def found(rows: list[Row], seed: str, threshold: Threshold = MAJORITY) -> Control:
    stakes = table(*((a, b, (lo / 10, hi / 10)) for a, b, lo, hi in rows))
    return control(votes_graph(stakes), [seed], threshold)


def told(rows: list[Row], seed: str, threshold: Threshold = MAJORITY) -> tuple[set[str], set[str]]:
    answer = found(rows, seed, threshold)
    return set(answer.names(answer.must)), set(answer.names(answer.may))


def by_choices(rows: list[Row], seed: str, threshold: Threshold) -> tuple[set[str], set[str]]:
    """Give what every and what some choice of shares within their ranges lets a seed control."""
    every: set[str] | None = None
    some: set[str] = set()
    for chosen in product(*(range(2 * lo, 2 * hi + 1) for _, _, lo, hi in rows)):
        shares = [(row[0], row[1], part) for row, part in zip(rows, chosen, strict=True)]
        if any(sum(p for _, b, p in shares if b == each) > PARTS for each in COMPANIES):
            continue
        held = _fixed(shares, seed, threshold)
        every = held if every is None else every & held
        some |= held
    must = every or set()
    return must, some - must


def _fixed(shares: list[tuple[str, str, int]], seed: str, threshold: Threshold) -> set[str]:
    inside, before = {seed}, set[str]()
    part = Fraction(threshold.share, WHOLE)
    while inside != before:
        before = set(inside)
        for each in COMPANIES:
            own = sum(p for a, b, p in shares if a == b == each)
            ours = sum(p for a, b, p in shares if b == each != a and a in before)
            needed = (PARTS - own) * part
            enough = ours >= needed if threshold.reached else ours > needed
            if own < PARTS and enough:
                inside.add(each)
    return inside - {seed}


def test_a_set_that_another_always_outvotes_may_not_control() -> None:
    rows = [("A", "C", 0, 4), ("B", "C", 4, 4), ("C", "C", 0, 5)]
    assert told(rows, "B") == (set(), {"C"})
    held = [(a, b, lo / 10, hi / 10) for a, b, lo, hi in rows]
    stakes = table(*((a, b, (lo, hi)) for a, b, lo, hi in held[:1]), ("B", "C", 0.45),
                   ("C", "C", (0.0, 0.5)))  # fmt: skip
    graph = votes_graph(stakes)
    answer = control(graph, ["A"])
    assert not answer.may.size, "B has more than A whatever C holds of itself"
    assert not len(all_control(graph, may=True).of(0))


def test_both_bounds_at_one_choice_still_make_it_possible() -> None:
    rows = [("A", "C", 0, 4), ("B", "C", 3, 3), ("C", "C", 0, 5)]
    assert told(rows, "A") == (set(), {"C"})
    answer = found(rows, "A")
    assert proof_of(answer, int(answer.may[0])) is not None


def test_bounds_are_worked_out_once_for_all_who_are_asked_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, worked_out = list[Any](), reaching.bounds_of

    def bounds_of(*told: Any, **more: Any) -> Any:
        asked.append(told)
        return worked_out(*told, **more)

    rows = (("A", "C", (0.0, 0.4)), ("B", "C", (0.4, 0.45)), ("C", "C", (0.0, 0.5)))
    graph = votes_graph(table(*rows))
    expected = all_control(graph, may=True)
    monkeypatch.setattr(reaching, "bounds_of", bounds_of)
    found = all_control(graph, may=True)
    assert len(asked) == 1
    assert [each.tolist() for each in found.columns()] == [e.tolist() for e in expected.columns()]
    assert len(found)


@st.composite
def drawn(draw: st.DrawFn) -> list[Row]:
    """Draw stakes in tenths: few wide ones, at times of a company in itself."""
    rows: dict[tuple[str, str], Row] = {}
    wide = 0
    for owner, owned, least, width in draw(
        st.lists(
            st.tuples(
                st.sampled_from(OWNERS + COMPANIES), st.sampled_from(COMPANIES),
                st.integers(0, 6), st.integers(0, 3),
            ),
            max_size=7,
        )
    ):  # fmt: skip
        filled = sum(row[2] for row in rows.values() if row[1] == owned)
        if (owner, owned) in rows or filled + least > 10:
            continue
        wide += width > 0
        most = min(least + width, 10) if wide <= 3 else least
        rows[owner, owned] = (owner, owned, least, most)
    return list(rows.values())


@given(
    drawn(),
    st.sampled_from(OWNERS),
    st.sampled_from([MAJORITY, Threshold(WHOLE // 2, reached=True)]),
)
def test_may_is_what_some_choice_of_own_shares_gives(
    rows: list[Row], seed: str, threshold: Threshold
) -> None:
    full = [*rows, ("A", "D'", 0, 0), ("B", "C'", 0, 0)]
    must, may = told(full, seed, threshold)
    assert (must, may) == by_choices(rows, seed, threshold)
    answer = found(full, seed, threshold)
    graph, number = answer.graph, int(answer.seeds[0])
    every = all_control(graph, threshold, may=True).of(number)
    assert set(answer.names(every)) == must | may
    numbers = np.array([*answer.must, *answer.may], np.int64)
    again = recontrolled(answer, graph, numbers)
    assert set(again.names(again.may)) == may
    for company in answer.may.tolist():
        assert proof_of(answer, company) is not None
    with interpreted():
        assert told(full, seed, threshold) == (must, may)


def test_every_small_company_with_shares_of_itself_is_what_some_choice_of_them_gives() -> None:
    spans = product(range(1, 5), range(2, 5), range(2), (0, 1), range(3, 7))
    for ours, theirs, wide, own, more in spans:
        rows = [("A", "C", 0, ours), ("B", "C", theirs, theirs + wide), ("C", "C", own, own + more)]
        assert told(rows, "A") == by_choices(rows, "A", MAJORITY), rows


@pytest.mark.parametrize("share", [1, 3])
def test_another_threshold_asks_the_same(share: int) -> None:
    rows = [("A", "C", 0, 3), ("B", "C", 4, 4), ("C", "C", 0, 5)]
    threshold = Threshold(WHOLE // 4 * share)
    assert told(rows, "A", threshold) == by_choices(rows, "A", threshold)
