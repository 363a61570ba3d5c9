"""Links through several kinds of right at once: equity, or votes, or the board, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.graph import layer_graph, votes_graph
from undaunted.engines.ownership.reaching import reached
from undaunted.engines.ownership.shares import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undaunted.engines.ownership.graph import Graph, Ints
    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

__all__ = ["graphs_of", "linked"]


def graphs_of(stakes: Stakes, rights: Sequence[Right]) -> tuple[Graph, ...]:
    """Give a graph for each kind of right; votes are equity where no votes are stated."""
    return tuple(
        votes_graph(stakes) if right is Right.VOTES else layer_graph(stakes, right)
        for right in rights
    )


def linked(graphs: Sequence[Graph], seeds: Ints, threshold: Threshold, *, may: bool) -> Ints:
    """Give the least set that the seeds hold enough of in any layer, by companies of any."""
    inside = seeds
    while True:
        found = [reached(graph, threshold, inside, may=may) for graph in graphs]
        wider = np.unique(np.concatenate([inside, *found])).astype(np.int64)
        if wider.size == inside.size:
            return np.setdiff1d(wider, seeds)
        inside = wider
