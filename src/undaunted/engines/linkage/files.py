"""What is compared of files: a column a fact, and keys under which files of one person meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from undaunted.engines.linkage.errors import FilesMalformed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["SLIP", "Alike", "Files", "Pair", "Span", "gap"]

Pair = tuple[int, int]
"""Places of two files, the lower first."""
Span = tuple[int, int]
"""First and last day that a date allows, counted from any one day."""


Alike = Callable[[Sequence[Pair]], Sequence[float]]
"""Gives for pairs how alike their names are, from 0 to 1."""
SLIP: Final = 366
"""So many days between two births are a slip of a list; more are another person."""


def gap(left: Span, right: Span) -> int:
    """Give the days between two spans, none or less where they have a day in common."""
    return max(left[0], right[0]) - min(left[1], right[1])


@dataclass(frozen=True, slots=True, eq=False)
class Files:
    """Columns of equal length; a file is told by its place, from 0.

    Attributes:
        keys: files that share a key may be compared.
        hints: keys that say little, such as one word and a year: of use where few files share one.
        lists: numbers of the lists that a file stands in; files of one list are not compared with
            each other. Empty: the file is compared with all.
        spelling: the name as it is counted, so that a common name says less.
        born, arrested: what the date allows, None where nothing (or next to nothing) is known.
        place, gender, country: as they are compared, empty where not known.
    """

    keys: Sequence[Collection[str]]
    hints: Sequence[Collection[str]]
    lists: Sequence[tuple[int, ...]]
    spelling: Sequence[str]
    born: Sequence[Span | None]
    arrested: Sequence[Span | None]
    place: Sequence[str]
    gender: Sequence[str]
    country: Sequence[str]

    def __post_init__(self) -> None:
        for column in fields(self):
            held = len(getattr(self, column.name))
            if held != len(self.keys):
                raise FilesMalformed(
                    f"column `{column.name}` has {held} rows and `keys` {len(self.keys)}: give"
                    " every file all columns"
                )
        for name, at, span in self._spans():
            if span[1] < span[0]:
                raise FilesMalformed(f"file {at}: `{name}` ends before it begins, {span}")

    def __len__(self) -> int:
        return len(self.keys)

    def may_meet(self, one: int, other: int) -> bool:
        """Say whether two files stand in no list together."""
        return not set(self.lists[one]) & set(self.lists[other])

    def is_hopeless(self, one: int, other: int) -> bool:
        """Say whether births exclude each other, and no day of arrest speaks against that."""
        left, right = self.born[one], self.born[other]
        if left is None or right is None or gap(left, right) <= SLIP:
            return False
        arrested = self.arrested[one]
        exact = arrested is not None and arrested[0] == arrested[1]
        return not (exact and arrested == self.arrested[other])

    def _spans(self) -> Iterator[tuple[str, int, Span]]:
        for name, column in (("born", self.born), ("arrested", self.arrested)):
            for at, span in enumerate(column):
                if span is not None:
                    yield name, at, span
