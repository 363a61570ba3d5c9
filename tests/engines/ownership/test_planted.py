"""Planted conglomerates are found whole, with nothing else, where simpler measures miss them."""

from __future__ import annotations

import numpy as np
from benchmarks.ownership_worlds import drawn_stakes, planted_stakes

from undaunted.engines.ownership import (
    HALF,
    Right,
    all_control,
    control,
    control_by,
    integrated,
    layer_graph,
    proofs_of,
    stands,
    votes_graph,
    weakest_link,
)

__all__: list[str] = []


def test_all_of_two_thousand_planted_companies_are_found_and_no_other() -> None:
    world = planted_stakes()
    graph = votes_graph(world.stakes)
    found = control(graph, ["STATE:XR"])
    assert set(found.names(found.must)) == world.controlled
    assert len(world.controlled) == 2000
    assert found.may.size == 0
    proofs = proofs_of(found, found.must[-3:].tolist())
    assert all(stands(each) for each in proofs)
    cash = integrated(layer_graph(world.stakes, Right.EQUITY), [found.seeds]).shares[:, 0]
    assert np.count_nonzero(cash > 1 / 2) - 1 < 1000
    alone = graph.lo > HALF
    assert np.count_nonzero(alone & np.isin(graph.owned, found.must)) < 1000
    assert not set(found.must.tolist()) >= set(weakest_link(graph, found.seeds).tolist())


def test_what_must_be_is_no_more_than_what_may_on_a_drawn_table() -> None:
    graph = votes_graph(drawn_stakes(3_000, 5_000, missing=True))
    must, may = all_control(graph), all_control(graph, may=True)
    assert len(must) < len(may)
    for owner in must.owners[:50].tolist():
        found = control_by(graph, np.array([owner]))
        assert set(must.of(owner).tolist()) == set(found.must.tolist())
        assert set(may.of(owner).tolist()) == {*found.must.tolist(), *found.may.tolist()}
