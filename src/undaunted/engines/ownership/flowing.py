"""Shares through every chain at once: the loop of integrated ownership, compiled.

Parties are taken by components, owners before what they hold. A party by itself is worked out at
once; a component of several is swept, each with the newest values, until nothing moves any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Parts = NDArray[np.float64]

__all__ = ["flow", "held_of", "left_open"]


@compiled
def left_open(parties: Numbers, bound: float, shares: Parts) -> None:
    """Let every share of some parties that is not nothing be what bounds it, or unknown."""
    for party in parties:
        for each in range(shares.shape[1]):
            if shares[party, each] > 0.0:
                shares[party, each] = bound


@compiled
def held_of(  # noqa: PLR0913, PLR0917 - the columns of a graph
    begin: int, end: int, owner: Numbers, share: Parts, shares: Parts, row: Parts
) -> None:
    """Fill `row` with what each set holds of a party by its stakes, from `begin` to `end`."""
    for each in range(row.size):
        row[each] = 0.0
    for edge in range(begin, end):
        holder, part = owner[edge], share[edge]
        for each in range(row.size):
            row[each] += part * shares[holder, each]


@compiled
def flow(  # noqa: PLR0913, PLR0917 - one loop; the columns of a graph
    starts: Ints,
    order: Numbers,
    held_first: Ints,
    owner: Numbers,
    share: Parts,
    own: Parts,
    pin: Numbers,
    pinned: NDArray[np.bool_],
    value: Parts,
    cap: float,
    tolerance: float,
    visits: int,
    shares: Parts,
) -> tuple[NDArray[np.bool_], float]:
    """Fill `shares`, [party, set]; give what did not settle, and the last movement elsewhere.

    `pin[party]` leads to the row of `pinned` and `value`: sets for which its share is given, and
    what is held of it does not count. A component that does not settle has NaN, or the cap.
    """
    sets = shares.shape[1]
    row = np.empty(sets, np.float64)
    unsettled = np.zeros(starts.size - 1, np.bool_)
    worst = 0.0
    for component in range(starts.size - 1):
        begin, end = starts[component], starts[component + 1]
        left, moved = max(1, visits // (end - begin)), np.inf
        while moved > tolerance and left > 0:
            moved, left = 0.0, left - 1
            for turn in range(begin, end):
                party = order[turn]
                if held_first[party] == held_first[party + 1] and pin[party] < 0:
                    continue
                held_of(held_first[party], held_first[party + 1], owner, share, shares, row)
                others = 1.0 - own[party]
                for each in range(sets):
                    found = min(row[each] / others, cap) if others > 0.0 else 0.0
                    if pin[party] >= 0 and pinned[pin[party], each]:
                        found = value[pin[party], each]
                    change = abs(found - shares[party, each])
                    moved = max(moved, change)
                    shares[party, each] = found
            if end - begin == 1:
                moved = 0.0
        if moved > tolerance:
            unsettled[component] = True
            left_open(order[begin:end], cap if cap < np.inf else np.nan, shares)
        elif moved > worst:
            worst = moved
    return unsettled, worst
