"""Who is on which lists: the table of overlaps, and whether it can carry an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from undaunted.engines.census.days import Numbers
from undaunted.engines.census.errors import TableMalformed

__all__ = [
    "FEWEST_LISTS",
    "MOST_LISTS",
    "OverlapTable",
    "ThinOverlap",
    "Thinness",
    "list_patterns",
    "overlap_table",
    "thin_overlap",
]

FEWEST_LISTS: Final = 3
MOST_LISTS: Final = 5
_NAMED: Final = 2


class ThinOverlap(StrEnum):
    """Why no estimate is given."""

    FEWER_THAN_THREE_LISTS = "fewer_than_three_lists"
    MORE_THAN_FIVE_LISTS = "more_than_five_lists"
    LIST_STANDS_ALONE = "a_list_shares_too_few_persons_with_the_others"
    LISTS_FALL_APART = "two_groups_of_lists_share_nobody"
    FEW_ON_SEVERAL = "too_few_persons_are_on_more_than_one_list"


@dataclass(frozen=True, slots=True)
class Thinness:
    """Below what an overlap is too thin; the house's choice, from no source.

    ``persons``: each list shares at least so many with all others together. ``share``: at least
    this share of everybody is on more than one list.
    """

    persons: int = 10
    share: float = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class OverlapTable:
    """Persons by the lists they are on.

    ``cells`` has the shape (2,) * lists; ``cells[1, 0, 1]`` are on the first and third list and not
    on the second. The first cell, on no list, is 0: nobody saw them, they are what is asked for.
    """

    lists: tuple[str, ...]
    cells: Numbers

    @property
    def observed(self) -> int:
        """Persons on at least one list."""
        return int(self.cells.sum())

    @property
    def on_each(self) -> tuple[int, ...]:
        """Persons on each list."""
        patterns = list_patterns(len(self.lists))
        return tuple(int(total) for total in self.cells.ravel() @ patterns)

    @property
    def shared(self) -> Numbers:
        """Persons on both of two lists, shape (lists, lists); the diagonal is each list's own."""
        patterns = list_patterns(len(self.lists))
        together: Numbers = patterns.T @ (patterns * self.cells.ravel()[:, None])
        return together

    @property
    def on_several(self) -> int:
        """Persons on two lists or more."""
        lists_each = list_patterns(len(self.lists)).sum(axis=1)
        return int(self.cells.ravel()[lists_each > 1].sum())


def list_patterns(lists: int) -> Numbers:
    """Return which lists each cell is on, shape (2 ** lists, lists), in the order of ``ravel``."""
    cells = np.arange(2**lists)
    patterns: Numbers = (cells[:, None] >> np.arange(lists)[::-1]) & 1
    return patterns


def overlap_table(
    lists: Sequence[str], patterns: Sequence[Sequence[int]], counts: Sequence[int]
) -> OverlapTable:
    """Return the table of these rows; rows with one pattern add up.

    ``patterns``: for each row 1 or 0 for each list, in the order of ``lists``; ``counts``: how many
    persons. A person may also be a row of their own, with the count 1.
    """
    names = tuple(lists)
    if len(names) < _NAMED or len(set(names)) < len(names):
        raise TableMalformed("lists: two or more are needed, each with a name of its own")
    if len(patterns) != len(counts):
        raise TableMalformed("counts: one for each row")
    cells = np.zeros((2,) * len(names), dtype=np.int64)
    for row, (pattern, count) in enumerate(zip(patterns, counts, strict=True), start=1):
        where = tuple(pattern)
        _demand_row(row, where, count, names)
        cells[where] += count
    return OverlapTable(names, cells)


def thin_overlap(table: OverlapTable, limits: Thinness) -> ThinOverlap | None:
    """Return why this table carries no estimate, or None if it does."""
    lists = len(table.lists)
    if lists < FEWEST_LISTS:
        return ThinOverlap.FEWER_THAN_THREE_LISTS
    if lists > MOST_LISTS:
        return ThinOverlap.MORE_THAN_FIVE_LISTS
    if not _connected(table.shared > 0):
        return ThinOverlap.LISTS_FALL_APART
    if min(_with_others(table)) < limits.persons:
        return ThinOverlap.LIST_STANDS_ALONE
    if table.on_several < limits.share * table.observed:
        return ThinOverlap.FEW_ON_SEVERAL
    return None


def _demand_row(row: int, where: tuple[int, ...], count: int, names: tuple[str, ...]) -> None:
    if len(where) != len(names):
        raise TableMalformed(f"row {row}: {len(where)} marks for {len(names)} lists")
    for name, mark in zip(names, where, strict=True):
        if mark not in {0, 1}:
            raise TableMalformed(f"row {row}, {name}: {mark!r} is neither 0 nor 1")
    if count < 0:
        raise TableMalformed(f"row {row}: {count} persons")
    if count and not any(where):
        raise TableMalformed(f"row {row}: persons on no list were seen by none; remove the row")


def _with_others(table: OverlapTable) -> tuple[int, ...]:
    patterns = list_patterns(len(table.lists))
    several = patterns[patterns.sum(axis=1) > 1]
    kept = table.cells.ravel()[patterns.sum(axis=1) > 1]
    return tuple(int(total) for total in kept @ several)


def _connected(shares: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    lists = len(shares)
    reached = np.linalg.matrix_power(shares.astype(np.int64) | np.eye(lists, dtype=np.int64), lists)
    return bool(np.all(reached > 0))
