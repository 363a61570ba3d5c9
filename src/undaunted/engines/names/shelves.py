"""Prepared names on a shelf, as arrays: which of many may be meant, before any is compared.

Every word of a name is kept under keys that all its romanisations share, and neighbours also under
the key of both as one word. What is asked for gathers weight at each name it shares keys with, rare
words more than common ones; the heaviest have their letters and words looked at, and are candidates
in the order of all three.
"""

from __future__ import annotations

from array import array
from math import log
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from undaunted.engines.names.nearness import Nearness
from undaunted.engines.names.tokens import System

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.tokens import Prepared

__all__ = ["MOST_CANDIDATES", "Shelf"]

MOST_CANDIDATES = 100
_GATHERED = 400
"""Names by weight of keys, of which letters and words are compared."""
_LEAST_PROMISE = 0.5
"""What keys must promise for letters to be compared."""
_COMMON = 0.6
"""What a key loses that all names have."""
_BOTH, _ONE = 1.7, 0.3
"""What a word weighs that is left over on both sides, and on one; as in the comparison."""
_SPARED = 1 / _LEAST_PROMISE - 1
_OF_BOTH = _ONE / (_SPARED + _BOTH) * 0.9999
_OF_LESSER = (_BOTH - 2 * _ONE) / (_SPARED + _BOTH) * 0.9999
"""Parts of two names, and of the lesser again, that must be met to promise as much."""
_OF_KEYS, _OF_LETTERS, _OF_WORDS = 0.4, 0.3, 0.3
"""Parts of a promise."""
_LEAST_AS_ONE = 0.6
"""How alike names are as one word that are near by it."""
_JOINED = 1.5
"""What two words as one weigh, of the mean word."""


