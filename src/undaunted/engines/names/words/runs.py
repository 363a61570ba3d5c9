"""Neighbouring words read as one, since lists write Jong-un in one word or in two."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance.OSA import distance

from undaunted.engines.names.characters.syllables import may_be_read_as
from undaunted.engines.names.letters.latin import folds_of
from undaunted.engines.names.typed.scripts import COMMON
from undaunted.engines.names.words.given import classes_of
from undaunted.engines.names.words.neighbours import LETTERS_APART, LONGEST_SYLLABIC, Run
from undaunted.engines.names.words.spelling import token_of
from undaunted.engines.names.words.tokens import Role, System
from undaunted.engines.names.words.unheard import may_be_heard
from undaunted.engines.names.words.unlike import are_unlike

if TYPE_CHECKING:
    from undaunted.engines.names.words.neighbours import Span
    from undaunted.engines.names.words.prepared import Prepared
    from undaunted.engines.names.words.tokens import Token

__all__ = [
    "has_other_signs", "may_meet", "run_at", "run_of", "spans",
    "surely_unheard", "surely_unlike",
]  # fmt: skip

_FEWEST, _MOST, _MOST_OF_RUN = 2, 8, 3
_SYLLABIC = frozenset({"han", "hangul"})
_LETTERS, _SYLLABLES, _ABJAD = System.LETTERS, System.SYLLABLES, System.ABJAD
_OF_SOUNDS = frozenset({Role.NAME, Role.PATRONYMIC, Role.WORD, Role.GENERIC})
"""What words do that meet by their sounds."""
_FULL = 2
"""Signs of which each must be spelt in full: a syllable merely near is a quarter less."""
_LEAST_OF_KEYS, _LEAST_OF_CONSONANTS = 0.5, 0.66
"""How alike the keys of two words are at least that are alike enough to have been one."""


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
    syllabic = script in _SYLLABIC and len(word) <= LONGEST_SYLLABIC and not name.foreign
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
