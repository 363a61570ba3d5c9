"""Which Latin words are surely less alike than some likeness, by letters that all sounds keep.

To make a word of neighbours, with all its sounds, takes longer than all else; a few bits say of
most that nothing would come of it.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["are_unlike"]

_KEPT = {
    letter: frozenset(signs)
    for letter, signs in
    {"b": "b", "l": "l", "m": "m", "n": "n", "r": "r", "g": "gq", "d": "djhc"}.items()
}  # fmt: skip
"""Letters that are a sign of every fold and skeleton, and of what letters any has that sign."""
_VOWELS = "aeiou"
_OF_FOLDS, _OF_SKELETONS = 0.6, 0.4
_FEWEST = 2
"""From so many letters on no slip of the pen makes a word the other."""
_ROUNDING = 1e-6

_Told = tuple[int, int, int, int]


@lru_cache(maxsize=1 << 13)
def _told(word: str) -> _Told:
    """Give as bits what a word keeps and what it may sound like, and its most sounds and bones."""
    letters = set(word)
    keeps = may = 0
    for at, (letter, signs) in enumerate(_KEPT.items()):
        keeps |= (letter in letters) << at
        may |= (not signs.isdisjoint(letters)) << at
    twice = word.count("x")
    size = len(word) + twice
    return keeps, may, size, size - sum(map(word.count, _VOWELS)) + 1


def are_unlike(one: str, other: str, least: float) -> bool:
    """Say whether two words in plain letters, given names and customs apart, are surely unlike.

    Never says so where their sounds, a slip, a beginning or missing vowels make them `least` alike.
    """
    mine, theirs = _told(one), _told(other)
    apart = max((mine[0] & ~theirs[1]).bit_count(), (theirs[0] & ~mine[1]).bit_count())
    if apart < _FEWEST or one.startswith(other) or other.startswith(one):
        return False
    of_folds, of_skeletons = max(mine[2], theirs[2]), max(mine[3], theirs[3])
    lost = apart * (_OF_FOLDS / of_folds + _OF_SKELETONS / of_skeletons)
    return 1.0 - lost < least - _ROUNDING