class Shelf:
    """Prepared names by the keys of their words; a name is told by its place."""

    def __init__(self, names: Sequence[Prepared]) -> None:
        self.names = names
        self._letters = [_letters(name) for name in names]
        self._sounds = [_sounds(name) for name in names]
        self._numbers: dict[str, int] = {}
        starts, self._postings = _posted(names, self._numbers)
        self._starts = array("q", starts.tolist())
        self._telling = _telling(np.diff(starts), len(names))
        self._letters_as_one: list[str | None] = [None] * len(names)
        self._sounds_as_one: list[str | None] = [None] * len(names)
        self._words = Nearness(names)
        self._totals = np.array([self._total(name) for name in names], np.float32)

    def candidates(
        self, name: Prepared, *, most: int = MOST_CANDIDATES, least: float = 0.0
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Give the most promising places for a name, the best first, and how promising they are.

        Those that promise less than `least` are left out.
        """
        places, shared, apart = self._gathered(name)
        if len(places) > _GATHERED:
            # those that promise the same as the last are kept: their letters decide
            kept = shared >= np.partition(shared, -_GATHERED)[-_GATHERED]
            places, shared, apart = places[kept], shared[kept], apart[kept]
        if not len(places):
            return places, shared
        near, words = self._near(name, places), self._words.of(name, places)
        as_one = self._as_one(name, places, apart)
        if as_one is not None:
            near, words = np.maximum(near, as_one), np.maximum(words, as_one)
        promise = _OF_KEYS * shared + _OF_LETTERS * near + _OF_WORDS * words
        if least:
            kept = (promise >= least).nonzero()[0]
            places, promise = places[kept], promise[kept]
        order = np.argsort(-promise, kind="stable")[:most]
        return places[order], promise[order]

    def telling(self, name: Prepared) -> float:
        """Give how telling the words of a name are here, 1 where nobody else has them."""
        return self._total(name) / sum(token.weight for token in name.tokens)

    def _near(self, name: Prepared, places: NDArray[np.intp]) -> NDArray[np.float32]:
        """Give how near the letters are, or the consonants where a script writes no more."""
        abjad = any(token.system is System.ABJAD for token in name.tokens)
        asked = _sounds(name) if abjad else _letters(name)
        texts = self._sounds if abjad else self._letters
        others = [texts[at] for at in places.tolist()]
        ratio = process.cdist([asked], others, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
        sizes = np.fromiter(map(len, others), np.float32, len(others))
        return _promise(ratio * (sizes + len(asked)) / 2, len(asked), sizes)

    def _as_one(
        self, name: Prepared, places: NDArray[np.intp], apart: NDArray[np.bool_]
    ) -> NDArray[np.float32] | None:
        """Give how near names are in one word, where neighbours of one may be a word of another.

        Nothing where that may be so of none.
        """
        at = apart.nonzero()[0]
        if not len(at):
            return None
        abjad = any(token.system is System.ABJAD for token in name.tokens)
        texts = [self._whole(place, abjad=abjad) for place in places[at].tolist()]
        asked = [_whole(name, abjad=abjad)]
        like = process.cdist(asked, texts, scorer=fuzz.ratio, dtype=np.float32)[0] / 100
        near = np.zeros(len(places), np.float32)
        near[at] = np.where(like >= _LEAST_AS_ONE, like, 0)
        return near

    def _whole(self, place: int, *, abjad: bool) -> str:
        """Give a name in one word; worked out when it is first asked for."""
        kept = self._sounds_as_one if abjad else self._letters_as_one
        if (whole := kept[place]) is None:
            whole = kept[place] = _whole(self.names[place], abjad=abjad)
        return whole

    def _gathered(
        self, name: Prepared
    ) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.bool_]]:
        """Give names that share enough keys, what the keys promise, and where words may be apart.

        These have another number of words, and a key of two words as one or one that may be so.
        """
        asked = self._total(name)
        weights = np.zeros(len(self.names), np.float32)
        joined = np.zeros(len(self.names), np.bool_)
        touched: list[NDArray[np.intp]] = []
        for keys, weight, as_one in _votes(name):
            shared, telling = self._sharing(keys)
            # of a name that is there twice, by two keys of one word, the last and rarest counts
            if touched:
                weights[shared] += np.float32(weight) * telling
            else:
                weights[shared] = np.float32(weight) * telling
            if as_one:
                joined[shared] = True
            touched.append(shared)
        gathered = self._promising(weights, asked, np.concatenate(touched))
        promise = _promise(weights[gathered], asked, self._totals[gathered])
        kept = promise >= _LEAST_PROMISE
        gathered, promise = gathered[kept], promise[kept]
        words = self._words.counts(gathered)
        apart = joined[gathered] & (words != len(name.tokens))
        if len(name.tokens) == 1 or name.tokens[0].system is System.SYLLABLES:
            apart |= words > len(name.tokens)
        return gathered, promise, apart

    def _promising(
        self, weights: NDArray[np.float32], asked: float, touched: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Give those of some names, each once, that may promise enough: a bound in few steps."""
        totals = self._totals[touched]
        needed = np.minimum(totals, np.float32(asked)) * _OF_LESSER
        needed += totals * _OF_BOTH
        needed += asked * _OF_BOTH
        return np.unique(touched[weights[touched] >= needed])

    def _sharing(self, keys: Iterable[str]) -> tuple[NDArray[np.intp], NDArray[np.float32] | float]:
        """Give the names under any of some keys, the rarest key last, and how telling it is."""
        numbers = [at for key in keys if (at := self._numbers.get(key)) is not None]
        if len(numbers) == 1:
            at = numbers[0]
            return self._postings[self._starts[at] : self._starts[at + 1]], self._telling[at]
        numbers.sort(key=self._telling.__getitem__)
        parts = [self._postings[self._starts[at] : self._starts[at + 1]] for at in numbers]
        if not parts:
            return self._postings[:0], 0.0
        telling = np.array([self._telling[at] for at in numbers], np.float32)
        return np.concatenate(parts), np.repeat(telling, list(map(len, parts)))

    def _total(self, name: Prepared) -> float:
        return sum(
            token.weight * max(self._telling_of(key) for key in token.keys) for token in name.tokens
        )

    def _telling_of(self, key: str) -> float:
        at = self._numbers.get(key)
        return 1.0 if at is None else self._telling[at]


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


def _promise(
    met: NDArray[np.float32], asked: float, totals: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Weigh what met against what is left over, as the comparison does."""
    met = np.minimum(met, np.minimum(np.float32(asked), totals))
    left, right = asked - met, totals - met
    over = _BOTH * np.minimum(left, right) + _ONE * np.abs(left - right)
    promise: NDArray[np.float32] = (met / np.maximum(met + over, 1e-6)).astype(np.float32)
    return promise


def _letters(name: Prepared) -> str:
    return " ".join(sorted(token.plain for token in name.tokens))


def _whole(name: Prepared, *, abjad: bool) -> str:
    if abjad:
        return "".join(token.skeletons[0] for token in name.tokens)
    return "".join(token.plain for token in name.tokens)


def _sounds(name: Prepared) -> str:
    return " ".join(sorted(token.skeletons[0] for token in name.tokens))


def _posted(
    prepared: Sequence[Prepared], numbers: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Give where each key's names begin, and all names key after key; number the keys."""
    keys, names = array("i"), array("i")
    for at, name in enumerate(prepared):
        for key in name.keys:
            keys.append(numbers.setdefault(key, len(numbers)))
            names.append(at)
    key_of = np.frombuffer(keys, np.int32) if keys else np.zeros(0, np.int32)
    name_of = np.frombuffer(names, np.int32) if names else np.zeros(0, np.int32)
    counts = np.bincount(key_of, minlength=len(numbers))
    starts = np.concatenate([[0], np.cumsum(counts)])
    # as wide as addresses, since narrower ones are widened whenever they are used
    return starts, name_of[np.argsort(key_of, kind="stable")].astype(np.intp)
