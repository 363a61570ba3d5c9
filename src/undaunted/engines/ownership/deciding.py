"""Who decides over each company, before every owner is walked from: alone, with others, or nobody.

Columns are those of `walking`; where nothing bounds what the others leave, `spare` is empty. Over
most companies one owner decides alone or nobody can; only over the others are shares added up
during a walk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

__all__ = ["NOBODY", "TOGETHER", "decided"]

NOBODY, TOGETHER = -1, -2
"""In place of whoever decides alone."""


@compiled
def decided(  # noqa: PLR0913, PLR0917 - the columns of a graph
    first_company: int,
    end_company: int,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Numbers,
    decider: Numbers,
    begins: Flags,
) -> None:
    """Fill, for some companies, who decides alone, and mark who has enough of one by itself.

    One decides alone where its stakes are enough and all others' together are not. The last mark is
    nobody's.
    """
    if spare.size:
        _weighed(
            first_company, end_company, held_first, owner, lo, hi, spare, needed, decider, begins
        )
        return
    nobody = begins.size - 1
    for company in range(first_company, end_company):
        start, stop, enough = held_first[company], held_first[company + 1], needed[company]
        total, most, at, several = np.int64(0), np.int32(-1), start, False
        for place in range(start, stop):
            share = hi[place]
            total += share
            at = place if share > most else at
            most = max(most, share)
            several |= place > start and owner[place] == owner[place - 1]
        if several or (most > enough and total - most > enough):
            _weighed(
                company, company + 1, held_first, owner, lo, hi, spare, needed, decider, begins
            )
            continue
        # Nothing here branches: which of the three it is cannot be foreseen.
        alone = most > enough
        holder = owner[at] if stop > start else NOBODY
        decider[company] = holder if alone else TOGETHER if total > enough else NOBODY
        begins[holder if alone else nobody] = True


@compiled
def _weighed(  # noqa: PLR0913, PLR0917 - the columns of a graph
    first_company: int,
    end_company: int,
    held_first: Ints,
    owner: Numbers,
    lo: Numbers,
    hi: Numbers,
    spare: Ints,
    needed: Numbers,
    decider: Numbers,
    begins: Flags,
) -> None:
    """Weigh what each holds and what the others leave it; a call for each company takes longer."""
    for company in range(first_company, end_company):
        start, stop, enough = held_first[company], held_first[company + 1], needed[company]
        all_lo, all_hi = np.int64(0), np.int64(0)
        for place in range(start, stop):
            all_lo += lo[place]
            all_hi += hi[place]
        # What all others leave: at most as much as their rows say.
        room = spare[company] if spare.size else all_hi
        if min(all_hi, room + all_lo) <= enough:
            decider[company] = NOBODY
            continue
        decider[company] = TOGETHER
        place = start
        while place < stop:
            holder, own_lo, own_hi = owner[place], np.int64(0), np.int64(0)
            while place < stop and owner[place] == holder:
                own_lo += lo[place]
                own_hi += hi[place]
                place += 1
            if min(own_hi, room + own_lo) > enough:
                begins[holder] = True
                if min(all_hi - own_hi, room + all_lo - own_lo) <= enough:
                    decider[company] = holder
