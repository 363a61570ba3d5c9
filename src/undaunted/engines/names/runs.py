"""Neighbouring words read as one, since lists write Jong-un in one word or in two."""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from rapidfuzz.distance.OSA import normalized_similarity as similarity

from undaunted.engines.names.keys import joined
from undaunted.engines.names.scripts import COMMON
from undaunted.engines.names.spelling import token_of
from undaunted.engines.names.syllables import may_be_read_as
from undaunted.engines.names.tokens import Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.syllables import Spellings
    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["LETTERS_APART", "Run", "Span", "has_other_signs", "may_meet", "run_of", "runs"]

Span = tuple[int, int]
"""From a first place to behind a last one."""

_FEWEST, _MOST = 2, 8
_LONGEST_SYLLABIC = 6
_SYLLABIC = frozenset({"han", "hangul"})
LETTERS_APART = 3
"""How many letters longer or shorter a word is at most that was written apart."""
_LEAST_OF_KEYS, _LEAST_OF_CONSONANTS = 0.5, 0.66
"""How alike the keys of two words are at least that are alike enough to have been one."""


class Run:
    """Neighbouring words, and what tells cheaply whether they may be one word elsewhere."""

    __slots__ = (
        "_key", "ends", "in_letters", "letters", "places", "signs", "size", "span", "system",
        "words",
    )  # fmt: skip

    def __init__(self, span: Span, words: tuple[Token, ...]) -> None:
        first, last = words[0], words[-1]
        self.span = span
        self.places = tuple(range(*span))
        self.words = words
        self.system = first.system
        self.letters = "".join([word.plain for word in words])
        self.size = len(self.letters)
        self.ends = _ends(first, last)
        """Spellings of the first and the last syllable, where signs stand for syllables."""
        self.in_letters = not self.ends and first.system is System.LETTERS
        self.signs = _signs(words) if first.system is System.SYLLABLES else 0
        """How many signs the words have, where they are read as syllables together; else 0."""
        self._key = ""

    def has_initials(self, letters: str) -> bool:
        """Say whether some letters are those that the words begin with."""
        return letters == "".join([word.plain[:1] for word in self.words])

    @property
    def key(self) -> str:
        """Give the key of all words as one; few runs are ever asked for it."""
        if not self._key:
            self._key = reduce(joined, [word.keys[0] for word in self.words])
        return self._key


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
def _spans(words: int) -> tuple[Span, ...]:
    count = min(words, _MOST)
    return tuple(
        (first, behind)
        for first in range(count - 1)
        for behind in range(first + 2, min(first + 4, count + 1))
    )


@lru_cache(maxsize=1 << 11)
def runs(name: Prepared) -> tuple[Run, ...]:
    """Give runs of two and three words of one script."""
    tokens = name.tokens
    return tuple([
        Run(span, words)
        for span in _spans(len(tokens))
        if _of_one_script(words := tokens[span[0] : span[1]])
    ])  # fmt: skip


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
    return token_of(word, script, Role.WORD, syllabic=syllabic)


def has_other_signs(run: Run, word: Token) -> bool:
    """Say whether signs for syllables of one script are more or fewer: then they are other ones."""
    if word.system is not System.SYLLABLES:
        return False
    return word.script == run.words[0].script and run.signs != len(word.text)


def _may_spell(word: Token, letters: str) -> bool:
    if may_be_read_as(word.syllables, letters):
        return True
    return bool(word.heard) and may_be_read_as(word.heard, letters)


def may_meet(run: Run, word: Token) -> bool:
    """Say whether words read as one may be alike enough to another; cheap, and seldom wrong."""
    system = run.system
    if run.ends and word.system is System.LETTERS:
        return may_be_read_as(run.ends, word.plain)
    if word.system is System.SYLLABLES:
        same = word.script == run.words[0].script
        return same or _may_spell(word, run.letters)
    if system is System.LETTERS is word.system:
        if abs(len(run.letters) - len(word.plain)) > LETTERS_APART:
            return False
        return similarity(run.key, word.keys[0]) >= _LEAST_OF_KEYS
    abjad = System.ABJAD in (system, word.system)
    least = _LEAST_OF_CONSONANTS if abjad else _LEAST_OF_KEYS
    key = run.key
    for other in word.keys:  # noqa: SIM110 - asked of most pairs of words
        if similarity(key, other) >= least:
            return True
    return False
