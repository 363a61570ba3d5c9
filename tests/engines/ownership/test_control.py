"""Control is the least fixpoint, exact under ranges: held against trying every choice of shares."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    HALF,
    MAJORITY,
    WHOLE,
    PartyKind,
    QuestionMalformed,
    Right,
    Threshold,
    all_control,
    control,
    held_by,
    integrated,
    layer_graph,
    proofs_of,
    sentences,
    threshold_of,
    votes_graph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.ownership import Control, Stakes

__all__: list[str] = []

NAMES = "abcdef"


def _control(stakes: Stakes, *owners: str, threshold: Threshold = MAJORITY) -> dict[str, Any]:
    found = control(votes_graph(stakes), owners, threshold)
    return _told(found)


def _told(found: Control) -> dict[str, Any]:
    kinds = ("must", "may", "joint", "contested")
    return {kind: set(found.names(getattr(found, kind))) for kind in kinds}


def _naive(stakes: Iterable[tuple[str, str, int]], seeds: set[str], needed: int) -> set[str]:
    """Add whatever the set holds enough of, until nothing is added."""
    stakes = list(stakes)
    inside = set(seeds)
    while True:
        sums: dict[str, int] = {}
        for owner, owned, share in stakes:
            if owner in inside and owned not in inside:
                sums[owned] = sums.get(owned, 0) + share
        more = {each for each, held in sums.items() if held > needed}
        if not more:
            return inside - seeds
        inside |= more


def test_a_state_controls_what_it_and_its_companies_hold_together() -> None:
    stakes = table(
        ("STATE:XR", "bank", 0.6), ("STATE:XR", "port", 0.3), ("bank", "port", 0.25),
        ("STATE:XS", "port", 0.45), ("port", "ships", 0.51), ("bank", "mine", 0.5),
    )  # fmt: skip
    assert _control(stakes, "STATE:XR")["must"] == {"bank", "port", "ships"}
    assert _control(stakes, "STATE:XS")["must"] == set()
    assert _control(stakes, "STATE:XR", "STATE:XS")["must"] == {"bank", "port", "ships"}


def test_half_is_not_more_than_half_and_two_halves_are_joint() -> None:
    stakes = table(
        ("a", "x", 0.5), ("b", "x", 0.5), ("x", "y", 1.0),
        ("a", "z", 0.5), ("c", "z", 0.25), ("d", "z", 0.25),
        ("a", "w", 0.5), ("e", "w", 0.25), ("f", "w", 0.25), ("e", "f", 0.9),
    )  # fmt: skip
    told = _control(stakes, "a")
    assert told["must"] == set()
    assert told["joint"] == {"x", "w"}
    assert _control(stakes, "a", threshold=threshold_of(0.4))["joint"] == set()
    assert _control(stakes, "a", threshold=Threshold(HALF, reached=True))["must"] == {
        "x", "y", "z", "w",
    }  # fmt: skip


def test_missing_shares_are_what_the_others_leave_and_never_nothing() -> None:
    unknown = (0.0, 1.0)
    stakes = table(
        ("a", "x", unknown), ("b", "x", 0.45), ("a", "y", unknown), ("b", "y", 0.5), ("x", "z", 0.8)
    )
    told = _control(stakes, "a")
    assert told["must"] == set()
    assert told["may"] == {"x", "z"}


def test_ranges_of_one_company_share_one_whole() -> None:
    stakes = table(("a", "x", (0.2, 0.4)), ("s", "x", (0.2, 0.4)), ("b", "x", 0.45), ("s", "a", 1))
    graph = votes_graph(stakes)
    assert graph.hi[graph.stakes_in(graph.parties.number_of("x"))].tolist() == [
        350_000_000, 350_000_000, 450_000_000,
    ]  # fmt: skip
    assert _control(stakes, "s") == {
        "must": {"a"}, "may": {"x"}, "joint": set(), "contested": set(),
    }  # fmt: skip
    closer = table(("a", "x", (0.2, 0.4)), ("s", "x", (0.2, 0.4)), ("b", "x", 0.5), ("s", "a", 1))
    assert _control(closer, "s")["may"] == set()


def test_only_what_rests_on_stakes_above_the_whole_is_contested() -> None:
    stakes = table(
        ("a", "shell", 1), ("b", "shell", 1), ("shell", "port", 0.3), ("a", "port", 0.3),
        ("a", "yard", 0.6), ("shell", "yard", 0.4), ("shell", "quay", (0.1, 0.4)),
        ("a", "quay", (0.3, 0.55)), ("port", "mole", 1),
    )  # fmt: skip
    assert _control(stakes, "a") == {
        "must": {"shell", "port", "yard", "mole"}, "may": {"quay"}, "joint": set(),
        "contested": {"shell", "port", "mole"},
    }  # fmt: skip
    found = control(votes_graph(stakes), ["a"])
    (proof,) = proofs_of(found, [stakes.parties.number_of("mole")])
    first, second, *rest = sentences(proof)
    assert first.startswith("shell is controlled: a holds")
    assert second == "shell is contested, since the stakes in it are 200 % together."
    assert not any("contested" in each for each in rest)


def test_totals_above_the_whole_let_every_row_stand_and_are_told() -> None:
    stakes = table(("a", "x", 0.7), ("b", "x", 0.7), ("c", "x", (0.0, 1.0)), ("x", "y", 0.6))
    for owner in "ab":
        told = _control(stakes, owner)
        assert told["must"] == {"x", "y"}
        assert told["contested"] == {"x", "y"}, "y follows from x alone"
    assert _control(stakes, "c")["may"] == {"x", "y"}
    assert _control(stakes, "c")["contested"] == {"x", "y"}
    found = control(votes_graph(stakes), ["c"])
    assert held_by(found, stakes.parties.number_of("x")) == (0, WHOLE)


def test_what_is_held_at_most_counts_those_that_may_be_controlled() -> None:
    stakes = table(
        ("s", "a", 1), ("a", "b", (0.4, 0.6)), ("b", "x", 0.7), ("a", "x", 0.1), ("o", "x", 0.15),
    )  # fmt: skip
    found = control(votes_graph(stakes), ["s"])
    share = WHOLE // 20
    assert held_by(found, stakes.parties.number_of("x")) == (2 * share, 16 * share)
    wide = table(("s", "b", (0.4, 0.6)), ("b", "x", (0.2, 0.9)), ("o", "x", (0.3, 0.5)))
    found = control(votes_graph(wide), ["s"])
    assert held_by(found, wide.parties.number_of("x")) == (0, 14 * share)


def test_a_company_s_own_shares_do_not_vote() -> None:
    stakes = table(("a", "x", 0.4), ("x", "x", 0.25), ("b", "y", 0.3), ("y", "y", (0.1, 0.5)))
    assert _control(stakes, "a")["must"] == {"x"}
    assert control(layer_graph(stakes, Right.EQUITY), ["a"]).must.size == 0
    assert _control(stakes, "b")["may"] == {"y"}
    halves = table(("a", "x", 0.4), ("b", "x", 0.4), ("x", "x", 0.2))
    assert _control(halves, "a")["joint"] == {"x"}
    wholly = table(("x", "x", 1.0), ("a", "x", 0.0))
    assert _control(wholly, "a")["may"] == set()


def test_votes_decide_where_they_are_stated() -> None:
    stakes = table(
        ("a", "x", 0.9), ("b", "x", 0.1), ("b", "x", 0.6, Right.VOTES), ("a", "y", 0.6),
        ("b", "z", 0.7), ("c", "z", 0.3, Right.VOTES),
    )  # fmt: skip
    assert _control(stakes, "a")["must"] == {"y"}
    assert _control(stakes, "b") == {
        "must": {"x"}, "may": {"z"}, "joint": set(), "contested": set(),
    }  # fmt: skip


def test_loops_are_controlled_by_whoever_breaks_into_them() -> None:
    stakes = table(("x", "y", 1.0), ("y", "x", 0.6), ("a", "x", 0.4), ("p", "q", 1), ("q", "p", 1))
    assert _control(stakes, "a")["must"] == set()
    assert _control(stakes, "x")["must"] == {"y"}
    assert _control(stakes, "p")["must"] == {"q"}
    pairs = all_control(votes_graph(stakes))
    assert len(pairs) == 4


def test_a_long_chain_gives_more_pairs_than_stakes() -> None:
    stakes = table(*((f"c{each}", f"c{each + 1}", 0.6) for each in range(50)))
    graph = votes_graph(stakes)
    assert len(all_control(graph)) == 50 * 51 // 2
    with interpreted():
        assert len(all_control(graph)) == 50 * 51 // 2


def test_whoever_cannot_decide_as_one_controls_nothing() -> None:
    stakes = table(("public", "x", 0.9), ("a", "y", 0.9), kinds={"public": PartyKind.SEVERAL})
    graph = votes_graph(stakes)
    owners, _ = all_control(graph).columns()
    assert graph.parties.named(owners) == ("a",)
    assert all_control(graph).of(graph.parties.number_of("public")).size == 0


def test_thresholds_say_whether_they_are_exceeded_or_reached() -> None:
    assert str(threshold_of(0.75, reached=True)) == "75 % or more"
    assert str(MAJORITY) == "> 50 %"
    assert Threshold(reached=True).met_by(HALF)
    assert not MAJORITY.met_by(HALF)
    stakes = table(("a", "x", 0.75), ("a", "y", 0.25))
    assert _control(stakes, "a", threshold=threshold_of(0.75))["must"] == set()
    assert _control(stakes, "a", threshold=threshold_of(0.75, reached=True))["must"] == {"x"}
    assert _control(stakes, "a", threshold=threshold_of(0.25, reached=True))["must"] == {"x", "y"}
    for part in (0, -0.5, 1.5, float("nan")):
        with pytest.raises(QuestionMalformed, match="between 0 and 1"):
            threshold_of(part)
    with pytest.raises(QuestionMalformed):
        threshold_of(1.0)
    with pytest.raises(QuestionMalformed, match="one owner"):
        control(votes_graph(stakes), [])


TENTHS = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 7), st.integers(0, 2)
)


def _rows(drawn: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Keep what fits into a whole, each pair once, at most four ranges, nobody's own shares."""
    rows: dict[tuple[str, str], tuple[str, str, int, int]] = {}
    wide = 0
    for owner, owned, least, width in drawn:
        filled = sum(row[2] for row in rows.values() if row[1] == owned)
        if owner == owned or (owner, owned) in rows or filled + least > 10:
            continue
        wide += width > 0
        most = min(least + width, 10) if wide <= 4 else least
        rows[owner, owned] = (owner, owned, least, most)
    return list(rows.values())


