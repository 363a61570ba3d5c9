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
from undaunted.engines.ownership.errors import StakesMalformed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["Laid", "laid_out", "own_sums", "reach_all"]

COLUMNS = 8
"""Of a row of sums; the last is empty."""
MOST = np.iinfo(np.int32).max
"""So many rows of stakes are numbered in four bytes."""
ENOUGH = 1 << 30
"""More than the whole: a sum stops here, and with one more stake still fits into four bytes."""


class Laid(NamedTuple):
    """What a walk goes through.

    Attributes:
        heads: row of each party as a holder, or -1.
        rows: of a holder: over how many companies it decides alone, whose rows follow, and the row
            before its stakes in `stakes`, or -1. Of a company: itself, and its row as a holder, or
            -1.
        stakes: of a holder: how many follow, in companies decided together. Of each: number of the
            company among those, lowest and highest share.
        sums: for each company decided together, the turn, highest and lowest share so far, what
            these must exceed, itself, and its row as a holder, or -1. A row is half a line of a
            processor's cache, so that a stake asks for memory in one place.
    """

    heads: Numbers
    rows: Numbers
    stakes: Numbers
    sums: Numbers


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
    number, stakes_and_heads = _headed(decider, together, held_first, owner, heads, shared)
    if stakes_and_heads > MOST:
        raise StakesMalformed(f"{stakes_and_heads:,} stakes decide together; at most {MOST:,} are")
    rows = np.empty((number, 2), np.int32)
    stakes = np.empty((stakes_and_heads, 3), np.int32)
    _alone(decider, heads, shared, rows, stakes)
    sums = _room(together.size)
    columns = held_first, owner, lo, hi, spare, needed
    _shared(together, *columns, heads, shared, stakes, sums)
    return Laid(heads, rows, stakes, sums)


def own_sums(sums: Numbers) -> Numbers:
    """Give the sums once more: each walk writes into its own."""
    own = _room(len(sums))
    own[:] = sums
    return own


def _room(number: int) -> Numbers:
    """Give so many rows of sums, none of which lies in two lines of a processor's cache."""
    room = np.empty(number * COLUMNS + COLUMNS, np.int32)
    begin = -room.ctypes.data % (COLUMNS * room.itemsize) // room.itemsize
    return room[begin : begin + number * COLUMNS].reshape(number, COLUMNS)


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

    Given are how many rows there are, and how many of such stakes, with one more for each holder.
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
        sharing += shared[party] + several
    return number, sharing


@compiled
def _alone(
    decider: Numbers, heads: Numbers, shared: Numbers, rows: Numbers, stakes: Numbers
) -> None:
    """Fill the rows, and in `stakes` the row before those of each holder.

    Where that row is takes the place of how many there are in `shared`.
    """
    sharing = 0
    for party in range(decider.size):
        head = heads[party]
        if head >= 0:
            rows[head, 0], rows[head, 1] = 0, -1
            if shared[party] > 0:
                rows[head, 1] = sharing
                stakes[sharing, 0] = shared[party]
                shared[party], sharing = sharing, sharing + shared[party] + 1
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
    shared: Numbers,
    stakes: Numbers,
    sums: Numbers,
) -> None:
    """Fill the stakes in companies decided together, by holder, and what each must exceed."""
    for number in range(together.size):
        company = together[number]
        sums[number, 0], sums[number, 3], sums[number, 4] = -1, needed[company], -1
        if spare.size:
            sums[number, 4] = max(needed[company] - spare[company], -1)
        sums[number, 5], sums[number, 6] = company, heads[company]
        for place in range(held_first[company], held_first[company + 1]):
            at = shared[owner[place]] + 1
            shared[owner[place]] = at
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
    stakes: Numbers,
    sums: Numbers,
    starts: Numbers,
    found: Numbers,
) -> tuple[Ints, Numbers]:
    """Give what each of `starts` controls by itself: where its companies begin, and those.

    The columns are those of `Laid`; `sums` are written into (`own_sums`), and no sum goes beyond
    `ENOUGH`. `found` is room, and some may be left behind the last.
    """
    begins = np.zeros(starts.size + 1, np.int64)
    queue, numbers, end = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    for turn in range(starts.size):
        # Whoever has enough of one company by itself has a row.
        start, at, waiting = starts[turn], 0, 1
        queue[0], numbers[0] = heads[start], rows[heads[start], 0]
        while at < waiting:
            head, number, sharing = queue[at], numbers[at], rows[queue[at], 1]
            begin = sharing + 1
            stop = begin + stakes[sharing, 0] if sharing >= 0 else begin
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
                again, company, below = sums[key, 0] == turn, sums[key, 5], sums[key, 6]
                if company == start or (again and sums[key, 1] < 0):
                    continue
                highest = min((sums[key, 1] if again else 0) + stakes[stake, 2], ENOUGH)
                lowest = min((sums[key, 2] if again else 0) + stakes[stake, 1], ENOUGH)
                reached = highest > sums[key, 3] and lowest > sums[key, 4]
                sums[key, 0], sums[key, 1], sums[key, 2] = turn, -1 if reached else highest, lowest
                if reached:
                    found[end], queue[waiting], numbers[waiting] = company, below, rows[below, 0]
                    end += 1
                    waiting += below >= 0
        begins[turn + 1] = end
    return begins, found
