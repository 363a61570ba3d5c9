"""The table of stakes: who holds how much of whom, by which right, when, and who says so.

Columns are parallel arrays, one row a stake. Shares are whole units of 1e-9 between a lowest and a
highest (equal where exact; nothing to all where none is stated). Days are ordinals; every interval
begins on its first day and ends before its last. `valid` is when it was so, `known` when the table
held it: `known_at` gives what was known on a day, `standing` what is known now, `as_of` what was
true on a day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.ownership.errors import StakesMalformed
from undaunted.engines.ownership.shares import ALWAYS, NEVER, WHOLE, Right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from undaunted.engines.ownership.parties import Parties

__all__ = ["Stakes", "gather_stakes"]

COLUMNS = {
    "owner": np.int32, "owned": np.int32, "right": np.int8, "lo": np.int64, "hi": np.int64,
    "valid_from": np.int32, "valid_to": np.int32, "known_from": np.int32, "known_to": np.int32,
    "source": np.int32, "row": np.int64,
}  # fmt: skip
DEFAULTS = {
    "right": Right.EQUITY, "valid_from": ALWAYS, "valid_to": NEVER, "known_from": ALWAYS,
    "known_to": NEVER, "source": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """Stakes, all columns of shape (n,); made by `gather_stakes` and checked by `check_stakes`.

    Attributes:
        parties: whom `owner` and `owned` number.
        right: values of `Right`.
        lo: lowest share, 0 to `WHOLE`.
        hi: highest share, `lo` to `WHOLE`.
        source: place in `sources`.
        row: row of that source, as its reader counts.
    """

    parties: Parties
    owner: NDArray[np.int32]
    owned: NDArray[np.int32]
    right: NDArray[np.int8]
    lo: NDArray[np.int64]
    hi: NDArray[np.int64]
    valid_from: NDArray[np.int32]
    valid_to: NDArray[np.int32]
    known_from: NDArray[np.int32]
    known_to: NDArray[np.int32]
    source: NDArray[np.int32]
    row: NDArray[np.int64]
    sources: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return int(self.owner.size)

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Stakes:
        """Give some of the rows, by mask or by place."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in COLUMNS})

    def as_of(self, day: date) -> Stakes:
        """Give what held on a day."""
        at = day.toordinal()
        return self.take((self.valid_from <= at) & (at < self.valid_to))

    def known_at(self, day: date) -> Stakes:
        """Give what the table knew on a day, whenever it held."""
        at = day.toordinal()
        return self.take((self.known_from <= at) & (at < self.known_to))

    def standing(self) -> Stakes:
        """Give what no later statement has replaced, whenever it held."""
        return self.take(self.known_to == NEVER)

    def of(self, *rights: Right) -> Stakes:
        """Give the stakes of some kinds of right."""
        return self.take(np.isin(self.right, np.array(rights, np.int8)))

    def joined_with(self, other: Stakes) -> Stakes:
        """Give both tables as one; they number the same parties."""
        if self.parties is not other.parties:
            raise StakesMalformed("two tables are joined over one register of parties")
        moved = replace(other, source=other.source + np.int32(len(self.sources)))
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(moved, name)]) for name in COLUMNS
        }
        return replace(self, **columns, sources=self.sources + other.sources)


def gather_stakes(
    parties: Parties,
    columns: Mapping[str, NDArray[np.generic] | list[int]],
    sources: tuple[str, ...] = ("",),
) -> Stakes:
    """Make a table of columns; `hi` is `lo` where it is left out, and `row` counts from 1.

    Columns that contradict each other in form are refused here. What the rows say is checked by
    `check_stakes`, which a reader calls next.
    """
    given = {name: np.asarray(values) for name, values in columns.items()}
    unknown = given.keys() - COLUMNS.keys()
    if unknown or not {"owner", "owned", "lo"} <= given.keys():
        raise StakesMalformed(f"columns of stakes are {', '.join(COLUMNS)}")
    number = given["owner"].size
    given.setdefault("hi", given["lo"])
    given.setdefault("row", np.arange(1, number + 1))
    for name, value in DEFAULTS.items():
        given.setdefault(name, np.full(number, value))
    if any(values.shape != (number,) for values in given.values()):
        raise StakesMalformed("every column has one value a stake")
    stakes = Stakes(
        parties=parties,
        sources=sources,
        **{name: given[name].astype(kind) for name, kind in COLUMNS.items()},
    )
    _demand_numbers(stakes)
    return stakes


def _demand_numbers(stakes: Stakes) -> None:
    bounds = {"owner": len(stakes.parties), "owned": len(stakes.parties),
              "right": len(Right), "source": len(stakes.sources)}  # fmt: skip
    for name, bound in bounds.items():
        values = getattr(stakes, name)
        if values.size and not (int(values.min()) >= 0 and int(values.max()) < bound):
            raise StakesMalformed(f"{name} is a number below {bound}")
    if stakes.lo.size and not (
        int(stakes.lo.min()) >= 0
        and bool(np.all(stakes.lo <= stakes.hi))
        and int(stakes.hi.max()) <= WHOLE
    ):
        raise StakesMalformed("shares lie between 0 and 100 %, the lowest not above the highest")
