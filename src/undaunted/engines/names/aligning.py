"""Which words of two names meet: one with one, or one with neighbours written apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.engines.names.meeting import likeness
from undaunted.engines.names.tokens import Role

if TYPE_CHECKING:
    from undaunted.engines.names.tokens import Prepared, Token

__all__ = ["Alignment", "Met", "align"]

LEAST = 0.63
"""Below this two words do not meet."""
_SURE = 0.9
_JOINED = 0.85
_BEGUN = 0.85
_SHORT = 3
_LEAST_OF_SHORT = 0.85

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Met:
    """Words that met: from a first place to behind a last one, on either side."""

    left: Span
    right: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """What met, and the places of what is left over."""

    met: tuple[Met, ...]
    left_over: tuple[int, ...]
    right_over: tuple[int, ...]


def align(left: Prepared, right: Prepared) -> Alignment:
    """Match the words of two names, the surest first."""
    ones, others = left.tokens, right.tokens
    found: list[tuple[float, int, int, int, int]] = []
    unsure = False
    for i, one in enumerate(ones):
        best = 0.0
        for j, other in enumerate(others):
            like = likeness(one, other)
            if like >= LEAST and _enough(one, other, like):
                found.append((like, i, i + 1, j, j + 1))
                best = max(best, like)
        unsure = unsure or best < _SURE
    if unsure or len(ones) != len(others):
        found += _joins(left, right)
    return _chosen(found, len(ones), len(others))


def _enough(one: Token, other: Token, like: float) -> bool:
    if one.role is Role.INITIAL or other.role is Role.INITIAL:
        return True
    shorter = min(len(one.plain), len(other.plain))
    return shorter > _SHORT or like >= _LEAST_OF_SHORT


def _joins(left: Prepared, right: Prepared) -> list[tuple[float, int, int, int, int]]:
    found = []
    for (first, behind), run in left.joined.items():
        for j, other in enumerate(right.tokens):
            like = max(likeness(run, other), _initials(left, first, behind, other))
            if like >= _JOINED:
                found.append((like, first, behind, j, j + 1))
    for (first, behind), run in right.joined.items():
        for i, one in enumerate(left.tokens):
            like = max(likeness(one, run), _initials(right, first, behind, one))
            if like >= _JOINED:
                found.append((like, i, i + 1, first, behind))
    return found


def _initials(name: Prepared, first: int, behind: int, other: Token) -> float:
    """See whether a word such as JC is what neighbours begin with."""
    if len(other.plain) != behind - first:
        return 0.0
    begun = "".join(token.plain[:1] for token in name.tokens[first:behind])
    return _BEGUN if begun == other.plain else 0.0


def _chosen(found: list[tuple[float, int, int, int, int]], ones: int, others: int) -> Alignment:
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
