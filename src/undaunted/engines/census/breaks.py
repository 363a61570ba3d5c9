"""Where a series stops being comparable with itself (rule K7).

A number rests on a standard, on a panel of sources and on how well they cover the country.
If any of the three differs between two neighbouring points, the later point carries a flag:
the step may come from the sources, not from the world.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

__all__ = ["Basis", "Break", "breaks_between"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers rest on from ``since`` until the next basis begins."""

    since: date
    standard: str
    panel: frozenset[str]
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A flag on the point ``at``: what changed since the point before it, ``after``."""

    at: date
    after: date
    changed: tuple[str, ...]
    sources_gained: frozenset[str]
    sources_lost: frozenset[str]


def breaks_between(days: Sequence[date], bases: Iterable[Basis]) -> tuple[Break, ...]:
    """Return the flags for these points, in order of days.

    A point before the first basis rests on nothing, and the first point after it is flagged.
    Of two bases that begin on one day the later in order holds.
    """
    history = sorted(bases, key=lambda basis: basis.since)
    points = sorted(set(days))
    found = (
        _break(before, after, _basis_on(before, history), _basis_on(after, history))
        for before, after in pairwise(points)
    )
    return tuple(flag for flag in found if flag.changed)


def _basis_on(day: date, history: Sequence[Basis]) -> Basis:
    begun = [basis for basis in history if basis.since <= day]
    return begun[-1] if begun else Basis(date.min, "", frozenset())


def _break(before: date, after: date, old: Basis, new: Basis) -> Break:
    changed = tuple(
        name
        for name in ("standard", "panel", "coverage")
        if getattr(old, name) != getattr(new, name)
    )
    return Break(after, before, changed, new.panel - old.panel, old.panel - new.panel)
