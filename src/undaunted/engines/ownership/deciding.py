"""Who decides over each company, before every owner is walked from: alone, with others, or nobody.

Columns are those of `walking`. Over most companies one owner decides alone or nobody can; only over
the others are shares added up during a walk.
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
    needed: Ints,
    decider: Numbers,
    begins: Flags,
) -> None:
    """Fill, for some companies, who decides alone, and mark who has enough of one by itself.

    One decides alone where its stakes are enough and all others' together are not.
    """
    for company in range(first_company, end_company):
        start, stop, enough = held_first[company], held_first[company + 1], needed[company]
        all_lo, all_hi = np.int64(0), np.int64(0)
        for place in range(start, stop):
            all_lo += lo[place]
            all_hi += hi[place]
        if min(all_hi, spare[company] + all_lo) <= enough:
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
            if min(own_hi, spare[company] + own_lo) > enough:
                begins[holder] = True
                if min(all_hi - own_hi, spare[company] + all_lo - own_lo) <= enough:
                    decider[company] = holder
