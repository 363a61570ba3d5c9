"""What every owner controls is what each controls by itself, however chains are laid."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.ownership.tables import interpreted, table
from undaunted.engines.ownership import (
    HALF,
    MAJORITY,
    WHOLE,
    Parties,
    Stakes,
    StakesMalformed,
    Threshold,
    all_control,
    control,
    gather_stakes,
    spreading,
    votes_graph,
)

__all__: list[str] = []

SIZE = 60


def _chained(seed: int) -> Stakes:
    """Draw long chains of one, circles among them, and companies that several hold."""
    drawn = np.random.default_rng(seed)
    order = drawn.permutation(SIZE)
    rows: list[tuple[int, int, int, int]] = []
    for at, company in enumerate(order[1:], 1):
        sort = drawn.integers(0, 10)
        near = order[max(0, at - int(drawn.integers(1, 30)))]
        if sort < 5:
            rows.append((near, company, HALF + 1 + int(drawn.integers(0, 3)), WHOLE))
        elif sort < 9:
            holders = drawn.choice(order[:at], min(at, 3), replace=False)
            least = drawn.choice([HALF // 2, HALF // 2 + 1, WHOLE // 5])
            rows += [(each, company, int(least), int(least) + WHOLE // 10) for each in holders]
        elif drawn.random() < 0.5:
            rows.append((int(drawn.choice(order)), company, WHOLE, WHOLE))
    for _ in range(3):
        owner, company = drawn.choice(SIZE, 2, replace=False)
        rows.append((int(owner), int(company), int(drawn.choice([HALF, WHOLE])), WHOLE))
    owner, owned, lo, hi = (np.array(each, np.int64) for each in zip(*rows, strict=True))
    kept = owner != owned
    parties = Parties(tuple(map(str, range(SIZE))), np.ones(SIZE, np.int8))
    columns = {"owner": owner[kept], "owned": owned[kept], "lo": lo[kept], "hi": hi[kept]}
    return gather_stakes(parties, columns)


@pytest.mark.parametrize("threshold", [MAJORITY, Threshold(WHOLE // 4), Threshold(HALF, True)])
@pytest.mark.parametrize("may", [False, True])
def test_pairs_are_what_each_owner_controls_through_chains_and_circles(
    threshold: Threshold,
    may: bool,  # noqa: FBT001 - drawn
) -> None:
    together = 0
    for seed in range(80):
        graph = votes_graph(_chained(seed))
        pairs = all_control(graph, threshold, may=may)
        for owner in range(SIZE):
            found = control(graph, [str(owner)], threshold)
            one = {*found.must.tolist(), *(found.may.tolist() if may else ())}
            assert set(pairs.of(owner).tolist()) == one, (seed, owner)
        together += len(pairs)
        if seed < 4:
            with interpreted():
                again = all_control(graph, threshold, may=may)
            assert np.array_equal(np.stack(again.columns()), np.stack(pairs.columns()))
    assert together > 80 * SIZE


def test_a_company_held_together_is_found_below_others_that_are() -> None:
    half, rest = 0.3, [(f"o{each}", f"p{each}", 0.3) for each in range(40)]
    chain = [("a", "b", 0.6), ("a", "c", 0.7), ("b", "d1", half), ("c", "d1", half)]
    for number in range(1, 9):
        chain += [
            (f"d{number}", f"e{number}", 0.9),
            (f"e{number}", f"d{number + 1}", half),
            (["a", "b", "c"][number % 3], f"d{number + 1}", half),
        ]
    graph = votes_graph(
        table(*chain, *rest, *((f"q{each}", f"p{each}", 0.3) for each in range(40)))
    )
    pairs = all_control(graph)
    controlled = graph.parties.named(pairs.of(graph.parties.number_of("a")))
    assert {*controlled} >= {"b", "c", *(f"d{each}" for each in range(1, 10))}
    with interpreted():
        again = all_control(graph)
    assert np.array_equal(np.stack(again.columns()), np.stack(pairs.columns()))


def test_where_most_companies_are_open_to_one_owner_none_is_left_out() -> None:
    """Two holders of each, both of them wholly held by one: of more companies than are tried."""
    rows = [("a", "b", 1.0), ("a", "c", 1.0)]
    rows += [(holder, f"d{number}", 0.5) for number in range(1_100) for holder in ("b", "c")]
    graph = votes_graph(table(*rows))
    with interpreted():
        pairs = all_control(graph)
    assert pairs.owners.size == 1
    assert len(pairs) == 2 + 1_100
    assert np.array_equal(pairs.companies, all_control(graph).companies)


def test_an_owner_of_more_companies_than_there_is_room_for_at_first_has_all_of_them() -> None:
    number = 1_100
    rows = [("a", f"b{each}", 0.6) for each in range(number)]
    rows += [(f"b{each}", f"c{each}", 0.6) for each in range(number)]
    rows += [(f"c{each}", "d", 0.6 / number) for each in range(number)]
    graph = votes_graph(table(*rows))
    pairs = all_control(graph)
    below = graph.parties.named(pairs.of(graph.parties.number_of("a")))
    assert len(below) == len(set(below)) == 2 * number + 1
    with interpreted():
        again = all_control(graph)
    assert np.array_equal(np.stack(again.columns()), np.stack(pairs.columns()))


def test_highest_shares_far_above_the_whole_do_not_hide_what_the_lowest_decide() -> None:
    holders = [f"h{number}" for number in range(9)]
    stakes = table(
        *(("a", holder, 0.6) for holder in holders),
        *((holder, "c", (0.0, 1.0)) for holder in holders[:-1]),
        (holders[-1], "c", (0.1, 1.0)),
        ("b", "c", 0.4),
    )
    graph = votes_graph(stakes)
    found = {graph.parties.ids[each] for each in all_control(graph, may=True).of(0).tolist()}
    assert found == {*holders, "c"}
    assert set(all_control(graph, may=True).of(0).tolist()) == set(control(graph, ["a"]).may) | set(
        control(graph, ["a"]).must
    )


def test_more_stakes_decided_together_than_four_bytes_number_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = votes_graph(table(("a", "c", 0.3), ("b", "c", 0.3), ("a", "b", 0.6)))
    assert len(all_control(graph)) == 2
    monkeypatch.setattr(spreading, "MOST", 3)
    with pytest.raises(StakesMalformed, match="4 stakes decide together; at most 3 are"):
        all_control(graph)
