"""Walks over stakes: the loops of control for one set of owners, compiled.

Stakes are sorted by company; `out` lists the places of those of owner i from `first[i]` to
`first[i + 1]`. What a set of parties holds of y is the lesser of its highest shares together and of
what the lowest shares of all others leave: `spare[y]` is the whole less all lowest shares. It is
enough above `needed[y]`. Where others leave nothing, `spare` is empty.

Of a company that may hold shares of itself in a range (`others[y]`, the lowest shares in it but its
own, not below nought), the two meet at different ends of that range. One choice has to do for both:
what is held, against what the others hold at least, in the ratio of the threshold. Where no company
may, `others` is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["at_once", "grouped", "reach"]


@compiled
def grouped(keys: Numbers, size: int) -> tuple[Ints, Numbers]:
    """Sort places by key, stably: where each key begins, and the places in order."""
    first = np.zeros(size + 1, np.int64)
    for key in keys:
        first[key + 1] += 1
    for key in range(size):
        first[key + 1] += first[key]
    following = np.empty(size, np.int64)
    for key in range(size):
        following[key] = first[key]
    order = np.empty(keys.size, np.int32)
    for place in range(keys.size):
        key = keys[place]
        order[following[key]] = place
        following[key] += 1
    return first, order


@compiled
def at_once(  # noqa: PLR0913, PLR0917 - what is held, and what is enough
    highest: int, lowest: int, others: int, share: int, whole: int, slack: int
) -> bool:
    """Whether one choice of a company's own shares serves both bounds.

    With u of the whole left to vote, more than `share` of u is held where u is below highest /
    share; and what others leave of u is as much where u is above (others - lowest) / (whole -
    share). Some u lies between where the second is below the first, or `slack` where it is reached.
    """
    if others < 0:
        return True
    return min(highest, whole) * (whole - share) + slack > (others - lowest) * share


@compiled
def reach(  # noqa: PLR0913, PLR0917 - the columns of a graph
    first: Ints,
    out: Numbers,
    owned: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Numbers,
    others: Ints,
    enough: Ints,
    seeds: Ints,
) -> Numbers:
    """Give the least set that the seeds control, in the order in which it was found.

    `enough` is the share that is asked for, the whole, and 1 where it has to be reached alone.
    """
    size = first.size - 1
    inside = np.zeros(size, np.bool_)
    lowest, highest = np.zeros(size, np.int64), np.zeros(size, np.int64)
    queue = np.empty(size, np.int32)
    end = 0
    for seed in seeds:
        inside[seed] = True
        queue[end] = seed
        end += 1
    begin, at = end, 0
    while at < end:
        holder = queue[at]
        at += 1
        for turn in range(first[holder], first[holder + 1]):
            edge = out[turn]
            company = owned[edge]
            if inside[company]:
                continue
            lowest[company] += lo[edge]
            highest[company] += hi[edge]
            room = spare[company] + lowest[company] if spare.size else highest[company]
            if min(highest[company], room) > needed[company] and (
                not others.size
                or at_once(
                    highest[company], lowest[company], others[company],
                    enough[0], enough[1], enough[2],
                )
            ):  # fmt: skip
                inside[company] = True
                queue[end] = company
                end += 1
    return queue[begin:end].copy()
