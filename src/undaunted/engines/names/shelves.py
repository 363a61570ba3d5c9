"""Prepared names on a shelf, as arrays: which of many may be meant, before any is compared.

Every word of a name is kept under keys that all its romanisations share, and neighbours also under
the key of both as one word. What is asked for gathers weight at each name it shares keys with, rare
words more than common ones; the heaviest have their letters and words looked at, and are candidates
in the order of all three. Loops are compiled, once for an installation.
"""

from __future__ import annotations

from array import array
from math import log
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.names.gathering import Board, Postings, Votes, gather
from undaunted.engines.names.nearing import Found
from undaunted.engines.names.nearness import Nearness
from undaunted.engines.names.tokens import System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.tokens import Prepared

__all__ = ["MOST_CANDIDATES", "Shelf"]

MOST_CANDIDATES = 100
_GATHERED = 400
"""Names by weight of keys, of which letters and words are compared."""
_COMMON = 0.6
"""What a key loses that all names have."""
_JOINED = 1.5
"""What two words as one weigh, of the mean word."""


class Shelf:
    """Prepared names by the keys of their words; a name is told by its place."""

    def __init__(self, names: Sequence[Prepared]) -> None:
        self.names = names
        self._numbers: dict[str, int] = {}
        posted, starts = _posted(names, self._numbers)
        self._telling = _telling(np.diff(starts), len(names))
        self._nearness = Nearness(names)
        self._totals = np.array([self._total(name) for name in names], np.float32)
        telling = np.array(self._telling, np.float32)
        self._postings = Postings(posted, starts, telling, self._nearness.ends)
        self._spare: list[Board] = []
        if names:
            # loops are read while the list is, so that who asks first does not wait
            self.candidates(names[0])

    def candidates(
        self, name: Prepared, *, most: int = MOST_CANDIDATES, least: float = 0.0
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give the most promising places for a name, the best first, and how promising they are.

        Those that promise less than `least` are left out.
        """
        places, promise = self._nearness.promises(name, self._gathered(name), least)
        return places[:most], promise[:most]

    def telling(self, name: Prepared) -> float:
        """Give how telling the words of a name are here, 1 where nobody else has them."""
        return self._total(name) / sum(token.weight for token in name.tokens)

    def _gathered(self, name: Prepared) -> Found:
        """Give names that share enough keys; their letters decide where keys promise the same."""
        # whoever asks at the same time gets a board of their own
        board = self._spare.pop() if self._spare else _board(self._totals)
        found = Found(*gather(self._postings, self._votes(name), board, _GATHERED))
        self._spare.append(board)
        return found

    def _votes(self, name: Prepared) -> Votes:
        keys, ends, weights, as_one = array("q"), array("q"), array("f"), array("b")
        for words, weight, one in _votes(name):
            numbers = [at for key in words if (at := self._numbers.get(key)) is not None]
            if len(numbers) > 1:
                # the last of the rarest first: of a name that is under several keys one counts
                numbers.sort(key=self._telling.__getitem__)
                numbers.reverse()
            keys.extend(numbers)
            ends.append(len(keys))
            weights.append(weight)
            as_one.append(one)
        apart = len(name.tokens) == 1 or name.tokens[0].system is System.SYLLABLES
        return Votes(
            np.array(keys, np.int64), np.array(ends, np.int64), np.array(weights, np.float32),
            np.array(as_one, np.bool_), np.float32(self._total(name)), len(name.tokens), apart,
        )  # fmt: skip

    def _total(self, name: Prepared) -> float:
        return sum(
            token.weight * max(self._telling_of(key) for key in token.keys) for token in name.tokens
        )

    def _telling_of(self, key: str) -> float:
        at = self._numbers.get(key)
        return 1.0 if at is None else self._telling[at]


def _board(totals: NDArray[np.float32]) -> Board:
    counts = np.stack([np.zeros_like(totals), totals], axis=1)
    return Board(counts, np.zeros(len(totals), np.int16))


def _telling(sizes: NDArray[np.int64], names: int) -> array[float]:
    """Give 1 for a key that one name has, less for keys that many have."""
    rarity = 1 - _COMMON * np.log(np.maximum(sizes, 1)) / log(names + 1)
    return array("f", rarity.tolist())


def _votes(name: Prepared) -> list[tuple[tuple[str, ...], float, bool]]:
    votes = [
        (token.keys, token.weight, False) for one in (name, *name.also) for token in one.tokens
    ]
    joined = name.keys.difference(*(keys for keys, _, _ in votes))
    if joined:
        mean = sum(weight for _, weight, _ in votes) / len(votes)
        votes += [((key,), _JOINED * mean, True) for key in sorted(joined)]
    return votes


def _posted(
    prepared: Sequence[Prepared], numbers: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give all names key after key, and where those of each key begin; number the keys."""
    keys, names = array("i"), array("i")
    for at, name in enumerate(prepared):
        for key in name.keys:
            keys.append(numbers.setdefault(key, len(numbers)))
            names.append(at)
    key_of, name_of = np.array(keys, np.int32), np.array(names, np.int32)
    counts = np.bincount(key_of, minlength=len(numbers))
    starts = np.concatenate([[0], np.cumsum(counts)])
    return name_of[np.argsort(key_of, kind="stable")], starts
