"""Measures of research, for comparison alone: no law decides by them.

The weakest link counts a company as controlled where every stake of some chain exceeds a threshold
(Claessens, Djankov and Lang 2000); it finds much that nobody controls. The index of Shapley and
Shubik (1954) is the part of all orders of holders in which one turns a losing side into a winning
one.
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
    from undaunted.engines.ownership.graph import Graph, Ints

__all__ = ["LINK", "MOST_HOLDERS", "shapley_shubik", "weakest_link"]

LINK = Threshold(WHOLE // 5)
"""More than 20 %, as the literature has it."""
MOST_HOLDERS = 18


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
