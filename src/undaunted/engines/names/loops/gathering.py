"""Names that share keys with one that is asked for, gathered over all postings: a compiled loop.

Every key votes for the names it stands for, a rare one more than a common one. Of one word a name
counts its rarest key alone. Numbers are single floats and in the order of votes, so that what comes
out is the same wherever it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BOTH", "LEAST_PROMISE", "ONE", "Board", "Postings", "Votes", "gather", "promise"]

LEAST_PROMISE = 0.5
"""What keys must promise for letters and words to be compared."""
BOTH, ONE = 1.7, 0.3
"""What a word weighs that is left over on both sides, and on one; as in the comparison."""
_BOTH, _ONE, _TINY = np.float32(BOTH), np.float32(ONE), np.float32(1e-6)
_LEAST, _MORE = np.float32(LEAST_PROMISE), np.float32(1.00001)


class Postings(NamedTuple):
    """Names by their keys."""

    names: NDArray[np.int32]
    """All names, key after key."""
    starts: NDArray[np.int64]
    """Where the names of each key begin, and behind the last."""
    telling: NDArray[np.float32]
    """1 for a key that one name has, less for keys that many have."""
    ends: NDArray[np.int32]
    """Where the words of each name begin, and behind the last."""
    kept: NDArray[np.bool_]
    """Which names are kept of however many promise more: those in rare scripts."""
    syllabic: NDArray[np.bool_]
    """Which names are written in signs for syllables: a word of these may be two of letters."""


class Votes(NamedTuple):
    """What is asked for: keys of its words, the rarest of a word first."""

    keys: NDArray[np.int64]
    ends: NDArray[np.int64]
    """Behind the last key of each vote."""
    weights: NDArray[np.float32]
    as_one: NDArray[np.bool_]
    """Whether the key of a vote is that of two words in one."""
    total: np.float32
    words: int
    apart: bool
    """Whether any name of more or fewer words may have written these otherwise."""


class Board(NamedTuple):
    """Where votes are counted."""

    counts: NDArray[np.float32]
    """By name: votes, none before and after; and beside them what its words weigh."""
    marks: NDArray[np.int16]
    """By name, 0 before and after: twice the last vote that counts one key alone, from 1.

    One is added where any vote was of two words in one.
    """


@compiled
def promise(met: np.float32, asked: np.float32, total: np.float32) -> np.float32:
    """Weigh what met against what is left over, as the comparison does."""
    met = min(met, asked, total)
    left, right = asked - met, total - met
    over = _BOTH * min(left, right) + _ONE * abs(left - right)
    return np.float32(met / max(met + over, _TINY))


@compiled
def _may_promise(met: np.float32, asked: np.float32, total: np.float32) -> bool:
    """Say whether at least half may be promised; seldom wrong, and never where it says no."""
    met = min(met, asked, total)
    left, right = asked - met, total - met
    return bool(met * _MORE >= _BOTH * min(left, right) + _ONE * abs(left - right))


@compiled
def gather(
    postings: Postings, votes: Votes, board: Board, most: int
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]:
    """Give names that share enough keys, what the keys promise, and where words may be apart.

    Of more than `most` those are left out that promise less than the last of these; those that
    promise the same are kept, and those in rare scripts. Names are in their order. Apart may be
    words of those that have another number of them, and a key of two words as one or one that may
    be so.
    """
    counts, marks = board
    ends, asked = postings.ends, votes.total
    touched = _count(postings, votes, board)
    found = np.empty(touched.size, np.int32)
    size = 0
    for name in touched:
        if _may_promise(counts[name, 0], asked, counts[name, 1]):
            found[size] = name
            # the sure answer takes a division
            size += int(promise(counts[name, 0], asked, counts[name, 1]) >= _LEAST)
    found = np.sort(found[:size])
    promised = np.empty(size, np.float32)
    for at in range(size):
        promised[at] = promise(counts[found[at], 0], asked, counts[found[at], 1])
    if size > most:
        kept = postings.kept[found]
        kept |= promised >= np.partition(promised, size - most)[size - most]
        found, promised = found[kept], promised[kept]
    apart = np.empty(found.size, np.bool_)
    for at in range(found.size):
        words = ends[found[at] + 1] - ends[found[at]]
        may_be = votes.apart or marks[found[at]] & 1 or postings.syllabic[found[at]]
        apart[at] = may_be and words != votes.words
    for name in touched:
        counts[name, 0] = 0
        marks[name] = 0
    return found, promised, apart


@compiled
def _count(postings: Postings, votes: Votes, board: Board) -> NDArray[np.int32]:
    """Count votes on the board; give each name that has any."""
    counts, marks = board
    names, starts, telling = postings.names, postings.starts, postings.telling
    keys, ends, weighing, as_one, _, _, _ = votes
    most = np.int64(0)
    for key in keys:
        most += starts[key + 1] - starts[key]
    touched = np.empty(most, np.int32)
    size = first = 0
    for vote in range(ends.size):
        mark, joined = 2 * (vote + 1), int(as_one[vote])
        marked = joined or ends[vote] - first > 1
        for place in range(first, ends[vote]):
            key = keys[place]
            weight = weighing[vote] * telling[key]
            for at in range(starts[key], starts[key + 1]):
                name = names[at]
                if marked:
                    if marks[name] >= mark:
                        continue
                    marks[name] = mark | joined | (marks[name] & 1)
                if counts[name, 0] == 0:
                    touched[size] = name
                    size += 1
                counts[name, 0] += weight
        first = ends[vote]
    return touched[:size]
