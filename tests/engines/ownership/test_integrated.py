"""Integrated ownership is what the inverse gives, counts no circle twice, and is never endless."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    QuestionMalformed,
    Right,
    Sweeping,
    integrated,
    layer_graph,
)

if TYPE_CHECKING:
    from undaunted.engines.ownership import Integrated, Stakes

__all__: list[str] = []

NAMES = "abcdef"
DRAWN = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 6))


def _found(stakes: Stakes, *sets: str, highest: bool = False) -> Integrated:
    members = [stakes.parties.numbers_of(each.split("+")) for each in sets]
    return integrated(layer_graph(stakes, Right.EQUITY), members, highest=highest)


def _share(stakes: Stakes, owners: str, company: str, *, highest: bool = False) -> float:
    found = _found(stakes, owners, highest=highest)
    return float(found.shares[stakes.parties.number_of(company), 0])


def _dense(rows: list[tuple[str, str, int]], deleted: str = "") -> np.ndarray:
    shares = np.zeros((len(NAMES), len(NAMES)))
    for owner, owned, tenths in rows:
        if owned not in deleted:
            shares[NAMES.index(owner), NAMES.index(owned)] += tenths / 10
    return shares


def _fitting(drawn: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    kept: list[tuple[str, str, int]] = []
    for owner, owned, tenths in drawn:
        if sum(row[2] for row in kept if row[1] == owned) + tenths <= 9:
            kept.append((owner, owned, tenths))
    return kept


def _drawn(rows: list[tuple[str, str, int]]) -> Stakes:
    named = ((owner, owned, tenths / 10) for owner, owned, tenths in rows)
    return table(*named, *((each, "x", 0) for each in NAMES))


def test_chains_are_multiplied_and_added() -> None:
    stakes = table(("s", "a", 0.51), ("a", "b", 0.5), ("s", "b", 0.1), ("b", "c", 0.4))
    assert _share(stakes, "s", "b") == pytest.approx(0.355)
    assert _share(stakes, "s", "c") == pytest.approx(0.142)
    assert _share(stakes, "c", "s") == 0


@given(st.lists(DRAWN, max_size=14), st.sampled_from(NAMES))
def test_one_owner_has_what_the_corrected_inverse_gives(
    drawn: list[tuple[str, str, int]], owner: str
) -> None:
    rows = _fitting(drawn)
    inverse = np.linalg.inv(np.eye(len(NAMES)) - _dense(rows))
    at = NAMES.index(owner)
    expected = inverse[at] / inverse[at, at]
    stakes = table(
        *((a, b, tenths / 10) for a, b, tenths in rows), *((each, "x", 0) for each in NAMES)
    )
    found = _found(stakes, owner)
    for name in NAMES:
        assert found.shares[stakes.parties.number_of(name), 0] == pytest.approx(
            expected[NAMES.index(name)], abs=1e-9
        )
    with interpreted():
        again = _found(stakes, owner)
    assert np.allclose(found.shares, again.shares, atol=1e-12)


@given(st.lists(DRAWN, max_size=14), st.sets(st.sampled_from(NAMES), min_size=1, max_size=3))
def test_a_set_of_owners_has_what_deleting_its_own_stakes_gives(
    drawn: list[tuple[str, str, int]], owners: set[str]
) -> None:
    rows = _fitting(drawn)
    cut = _dense(rows, "".join(owners))
    expected = np.linalg.inv(np.eye(len(NAMES)) - cut)[[NAMES.index(each) for each in owners]].sum(
        0
    )
    stakes = table(
        *((a, b, tenths / 10) for a, b, tenths in rows), *((each, "x", 0) for each in NAMES)
    )
    found = _found(stakes, "+".join(sorted(owners)), highest=True)
    for name in set(NAMES) - owners:
        assert found.shares[stakes.parties.number_of(name), 0] == pytest.approx(
            expected[NAMES.index(name)], abs=1e-9
        )


def test_two_companies_that_own_each_other_wholly_belong_to_nobody() -> None:
    stakes = table(
        ("p", "q", 1.0), ("q", "p", 1.0), ("q", "r", 0.6), ("s", "r", 0.4), ("z", "z", 1)
    )
    found = _found(stakes, "s", "p")
    number = stakes.parties.number_of
    assert [each.tolist() for each in found.closed] == [
        sorted([number("p"), number("q")]), [number("z")],
    ]  # fmt: skip
    assert found.shares[[number("p"), number("q"), number("r")], 0].tolist() == [0, 0, 0.4]
    assert found.shares[[number("p"), number("q"), number("r")], 1].tolist() == [1, 1, 0.6]
    assert _share(stakes, "s", "q", highest=True) == 0


def test_a_loop_above_the_whole_is_reported_and_not_given() -> None:
    stakes = table(
        ("p", "q", 1.0), ("q", "p", 1.0), ("s", "p", 0.3), ("q", "r", 0.6), ("t", "u", 0.5)
    )
    found = _found(stakes, "s", "t")
    number = stakes.parties.number_of
    assert np.isnan(found.shares[[number("p"), number("q"), number("r")], 0]).all()
    assert found.shares[[number("p"), number("r"), number("u")], 1].tolist() == [0, 0, 0.5]
    assert len(found.closed) == 1
    assert _share(stakes, "s", "r", highest=True) == pytest.approx(0.6)


def test_loops_partly_above_the_whole_are_told_by_their_radius(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wild = table(
        ("p", "q", 1.0), ("r", "q", 0.9), ("q", "p", 0.8), ("q", "r", 0.9), ("s", "p", 0.1)
    )
    assert len(_found(wild, "s").closed) == 1
    with monkeypatch.context() as hurried, np.errstate(over="ignore", invalid="ignore"):
        hurried.setattr("undaunted.engines.ownership.loops.STEPS", 1)
        assert _found(wild, "s").closed == ()
    tame = table(
        ("p", "q", 1.0), ("r", "q", 0.9), ("q", "p", 0.3), ("q", "r", 0.2), ("s", "p", 0.1)
    )
    found = _found(tame, "s")
    assert found.closed == ()
    assert float(found.shares.max()) <= 1


def test_a_loop_that_hardly_settles_is_left_open() -> None:
    near = 0.9999
    stakes = table(("p", "q", near), ("q", "p", near), ("s", "p", 1 - near), ("t", "u", 0.1))
    graph, seed = layer_graph(stakes, Right.EQUITY), stakes.parties.numbers_of(["s"])
    hasty = Sweeping(visits=20)
    found = integrated(graph, [seed], sweeping=hasty)
    assert np.isnan(found.shares[stakes.parties.number_of("q"), 0])
    assert len(found.closed) == 1
    above = integrated(graph, [seed], highest=True, sweeping=hasty)
    assert above.shares[stakes.parties.number_of("q"), 0] == 1
    with interpreted():
        again = integrated(
            graph, [seed, stakes.parties.numbers_of(["t"])], highest=True, sweeping=hasty
        )
    assert np.array_equal(above.shares[:, 0], again.shares[:, 0])
    settled = integrated(graph, [seed])
    expected = (1 - near) * near / (1 - near**2)
    assert settled.shares[stakes.parties.number_of("q"), 0] == pytest.approx(expected, abs=1e-7)


def test_ranges_give_bounds() -> None:
    stakes = table(("s", "a", (0.2, 0.5)), ("a", "b", (0.0, 1.0)), ("o", "b", 0.4))
    assert _share(stakes, "s", "b") == 0
    assert _share(stakes, "s", "b", highest=True) == pytest.approx(0.3)


def test_many_sets_are_followed_integrated(monkeypatch: pytest.MonkeyPatch) -> None:
    stakes = table(*((each, "x", 0.1) for each in NAMES), ("x", "y", 0.5))
    sets = [np.array([stakes.parties.number_of(each)]) for each in NAMES]
    graph = layer_graph(stakes, Right.EQUITY)
    at_once = integrated(graph, sets).shares
    monkeypatch.setattr("undaunted.engines.ownership.integration.BATCH", 4)
    assert np.array_equal(integrated(graph, sets).shares, at_once)
    assert at_once[stakes.parties.number_of("y")].tolist() == pytest.approx([0.05] * len(NAMES))
    with pytest.raises(QuestionMalformed, match="one owner"):
        integrated(graph, [])
