"""Counts that hold unpublished persons without telling that any one of them is there.

Two ways, both with a fixed secret behind them, so that the same people give the same number in
every table, export, edition and year:

- `drawn_counts`, which editions use: each unpublished person is drawn or not, once for all, by a
  secret key of their own. Who is not drawn leaves no trace in anything ever published; that bounds
  what all tables together tell, however many there are.
- `perturbed_counts`: the cell-key method of the statistical offices. A smaller error in one table,
  but no bound over several: whoever knows everybody else sees in two tables that one was added.

    keys = record_keys(digests)
    drawn_counts(keys, membership, one_in=10).persons

`docs/explanation/census.md` tells the bound and what it does not cover.
"""

from undaunted.engines.census.disclosure.cell_keys import (
    PerturbedCounts,
    cell_keys,
    perturbed_counts,
)
from undaunted.engines.census.disclosure.draw import (
    DisclosureAssumption,
    DrawnCounts,
    PresenceBound,
    drawn,
    drawn_counts,
)
from undaunted.engines.census.disclosure.keys import Membership, RecordKeys, record_keys
from undaunted.engines.census.disclosure.perturbation import (
    PerturbationTable,
    Wish,
    perturbation_table,
)

__all__ = [
    "DisclosureAssumption",
    "DrawnCounts",
    "Membership",
    "PerturbationTable",
    "PerturbedCounts",
    "PresenceBound",
    "RecordKeys",
    "Wish",
    "cell_keys",
    "drawn",
    "drawn_counts",
    "perturbation_table",
    "perturbed_counts",
    "record_keys",
]
