"""The ways in which an expression of a rule pack can be met: which facts, together, would do."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from undaunted.core.standards.rules.logic import AtLeast, Met

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.standards.rules.logic import Expression

__all__ = ["ways_of"]


def ways_of(expression: Expression) -> tuple[frozenset[str], ...]:
    """Give the smallest sets of criteria that meet an expression, shortest first.

    An expression with `not` is refused: no set of facts that are shown would meet it for good.
    """
    return _smallest(_ways(expression))


def _ways(expression: Expression) -> set[frozenset[str]]:
    if isinstance(expression, Met):
        return {frozenset({expression.criterion})}
    if not isinstance(expression, AtLeast):
        raise TypeError("an element of a law must say what is met; write it without not")
    parts = [_ways(part) for part in expression.parts]
    return {
        frozenset().union(*chosen)
        for some in combinations(parts, expression.count)
        for chosen in product(*some)
    }


def _smallest(ways: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Leave out a way that another is part of."""
    held: list[frozenset[str]] = []
    for way in sorted(ways, key=lambda each: (len(each), sorted(each))):
        if not any(shorter < way for shorter in held):
            held.append(way)
    return tuple(held)
