"""Measures of research, for comparison alone: no law decides by them.

The weakest link counts a company as controlled where every stake of some chain exceeds a threshold
(Claessens, Djankov and Lang 2000); it finds much that nobody controls. The index of Shapley and
Shubik (1954) is the part of all orders of holders in which one turns a losing side into a winning
one. The network power index (Mizuno, Doi and Kurizaki 2020) carries that through the network: who
turns a company in an order drawn at random speaks for it in the companies that it holds, and the
index is how often. Of their papers the abstracts were read; that holders who speak for one owner
vote together is said here, so that the index of whoever controls is one.
"""

from __future__ import annotations

from collections import Counter
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.errors import QuestionMalformed
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY, Threshold

if TYPE_CHECKING:
    from numpy.random import Generator  # noqa: TID251 - an argument's type
    from numpy.typing import NDArray

    from undaunted.engines.ownership.graph import Graph, Ints

__all__ = ["LINK", "MOST_HOLDERS", "network_power", "shapley_shubik", "weakest_link"]

LINK = Threshold(WHOLE // 5)
"""More than 20 %, as the literature has it."""
MOST_HOLDERS = 18
ORDERS, SETTLING = 2_000, 50
"""So many orders are drawn, after some in which whoever speaks is still carried downward."""


def weakest_link(graph: Graph, seeds: Ints, threshold: Threshold = LINK) -> Ints:
    """Give companies to which a chain leads in which every stake exceeds the threshold."""
    inside = set(seeds.tolist())
    waiting = list(inside)
    while waiting:
        places = graph.stakes_of(waiting.pop())
        strong = [
            int(graph.owned[place]) for place in places
            if threshold.met_by(int(graph.lo[place]))
        ]  # fmt: skip
        new = set(strong) - inside
        inside |= new
        waiting += new
    return np.array(sorted(inside - set(seeds.tolist())), np.int64)


def shapley_shubik(graph: Graph, company: int, threshold: Threshold = MAJORITY) -> dict[int, float]:
    """Give each holder's index by lowest shares; who is not listed takes no part.

    Exact: coalitions are counted by size and weight, so that a few holders alone are taken.
    """
    held = graph.stakes_in(company)
    weights: Counter[int] = Counter()
    for place in range(held.start, held.stop):
        weights[int(graph.owner[place])] += int(graph.lo[place])
    if len(weights) > MOST_HOLDERS:
        raise QuestionMalformed(f"{len(weights)} holders; {MOST_HOLDERS} are taken")
    return {holder: _pivots(weights, holder, threshold) for holder in weights}


def _pivots(weights: Counter[int], holder: int, threshold: Threshold) -> float:
    """Count the coalitions of the others that lose without the holder and win with it."""
    sides: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for other, weight in weights.items():
        if other != holder:
            joined = {(size + 1, sum_ + weight): n for (size, sum_), n in sides.items()}
            sides.update(joined)
    number = len(weights)
    return sum(
        times * factorial(size) * factorial(number - 1 - size) / factorial(number)
        for (size, held), times in sides.items()
        if not threshold.met_by(held) and threshold.met_by(held + weights[holder])
    )


def network_power(
    graph: Graph, seeds: Ints, draws: Generator, threshold: Threshold = MAJORITY
) -> NDArray[np.float64]:
    """Give how often owners, acting as one, speak for each party, by lowest shares.

    What others hold of the owners does not count. A company in which no side is enough speaks for
    itself. A chain longer than `SETTLING` is not carried to its end.
    """
    speaks = np.arange(graph.size)
    often = np.zeros(graph.size)
    for turn in range(SETTLING + ORDERS):
        speaks[seeds] = seeds[0]
        speaks = _turned(graph, speaks, draws, threshold)
        speaks[seeds] = seeds[0]
        if turn >= SETTLING:
            often += speaks == seeds[0]
    return often / ORDERS


def _turned(graph: Graph, speaks: Ints, draws: Generator, threshold: Threshold) -> Ints:
    """Give who speaks for each party after one order of the sides in every company."""
    sides, number = np.unique(
        graph.owned.astype(np.int64) * graph.size + speaks[graph.owner], return_inverse=True
    )
    held = np.bincount(number, weights=graph.lo, minlength=sides.size).astype(np.int64)
    company, side = np.divmod(sides, graph.size)
    order = np.lexsort((draws.permutation(sides.size), company))
    company, side, held = company[order], side[order], held[order]
    running = np.cumsum(held)
    begins = np.flatnonzero(np.diff(company, prepend=-1))
    before = np.repeat((running - held)[begins], np.diff(np.append(begins, sides.size)))
    joined = running - before
    enough = threshold.share - int(threshold.reached)
    turns = (joined > enough) & (joined - held <= enough)
    turned = np.arange(graph.size)
    turned[company[turns]] = side[turns]
    return turned
