"""From every owner to what it controls: the stakes that decide, laid out for it, and the walk.

Each holder has a row of its own, and behind it a row for each company over which it decides alone;
its stakes in companies over which several decide together stand apart. A company's row leads to
that of its own as a holder, so that each step of a walk asks for memory in one place only.
Everything is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["Laid", "laid_out", "reach_all"]


class Laid(NamedTuple):
    """What a walk goes through.

    Attributes:
        heads: row of each party as a holder, or -1.
        rows: of a holder: over how many companies it decides alone, whose rows follow, and its
            place in `first`, or -1. Of a company: itself, and its row as a holder, or -1.
        first: where the stakes of a holder in companies decided together begin in `stakes`.
        stakes: number of the company among those decided together, lowest and highest share.
        companies: companies decided together, each with its row as a holder, or -1.
        sums: for each, the turn, highest and lowest share so far, and what these must exceed.
    """

    heads: Numbers
    rows: Numbers
    first: Ints
    stakes: Numbers
    companies: Numbers
    sums: Ints


def laid_out(  # noqa: PLR0913, PLR0917 - the columns of a graph
    decider: Numbers,
    together: Numbers,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Numbers,
) -> Laid:
    """Lay out what is decided alone, and the stakes in companies that are decided together."""
    # NumPy asks for large pages, which compiled code does not.
    heads, shared = np.zeros(decider.size, np.int32), np.zeros(decider.size, np.int32)
    number, sharing = _headed(decider, together, held_first, owner, heads, shared)
    rows, first = np.empty((number, 2), np.int32), np.zeros(sharing + 2, np.int64)
    _alone(decider, heads, shared, rows, first)
    stakes = np.empty((int(first[-1]), 3), np.int32)
    companies, sums = np.empty((together.size, 2), np.int32), np.zeros((together.size, 5), np.int64)
    columns = held_first, owner, lo, hi, spare, needed
    _shared(together, *columns, heads, rows, first, stakes, companies, sums)
    return Laid(heads, rows, first, stakes, companies, sums)


@compiled
def _headed(  # noqa: PLR0913, PLR0917 - the columns of a graph
    decider: Numbers,
    together: Numbers,
    held_first: Ints,
    owner: Numbers,
    heads: Numbers,
    shared: Numbers,
) -> tuple[int, int]:
    """Fill the row of each holder, and count its stakes in companies decided together.

    Given are how many rows there are, and how many holders of such stakes.
    """
    for holder in decider:
        if holder >= 0:
            heads[holder] += 1
    for company in together:
        for place in range(held_first[company], held_first[company + 1]):
            shared[owner[place]] += 1
    number, sharing = 0, 0
    for party in range(decider.size):
        alone, several = heads[party], shared[party] > 0
        heads[party] = number if alone or several else -1
        number += alone + 1 if alone or several else 0
        sharing += several
    return number, sharing


@compiled
def _alone(decider: Numbers, heads: Numbers, shared: Numbers, rows: Numbers, first: Ints) -> None:
    """Fill the rows, and in row i + 1 of `first` where stakes of the holder i are to begin."""
    sharing = 0
    for party in range(decider.size):
        head = heads[party]
        if head >= 0:
            rows[head, 0], rows[head, 1] = 0, -1
            if shared[party] > 0:
                rows[head, 1] = sharing
                first[sharing + 2] = first[sharing + 1] + shared[party]
                sharing += 1
    for company in range(decider.size):
        if decider[company] >= 0:
            head = heads[decider[company]]
            rows[head, 0] += 1
            at = head + rows[head, 0]
            rows[at, 0], rows[at, 1] = company, heads[company]


@compiled
def _shared(  # noqa: PLR0913, PLR0917 - the columns of a graph
    together: Numbers,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Numbers,
    heads: Numbers,
    rows: Numbers,
    first: Ints,
    stakes: Numbers,
    companies: Numbers,
    sums: Ints,
) -> None:
    """Fill the stakes in companies decided together, by holder, and what each must exceed."""
    for number in range(together.size):
        company = together[number]
        companies[number, 0], companies[number, 1] = company, heads[company]
        sums[number, 0], sums[number, 3], sums[number, 4] = -1, needed[company], -1
        if spare.size:
            sums[number, 4] = max(needed[company] - spare[company], -1)
        for place in range(held_first[company], held_first[company + 1]):
            sharing = rows[heads[owner[place]], 1] + 1
            at = first[sharing]
            first[sharing] = at + 1
            stakes[at, 0], stakes[at, 1], stakes[at, 2] = number, lo[place], hi[place]


@compiled
def _longer(found: Numbers, least: int) -> Numbers:
    """Give at least as much room again behind what was found."""
    longer = np.empty(max(2 * found.size, least), np.int32)
    longer[: found.size] = found
    return longer


@compiled
def reach_all(  # noqa: PLR0913, PLR0917 - one loop; a call for each stake takes longer
    heads: Numbers,
    rows: Numbers,
    first: Ints,
    stakes: Numbers,
    companies: Numbers,
    sums: Ints,
    starts: Numbers,
    found: Numbers,
) -> tuple[Ints, Numbers]:
    """Give what each of `starts` controls by itself: where its companies begin, and those.

    The columns are those of `Laid`; `found` is room, and some may be left behind the last.
    """
    sums, begins = sums.copy(), np.zeros(starts.size + 1, np.int64)
    queue, numbers, end = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    for turn in range(starts.size):
        # Whoever has enough of one company by itself has a row.
        start, at, waiting = starts[turn], 0, 1
        queue[0], numbers[0] = heads[start], rows[heads[start], 0]
        while at < waiting:
            head, number, sharing = queue[at], numbers[at], rows[queue[at], 1]
            begin, stop = (first[sharing], first[sharing + 1]) if sharing >= 0 else (0, 0)
            at += 1
            if end + number + stop - begin > found.size:
                found = _longer(found, end + number + stop - begin)
            if waiting + number + stop - begin >= queue.size:
                queue = _longer(queue, waiting + number + stop - begin + 1)
                numbers = _longer(numbers, queue.size)
            for row in range(head + 1, head + 1 + number):
                company, below = rows[row, 0], rows[row, 1]
                # What is asked for now is there when its turn comes; only what counts is kept.
                found[end], queue[waiting], numbers[waiting] = company, below, rows[below, 0]
                end += company != start
                waiting += below >= 0 and company != start
            for stake in range(begin, stop):
                key = stakes[stake, 0]
                company, below = companies[key, 0], companies[key, 1]
                if company == start or (sums[key, 0] == turn and sums[key, 1] < 0):
                    continue
                if sums[key, 0] != turn:
                    sums[key, 0], sums[key, 1], sums[key, 2] = turn, 0, 0
                sums[key, 1] += stakes[stake, 2]
                sums[key, 2] += stakes[stake, 1]
                if sums[key, 1] > sums[key, 3] and sums[key, 2] > sums[key, 4]:
                    sums[key, 1] = -1
                    found[end], queue[waiting], numbers[waiting] = company, below, rows[below, 0]
                    end += 1
                    waiting += below >= 0
        begins[turn + 1] = end
    return begins, found
