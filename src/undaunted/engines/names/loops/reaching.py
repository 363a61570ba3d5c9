"""Which candidates may reach a score at all: an upper bound, in compiled loops.

Most candidates are far from it, and to compare them in full takes longest. Here no word is less
like another than the comparison says, nor are words written apart where they may be one; so whoever
is left out would not have reached the score. What these loops do not know counts as met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled
from undaunted.engines.names.loops.alike import alike
from undaunted.engines.names.loops.joining import join
from undaunted.engines.names.loops.said import FLAGS, KIND, LETTERS, LOOSE, ODD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.names.loops.said import Said

__all__ = ["MOST_WORDS", "NO", "THEIRS", "YES", "Rows", "may_reach"]

NO, YES = 0, -1
"""Whether a name may reach a score. Where only words as one may, these are told as bits: from the
first on runs of the name asked for and words beside them, from `THEIRS` on the other way round."""
THEIRS = 24
MOST_WORDS = 8
"""Words of names beyond which nothing is said."""
_ROOM = 1 << 10
_MISS, _BOTH, _ONE, _UNSURE, _FEW_MET, _STEEP = 2.2, 1.7, 0.3, 0.425, 1.2, 2.8
"""As the comparison weighs; a word that met in part costs half of what both of them do."""


class Rows(NamedTuple):
    """Names by their words."""

    ends: NDArray[np.int32]
    written: NDArray[np.int32]
    silent: NDArray[np.float64]
    """What a sign costs unheard, as `heard` asks."""


@compiled
def may_reach(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    listed: Said, rows: Rows, asked: Said, mine: int, names: NDArray[np.int32],
    needed: NDArray[np.float64],
) -> NDArray[np.int64]:  # fmt: skip
    """Say of each name whether it may have the raw score that it needs.

    Behind the words asked for, so many, may stand their runs.
    """
    may = np.full(names.size, YES, np.int64)
    if mine > MOST_WORDS:
        return may
    sums, silent = np.empty((3, _ROOM), np.float64), rows.silent
    run, letters = np.empty(_ROOM, np.uint8), np.empty(_ROOM, np.uint8)
    own, runs = np.arange(mine).astype(np.int32), mine if mine < len(asked.words) else -1
    near, theirs = np.empty(mine, np.float64), np.empty(MOST_WORDS, np.float64)
    seen, likes, count = np.zeros(len(listed.words), np.int16), np.empty((_ROOM, mine)), 0
    for at in range(names.size):
        words = rows.written[rows.ends[names[at]] : rows.ends[names[at] + 1]]
        if words.size > MOST_WORDS or count + words.size > _ROOM:
            continue
        count = _look(asked, mine, listed, words, silent, seen, likes, count, sums)
        near[:] = theirs[:] = 0.0
        odd = False
        for to in range(words.size):
            odd |= listed.words[words[to], KIND] != LETTERS
            for one in range(mine):
                like = likes[seen[words[to]] - 1, one]
                near[one] = max(near[one], like)
                theirs[to] = max(theirs[to], like)
        if odd or _most(asked, own, near, listed, words, theirs) >= needed[at]:
            continue
        ours = join(asked, own, near, runs, listed, words, theirs, run, letters, silent, sums)
        others = join(listed, words, theirs, -1, asked, own, near, run, letters, silent, sums)
        most = _most(asked, own, near, listed, words, theirs)
        may[at] = ours | others << THEIRS if most >= needed[at] else NO
    return may


@compiled
def _look(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, mine: int, listed: Said, words: NDArray[np.int32], silent: NDArray[np.float64],
    seen: NDArray[np.int16], likes: NDArray[np.float64], count: int, sums: NDArray[np.float64],
) -> int:  # fmt: skip
    """Look at words that were not seen yet; `seen` says where, from 1. Give how many there are."""
    for word in words:
        if not seen[word]:
            for one in range(mine):
                likes[count, one] = alike(asked, one, listed, word, 0.0, silent, sums)
            count += 1
            seen[word] = count
    return count


@compiled
def _most(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, own: NDArray[np.int32], near: NDArray[np.float64],
    listed: Said, words: NDArray[np.int32], theirs: NDArray[np.float64],
) -> float:  # fmt: skip
    """Give the raw score at most: of what may meet, against what is surely left over."""
    mine_met, mine_missed, mine_over = _weighed(asked, own, near)
    met, missed, over = _weighed(listed, words, theirs)
    met = (met + mine_met) / 2
    if met <= 0.0:
        return 0.0
    lone = _ONE * min(max(1.0, _FEW_MET / met), _STEEP)
    both = min(over, mine_over)
    lost = (_BOTH - 2 * lone) * both + lone * (over + mine_over)
    return met / (met + lost + missed + mine_missed)


@compiled
def _weighed(
    said: Said, words: NDArray[np.int32], near: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Give what may meet of a name, what that lacks at least, and what is surely left over."""
    met = missed = over = 0.0
    for at in range(words.size):
        weight = said.weights[words[at]]
        if near[at] == 0.0:
            over += weight
            continue
        miss = min(1.0, _MISS * (1.0 - min(near[at], 1.0)))
        met += weight * (1.0 - miss)
        if not said.words[words[at], FLAGS] & (LOOSE | ODD):
            missed += weight * min(_ONE, _UNSURE * miss)
    return met, missed, over
