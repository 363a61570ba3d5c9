"""Walks over stakes: the loops of control, compiled.

Stakes are sorted by company; `out` lists the places of those of owner i from `first[i]` to
`first[i + 1]`. What a set of parties holds of y is the lesser of its highest shares together and of
what the lowest shares of all others leave: `spare[y]` is the whole less all lowest shares. It is
enough above `needed[y]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["ALONE", "TOGETHER", "deciding", "grouped", "reach", "reach_all"]

TOGETHER, ALONE = 1, 2
"""How a stake can decide: with others, or by itself."""


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
def reach(  # noqa: PLR0913, PLR0917 - the columns of a graph
    first: Ints,
    out: Numbers,
    owned: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Ints,
    seeds: Ints,
) -> Numbers:
    """Give the least set that the seeds control, in the order in which it was found."""
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
            if min(highest[company], spare[company] + lowest[company]) > needed[company]:
                inside[company] = True
                queue[end] = company
                end += 1
    found = np.empty(end - begin, np.int32)
    for place in range(begin, end):
        found[place - begin] = queue[place]
    return found


@compiled
def deciding(  # noqa: PLR0913, PLR0917 - the columns of a graph
    held_first: Ints, owner: Numbers, lo: Numbers, hi: Numbers, spare: Ints, needed: Ints
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Give how each stake can decide who controls its company, and who can begin a chain.

    Where all stakes together are not enough, none decides. Where one owner's are enough and all
    others' are not, that owner's alone do. Elsewhere all do, together.
    """
    deciding = np.zeros(owner.size, np.int8)
    begins = np.zeros(held_first.size - 1, np.bool_)
    for company in range(held_first.size - 1):
        start, stop, enough = held_first[company], held_first[company + 1], needed[company]
        all_lo, all_hi = np.int64(0), np.int64(0)
        for place in range(start, stop):
            all_lo += lo[place]
            all_hi += hi[place]
        if min(all_hi, spare[company] + all_lo) <= enough:
            continue
        alone, until, place = -1, start, start
        while place < stop:
            run, holder, own_lo, own_hi = place, owner[place], np.int64(0), np.int64(0)
            while place < stop and owner[place] == holder:
                own_lo += lo[place]
                own_hi += hi[place]
                place += 1
            if min(own_hi, spare[company] + own_lo) > enough:
                begins[holder] = True
                if min(all_hi - own_hi, spare[company] + all_lo - own_lo) <= enough:
                    alone, until = run, place
        how = ALONE if alone >= 0 and until - alone == 1 else TOGETHER
        if alone < 0:
            alone, until = start, stop
        for place in range(alone, until):
            deciding[place] = how
    return deciding, begins


@compiled
def _longer(found: Numbers) -> Numbers:
    """Give as much room again behind what was found."""
    longer = np.empty(2 * found.size, np.int32)
    for place in range(found.size):
        longer[place] = found[place]
    return longer


@compiled
def reach_all(  # noqa: C901, PLR0913, PLR0917 - one loop; the columns of a graph
    first: Ints,
    owned: Numbers,
    slot: Numbers,
    lo: Numbers,
    hi: Numbers,
    leeway: Ints,
    starts: Numbers,
) -> tuple[Ints, Numbers]:
    """Give what each of `starts` controls by itself: where its companies begin, and those.

    Room may be left behind the last. Stakes stand by owner. `slot` leads to `leeway`, what must be
    exceeded by the highest shares and by the lowest; below 0 a stake decides alone, so that its
    company is met once. A company that decides nothing further stands as its complement (~).
    """
    held = np.full((leeway.shape[0], 3), -1, np.int64)
    begins = np.zeros(starts.size + 1, np.int64)
    found, queue = np.empty(max(1024, owned.size), np.int32), np.empty(first.size, np.int32)
    end = 0
    for turn in range(starts.size):
        start = starts[turn]
        begins[turn] = end
        queue[0], at, waiting = start, 0, 1
        while at < waiting:
            holder = queue[at]
            at += 1
            for edge in range(first[holder], first[holder + 1]):
                company, key = owned[edge], slot[edge]
                if company == start:
                    continue
                if key >= 0:
                    if held[key, 0] != turn:
                        held[key, 0], held[key, 1], held[key, 2] = turn, 0, 0
                    elif held[key, 1] < 0:
                        continue
                    held[key, 1] += hi[edge]
                    held[key, 2] += lo[edge]
                    if held[key, 1] <= leeway[key, 0] or held[key, 2] <= leeway[key, 1]:
                        continue
                    held[key, 1] = -1
                if end == found.size:
                    found = _longer(found)
                if company < 0:
                    found[end] = ~company
                else:
                    found[end] = queue[waiting] = company
                    waiting += 1
                end += 1
    begins[starts.size] = end
    return begins, found