@given(st.lists(TENTHS, max_size=9), st.sets(st.sampled_from(NAMES), min_size=1, max_size=2))
def test_must_and_may_are_what_every_and_some_choice_of_shares_gives(
    drawn: list[tuple[str, str, int, int]], seeds: set[str]
) -> None:
    rows = _rows(drawn)
    every: set[str] | None = None
    some: set[str] = set()
    for chosen in product(*(range(least, most + 1) for _, _, least, most in rows)):
        named = [(row[0], row[1], share) for row, share in zip(rows, chosen, strict=True)]
        filled: dict[str, int] = {}
        for _, owned, share in named:
            filled[owned] = filled.get(owned, 0) + share
        if max(filled.values(), default=0) > 10:
            continue
        found = _naive(named, seeds, 5)
        every = found if every is None else every & found
        some |= found
    stakes = table(*((a, b, (lo / 10, hi / 10)) for a, b, lo, hi in rows), ("f", "e", 0.0),
                   *((each, f"{each}'", 0.0) for each in NAMES))  # fmt: skip
    told = _control(stakes, *seeds)
    assert told["must"] == every
    assert told["must"] | told["may"] == some
    with interpreted():
        assert _control(stakes, *seeds) == told


@given(st.lists(TENTHS, max_size=16), st.sampled_from([2, 5, 6]), st.booleans())
def test_all_pairs_are_what_each_owner_controls(
    drawn: list[tuple[str, str, int, int]],
    tenths: int,
    may: bool,  # noqa: FBT001 - drawn
) -> None:
    rows = [(a, b, (least / 10, min(least + width, 10) / 10)) for a, b, least, width in drawn]
    stakes = table(*rows, *((each, f"{each}'", 0.0) for each in NAMES))
    graph, threshold = votes_graph(stakes), Threshold(tenths * WHOLE // 10)
    pairs = all_control(graph, threshold, may=may)
    for name in NAMES:
        found = control(graph, [name], threshold)
        one = set(found.must.tolist()) | (set(found.may.tolist()) if may else set())
        assert set(pairs.of(graph.parties.number_of(name)).tolist()) == one
    with interpreted():
        again = all_control(graph, threshold, may=may)
    assert np.array_equal(np.stack(again.columns()), np.stack(pairs.columns()))


def test_what_may_be_is_never_less_than_what_must_be_where_own_shares_are_ranges() -> None:
    several = table(("a", "b", 0.1), ("b", "b", (0.1, 0.2)), ("b", "b", (0.6, 0.8)))
    graph, threshold = votes_graph(several), Threshold(WHOLE // 5)
    assert graph.own_hi.tolist() == [0, 9 * WHOLE // 10]
    (a, b) = (graph.parties.number_of(each) for each in "ab")
    assert control(graph, ["a"], threshold).must.tolist() == [b]
    assert all_control(graph, threshold, may=True).of(a).tolist() == [b]
    missing = table(("a", "b", (0.0, 1.0)), ("b", "b", (0.0, 1.0)))
    found = control(votes_graph(missing), ["a"])
    assert _told(found)["may"] == {"b"}
    (proof,) = proofs_of(found, found.may.tolist())
    assert [(step.places, step.own_rows) for step in proof.steps] == [((0,), ())]
    shares = integrated(layer_graph(missing, Right.EQUITY), [np.array([0])], highest=True).shares
    assert shares[:, 0].tolist() == [1.0, 1.0]


def test_what_others_leave_is_left_once_to_owners_and_to_the_company_itself() -> None:
    stakes = table(("a", "b", (0.0, 1.0)), ("b", "b", (0.0, 1.0)), ("c", "b", 0.5))
    assert _control(stakes, "a")["may"] == set()
    assert _control(table(("a", "b", (0.0, 1.0)), ("b", "b", 0.3), ("c", "b", 0.3)), "a")[
        "may"
    ] == {"b"}
