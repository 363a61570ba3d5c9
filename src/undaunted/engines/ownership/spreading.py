"""From every owner to what it controls: the stakes that decide, laid out for it, and the walk.

Each holder has the companies over which it decides alone, and its stakes in those over which
several decide together. A company that holds nothing of either kind stands as its complement (~),
since nothing is to be asked of it. Everything is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["laid_out", "reach_all"]


@compiled
def laid_out(  # noqa: PLR0913, PLR0917 - the columns of a graph
    decider: Numbers,
    companies: Numbers,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Ints,
) -> tuple[Numbers, Numbers, Numbers, Ints]:
    """Give spans, companies decided alone, stakes in `companies`, and a row of sums for each.

    What holder i has begins at `spans[i]`, [alone, together], and ends where the next begins. Rows
    of stakes are company, row of sums, lowest and highest share. Sums are the turn, highest and
    lowest share so far, and what these must exceed.
    """
    spans = _spans(decider, companies, held_first, owner)
    size = decider.size
    alone = np.empty(spans[size + 1, 0], np.int32)
    stakes = np.empty((spans[size + 1, 1], 4), np.int32)
    sums = np.empty((companies.size, 5), np.int64)
    holds = np.empty(size, np.bool_)
    for party in range(size):
        holds[party] = (
            spans[party + 2, 0] > spans[party + 1, 0] or spans[party + 2, 1] > spans[party + 1, 1]
        )
    for company in range(size):
        holder = decider[company]
        if holder >= 0:
            at = spans[holder + 1, 0]
            spans[holder + 1, 0] = at + 1
            alone[at] = company if holds[company] else ~company
    for number in range(companies.size):
        company = companies[number]
        sums[number, 0], sums[number, 1], sums[number, 2] = -1, 0, 0
        sums[number, 3], sums[number, 4] = (
            needed[company],
            max(needed[company] - spare[company], -1),
        )
        for place in range(held_first[company], held_first[company + 1]):
            holder = owner[place]
            at = spans[holder + 1, 1]
            spans[holder + 1, 1] = at + 1
            stakes[at, 0] = company if holds[company] else ~company
            stakes[at, 1], stakes[at, 2], stakes[at, 3] = number, lo[place], hi[place]
    return spans, alone, stakes, sums


@compiled
def _spans(decider: Numbers, companies: Numbers, held_first: Ints, owner: Numbers) -> Numbers:
    """Give, in row i + 1, where what holder i has is to begin."""
    spans = np.zeros((decider.size + 2, 2), np.int32)
    for company in range(decider.size):
        if decider[company] >= 0:
            spans[decider[company] + 2, 0] += 1
    for company in companies:
        for place in range(held_first[company], held_first[company + 1]):
            spans[owner[place] + 2, 1] += 1
    for row in range(2, spans.shape[0]):
        spans[row, 0] += spans[row - 1, 0]
        spans[row, 1] += spans[row - 1, 1]
    return spans


@compiled
def _longer(found: Numbers) -> Numbers:
    """Give as much room again behind what was found."""
    longer = np.empty(2 * found.size, np.int32)
    for place in range(found.size):
        longer[place] = found[place]
    return longer


@compiled
def reach_all(  # noqa: C901 - one loop; a call for each stake takes a fifth longer
    spans: Numbers, alone: Numbers, stakes: Numbers, sums: Ints, starts: Numbers
) -> tuple[Ints, Numbers]:
    """Give what each of `starts` controls by itself: where its companies begin, and those.

    Room may be left behind the last. The columns are those of `laid_out`.
    """
    sums, begins = sums.copy(), np.zeros(starts.size + 1, np.int64)
    found, queue = np.empty(max(1024, alone.size), np.int32), np.empty(len(spans), np.int32)
    end = 0
    for turn in range(starts.size):
        start = starts[turn]
        begins[turn] = end
        queue[0], at, waiting = start, 0, 1
        while at < waiting:
            holder = queue[at]
            at += 1
            begin, begin_together = spans[holder, 0], spans[holder, 1]
            stop, stop_together = spans[holder + 1, 0], spans[holder + 1, 1]
            while end + stop - begin + stop_together - begin_together > found.size:
                found = _longer(found)
            for edge in range(begin, stop):
                company = alone[edge]
                if company != start:
                    found[end] = max(company, ~company)
                    queue[waiting] = company
                    waiting += company >= 0
                    end += 1
            for edge in range(begin_together, stop_together):
                company, key = stakes[edge, 0], stakes[edge, 1]
                if company == start:
                    continue
                if sums[key, 0] != turn:
                    sums[key, 0], sums[key, 1], sums[key, 2] = turn, 0, 0
                elif sums[key, 1] < 0:
                    continue
                sums[key, 1] += stakes[edge, 3]
                sums[key, 2] += stakes[edge, 2]
                if sums[key, 1] > sums[key, 3] and sums[key, 2] > sums[key, 4]:
                    sums[key, 1] = -1
                    found[end] = max(company, ~company)
                    queue[waiting] = company
                    waiting += company >= 0
                    end += 1
    begins[starts.size] = end
    return begins, found
