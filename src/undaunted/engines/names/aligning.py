"""Which words of two names meet: one with one, or one with neighbours written apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.names.meeting import LEAST, likeness
from undaunted.engines.names.runs import (
    LETTERS_APART,
    Span,
    has_other_signs,
    may_meet,
    run_of,
    runs,
)
from undaunted.engines.names.tokens import Role, System

if TYPE_CHECKING:
    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["Alignment", "Met", "align"]

_SURE = 0.9
_JOINED, _JOINED_CONSONANTS = 0.85, 0.93
"""How alike words read as one are at least; more where a script writes no vowels."""
_BEGUN = 0.85
"""How alike a word such as JC is to the neighbours that begin so."""
_SHORT = 3
_LEAST_OF_SHORT = 0.82

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
    same = _same(left.tokens, right.tokens)
    found, joins = _found(left, right, same)
    if same and joins:
        found, joins = _found(left, right, {})
    return _chosen(found + joins, len(left.tokens), len(right.tokens))


def _same(ones: tuple[Token, ...], others: tuple[Token, ...]) -> dict[int, int]:
    """Give places of words that are in both names, where no name has one twice.

    Of letters alone: no other word is as like them.
    """
    places = {"": -1}
    for j, token in enumerate(others):
        if token.system is not System.LETTERS or token.plain in places:
            return {}
        places[token.plain] = j
    found: dict[int, int] = {}
    seen = {""}
    for i, token in enumerate(ones):
        if token.system is not System.LETTERS or token.plain in seen:
            return {}
        seen.add(token.plain)
        at = places.get(token.plain)
        if at is not None and token.role is not Role.INITIAL is not others[at].role:
            found[i] = at
    return found


def _found(left: Prepared, right: Prepared, same: dict[int, int]) -> tuple[Found, Found]:
    """Give which words are alike, and which are like neighbours of the other name."""
    found = [(1.0, i, i + 1, j, j + 1) for i, j in same.items()]
    ones = [i for i in range(len(left.tokens)) if i not in same]
    taken = set(same.values())
    others = [j for j in range(len(right.tokens)) if j not in taken]
    unsure_left, unsure_right = set(ones), set(others)
    for i in ones:
        one = left.tokens[i]
        for j in others:
            other = right.tokens[j]
            like = likeness(one, other)
            if like >= LEAST and _enough(one, other, like):
                found.append((like, i, i + 1, j, j + 1))
                if like >= _SURE:
                    unsure_left.discard(i)
                    unsure_right.discard(j)
    if not (unsure_left and unsure_right):
        return found, []
    joins = _joins(left, unsure_left, right, unsure_right)
    joins += [
        (like, j, j_end, i, i_end)
        for like, i, i_end, j, j_end in _joins(right, unsure_right, left, unsure_left)
    ]
    return found, joins


def _enough(one: Token, other: Token, like: float) -> bool:
    if like >= _LEAST_OF_SHORT or Role.INITIAL in (one.role, other.role):
        return True
    return min(len(one.plain), len(other.plain)) > _SHORT


def _joins(name: Prepared, apart: set[int], other: Prepared, unsure: set[int]) -> Found:
    """Match runs of one name with words of the other that nothing surely met.

    Words too unlike in length or keys to be alike are spared the comparison.
    """
    found = []
    words = [(place, other.tokens[place]) for place in unsure]
    for run in runs(name):
        if apart.isdisjoint(run.places):
            continue
        token = None
        for place, word in words:
            if (
                run.in_letters
                and word.system is System.LETTERS
                and abs(run.size - len(word.plain)) > LETTERS_APART
                and len(word.plain) > len(run.words)
            ):
                # most words are: neither as long as the run nor its initials
                continue
            if run.signs and has_other_signs(run, word):
                continue
            if may_meet(run, word):
                token = token or run_of(name, run.span)
                like = likeness(token, word, _JOINED)
                if like < _JOINED_CONSONANTS and System.ABJAD in (token.system, word.system):
                    continue
            elif (
                word.system is System.LETTERS
                and len(word.plain) <= len(run.words)
                and run.has_initials(word.plain)
            ):
                like = _BEGUN
            else:
                continue
            if like >= _JOINED:
                found.append((like, *run.span, place, place + 1))
    return found


def _chosen(found: Found, ones: int, others: int) -> Alignment:
    found.sort(key=_surest)
    used_left, used_right = set[int](), set[int]()
    met = []
    for like, i, i_end, j, j_end in found:
        span_left, span_right = range(i, i_end), range(j, j_end)
        if used_left.isdisjoint(span_left) and used_right.isdisjoint(span_right):
            used_left.update(span_left)
            used_right.update(span_right)
            met.append(Met((i, i_end), (j, j_end), like))
    return Alignment(
        tuple(met),
        tuple(i for i in range(ones) if i not in used_left),
        tuple(j for j in range(others) if j not in used_right),
    )


def _surest(one: tuple[float, int, int, int, int]) -> tuple[float, int, int, int]:
    like, i, i_end, j, j_end = one
    return (-like, -(i_end - i + j_end - j), abs(i - j), i + j)
