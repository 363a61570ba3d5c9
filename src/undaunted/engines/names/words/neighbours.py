"""Neighbouring words that may be one elsewhere, with what tells it cheaply."""

from __future__ import annotations

import sys
from functools import reduce
from typing import TYPE_CHECKING

from undaunted.engines.names.letters.keys import joined
from undaunted.engines.names.words.tokens import System

if TYPE_CHECKING:
    from undaunted.engines.names.characters.syllables import Spellings
    from undaunted.engines.names.words.tokens import Token

__all__ = ["LETTERS_APART", "LONGEST_SYLLABIC", "Run", "Span"]

Span = tuple[int, int]
"""From a first place to behind a last one."""

LETTERS_APART = 3
"""How many letters longer or shorter a word is at most that was written apart."""
LONGEST_SYLLABIC = 6
"""Signs beyond which words are not read as syllables together."""
_ENDS = 2
_LETTERS, _SYLLABLES = System.LETTERS, System.SYLLABLES


class Run:
    """Neighbouring words, and what tells cheaply whether they may be one word elsewhere."""

    __slots__ = (
        "ends", "in_letters", "least", "letters", "most", "of_keys", "places", "signs",
        "size", "span", "system", "words",
    )  # fmt: skip

    def __init__(self, span: Span, words: tuple[Token, ...]) -> None:
        first = words[0]
        self.span = span
        self.places = (1 << span[1]) - (1 << span[0])
        """Where the words are, as bits."""
        self.words = words
        self.system = first.system
        self.letters = "".join([word.plain for word in words])
        self.size = len(self.letters)
        in_syllables = first.system is _SYLLABLES
        self.ends = _ends(first, words[-1]) if in_syllables else ()
        """Spellings of the first and the last syllable, where signs stand for syllables."""
        self.in_letters = first.system is _LETTERS
        self.least, self.most = (
            (self.size - LETTERS_APART, self.size + LETTERS_APART)
            if self.in_letters
            else (0, sys.maxsize)
        )
        """Of how many letters a word is that may be these; one of no more than words may be their
        initials."""
        self.signs = _signs(words) if in_syllables else 0
        """How many signs the words have, where they are read as syllables together; else 0."""
        self.of_keys = ""
        """The key of all words as one, once it was worked out."""

    def has_initials(self, letters: str) -> bool:
        """Say whether some letters, and no more than words, are those that these begin with."""
        if not 0 < len(letters) <= len(self.words):
            return False
        return letters == "".join([word.plain[:1] for word in self.words])

    def key(self) -> str:
        """Work out the key of all words as one, and keep it; few runs are ever asked for it."""
        self.of_keys = reduce(joined, [word.keys[0] for word in self.words])
        return self.of_keys


def _ends(first: Token, last: Token) -> Spellings:
    if not (first.syllables and last.syllables):
        return ()
    heard = first.heard[:1] + last.heard[-1:]
    one, other = heard if len(heard) == _ENDS else ((), ())
    return (first.syllables[0] + one, last.syllables[-1] + other)


def _signs(words: tuple[Token, ...]) -> int:
    signs = sum(len(word.text) for word in words)
    together = signs <= LONGEST_SYLLABIC and all(w.system is _SYLLABLES for w in words)
    return signs if together else 0
