"""Which words of two names meet: one with one, or one with neighbours written apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from undaunted.engines.names.meeting import LEAST, likeness
from undaunted.engines.names.runs import Span, has_other_signs, may_meet, run_of, runs
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
    """Match the words of two names, the surest first."""
    found: Found = []
    unsure_left = set(range(len(left.tokens)))
    unsure_right = set(range(len(right.tokens)))
    for i, one in enumerate(left.tokens):
        for j, other in enumerate(right.tokens):
            like = likeness(one, other)
            if like >= LEAST and _enough(one, other, like):
                found.append((like, i, i + 1, j, j + 1))
                if like >= _SURE:
                    unsure_left.discard(i)
                    unsure_right.discard(j)
    if unsure_left and unsure_right:
        found += _joins(left, unsure_left, right, unsure_right)
        found += [
            (like, j, j_end, i, i_end)
            for like, i, i_end, j, j_end in _joins(right, unsure_right, left, unsure_left)
        ]
    return _chosen(found, len(left.tokens), len(right.tokens))


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
        if apart.isdisjoint(range(*run.span)):
            continue
        token = None
        for place, word in words:
            if has_other_signs(run, word):
                continue
            if may_meet(run, word):
                token = token or run_of(name, run.span)
                like = likeness(token, word, _JOINED)
                if like < _JOINED_CONSONANTS and System.ABJAD in (token.system, word.system):
                    continue
            elif word.plain == run.initials:
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
