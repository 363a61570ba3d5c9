"""Abbreviations such as AKF: compared letter by letter, since each letter stands for a word.

By classes of consonants, as words are compared, CCFW and AKF would sound alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from undaunted.engines.names.words.tokens import Role

if TYPE_CHECKING:
    from undaunted.engines.names.words.tokens import Token

__all__ = ["abbreviations_alike", "are_abbreviations", "in_few_capitals"]

_FEWEST, _MOST = 2, 5
"""Letters of an abbreviation."""
_FORGIVING = 5
"""Letters of the longer one from which one slip of the pen is forgiven."""
_SAME, _SAME_SOUND, _SLIP = 1.0, 0.985, 0.87
_VOWELS = frozenset("aeiou")


def in_few_capitals(word: str) -> bool:
    """Say whether a word of two to five letters is in capitals, as abbreviations are."""
    return _FEWEST <= len(word) <= _MOST and word.isalpha() and word.isupper()


def are_abbreviations(left: Token, right: Token) -> bool:
    """Say whether one word is a whole name in a few capitals, and the other one in capitals too.

    Two that can be said, one of five letters, such as ALFA and ALPHA, are words.
    """
    if Role.ABBREVIATION not in (left.role, right.role):
        return False
    if not (in_few_capitals(left.text) and in_few_capitals(right.text)):
        return False
    if max(len(left.text), len(right.text)) < _FORGIVING:
        return True
    return not (_is_said(left) and _is_said(right))


def abbreviations_alike(left: Token, right: Token) -> float:
    """Give how alike two abbreviations are, 0 to 1: by letters, across scripts by their sounds."""
    if left.plain == right.plain:
        return _SAME
    if left.script != right.script and not set(left.folds).isdisjoint(right.folds):
        return _SAME_SOUND
    if max(len(left.plain), len(right.plain)) < _FORGIVING:
        return 0.0
    return _SLIP if OSA.distance(left.plain, right.plain, score_cutoff=1) <= 1 else 0.0


def _is_said(word: Token) -> bool:
    """Say whether a word has a vowel behind its first letter, and so may be no abbreviation."""
    return not _VOWELS.isdisjoint(word.plain[1:])
