"""Which Latin words an Arabic or Hebrew one is surely unlike, by the letters that each has alone.

A letter of the one script that nothing in the other may stand for costs as much as `heard_as` says
at least, whatever else meets. To see this takes a few bits; to hear a word takes all its letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.engines.names.words.tokens import Token

__all__ = ["may_be_heard", "needs_of"]

_VOWELS = frozenset("aeiou")
_WRITTEN = {"C": "ch", "J": "jh", "S": "h", "Z": "h", "c": "t", "f": "fp", "g": "gq", "k": "kcqx"}
_WRITTEN |= {"d": "dj", "s": "scx", "v": "vw"}
"""Letters of which one stands wherever a sound does, by the rules of folds; a letter by itself."""
_HEARD = {letter: letter for letter in "bfglmnr"} | {"d": "dJ", "t": "tcCS"}
"""Sounds of a letter that is one sign of every fold, and costs 1 where no sound of it is heard."""
_MOST = 60
"""Letters beyond which nothing is said."""
_ROUNDING = 1e-6

Needs = tuple[tuple[tuple[int, float], ...], int]
"""Letters of which a word must have one, as bits, and what it costs where it has none; letters that
nothing hears."""


@lru_cache(maxsize=1 << 13)
def _letters_in(word: str) -> int:
    """Give which letters a word has, as bits; other signs are none."""
    bits = 0
    for letter in word:
        if "a" <= letter <= "z":
            bits |= 1 << ord(letter) - 97
    return bits


@lru_cache(maxsize=1 << 12)
def needs_of(heard: Token) -> Needs:
    """Give what a Latin word must have to be heard as a word in other letters, and must not have.

    Vowels stand for each other too freely to tell anything.
    """
    needed = tuple(
        (_letters_in("".join(_WRITTEN.get(sound, sound) for sound in sounds)), cost)
        for sounds, cost in heard.letters
        if cost and _VOWELS.isdisjoint(sounds)
    )
    there = frozenset(sound for sounds, _ in heard.letters for sound in sounds)
    over = "".join(letter for letter, signs in _HEARD.items() if there.isdisjoint(signs))
    return needed, _letters_in(over)


def may_be_heard(heard: Token, word: str, enough: float) -> bool:
    """Say whether folds of a Latin word may be what the letters of another sound like.

    Never says no where `heard_as` gives `enough` for one of the folds that `folds_of` gives.
    """
    size = len(word)
    if size > _MOST:
        return True
    needed, over = needs_of(heard)
    bits = _letters_in(word)
    # an x is two sounds
    most = max(len(heard.letters), size + word.count("x"), 1)
    allowed = (1.0 - enough) * most + _ROUNDING
    if (over & bits).bit_count() > allowed:
        return False
    lacking = 0.0
    for written, cost in needed:
        if not written & bits:
            lacking += cost
    return lacking <= allowed
