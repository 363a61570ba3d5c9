"""More ways in which a word of a name may be stored than its own script knows.

Neighbours spell one name each in their way (Alexei, Aleksey; Ilya, Illya; Tikhanovskaya,
Tsikhanouskaya), and of Arabic letters the short vowels are guessed as `a`. What is stored stays as
it is: who looks asks for these too.
"""

from __future__ import annotations

import re

__all__ = ["MOST_SPELLINGS", "with_other_spellings"]

MOST_SPELLINGS = 12
"""Spellings of one word that are looked for."""
_LATIN, _ARABIC, _CYRILLIC = "Latn", "Arab", "Cyrl"
_SLAVIC = (
    (re.compile("(?<=[aeiouy])x"), "ks"),
    (re.compile("(?<=[aeiouy])ks"), "x"),
    (re.compile("ey$"), "ei"),
    (re.compile("ei$"), "ey"),
    (re.compile("(?<=i)l(?=[iy]a$)"), "ll"),
    (re.compile("(?<=i)ll(?=[iy]a$)"), "l"),
    # Belarusian: t is ts before a soft vowel, and v that closes a syllable is u.
    (re.compile("t(?=[ei])"), "ts"),
    (re.compile("ts(?=[ei])"), "t"),
    (re.compile("(?<=o)v(?=sk|$)"), "u"),
    (re.compile("(?<=o)u(?=sk)"), "v"),
)
_GUESSES = (
    (re.compile("ae?i$"), "ayi"),
    (re.compile("aw(?=a)"), "u"),
    (re.compile("ay(?=a)"), "i"),
    (re.compile("ou|oo"), "u"),
    (re.compile("ee"), "i"),
    (re.compile("[eo]"), "a"),
    (re.compile(r"([^aeiouy])\1"), r"\1"),
)
_VOWELS = re.compile("[aeiouy]+")
_CLOSED = re.compile("(?>kh|gh|sh|ch|zh|th|dh|[^aeiouy])(?=[^aeiouy])")
"""A consonant before another, where a guess puts a vowel: Nasrin, Nasarin."""
_SHORTEST = {_LATIN: 5, _ARABIC: 4}
"""Letters from which on vowels are guessed: of Omar, what is guessed is a part of Tamara."""


def with_other_spellings(words: tuple[str, ...], script: str) -> tuple[str, ...]:
    """Give these spellings of one word and, behind them, others: `MOST_SPELLINGS` at most.

    `script` is that in which the word was asked for.
    """
    found = dict.fromkeys(words)
    for word in words:
        if script in {_LATIN, _CYRILLIC}:
            found |= dict.fromkeys(_neighbours(word))
        if len(word) < _SHORTEST.get(script, len(word) + 1):
            continue
        if script == _ARABIC:
            found |= dict.fromkeys((word.replace("u", "o"), word.replace("e", "a")))
        found |= dict.fromkeys(_guessed(word))
    return tuple(found)[: max(MOST_SPELLINGS, len(words))]


def _neighbours(word: str) -> list[str]:
    found = [word]
    for pattern, other in _SLAVIC:
        if pattern.search(word):  # of what was asked, so that nothing is changed there and back
            found += [pattern.sub(other, each) for each in found]
    return found[:MOST_SPELLINGS]


def _guessed(word: str) -> tuple[str, ...]:
    """Give a word of several syllables as it is guessed of Arabic letters."""
    if not word.isalpha() or len(_VOWELS.findall(word)) == 1:
        return ()
    for pattern, other in _GUESSES:
        word = pattern.sub(other, word)
    return word, _CLOSED.sub(r"\g<0>a", word)
