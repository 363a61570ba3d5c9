"""How alike a word asked for and one of a list are at most: compiled loops.

Never less than `likeness` says, where that is enough for words to meet; most of it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.compiling import compiled
from undaunted.engines.names.loops.hearing import apart, heard
from undaunted.engines.names.loops.said import (
    BARE,
    CLASSES,
    FIRST,
    FLAGS,
    FOLDS,
    KIND,
    KNOWN,
    LATIN,
    LETTERS,
    LOOSE,
    ODD,
    SERVANT,
    SKELETONS,
    SOUNDED,
    SPELT,
    UNITS,
    read,
    size_of,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from undaunted.engines.names.loops.said import Said

__all__ = ["alike"]

_LEAST, _LEAST_OF_SHORT, _SHORT, _ROUNDING = 0.63, 0.82, 3, 1e-6
_OF_FOLDS, _OF_SKELETONS = 0.6, 0.4
_CUT = 3
"""Letters that all servants of God share."""
_VOWELS = (97, 101, 105, 111, 117)
_OF_VOWELS = 1 << 33 | 1 << 37 | 1 << 41 | 1 << 47 | 1 << 53
"""The same as bits of what a letter sounds like."""


@compiled
def alike(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, one: int, listed: Said, to: int, least: float, silent: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> float:  # fmt: skip
    """Give how alike a word asked for and one of a list are at most: 0 where they do not meet."""
    mine, theirs = asked.words[one], listed.words[to]
    odd = (mine[FLAGS] | theirs[FLAGS]) & (ODD | LOOSE)
    if odd or theirs[KIND] != LETTERS or mine[KIND] > SPELT:
        return 1.0
    if mine[KIND] == LETTERS:
        return _letters(asked, mine, listed, theirs, sums)
    if mine[KIND] == SPELT:
        begin, end = listed.ends[theirs[FIRST]], listed.ends[theirs[FIRST] + 1]
        may = not theirs[FLAGS] & LATIN or read(asked, one, least, listed.signs, begin, end)
        return 1.0 if may else 0.0
    if mine[FLAGS] & theirs[FLAGS] & CLASSES:
        return 1.0 if mine[KNOWN] < 0 or theirs[KNOWN] in {-1, mine[KNOWN]} else 0.0
    return _as_heard(asked, one, listed, theirs, least, silent, sums)


@compiled
def _as_heard(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, one: int, listed: Said, theirs: NDArray[np.int32], least: float,
    silent: NDArray[np.float64], sums: NDArray[np.float64],
) -> float:  # fmt: skip
    """Give the same of a word of letters and one whose letters may sound so."""
    mine = asked.words[one]
    least = max(least, _least_of(asked, mine, listed, theirs))
    cut = _CUT if mine[FLAGS] & theirs[FLAGS] & SERVANT else 0
    first, behind = mine[UNITS] + cut, mine[UNITS] + mine[SOUNDED]
    # the vowel of a servant's case is no word's first: Abdur Rahman
    case = cut > 0 and first < behind and not asked.sounds[first] & _OF_VOWELS
    best = 0.0
    for text in range(theirs[FIRST] + 1, theirs[FIRST] + 1 + theirs[FOLDS]):
        begin, end = listed.ends[text], listed.ends[text + 1]
        begin = min(begin + cut, end)
        while case and begin < end and listed.signs[begin] in _VOWELS:
            begin += 1
        like = heard(
            asked.sounds, asked.costs, silent, first, behind, listed.signs, begin, end,
            1.0 - (1.0 - max(least, best)) / asked.strict[one, 0] - _ROUNDING, sums,
        )  # fmt: skip
        best = max(best, 1.0 - asked.strict[one, 0] * (1.0 - like))
    return min(best + _ROUNDING, 1.0) if best + _ROUNDING >= least else 0.0


@compiled
def _least_of(
    asked: Said, mine: NDArray[np.int32], listed: Said, theirs: NDArray[np.int32]
) -> float:
    """Give how alike words are at least that meet; more of short ones."""
    short = min(size_of(asked, mine[FIRST]), size_of(listed, theirs[FIRST])) <= _SHORT
    return _LEAST_OF_SHORT if short else _LEAST


@compiled
def _nearest(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    asked: Said, first: int, behind: int, listed: Said, begin: int, end: int, cut: int,
    sums: NDArray[np.float64],
) -> float:  # fmt: skip
    """Give how alike the two of some texts are that are most alike."""
    best = 0.0
    for one in range(first, behind):
        mine = asked.ends[one + 1]
        start = min(asked.ends[one] + cut, mine)
        for other in range(begin, end):
            theirs = listed.ends[other + 1]
            at = min(listed.ends[other] + cut, theirs)
            longer = max(mine - start, theirs - at, 1)
            if 1.0 - abs(mine - start - theirs + at) / longer <= best:
                continue
            far = apart(asked.signs, start, mine, listed.signs, at, theirs, sums)
            best = max(best, 1.0 - far / longer)
    return best


@compiled
def _letters(
    asked: Said, mine: NDArray[np.int32], listed: Said, theirs: NDArray[np.int32],
    sums: NDArray[np.float64],
) -> float:  # fmt: skip
    """Give the same of two words of letters; 1 where anything but their sounds may make them so."""
    both = mine[FLAGS] & theirs[FLAGS]
    one, other = mine[FIRST], theirs[FIRST]
    folds, bones = one + 1 + mine[FOLDS], other + 1 + theirs[FOLDS]
    if _as_written(asked, mine, listed, theirs, sums):
        return 1.0
    if both & CLASSES:
        if mine[KNOWN] < 0 or theirs[KNOWN] < 0 or mine[KNOWN] == theirs[KNOWN]:
            return 1.0
        alike = _nearest(asked, one + 1, folds, listed, other + 1, bones, 0, sums)
        return 1.0 if alike == 1.0 else 0.0
    cut = _CUT if both & SERVANT else 0
    like = _OF_FOLDS * _nearest(asked, one + 1, folds, listed, other + 1, bones, cut, sums)
    least = _least_of(asked, mine, listed, theirs) - _ROUNDING
    if like == _OF_FOLDS:
        return 1.0
    if like + _OF_SKELETONS < least:
        return 0.0
    ends = folds + mine[SKELETONS], bones + theirs[SKELETONS]
    like += _OF_SKELETONS * _nearest(asked, folds, ends[0], listed, bones, ends[1], cut, sums)
    return like + _ROUNDING if like >= least else 0.0


@compiled
def _as_written(
    asked: Said, mine: NDArray[np.int32], listed: Said, theirs: NDArray[np.int32],
    sums: NDArray[np.float64],
) -> bool:  # fmt: skip
    """Say whether one word may be the other with a slip, its beginning, or without its vowels."""
    if (mine[FLAGS] | theirs[FLAGS]) & BARE:
        return True
    ones, first, behind = asked.signs, asked.ends[mine[FIRST]], asked.ends[mine[FIRST] + 1]
    others, begin, end = listed.signs, listed.ends[theirs[FIRST]], listed.ends[theirs[FIRST] + 1]
    size, theirs_size = behind - first, end - begin
    short = min(size, theirs_size)
    if abs(size - theirs_size) <= 1 and apart(ones, first, behind, others, begin, end, sums) <= 1:
        return True
    same = 0
    while same < short and ones[first + same] == others[begin + same]:
        same += 1
    if same == short and short >= _SHORT:
        return True
    # of servants of God the rest is looked at
    first += _CUT if mine[FLAGS] & SERVANT else 0
    begin += _CUT if theirs[FLAGS] & SERVANT else 0
    if not (mine[FLAGS] | theirs[FLAGS]) & SERVANT or abs(behind - first - end + begin) > 1:
        return False
    return apart(ones, first, behind, others, begin, end, sums) <= 1
