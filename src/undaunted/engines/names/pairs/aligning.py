"""Which words of two names meet: one with one, or one with neighbours written apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.names.pairs.meeting import LEAST, likeness
from undaunted.engines.names.words.runs import (
    has_other_signs,
    may_meet,
    run_at,
    run_of,
    surely_unheard,
    surely_unlike,
)
from undaunted.engines.names.words.shapes import runs_of, shape_of
from undaunted.engines.names.words.tokens import Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.words.neighbours import Run, Span
    from undaunted.engines.names.words.prepared import Prepared, Shape
    from undaunted.engines.names.words.tokens import Token

__all__ = ["Alignment", "Met", "align", "is_joined"]

_SURE = 0.9
_JOINED, _JOINED_CONSONANTS = 0.85, 0.93
"""How alike words read as one are at least; more where a script writes no vowels."""
_BEGUN = 0.85
"""How alike a word such as JC is to the neighbours that begin so."""
_SHORT = 3
_LEAST_OF_SHORT = 0.82
_LETTERS, _ABJAD, _INITIAL = System.LETTERS, System.ABJAD, Role.INITIAL
"""By names of their own, since to look them up in their class takes as long as to compare."""

Words = tuple[tuple[int, "Token", int], ...]
"""Places, words, and of how many letters."""
Found = list[tuple[float, int, int, int, int]]
"""How alike, then first place and place behind the last on either side."""


class Met(NamedTuple):
    """Words that met."""

    left: Span
    right: Span
    likeness: float


class Alignment(NamedTuple):
    """What met, and the places of what is left over."""

    met: tuple[Met, ...]
    left_over: tuple[int, ...]
    right_over: tuple[int, ...]


def align(left: Prepared, right: Prepared) -> Alignment:
    """Match the words of two names, the surest first.

    Words that both names have are compared with no others, unless some are written apart.
    """
    mine, theirs = shape_of(left), shape_of(right)
    same = _same(mine, theirs)
    found, joins = _found(left, right, same)
    if same and joins:
        found, joins = _found(left, right, {})
    return _chosen(found + joins if joins else found, len(left.tokens), len(right.tokens))


def _same(left: Shape, right: Shape) -> dict[int, int]:
    """Give places of words that are in both names, where no name has one twice.

    Of letters alone: no other word is as like them.
    """
    found: dict[int, int] = {}
    places = right.places
    for word, i in left.places.items():
        if word in places:
            found[i] = places[word]
    return found


def _found(left: Prepared, right: Prepared, same: dict[int, int]) -> tuple[Found, Found]:
    """Give which words are alike, and which are like neighbours of the other name."""
    mine, theirs = shape_of(left), shape_of(right)
    found = [(1.0, i, i + 1, j, j + 1) for i, j in same.items()]
    ones, others = mine.words, theirs.words
    if same:
        taken = same.values()
        ones = tuple([word for word in ones if word[0] not in same])
        others = tuple([word for word in others if word[0] not in taken])
    # places as bits: those that something surely met
    sure_left = sure_right = 0
    for i, one, _ in ones:
        for j, other, _ in others:
            like = likeness(one, other)
            if like >= LEAST and (like >= _LEAST_OF_SHORT or _enough(one, other)):
                found.append((like, i, i + 1, j, j + 1))
                if like >= _SURE:
                    sure_left |= 1 << i
                    sure_right |= 1 << j
    if sure_left:
        ones = tuple([word for word in ones if not sure_left >> word[0] & 1])
        others = tuple([word for word in others if not sure_right >> word[0] & 1])
    if not (ones and others):
        return found, []
    joins = _joins(left, mine, ones, others)
    for like, i, i_end, j, j_end in _joins(right, theirs, others, ones):
        joins.append((like, j, j_end, i, i_end))
    return found, joins


def _enough(one: Token, other: Token) -> bool:
    """Say whether words merely near are long enough for it; initials always are."""
    if one.role is _INITIAL or other.role is _INITIAL:
        return True
    return min(len(one.plain), len(other.plain)) > _SHORT


def is_joined(name: Prepared, span: Span, words: list[Token]) -> bool:
    """Say whether neighbours of a name as one word are like any of some words."""
    run = run_at(name, *span)
    if run is None:
        return False
    return any(
        run.has_initials(word.plain) or (may_meet(run, word) and _as_one(name, run, word))
        for word in words
    )


def _joins(name: Prepared, shape: Shape, apart: Words, unsure: Words) -> Found:
    """Match runs of one name with words of the other that nothing surely met.

    Words too unlike in length or keys to be alike are spared the comparison.
    """
    found: Found = []
    places = 0
    for place, _, _ in apart:
        places |= 1 << place
    for within, least, most, count, run in runs_of(name, shape):
        if not places & within:
            continue
        for place, word, length in unsure:
            # most words are neither as long as the run, and like it in its key, nor its initials
            if (
                (not length or least <= length <= most)
                and not (run.signs and has_other_signs(run, word))
                and may_meet(run, word)
            ):
                like = _as_one(name, run, word)
            elif 0 < length <= count and run.has_initials(word.plain):
                like = _BEGUN
            else:
                continue
            if like:
                found.append((like, *run.span, place, place + 1))
    return found


def _as_one(name: Prepared, run: Run, word: Token) -> float:
    """Give how alike a run of one name is to a word of the other, or 0 where not enough."""
    if _ABJAD in (run.system, word.system):
        if surely_unheard(run, word, _JOINED_CONSONANTS):
            return 0.0
        least = _JOINED_CONSONANTS
    elif surely_unlike(run, word, _JOINED):
        return 0.0
    else:
        least = _JOINED
    like = likeness(run_of(name, run.span), word, least)
    return like if like >= least else 0.0


def _chosen(found: Found, ones: int, others: int) -> Alignment:
    if len(found) > 1:
        found.sort(key=_surest)
    # places as bits: those that nothing met yet
    left, right = (1 << ones) - 1, (1 << others) - 1
    met = []
    for like, i, i_end, j, j_end in found:
        mine, theirs = (1 << i_end) - (1 << i), (1 << j_end) - (1 << j)
        if left & mine == mine and right & theirs == theirs:
            left ^= mine
            right ^= theirs
            met.append(Met((i, i_end), (j, j_end), like))
    return Alignment(tuple(met), _places(left), _places(right))


@lru_cache(maxsize=1 << 10)
def _places(bits: int) -> tuple[int, ...]:
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def _surest(one: tuple[float, int, int, int, int]) -> tuple[float, int, int, int]:
    like, i, i_end, j, j_end = one
    return (-like, -(i_end - i + j_end - j), abs(i - j), i + j)
