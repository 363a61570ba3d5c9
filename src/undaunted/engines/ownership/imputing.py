"""Interests held indirectly, as 31 CFR 800.244(c) counts them.

"Any interest of a parent will be deemed to be a 100 percent interest in any entity of which it is a
parent": along a chain, a link of which the holder is parent (800.235) counts in full, any other is
multiplied. 75 % of a parent with 51 % is 75 %; 75 % of a holder with 49 % is 36.75 %. What a
company holds of its own parent does not count, so that nothing runs in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.layers import ANY, graphs_of, linked
from undaunted.engines.ownership.reaching import bounds_of
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.standards import CFIUS_PARENT
from undaunted.engines.ownership.surroundings import upstream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph
    from undaunted.engines.ownership.stakes import Stakes
    from undaunted.engines.ownership.thresholds import Threshold

    Ints = NDArray[np.int64]
    Parts = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["imputed"]

MOST = 3_000
"""Parties above a company: tables are as large as its square."""
ROUNDS = 10_000
STILL = 1e-13


def imputed(stakes: Stakes, owners: Sequence[str], company: str, *, may: bool) -> float:
    """Give the interest of owners in a company, in units: by lowest shares, or by highest."""
    near = upstream(stakes, company, tuple(owners))
    if len(near.parties) > MOST:
        raise QuestionMalformed(
            f"{len(near.parties)} parties are above {company}; {MOST} are taken"
        )
    seeds = near.parties.numbers_of(owners)
    graphs = graphs_of(near, CFIUS_PARENT.rights)
    partners = graphs_of(near, CFIUS_PARENT.whatever)
    parents = _parents(graphs, partners, seeds, may=may)
    weights = _weights(graphs[0], parents, seeds, may=may)
    interest = np.zeros(len(near.parties))
    interest[seeds] = 1.0
    for _ in range(ROUNDS):
        through_parents = (parents * interest[:, None]).max(axis=0)
        further = np.minimum(np.maximum(interest @ weights, through_parents), 1.0)
        further[seeds] = 1.0
        moved = float(np.abs(further - interest).max())
        interest = further
        if moved <= STILL:
            break
    return round(float(interest[near.parties.number_of(company)]) * WHOLE, 3)


def _parents(
    graphs: Sequence[Graph], partners: Sequence[Graph], seeds: Ints, *, may: bool
) -> Flags:
    """Give who is whose parent, [parent, entity]; what the owners themselves hold is not raised."""
    size = graphs[0].size
    parents = np.zeros((size, size), np.bool_)
    enough = [_holding_enough(each, CFIUS_PARENT.threshold, may=may) for each in graphs]
    whatever = [_holding_enough(each, ANY, may=may) for each in partners]
    holders = np.unique(np.concatenate([*enough, *whatever]))
    for party in np.setdiff1d(holders, seeds):
        one = np.array([party], np.int64)
        below = linked(graphs, one, CFIUS_PARENT.threshold, may=may, whatever=partners)
        parents[party, below] = True
    return parents


def _holding_enough(graph: Graph, threshold: Threshold, *, may: bool) -> Ints:
    """Give who holds enough of some company alone: no chain of control begins elsewhere."""
    bounds = bounds_of(graph, threshold, may=may)
    pairs = graph.owned.astype(np.int64) * graph.size + graph.owner
    pairs, place = np.unique(pairs, return_inverse=True)
    held = np.bincount(place, weights=bounds.hi, minlength=pairs.size)
    company, owner = np.divmod(pairs, graph.size)
    able: Ints = owner[held > bounds.needed[company]]
    return able


def _weights(graph: Graph, parents: Flags, seeds: Ints, *, may: bool) -> Parts:
    weights = np.zeros((graph.size, graph.size))
    shares = (graph.hi if may else graph.lo) / WHOLE
    np.add.at(weights, (graph.owner, graph.owned), shares)
    direct = np.zeros_like(parents)
    direct[graph.owner, graph.owned] = weights[graph.owner, graph.owned] >= 1 / 2
    weights[direct & parents] = 1.0
    weights[parents.T] = 0.0
    weights[:, seeds] = 0.0
    return weights
