"""Parties in an order in which owners come before what they hold, and circles stand together.

Tarjan 1972, from companies up to their owners: components come out with the uppermost owners first.
Within one, whoever was done with first comes first, so that a sweep meets most owners before what
they hold. Everything is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["ordered"]


MET, LEAST, AT, STOP = range(4)
"""Of each party, side by side: when it was met, from 1 on; the earliest that it leads back to;
which of its owners comes next, later when it was done with; where they end."""


@compiled
def ordered(held_first: Ints, owner: Numbers) -> tuple[Ints, Numbers]:
    """Give where each component begins in the order, and the order."""
    size = held_first.size - 1
    starts, order = np.empty(size + 1, np.int64), np.empty(size, np.int32)
    state, path, met = (
        np.empty((size, 4), np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
    )
    number, end, finished, opened, count = 0, 0, 0, 0, 0
    for party in range(size):
        state[party, MET] = 0
        state[party, AT], state[party, STOP] = held_first[party], held_first[party + 1]
    for begin in range(size):
        path[0], depth = begin, 0 if state[begin, MET] == 0 else -1
        while depth >= 0:
            party = path[depth]
            if state[party, MET] == 0:
                count += 1
                state[party, MET], state[party, LEAST] = count, count
                met[opened] = party
                opened += 1
            above, at, least = -1, state[party, AT], state[party, LEAST]
            while at < state[party, STOP] and above < 0:
                holder = owner[at]
                at += 1
                if state[holder, MET] == 0:
                    above = holder
                elif state[holder, MET] <= size:
                    least = min(least, state[holder, MET])
            state[party, AT], state[party, LEAST] = at, least
            if above >= 0:
                depth += 1
                path[depth] = above
                continue
            depth -= 1
            state[party, AT] = finished
            finished += 1
            if least == state[party, MET]:
                starts[number] = end
                number += 1
                opened, end = _closed(party, met, opened, state, order, end)
            else:
                above = path[depth]
                state[above, LEAST] = min(state[above, LEAST], least)
    starts[number] = end
    return starts[: number + 1].copy(), order


@compiled
def _closed(  # noqa: PLR0913, PLR0917 - the columns of the search
    last: int, met: Numbers, opened: int, state: Numbers, order: Numbers, end: int
) -> tuple[int, int]:
    """Put a component into the order: all that are open, back to the one met first."""
    begin, done = opened - 1, len(state) + 1
    if met[begin] == last:
        order[end], state[last, MET] = last, done
        return begin, end + 1
    while met[begin] != last:
        begin -= 1
    members = met[begin:opened]
    for place in np.argsort(state[:, AT][members]):
        order[end], state[members[place], MET] = members[place], done
        end += 1
    return begin, end
