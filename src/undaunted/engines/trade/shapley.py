"""What each member adds to a whole: Shapley's value, exact or drawn, and the greedy order.

Shapley (1953): the average, over all orders in which members may join, of what each adds when it
joins. Exact over all subsets where there are few; else over orders that are drawn, each with its
reverse, with the standard error of each mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator  # noqa: TID251 - an argument's type
    from numpy.typing import NDArray

    Value = Callable[[NDArray[np.bool_]], NDArray[np.float64]]

__all__ = ["Contributions", "contributions", "greedy_order"]

FEW = 6
"""Up to so many members all subsets are solved."""


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What each of P members adds.

    Attributes:
        mean: [P], sums to the worth of all less that of none.
        error: [P], standard error of the mean; 0 where exact.
        orders: how many orders were drawn; 0 where exact.
    """

    mean: NDArray[np.float64]
    error: NDArray[np.float64]
    orders: int


def contributions(value: Value, members: int, *, rng: Generator, pairs: int = 4) -> Contributions:
    """Work out what each member adds.

    Args:
        value: the worth [S] of each of S sets, told as [S, P] true or false.
        members: P.
        rng: draws the orders.
        pairs: how many orders are drawn, each with its reverse, where members are not few.
    """
    if members <= FEW:
        return _exact(value, members)
    orders = []
    for _ in range(pairs):
        drawn = rng.permutation(members)
        orders += [drawn, drawn[::-1]]
    sets = np.concatenate([_growing(order) for order in orders])
    distinct, place = np.unique(sets, axis=0, return_inverse=True)
    worth = value(distinct)[place.ravel()].reshape(len(orders), members + 1)
    added = np.zeros((len(orders), members))
    for row, order in enumerate(orders):
        added[row, order] = np.diff(worth[row])
    halves = (added[0::2] + added[1::2]) / 2
    error = halves.std(0, ddof=1) / np.sqrt(pairs) if pairs > 1 else np.full(members, np.inf)
    return Contributions(added.mean(0), error, len(orders))


def greedy_order(value: Value, members: int) -> list[int]:
    """Give the order in which each next member is the one that then adds most."""
    inside = np.zeros(members, dtype=bool)
    order: list[int] = []
    while len(order) < members:
        left = np.flatnonzero(~inside)
        sets = np.repeat(inside[None], len(left), 0)
        sets[np.arange(len(left)), left] = True
        best = int(left[np.nanargmax(value(sets))])
        order.append(best)
        inside[best] = True
    return order


def _exact(value: Value, members: int) -> Contributions:
    sets = (np.arange(2**members)[:, None] >> np.arange(members)) % 2 == 1
    worth, size = value(sets), sets.sum(1)
    mean = np.zeros(members)
    for member in range(members):
        without = np.flatnonzero(~sets[:, member])
        shares = np.array([1 / (members * comb(members - 1, int(size[at]))) for at in without])
        mean[member] = float(shares @ (worth[without + 2**member] - worth[without]))
    return Contributions(mean, np.zeros(members), 0)


def _growing(order: NDArray[np.int64]) -> NDArray[np.bool_]:
    sets = np.zeros((len(order) + 1, len(order)), dtype=bool)
    for at, member in enumerate(order):
        sets[at + 1 :, member] = True
    return sets
