"""How near the letters and words of many names are to those of one, roughly: a compiled loop.

What is looked at last costs most, so a name that cannot promise enough any more is left there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled
from undaunted.engines.names.loops.gathering import BOTH, ONE, promise
from undaunted.engines.names.loops.likening import FULL, common, common_of_short, feed, ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.names.loops.likening import Patterns, Texts

__all__ = ["Asked", "Found", "Words", "promises"]

_BOTH, _ONE, _TINY = np.float32(BOTH), np.float32(ONE), np.float32(1e-6)
_MISS = np.float32(2.0)
_OTHER_NAME = np.float32(0.5)
"""What is left of the nearness of words that are known to be two names."""
_OF_KEYS, _OF_LETTERS, _OF_WORDS = np.float32(0.4), np.float32(0.3), np.float32(0.3)
"""Parts of a promise."""
_ROUNDING = np.float32(1e-5)
_LEAST_AS_ONE = np.float32(0.6)
"""How alike names are as one word that are near by it."""
_HALF, _ZERO, _WHOLE = np.float32(2), np.float32(0), np.float32(1)
_HUNDRED, _BOTH_HUNDREDS = np.float32(100), np.float32(200)
_FIRST = 2
"""The pattern of the first single word; the name has one in order, and one as one word."""


class Words(NamedTuple):
    """The words of all names, each once."""

    ends: NDArray[np.int32]
    """Where the words of each name begin, and behind the last."""
    written: NDArray[np.int32]
    """Words of names as these are written."""
    letters: Texts
    """Of each name, its words in the order of the alphabet."""
    plain: Texts
    """Of each word."""
    heard: Texts
    """Of each word its sounds, then its bones."""
    known: NDArray[np.int32]
    """The one name that a word is a form of, or -1."""
    weights: NDArray[np.float32]


class Asked(NamedTuple):
    """The name that is asked for: its letters sorted, in one word; sounds and bones of words."""

    patterns: Patterns
    names: NDArray[np.int32]
    weights: NDArray[np.float32]
    total: np.float32


class Found(NamedTuple):
    """Names that share keys, what these promise, and where words may be apart."""

    names: NDArray[np.int32]
    shared: NDArray[np.float32]
    apart: NDArray[np.bool_]


@compiled
def promises(
    words: Words,
    asked: Asked,
    found: Found,
    rows: NDArray[np.int32],
    least: NDArray[np.float32],
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Give names that promise at least so much, each its own, and what they promise.

    Names are in their order. `rows` has a place for every word, and is 0 before and after.
    """
    ends, written, (signs, begins), (ones, firsts), (sounds, starts), known, weights = words
    (places, sizes), names, weighing, total = asked
    state = np.empty(places.shape[1:], np.int64)
    near = _letters(state, places, sizes[0], signs, begins, found.names)
    as_one = np.zeros(near.size, np.float32)
    left = np.empty(near.size, np.int64)
    size = count = 0
    for at in range(near.size):
        first, end = ends[found.names[at]], ends[found.names[at] + 1]
        if found.apart[at]:
            as_one[at] = _as_one(state, places, sizes[1], ones, firsts, written, first, end)
            near[at] = max(near[at], as_one[at])
        near[at] = _OF_KEYS * found.shared[at] + _OF_LETTERS * near[at]
        if near[at] + _OF_WORDS + _ROUNDING >= least[at]:
            left[size] = at
            size += 1
            count += end - first
    seen = _once(ends, written, found.names, left[:size], count, rows)
    met = _met(state, places, sizes, sounds, starts, seen)
    for at in range(seen.size):
        _know(names, known[seen[at]], met[at])
    promised = np.full(near.size, np.float32(-1))
    for at in left[:size]:
        first, end = ends[found.names[at]], ends[found.names[at] + 1]
        alike = _nearest(written, first, end, rows, met, weights, weighing, total)
        whole = near[at] + _OF_WORDS * max(alike, as_one[at])
        if whole >= least[at]:
            promised[at] = whole
    for word in seen:
        rows[word] = 0
    kept = promised >= 0
    return found.names[kept], promised[kept]


