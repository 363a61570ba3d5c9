"""How near the words of many names are to those of one, roughly and all at once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from undaunted.engines.names.tokens import System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["Nearness"]

_MISS = 2.0
_OTHER_NAME = 0.5
"""What is left of the nearness of words that are known to be two names."""
_BOTH, _ONE = 1.7, 0.3
"""What a word weighs that is left over on both sides, and on one; as in the comparison."""


class Nearness:
    """The words of names by numbers; a name is told by its place."""

    def __init__(self, names: Sequence[Prepared]) -> None:
        numbers: dict[Token, int] = {}
        ends, words = array("i", [0]), array("i")
        for name in names:
            words.extend(numbers.setdefault(token, len(numbers)) for token in name.tokens)
            ends.append(len(words))
        # as wide as addresses, since narrower ones are widened whenever they are used
        self._ends = np.frombuffer(ends, np.int32).astype(np.intp)
        self._words = np.array(words, np.intp)
        self._sounds = [_sounds(token) for token in numbers]
        self._bones = [token.keys[0] for token in numbers]
        self._names = np.fromiter(map(_name_of, numbers), np.int32, len(numbers))
        self._weights = np.array([token.weight for token in numbers], np.float32)

    def counts(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Give of how many words names are."""
        counted: NDArray[np.intp] = self._ends[places + 1] - self._ends[places]
        return counted

    def of(self, name: Prepared, places: NDArray[np.intp]) -> NDArray[np.float32]:
        """Give for each place how near its words are to those of a name, 0 to 1."""
        begins = self._ends[places]
        sizes = self._ends[places + 1] - begins
        behind = sizes.cumsum()
        firsts = behind - sizes
        words = self._words[np.arange(behind[-1]) + (begins - firsts).repeat(sizes)]
        distinct, at = self._once(words)
        met = self._met(name, distinct)[:, at]
        theirs = self._weights[words]
        asked = np.array([token.weight for token in name.tokens], np.float32)
        mine = asked @ np.maximum.reduceat(met, firsts, axis=1)
        others = np.add.reduceat(met.max(axis=0) * theirs, firsts)
        left, right = asked.sum() - mine, np.add.reduceat(theirs, firsts) - others
        whole = (mine + others) / 2
        over = _BOTH * np.minimum(left, right) + _ONE * np.abs(left - right)
        near: NDArray[np.float32] = whole / np.maximum(whole + over, np.float32(1e-6))
        return near

    def _once(self, words: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Give each word once, and for each where it stands among these."""
        last = np.empty(len(self._sounds), np.intp)
        last[words] = np.arange(len(words))
        at = last[words]
        kept = at == np.arange(len(words))
        return words[kept], (kept.cumsum() - 1)[at]

    def _met(self, name: Prepared, words: NDArray[np.intp]) -> NDArray[np.float32]:
        numbers = words.tolist()
        sounds = [self._sounds[at] for at in numbers]
        bones = [self._bones[at] for at in numbers]
        like = process.cdist(
            list(map(_sounds, name.tokens)), sounds, scorer=fuzz.ratio, dtype=np.float32
        ) + process.cdist(
            [token.keys[0] for token in name.tokens], bones, scorer=fuzz.ratio, dtype=np.float32
        )
        met: NDArray[np.float32] = np.maximum(0, 1 - _MISS * (1 - like / 200)).astype(np.float32)
        theirs = self._names[words]
        for row, token in enumerate(name.tokens):
            known = _name_of(token)
            if known >= 0:
                met[row, theirs == known] = 1
                met[row, (theirs >= 0) & (theirs != known)] *= _OTHER_NAME
        return met


def _sounds(token: Token) -> str:
    """Give sounds as letters tell them, long vowels too where short ones are not written."""
    if token.system is not System.ABJAD:
        return token.folds[0]
    return "".join(sounds[0] for sounds, _ in token.letters)


def _name_of(token: Token) -> int:
    """Give the number of the one name that a word is a form of, or -1."""
    return next(iter(token.classes)) if len(token.classes) == 1 else -1
