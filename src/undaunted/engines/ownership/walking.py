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

__all__ = ["ALONE", "TOGETHER", "deciding", "grouped", "laid_out", "reach", "reach_all"]

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
    first_company: int,
    end_company: int,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Ints,
) -> tuple[NDArray[np.int8], NDArray[np.bool_], int]:
    """Give how each stake in some companies can decide who controls them, and who begins a chain.

    Where all stakes together are not enough, none decides. Where one owner's are enough and all
    others' are not, that owner's alone do. Elsewhere all do, together; so many companies are last.
    """
    offset = held_first[first_company]
    how = np.zeros(held_first[end_company] - offset, np.int8)
    begins, together = np.zeros(needed.size, np.bool_), 0
    for company in range(first_company, end_company):
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
        decides = ALONE if alone >= 0 and until - alone == 1 else TOGETHER
        together += decides == TOGETHER
        if alone < 0:
            alone, until = start, stop
        for place in range(alone, until):
            how[place - offset] = decides
    return how, begins, together


@compiled
def _longer(found: Numbers) -> Numbers:
    """Give as much room again behind what was found."""
    longer = np.empty(2 * found.size, np.int32)
    for place in range(found.size):
        longer[place] = found[place]
    return longer


@compiled
def laid_out(  # noqa: PLR0913, PLR0917 - the columns of a graph
    how: NDArray[np.int8],
    first: Ints,
    sums: Ints,
    owner: Numbers,
    owned: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Ints,
) -> tuple[Numbers, Numbers]:
    """Give the stakes that decide as `reach_all` meets them, and where each owner's lie.

    They are rows of company, row of `sums`, lowest and highest share. `sums`, which are filled,
    hold turn, highest and lowest so far, and what these must exceed. A stake that decides alone has
    no sum (-1), and a company that holds nothing stands as its complement (~).
    """
    stakes = np.empty((owner.size, 4), np.int32)
    spans = np.empty((needed.size, 2), np.int32)
    for party in range(needed.size):
        spans[party, 0] = spans[party, 1] = first[party]
    number, last = -1, -1
    for place in range(owner.size):
        if how[place] == 0:
            continue
        company = owned[place]
        at = spans[owner[place], 1]
        spans[owner[place], 1] = at + 1
        stakes[at, 0] = company if first[company + 1] > first[company] else ~company
        stakes[at, 1], stakes[at, 2], stakes[at, 3] = -1, lo[place], hi[place]
        if how[place] == TOGETHER:
            if company != last:
                number, last = number + 1, company
                sums[number, 0], sums[number, 1], sums[number, 2] = -1, 0, 0
                sums[number, 3] = needed[company]
                sums[number, 4] = needed[company] - spare[company]
            stakes[at, 1] = number
    return stakes, spans


@compiled
def reach_all(  # noqa: C901 - one loop
    stakes: Numbers, spans: Numbers, sums: Ints, starts: Numbers
) -> tuple[Ints, Numbers]:
    """Give what each of `starts` controls by itself: where its companies begin, and those.

    Room may be left behind the last. The columns are those of `laid_out`; `sums` is written to.
    """
    begins = np.zeros(starts.size + 1, np.int64)
    found, queue = np.empty(max(1024, len(stakes)), np.int32), np.empty(len(spans), np.int32)
    end = 0
    for turn in range(starts.size):
        start = starts[turn]
        begins[turn] = end
        queue[0], at, waiting = start, 0, 1
        while at < waiting:
            holder = queue[at]
            at += 1
            for edge in range(spans[holder, 0], spans[holder, 1]):
                company, key = stakes[edge, 0], stakes[edge, 1]
                if company == start:
                    continue
                if key >= 0:
                    if sums[key, 0] != turn:
                        sums[key, 0], sums[key, 1], sums[key, 2] = turn, 0, 0
                    elif sums[key, 1] < 0:
                        continue
                    sums[key, 1] += stakes[edge, 3]
                    sums[key, 2] += stakes[edge, 2]
                    if sums[key, 1] <= sums[key, 3] or sums[key, 2] <= sums[key, 4]:
                        continue
                    sums[key, 1] = -1
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
