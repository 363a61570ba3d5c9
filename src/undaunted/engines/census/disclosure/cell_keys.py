"""The cell-key method: the people of a cell decide by their keys how far its count is moved.

The keys of a cell's people are added up; the sum chooses the move from a perturbation table. The
same people give the same number wherever they are counted. One person more gives another key and
another move: in one table that tells little, in two it tells that the cells differ. So this is for
figures that are shown once and never beside others; editions draw (`drawn_counts`).

Sources: Fraser and Wooton 2005; what two tables tell of one person: Rinott, O'Keefe, Shlomo and
Skinner 2018, and `tests/attacks/test_disclosure.py`, which tries it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from undaunted.engines.census.days import Numbers, Reals
from undaunted.engines.census.disclosure.keys import (
    KEY_BITS,
    Membership,
    RecordKeys,
    demand_persons,
)
from undaunted.engines.census.disclosure.perturbation import PerturbationTable

__all__ = ["PerturbedCounts", "cell_keys", "perturbed_counts"]


@dataclass(frozen=True, slots=True, eq=False)
class PerturbedCounts:
    """Persons in each cell as shown, shape (cells,).

    ``variance``: the largest of the table's rows. ``told``: how often, at worst, two cells that
    differ in one person are shown differently; to whoever knows all the others that is certainty.
    """

    persons: Numbers
    variance: float
    told: float


def cell_keys(keys: RecordKeys, membership: Membership) -> NDArray[np.uint64]:
    """Return the sum of the keys of each cell's people modulo 2 ** 64, shape (cells,)."""
    demand_persons(keys, membership)
    found = np.zeros(membership.cells, dtype=np.uint64)
    np.add.at(found, membership.cell, keys[membership.person])
    return found


def perturbed_counts(
    keys: RecordKeys, membership: Membership, table: PerturbationTable
) -> PerturbedCounts:
    """Return the cells of ``membership`` moved by ``table``."""
    counts = np.bincount(membership.cell, minlength=membership.cells)
    chance: Reals = cell_keys(keys, membership) / 2.0**KEY_BITS
    persons = counts + table.moves(counts, chance)
    return PerturbedCounts(persons, float(table.variance.max()), table.told())
