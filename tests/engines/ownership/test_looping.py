"""Loops that hold all of themselves are found by row, on the days on which they are closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from tests.engines.ownership.tables import table
from undaunted.engines.ownership import Right, Rule, closed_loops

__all__: list[str] = []

FIRST, SECOND, THIRD = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)


def test_companies_that_hold_all_of_each_other_are_named_with_their_rows() -> None:
    stakes = table(("o", "c", 0.6), ("a", "b", 1.0), ("b", "a", 1.0), ("b", "c", 0.4))
    (finding,) = closed_loops(stakes)
    assert (finding.rule, finding.rows, finding.detail) == (Rule.LOOP, (2, 3), "a, b")
    shared = table(("a", "b", 0.7), ("c", "b", 0.3), ("b", "a", 1.0), ("b", "c", 1.0))
    assert [each.rows for each in closed_loops(shared)] == [(1, 2, 3, 4)]


def test_a_loop_in_which_others_have_something_is_open_and_so_is_one_that_may_be_closed() -> None:
    for rows in (
        (("a", "b", 1.0), ("b", "a", 0.9), ("o", "a", 0.1)), (("a", "a", 1.0),),
        (("a", "b", 1.0), ("b", "a", (0.0, 1.0))), (("a", "b", 1.0), ("b", "a", 1.0, Right.BOARD)),
        (),
    ):  # fmt: skip
        assert closed_loops(table(*rows)) == ()


def test_each_layer_is_looked_at_and_one_loop_in_both_is_told_by_its_own_rows() -> None:
    votes = table(("a", "b", 1.0, Right.VOTES), ("b", "a", 1.0, Right.VOTES))
    assert [each.rows for each in closed_loops(votes)] == [(1, 2)]
    both = table(
        ("a", "b", 1.0), ("b", "a", 1.0), ("a", "b", 1.0, Right.VOTES), ("b", "a", 1.0, Right.VOTES)
    )
    assert [each.rows for each in closed_loops(both)] == [(1, 2), (3, 4)]


def test_a_loop_is_closed_only_while_all_of_its_stakes_hold_and_are_said() -> None:
    never = table(("a", "b", 1.0, None, FIRST, SECOND), ("b", "a", 1.0, None, SECOND, THIRD))
    assert closed_loops(never) == ()
    later = table(("a", "b", 1.0, None, FIRST, None), ("b", "a", 1.0, None, SECOND, THIRD))
    assert [each.rows for each in closed_loops(later)] == [(1, 2)]
    said = replace(later, known_to=np.array([THIRD.toordinal(), later.known_to[1]], np.int32))
    assert closed_loops(said) == ()
    assert said.standing().row.tolist() == [2]