@compiled
def _once(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    ends: NDArray[np.int32],
    written: NDArray[np.int32],
    names: NDArray[np.int32],
    left: NDArray[np.int64],
    count: int,
    rows: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Give each word of the names that are left once; `rows` says where, from 1."""
    seen = np.empty(count, np.int32)
    size = 0
    for at in left:
        for place in range(ends[names[at]], ends[names[at] + 1]):
            word = written[place]
            if not rows[word]:
                seen[size] = word
                size += 1
                rows[word] = size
    return seen[:size]


@compiled
def _side_by_side(
    signs: NDArray[np.uint8], starts: NDArray[np.int32], which: NDArray[np.int32], each: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Copy texts that lie far apart: to fetch all at once takes less than one after another."""
    begins = np.empty((which.size, each + 1), np.int64)
    size = 0
    for at in range(which.size):
        for part in range(each + 1):
            begins[at, part] = starts[each * which[at] + part]
        size += begins[at, each] - begins[at, 0]
    copied = np.empty(size, np.uint8)
    size = 0
    for at in range(which.size):
        begin = begins[at, 0]
        for place in range(begin, begins[at, each]):
            copied[size + place - begin] = signs[place]
        for part in range(each + 1):
            begins[at, part] += size - begin
        size = begins[at, each]
    return copied, begins


@compiled
def _letters(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    state: NDArray[np.int64],
    places: NDArray[np.int64],
    mine: int,
    signs: NDArray[np.uint8],
    starts: NDArray[np.int32],
    names: NDArray[np.int32],
) -> NDArray[np.float32]:
    """Give how near the letters of names are, their words in the order of the alphabet."""
    copied, begins = _side_by_side(signs, starts, names, 1)
    asked = np.float32(mine)
    near = np.empty(names.size, np.float32)
    for at in range(names.size):
        begin, end = begins[at, 0], begins[at, 1]
        if state.shape[1] == 1:
            shared = common_of_short(places, 0, mine, copied, begin, end)
        else:
            state[0] = FULL
            feed(state, places, 0, 1, copied, begin, end)
            shared = common(state, 0, mine)
        theirs = np.float32(end - begin)
        like = np.float32(ratio(shared, mine, end - begin) / _HUNDRED)
        near[at] = promise(like * (theirs + asked) / _HALF, asked, theirs)
    return near


@compiled
def _as_one(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    state: NDArray[np.int64],
    places: NDArray[np.int64],
    mine: int,
    signs: NDArray[np.uint8],
    starts: NDArray[np.int32],
    written: NDArray[np.int32],
    first: int,
    end: int,
) -> np.float32:
    """Give how near two names are in one word each, or 0 where they are not."""
    state[1] = FULL
    size = 0
    for at in range(first, end):
        word = written[at]
        feed(state, places, 1, 2, signs, starts[word], starts[word + 1])
        size += starts[word + 1] - starts[word]
    like = np.float32(ratio(common(state, 1, mine), mine, size) / _HUNDRED)
    return like if like >= _LEAST_AS_ONE else _ZERO


@compiled
def _met(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    state: NDArray[np.int64],
    places: NDArray[np.int64],
    sizes: NDArray[np.int64],
    signs: NDArray[np.uint8],
    starts: NDArray[np.int32],
    words: NDArray[np.int32],
) -> NDArray[np.float32]:
    """Give how near words are to each of those asked for, by sounds and bones."""
    copied, begins = _side_by_side(signs, starts, words, 2)
    count = (sizes.size - _FIRST) // 2
    bones = _FIRST + count
    met = np.empty((words.size, count), np.float32)
    for row in range(words.size):
        begin, between, end = begins[row, 0], begins[row, 1], begins[row, 2]
        if state.shape[1] == 1:
            for one in range(count):
                at, to = _FIRST + one, bones + one
                shared = common_of_short(places, at, sizes[at], copied, begin, between)
                like = ratio(shared, sizes[at], between - begin)
                shared = common_of_short(places, to, sizes[to], copied, between, end)
                like += ratio(shared, sizes[to], end - between)
                met[row, one] = max(_ZERO, _WHOLE - _MISS * (_WHOLE - like / _BOTH_HUNDREDS))
            continue
        for at in range(_FIRST, sizes.size):
            for part in range(state.shape[1]):
                state[at, part] = FULL
        feed(state, places, _FIRST, bones, copied, begin, between)
        feed(state, places, bones, sizes.size, copied, between, end)
        for one in range(count):
            at, to = _FIRST + one, bones + one
            like = ratio(common(state, at, sizes[at]), sizes[at], between - begin)
            like += ratio(common(state, to, sizes[to]), sizes[to], end - between)
            met[row, one] = max(_ZERO, _WHOLE - _MISS * (_WHOLE - like / _BOTH_HUNDREDS))
    return met


@compiled
def _know(names: NDArray[np.int32], known: int, met: NDArray[np.float32]) -> None:
    """Let forms of one name meet, and forms of two names less."""
    if known < 0:
        return
    for one in range(met.size):
        if names[one] >= 0:
            met[one] = _WHOLE if names[one] == known else met[one] * _OTHER_NAME


@compiled
def _nearest(  # noqa: PLR0913, PLR0917 - bare arrays, since others are counted at every call
    written: NDArray[np.int32],
    first: int,
    end: int,
    rows: NDArray[np.int32],
    met: NDArray[np.float32],
    weights: NDArray[np.float32],
    asked: NDArray[np.float32],
    total: np.float32,
) -> np.float32:
    """Give how near the words of a name are: each to the nearest on the other side."""
    mine = others = weight = _ZERO
    for one in range(asked.size):
        best = _ZERO
        for at in range(first, end):
            best = max(best, met[rows[written[at]] - 1, one])
        mine += asked[one] * best
    for at in range(first, end):
        best = _ZERO
        for one in range(asked.size):
            best = max(best, met[rows[written[at]] - 1, one])
        others += best * weights[written[at]]
        weight += weights[written[at]]
    left, right = total - mine, weight - others
    whole = (mine + others) / _HALF
    over = _BOTH * min(left, right) + _ONE * abs(left - right)
    return np.float32(whole / max(whole + over, _TINY))
