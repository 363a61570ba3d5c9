"""Companies over which several may decide together, without those that no one owner can come to.

Whoever controls two holders stands above both through chains, and where each link of these is one
that decides alone, both have the same uppermost party: their top. So a company cannot be controlled
while its holders under any one top have too little of it. It is first looked for those that can be,
as if no other company were decided together; then for those that can be if these are, and so on. A
company that is left out is controlled by nobody: of all that a walk finds in this way, the first
that was left out would have been found through holders under one top. Everything is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled
from undaunted.engines.ownership.deciding import TOGETHER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

__all__ = ["narrowed"]

CLIMBS = 3
"""So often is looked further up, each time at least twice as far."""
AGAIN = 4
"""So often is one company looked at again before it is left to the walk."""
MUCH, SOME = 4, 1024
"""Where more than one in so many is left of the first thousands, all are."""


def narrowed(  # noqa: PLR0913, PLR0917 - the columns of a graph
    decider: Numbers,
    first: Ints,
    out: Numbers,
    owned: Numbers,
    held_first: Ints,
    owner: Numbers,
    hi: Numbers,
    needed: Numbers,
) -> Numbers:
    """Give companies decided together that one owner may come to; it may give more than these.

    Where `owned` is empty, `out` gives companies themselves.
    """
    # NumPy asks for large pages, which compiled code does not.
    tops = np.empty(decider.size, np.int32)
    _fill(decider, tops)
    companies = np.flatnonzero(decider == TOGETHER).astype(np.int32)
    left = np.empty(companies.size, np.int32)
    end = _looked(companies, held_first, owner, hi, needed, tops, left)
    if end > companies.size:
        return companies
    return _spread(left, end, decider, first, out, owned, held_first, owner, hi, needed, tops)


@compiled
def _fill(decider: Numbers, tops: Numbers) -> None:
    """Tell who stands uppermost over each through chains of one, itself where none begins above.

    Where that is not found in time, or chains lead in a circle, it is below 0: not clear.
    """
    for party in range(decider.size):
        above = decider[party]
        tops[party] = party if above < 0 else ~above
    for _ in range(CLIMBS):
        for party in range(decider.size):
            if tops[party] < 0:
                tops[party] = tops[~tops[party]]


@compiled
def _looked(  # noqa: PLR0913, PLR0917 - the columns of a graph
    companies: Numbers,
    held_first: Ints,
    owner: Numbers,
    hi: Numbers,
    needed: Numbers,
    tops: Numbers,
    left: Numbers,
) -> int:
    """Fill `left`, and give how many it has: more than all where much would be left."""
    end = 0
    for turn in range(companies.size):
        if turn % SOME == 0 and MUCH * end > turn:
            return int(companies.size) + 1
        if _under_one(companies[turn], held_first, owner, hi, needed, tops):
            left[end] = companies[turn]
            end += 1
    return end


@compiled
def _under_one(  # noqa: PLR0913, PLR0917 - the columns of a graph
    company: int, held_first: Ints, owner: Numbers, hi: Numbers, needed: Numbers, tops: Numbers
) -> bool:
    """Tell whether holders under one top may have enough together.

    Those whose top is not clear count for every top. The rest is a vote by weight (Boyer and Moore
    1981): only one top can have more than half of it.
    """
    enough = np.int64(needed[company])
    rest, leading, lead = np.int64(0), np.int32(-1), np.int64(0)
    for place in range(held_first[company], held_first[company + 1]):
        top, share = tops[owner[place]], np.int64(hi[place])
        if top < 0:
            enough -= share
            continue
        rest += share
        if top == leading:
            lead += share
        elif share > lead:
            leading, lead = top, share - lead
        else:
            lead -= share
    if 2 * enough < rest:
        return True
    if rest + lead <= 2 * enough:
        return False
    for place in range(held_first[company], held_first[company + 1]):
        if tops[owner[place]] == leading:
            enough -= hi[place]
    return bool(enough < 0)


@compiled
def _spread(  # noqa: PLR0913, PLR0917 - the columns of a graph
    left: Numbers,
    end: int,
    decider: Numbers,
    first: Ints,
    out: Numbers,
    owned: Numbers,
    held_first: Ints,
    owner: Numbers,
    hi: Numbers,
    needed: Numbers,
    tops: Numbers,
) -> Numbers:
    """Add companies to `left` that one owner may come to if it controls some of those in it.

    Whatever stands below one of these through chains of one has no clear top any more.
    """
    queue, looked = np.empty(decider.size, np.int32), np.zeros(decider.size, np.int8)
    for turn in range(end):
        queue[turn], looked[left[turn]], tops[left[turn]] = left[turn], AGAIN, -1
    at, waiting = 0, end
    while at < waiting:
        holder = queue[at]
        at += 1
        for turn in range(first[holder], first[holder + 1]):
            company = owned[out[turn]] if owned.size else out[turn]
            if looked[company] == AGAIN:
                continue
            if decider[company] == TOGETHER:
                looked[company] += 1
                if looked[company] < AGAIN and not _under_one(
                    company, held_first, owner, hi, needed, tops
                ):
                    continue
                left[end] = company
                end += 1
            elif decider[company] != holder:
                continue
            looked[company], tops[company] = AGAIN, -1
            queue[waiting] = company
            waiting += 1
    return left[:end]
