"""Neighbouring words read as one, since lists write Jong-un in one word or in two."""

from __future__ import annotations

import sys
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from rapidfuzz.distance.OSA import distance

from undaunted.engines.names.characters.syllables import may_be_read_as
from undaunted.engines.names.letters.keys import joined
from undaunted.engines.names.letters.latin import folds_of
from undaunted.engines.names.typed.scripts import COMMON
from undaunted.engines.names.words.given import classes_of
from undaunted.engines.names.words.spelling import token_of
from undaunted.engines.names.words.tokens import Role, System
from undaunted.engines.names.words.unheard import may_be_heard
from undaunted.engines.names.words.unlike import are_unlike

if TYPE_CHECKING:
    from undaunted.engines.names.characters.syllables import Spellings
    from undaunted.engines.names.words.tokens import Prepared, Token

__all__ = [
    "LETTERS_APART", "Run", "Span", "has_other_signs", "may_meet", "run_at", "run_of", "spans",
    "surely_unheard", "surely_unlike",
]  # fmt: skip

Span = tuple[int, int]
"""From a first place to behind a last one."""

_FEWEST, _MOST, _MOST_OF_RUN = 2, 8, 3
_LONGEST_SYLLABIC = 6
_SYLLABIC = frozenset({"han", "hangul"})
LETTERS_APART = 3
"""How many letters longer or shorter a word is at most that was written apart."""
_LETTERS, _SYLLABLES, _ABJAD = System.LETTERS, System.SYLLABLES, System.ABJAD
_OF_SOUNDS = frozenset({Role.NAME, Role.PATRONYMIC, Role.WORD, Role.GENERIC})
"""What words do that meet by their sounds."""
_FULL = 2
"""Signs of which each must be spelt in full: a syllable merely near is a quarter less."""
_LEAST_OF_KEYS, _LEAST_OF_CONSONANTS = 0.5, 0.66
"""How alike the keys of two words are at least that are alike enough to have been one."""


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
    one, other = heard if len(heard) == _FEWEST else ((), ())
    return (first.syllables[0] + one, last.syllables[-1] + other)


def _signs(words: tuple[Token, ...]) -> int:
    signs = sum(len(word.text) for word in words)
    together = signs <= _LONGEST_SYLLABIC and all(w.system is System.SYLLABLES for w in words)
    return signs if together else 0


@lru_cache(maxsize=256)
def spans(words: int) -> tuple[Span, ...]:
    """Give where runs of two and three words are, of so many words."""
    count = min(words, _MOST)
    return tuple(
        (first, behind)
        for first in range(count - 1)
        for behind in range(first + 2, min(first + 1 + _MOST_OF_RUN, count + 1))
    )


def run_at(name: Prepared, first: int, behind: int) -> Run | None:
    """Give a run of words of one script; nothing where they are of several."""
    words = name.tokens[first:behind]
    return Run((first, behind), words) if _of_one_script(words) else None


def _of_one_script(words: tuple[Token, ...]) -> bool:
    script = words[0].script
    return (
        script != COMMON
        and words[1].script == script
        and (len(words) == _FEWEST or words[2].script == script)
    )


def run_of(name: Prepared, span: Span) -> Token:
    """Give a run of words as one token."""
    run = name.tokens[slice(*span)]
    word, script = "".join(token.text for token in run), run[0].script
    syllabic = script in _SYLLABIC and len(word) <= _LONGEST_SYLLABIC and not name.foreign
    return _word_of(word, script, syllabic)


@lru_cache(maxsize=1 << 12)
def _word_of(word: str, script: str, syllabic: bool) -> Token:  # noqa: FBT001 - counted by place
    """Make a token apart from those of words as they stand, since few are asked for again."""
    return token_of.__wrapped__(word, script, Role.WORD, syllabic=syllabic)


def has_other_signs(run: Run, word: Token) -> bool:
    """Say whether signs for syllables of one script are more or fewer: then they are other ones."""
    if word.system is not System.SYLLABLES:
        return False
    return word.script == run.words[0].script and run.signs != len(word.text)


def _may_be_spelt(run: Run, word: Token) -> bool:
    """Say whether a word may spell signs: of two, each in full, since no half of one is enough."""
    first, last = run.ends
    letters = word.plain
    if run.signs == _FULL and word.script == "latin":
        return letters.startswith(first) and letters.endswith(last)
    return letters.startswith(first) or letters.endswith(last)


def _may_spell(word: Token, run: Run) -> bool:
    """Say whether words may spell the signs of another; one or two of them in full, as above."""
    letters = run.letters
    exact = len(word.syllables) <= _FULL and run.words[0].script == "latin"
    for ways in (word.syllables, word.heard):
        if not ways:
            continue
        if exact and len(ways) == 1:
            met = letters in ways[0]
        elif exact:
            met = letters.startswith(ways[0]) and letters.endswith(ways[-1])
        else:
            met = may_be_read_as(ways, letters)
        if met:
            return True
    return False


def surely_unheard(run: Run, word: Token, least: float) -> bool:
    """Say whether Latin words read as one are surely less alike to a word of consonants."""
    if word.system is not _ABJAD or run.words[0].script != "latin":
        return False
    letters = run.letters
    text = "".join([each.text for each in run.words])
    if not text.isascii() or may_be_heard(word, letters, least):
        return False
    if letters.startswith("abd") and word.text.startswith("عبد"):
        # servants of God are compared by the rest
        return False
    return not (word.classes and classes_of((*folds_of(letters), text)))


def surely_unlike(run: Run, word: Token, least: float) -> bool:
    """Say whether Latin words read as one are surely less alike to another in such letters."""
    if word.system is not _LETTERS or word.script != "latin" or run.words[0].script != "latin":
        return False
    if word.role not in _OF_SOUNDS or word.classes or word.akin or not word.text.isascii():
        return False
    text = "".join([each.text for each in run.words])
    return text.isascii() and are_unlike(run.letters, word.plain, least)


def may_meet(run: Run, word: Token) -> bool:
    """Say whether words read as one may be alike enough to another; cheap, and seldom wrong."""
    if word.system is _LETTERS:
        if run.in_letters:
            if abs(run.size - len(word.plain)) > LETTERS_APART:
                return False
            key, other = run.of_keys or run.key(), word.keys[0]
            # half alike: as OSA.normalized_similarity, whose own work is seen when asked so often
            return 2 * distance(key, other) <= max(len(key), len(other))
        if run.ends:
            return _may_be_spelt(run, word)
    elif word.system is _SYLLABLES:
        return word.script == run.words[0].script or _may_spell(word, run)
    abjad = run.system is _ABJAD or word.system is _ABJAD
    least = _LEAST_OF_CONSONANTS if abjad else _LEAST_OF_KEYS
    key = run.of_keys or run.key()
    size = len(key)
    for other in word.keys:
        # as above; what is longer by so much is not looked at
        longer = len(other)
        apart = size - longer
        if apart > 0:
            longer = size
        else:
            apart = -apart
        if 1.0 - apart / (longer or 1) < least:
            continue
        if 1.0 - distance(key, other) / (longer or 1) >= least:
            return True
    return False
