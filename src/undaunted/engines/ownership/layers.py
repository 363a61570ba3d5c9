"""Links through several kinds of right at once: equity, or votes, or the board, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.graph import layer_graph, votes_graph
from undaunted.engines.ownership.reaching import reached
from undaunted.engines.ownership.shares import Right
from undaunted.engines.ownership.thresholds import Threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.engines.ownership.graph import Graph, Ints
    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["ANY", "graphs_of", "linked"]

ANY = Threshold(1, reached=True)
"""The least share there is."""


def graphs_of(stakes: Stakes, rights: Sequence[Right]) -> tuple[Graph, ...]:
    """Give a graph for each kind of right; votes are equity where no votes are stated."""
    return tuple(
        votes_graph(stakes) if right is Right.VOTES else layer_graph(stakes, right)
        for right in rights
    )


def linked(
    graphs: Sequence[Graph],
    seeds: Ints,
    threshold: Threshold,
    *,
    may: bool,
    whatever: Sequence[Graph] = (),
) -> Ints:
    """Give the least set that the seeds hold enough of in any layer, by companies of any.

    In the layers of `whatever` any share is enough.
    """
    asked = [(graph, threshold) for graph in graphs] + [(graph, ANY) for graph in whatever]
    inside = seeds
    while True:
        found = [reached(graph, enough, inside, may=may) for graph, enough in asked]
        wider = np.unique(np.concatenate([inside, *found])).astype(np.int64)
        if wider.size == inside.size:
            return np.setdiff1d(wider, seeds)
        inside = wider
