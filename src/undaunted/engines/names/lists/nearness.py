"""How near the letters and words of many names are to those of one, roughly and all at once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.names.loops.choosing import spelt
from undaunted.engines.names.loops.likening import Alphabet, patterns
from undaunted.engines.names.loops.nearing import Asked, Found, Words, promises
from undaunted.engines.names.words.tokens import System

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = ["SURE", "Nearness"]

SURE = 0.8
"""What keys promise at least that the letters of two scripts are held together by consonants."""
_SHORT = 8
"""Letters of the longest spelling of a syllable."""


class Nearness:
    """The words of names by numbers; a name is told by its place."""

    def __init__(self, names: Sequence[Prepared]) -> None:
        numbers: dict[Token, int] = {}
        ends, words = array("i", [0]), array("i")
        for name in names:
            words.extend(numbers.setdefault(token, len(numbers)) for token in name.tokens)
            ends.append(len(words))
        self.ends, self.written = np.array(ends, np.int32), np.array(words, np.int32)
        self.tokens = tuple(numbers)
        self._known = np.fromiter(map(_name_of, numbers), np.int32, len(numbers))
        self._weights = np.array([token.weight for token in numbers], np.float32)
        self._alphabet = Alphabet()
        heard = self._alphabet.texts(text for token in numbers for text in _heard(token))
        self._by_letters, self._by_consonants = (
            Words(
                self.ends, self.written, self._alphabet.texts(_sorted(name, of) for name in names),
                self._alphabet.texts(map(of, numbers)), heard, self._known, self._weights,
            ) for of in (_plain, _consonants)
        )  # fmt: skip
        self.abjad = np.fromiter(map(_without_vowels, names), np.bool_, len(names))
        self._spare: list[NDArray[np.int32]] = []

    def promises(
        self, name: Prepared, found: Found, least: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give those of some names that promise enough, the best first, and how promising."""
        mixed = bool((self.abjad[found.names] & (found.shared >= SURE)).any())
        places, promised = self.promised(name, found, least, mixed=mixed)
        order = np.argsort(-promised, kind="stable")
        return places[order], promised[order]

    def promised(
        self, name: Prepared, found: Found, least: NDArray[np.float32], *, mixed: bool
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Give those of some names that promise enough, and how promising; in no order.

        Names are held together by consonants where either is in letters of an abjad, so that both
        promise the same whichever is asked for; but not where keys alone promise little. `mixed`
        says whether any name found is in such letters and its keys promise more.
        """
        if not mixed or _without_vowels(name):
            return self._promised(name, found, least, consonants=_without_vowels(name))
        abjad = self.abjad[found.names] & (found.shared >= SURE)
        parts = [
            self._promised(name, _chosen(found, of), least[of], consonants=by)
            for of, by in ((~abjad, False), (abjad, True))
        ]
        places, promised = map(np.concatenate, zip(*parts, strict=True))
        return places, promised

    def spelt(self, names: NDArray[np.int32], ways: frozenset[str]) -> NDArray[np.bool_]:
        """Say which names have a word that is written in one of some ways."""
        short = [way.encode() for way in ways if way.isascii() and len(way) <= _SHORT]
        numbers = np.array([int.from_bytes(way) for way in short], np.int64)
        words = self._by_letters
        return spelt(words.ends, words.written, *words.plain, names, numbers)

    def _promised(
        self, name: Prepared, found: Found, least: NDArray[np.float32], *, consonants: bool
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        words = self._by_consonants if consonants else self._by_letters
        asked = self._asked(name, _consonants if consonants else _plain)
        # whoever asks at the same time gets rows of their own
        try:
            rows = self._spare.pop()
        except IndexError:
            rows = np.zeros(len(self._known), np.int32)
        promised = promises(words, asked, found, rows, least)
        self._spare.append(rows)
        return promised

    def _asked(self, name: Prepared, letters: Callable[[Token], str]) -> Asked:
        tokens = name.tokens
        texts = [_sorted(name, letters), "".join(map(letters, tokens))]
        texts += map(_sounds, tokens)
        texts += map(_bones, tokens)
        weights = np.array([token.weight for token in tokens], np.float32)
        known = np.array(list(map(_name_of, tokens)), np.int32)
        return Asked(patterns(*self._alphabet.asked(texts)), known, weights, weights.sum())


def _chosen(found: Found, which: NDArray[np.bool_]) -> Found:
    return Found(found.names[which], found.shared[which], found.apart[which])


def _without_vowels(name: Prepared) -> bool:
    """Say whether a word of a name is in letters that leave short vowels out."""
    return any(token.system is System.ABJAD for token in name.tokens)


def _sorted(name: Prepared, letters: Callable[[Token], str]) -> str:
    return " ".join(sorted(map(letters, name.tokens)))


def _heard(token: Token) -> tuple[str, str]:
    return _sounds(token), _bones(token)


def _plain(token: Token) -> str:
    return token.plain


def _consonants(token: Token) -> str:
    return token.skeletons[0]


def _bones(token: Token) -> str:
    return token.keys[0]


def _sounds(token: Token) -> str:
    """Give sounds as letters tell them, long vowels too where short ones are not written."""
    if token.system is not System.ABJAD:
        return token.folds[0]
    return "".join(sounds[0] for sounds, _ in token.letters)


def _name_of(token: Token) -> int:
    """Give the number of the one name that a word is a form of, or -1."""
    return next(iter(token.classes)) if len(token.classes) == 1 else -1
