"""How far two short texts are apart, and how well letters of an abjad sound like one: compiled.

The same sums as `OSA.distance` and `heard_as`, for loops that look at many words at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LONGEST", "apart", "heard"]

LONGEST = 64
"""Signs of the longest text that loops look at."""
_BEFORE_LETTERS = 64
_VOWELS, _I = (97, 101, 105, 111, 117), 105


@compiled
def apart(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    ones: NDArray[np.uint8],
    first: int,
    behind: int,
    others: NDArray[np.uint8],
    begin: int,
    end: int,
    rows: NDArray[np.float64],
) -> int:
    """Give how many signs are wrong, missing or swapped with a neighbour; `rows` is for sums."""
    while first < behind and begin < end and ones[first] == others[begin]:
        first += 1
        begin += 1
    while first < behind and begin < end and ones[behind - 1] == others[end - 1]:
        behind -= 1
        end -= 1
    mine, theirs = behind - first, end - begin
    if not mine or not theirs:
        return mine + theirs
    for at in range(theirs + 1):
        rows[0, at] = at
    older, old, new = 2, 0, 1
    for at in range(1, mine + 1):
        sign = ones[first + at - 1]
        rows[new, 0] = at
        for to in range(1, theirs + 1):
            other = others[begin + to - 1]
            least = rows[old, to - 1] + (sign != other)
            least = min(least, rows[old, to] + 1, rows[new, to - 1] + 1)
            swapped = at > 1 and to > 1 and sign == others[begin + to - 2]
            if swapped and ones[first + at - 2] == other:
                least = min(least, rows[older, to - 2] + 1)
            rows[new, to] = least
        older, old, new = old, new, older
    return int(rows[old, theirs])


@compiled
def _unheard(
    silent: NDArray[np.float64], signs: NDArray[np.uint8], begin: int, end: int, at: int
) -> float:
    """Give what a sign of a text costs that no letter stands for."""
    cost = silent[0, signs[at]]
    if at == begin:
        cost = silent[1, signs[at]]
    if at == end - 1 and end - begin > 1:
        cost = silent[2, signs[at]]
    if at == begin and end - begin > 1 and signs[at] == _I and signs[at + 1] in _VOWELS:
        cost = silent[3, 0]
    return float(cost)


@compiled
def _letters_in(signs: NDArray[np.uint8], begin: int, end: int) -> int:
    """Give which letters a text has, as bits."""
    there = np.int64(0)
    for at in range(begin, end):
        if signs[at] > _BEFORE_LETTERS:
            there |= np.int64(1) << (signs[at] - _BEFORE_LETTERS)
    return int(there)


@compiled
def heard(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    sounds: NDArray[np.int64],
    costs: NDArray[np.float64],
    silent: NDArray[np.float64],
    first: int,
    behind: int,
    signs: NDArray[np.uint8],
    begin: int,
    end: int,
    least: float,
    rows: NDArray[np.float64],
) -> float:
    """Give how well a text is what some letters sound like, as `heard_as` does; 0 below `least`.

    Sounds of a letter are bits; `silent` gives by sign what it costs unheard: within a word, as the
    first and as the last sign, and what a first i before a vowel does.
    """
    width = end - begin
    spare = rows[0, 0] = 0.0
    for at in range(width):
        rows[2, at] = _unheard(silent, signs, begin, end, begin + at)
        spare += rows[2, at]
        rows[0, at + 1] = spare
    there = _letters_in(signs, begin, end)
    whole = lacking = 0.0
    for letter in range(first, behind):
        whole += costs[letter]
        if not sounds[letter] & there:
            lacking += costs[letter]
    most = max(whole, spare, 1.0)
    allowed = (1.0 - least) * most
    if lacking > allowed:
        return 0.0
    old, new = 0, 1
    for letter in range(first, behind):
        cost = costs[letter]
        rows[new, 0] = lowest = rows[old, 0] + cost
        for at in range(width):
            sign = signs[begin + at]
            met = rows[old, at]
            if sign <= _BEFORE_LETTERS or not sounds[letter] >> (sign - _BEFORE_LETTERS) & 1:
                met += 1.0
            rows[new, at + 1] = min(met, rows[old, at + 1] + cost, rows[new, at] + rows[2, at])
            lowest = min(lowest, rows[new, at + 1])
        if lowest > allowed:
            return 0.0
        old, new = new, old
    return max(0.0, 1.0 - float(rows[old, width]) / most)
