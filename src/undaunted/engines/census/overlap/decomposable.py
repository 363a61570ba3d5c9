"""How many are on no list, averaged over all decomposable graphs of dependence.

A graph joins two lists that may depend on each other; decomposable means that every cycle of four
or more has a chord. For each, a hyper-Dirichlet prior gives the likelihood of a completed table in
closed form: with the lists taken off one by one so that the neighbours of each form a clique, it is
the product of (list and neighbours) by (neighbours). The graph that joins all lists is left out
unless asked for: with the cell of nobody unseen, its number is that of the prior and no finding.
Madigan and York counted it. The posterior of the missing number is summed exactly over a grid;
nothing is drawn.

Sources: Madigan and York 1997, Biometrika 84, 19-31; Dawid and Lauritzen 1993 (the prior's law).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final

import numpy as np
import scipy

from undaunted.engines.census.confidence import tail
from undaunted.engines.census.days import Numbers, Reals
from undaunted.engines.census.errors import ArgumentRefused
from undaunted.engines.census.overlap.models import model_name
from undaunted.engines.census.overlap.results import Estimate, Method, ModelShare, NoEstimate
from undaunted.engines.census.overlap.tables import (
    OverlapTable,
    Thinness,
    ThinOverlap,
    thin_overlap,
)

__all__ = [
    "GraphPosterior",
    "GraphPrior",
    "GraphShare",
    "decomposable_graphs",
    "graph_answer",
    "graph_posterior",
]

Graph = frozenset[tuple[int, int]]
Elimination = tuple[tuple[int, frozenset[int]], ...]

_CLOSED: Final = 1e-4
"""The last hundredth of the grid holds less than this, or the posterior is not closed."""
_COARSE: Final = 0.1
"""No point of a grid with steps holds more than this, or it is too coarse."""


@dataclass(frozen=True, slots=True)
class GraphPrior:
    """What is believed before the lists are seen.

    ``cell``: prior count in each cell of the whole table, None for 2 ** -lists. The number of all N
    has a prior of 1 / N; or, with ``gamma`` as shape and scale, it is Poisson about a mean that
    follows this Gamma law. All graphs are as likely. ``most``: the largest number on no list that
    is thought of, as a multiple of the persons seen. ``points``: with more numbers than that, only
    so many are looked at, at even steps. ``full``: the graph that joins all lists counts too.
    """

    cell: float | None = None
    gamma: tuple[float, float] | None = None
    most: float = 10.0
    points: int = 50_000
    full: bool = False

    def __post_init__(self) -> None:
        given = (self.cell, *(self.gamma or ()), self.most, self.points)
        if any(each is not None and each <= 0 for each in given):
            raise ArgumentRefused(f"prior: {self} holds a number that is not above zero")

    def of_everybody(self, everybody: Numbers) -> Reals:
        """Return the log of the prior of these numbers, but for a constant."""
        if self.gamma is None:
            flat: Reals = -np.log(everybody)
            return flat
        shape, scale = self.gamma
        law: Reals = (
            everybody * np.log(scale / (1 + scale))
            + scipy.special.gammaln(everybody + shape)
            - scipy.special.gammaln(everybody + 1)
        )
        return law


@dataclass(frozen=True, slots=True)
class GraphShare(ModelShare):
    """One graph: ``weight`` is its posterior, ``persons`` the mean under it alone, with interval.

    ``parameters`` are the pairs of lists that it joins.
    """

    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class GraphPosterior:
    """What is believed after: ``chances`` of each number of ``everybody``, shape (grid,).

    ``shares`` of the graphs in order of weight.
    """

    everybody: Numbers
    chances: Reals
    shares: tuple[GraphShare, ...]


def graph_answer(
    table: OverlapTable,
    *,
    prior: GraphPrior | None = None,
    confidence: float = 0.95,
    thinness: Thinness | None = None,
) -> Estimate:
    """Return the posterior median of everybody with an equal-tailed interval, or why none."""
    out = tail(confidence)
    thin = thin_overlap(table, thinness or Thinness())
    if thin is not None:
        return _told(table, confidence, thin)
    found = graph_posterior(table, prior=prior, confidence=confidence)
    reason = _why_none(found)
    if reason is not None:
        return _told(table, confidence, reason)
    low, middle, high = (
        _quantile(found.everybody, found.chances, at) for at in (out, 0.5, 1 - out)
    )
    return Estimate(
        method=Method.DECOMPOSABLE_GRAPHS,
        lists=table.lists,
        observed=table.observed,
        persons=middle,
        low=low,
        high=high,
        confidence=confidence,
        models=found.shares,
        replicates=0,
        reason=None,
    )


def graph_posterior(
    table: OverlapTable, *, prior: GraphPrior | None = None, confidence: float = 0.95
) -> GraphPosterior:
    """Return the whole posterior, whether or not the overlap is thick enough to trust it."""
    believed = prior or GraphPrior()
    largest = int(believed.most * table.observed)
    missing = np.arange(0, largest + 1, 1 + largest // believed.points)
    return _averaged(table, missing, believed, tail(confidence))


def decomposable_graphs(lists: int, *, full: bool = False) -> tuple[tuple[Graph, Elimination], ...]:
    """Return every decomposable graph, with or without the full one, and an order of elimination.

    The order tells for each list its neighbours among those not yet taken off, which form a clique.
    """
    edges = tuple(combinations(range(lists), 2))
    graphs = chain.from_iterable(combinations(edges, size) for size in range(len(edges) + full))
    found = ((frozenset(graph), _elimination(frozenset(graph), lists)) for graph in graphs)
    return tuple((graph, order) for graph, order in found if order is not None)


def _elimination(graph: Graph, lists: int) -> Elimination | None:
    left, order = set(range(lists)), []
    while left:
        taken = next(_simplicial(graph, left), None)
        if taken is None:
            return None
        order.append(taken)
        left.remove(taken[0])
    return tuple(order)


def _simplicial(graph: Graph, left: set[int]) -> Iterator[tuple[int, frozenset[int]]]:
    """Give the lists whose neighbours are all joined with each other."""
    for each in sorted(left):
        near = frozenset(other for other in left if (min(each, other), max(each, other)) in graph)
        if graph.issuperset(combinations(sorted(near), 2)):
            yield each, near


def _averaged(
    table: OverlapTable, missing: Numbers, prior: GraphPrior, out: float
) -> GraphPosterior:
    cell = 2.0 ** -len(table.lists) if prior.cell is None else prior.cell
    parts: dict[frozenset[int], Reals] = {frozenset(): np.zeros(missing.size)}
    everybody = table.observed + missing
    outer = scipy.special.gammaln(everybody + 1) - scipy.special.gammaln(missing + 1)
    outer += prior.of_everybody(everybody)
    highest, posterior, found = -np.inf, np.zeros(missing.size), []
    for graph, order in decomposable_graphs(len(table.lists), full=prior.full):
        row = outer + _graph_likelihood(table, order, parts, missing, cell)
        peak = float(row.max())
        alone = np.exp(row - peak)
        if peak > highest:
            posterior, highest = posterior * np.exp(highest - peak), peak
        posterior += alone * np.exp(peak - highest)
        spread = _spread(everybody, alone / alone.sum(), out)
        found.append((graph, peak + float(np.log(alone.sum())), spread))
    whole = highest + float(np.log(posterior.sum()))
    shares = (
        _share(table, graph, float(np.exp(weight - whole)), spread)
        for graph, weight, spread in found
    )
    ordered = tuple(sorted(shares, key=lambda share: -share.weight))
    return GraphPosterior(everybody, posterior / posterior.sum(), ordered)


def _graph_likelihood(
    table: OverlapTable,
    order: Elimination,
    parts: dict[frozenset[int], Reals],
    missing: Numbers,
    cell: float,
) -> Reals:
    """Give the log-likelihood of a graph for each missing number; ``parts`` keeps its margins."""
    row = np.zeros(missing.size)
    for each, near in order:
        for lists, sign in ((near | {each}, 1), (near, -1)):
            if lists not in parts:
                parts[lists] = _part(table, lists, missing, cell)
            row += sign * parts[lists]
    return row


def _part(table: OverlapTable, lists: frozenset[int], missing: Numbers, cell: float) -> Reals:
    """Give the log-likelihood of the margin over some lists, for each missing number."""
    size = len(table.lists)
    others = tuple(each for each in range(size) if each not in lists)
    margin = table.cells.sum(axis=others).ravel().astype(np.float64)
    inside = cell * 2 ** len(others)
    whole = cell * 2**size
    seen = scipy.special.gammaln(margin[1:] + inside).sum() - margin.size * scipy.special.gammaln(
        inside
    )
    total = table.observed + missing + whole
    part: Reals = (
        scipy.special.gammaln(whole)
        - scipy.special.gammaln(total)
        + seen
        + scipy.special.gammaln(margin[0] + missing + inside)
    )
    return part


def _spread(everybody: Numbers, alone: Reals, out: float) -> tuple[float, float, float]:
    return (
        float(alone @ everybody),
        _quantile(everybody, alone, out),
        _quantile(everybody, alone, 1 - out),
    )


def _share(
    table: OverlapTable, graph: Graph, weight: float, spread: tuple[float, float, float]
) -> GraphShare:
    persons, low, high = spread
    return GraphShare(
        name=_graph_name(graph, table),
        weight=weight,
        persons=persons,
        parameters=len(graph),
        criterion=None,
        low=low,
        high=high,
    )


def _graph_name(graph: Graph, table: OverlapTable) -> str:
    """Name the cliques: all terms within a clique belong to the model."""
    lists = range(len(table.lists))
    cliques = chain.from_iterable(combinations(lists, size) for size in range(2, len(lists) + 1))
    joined = frozenset(each for each in cliques if graph.issuperset(combinations(each, 2)))
    return model_name(joined, table.lists)


def _why_none(found: GraphPosterior) -> NoEstimate | None:
    if found.chances[-max(1, found.chances.size // 100) :].sum() > _CLOSED:
        return NoEstimate.POSTERIOR_NOT_CLOSED
    stepped = found.everybody.size > 1 and found.everybody[1] - found.everybody[0] > 1
    if stepped and found.chances.max() > _COARSE:
        return NoEstimate.GRID_TOO_COARSE
    return None


def _quantile(numbers: Numbers, weights: Reals, at: float) -> float:
    place = int(np.searchsorted(np.cumsum(weights), at))
    return float(numbers[min(place, numbers.size - 1)])


def _told(table: OverlapTable, confidence: float, reason: ThinOverlap | NoEstimate) -> Estimate:
    return Estimate(
        method=Method.DECOMPOSABLE_GRAPHS,
        lists=table.lists,
        observed=table.observed,
        persons=None,
        low=None,
        high=None,
        confidence=confidence,
        models=(),
        replicates=0,
        reason=reason,
    )
