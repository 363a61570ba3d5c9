"""What published input-output tables hold that no model can take, mended and told.

Final demand below zero is mostly changes of stocks; it is taken as none where it is little. Inputs
that exceed output leave nothing for whoever works; they are cut to 98 % of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers.refusals import FileRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Table = NDArray[np.float64]

__all__ = ["MendedTable", "mended"]

MOST_BELOW = {"inputs": 1e-3, "final demand": 0.03}
MOST_INPUTS = 0.98


@dataclass(frozen=True, slots=True, eq=False)
class MendedTable:
    """Trade shares [n, i, j], input shares [n, k, j], spending [n, j], and what was mended."""

    trade_shares: Table
    input_shares: Table
    expenditure: Table
    said: tuple[str, ...]


def mended(
    where: str, regions: Sequence[str], sectors: Sequence[str], flows: Table, final: Table
) -> MendedTable:
    """Give the shares of input flows [i, k, n, j] and final flows [i, k, n].

    Raises `FileRefused` for what is not finite, or below zero by more than a little.
    """
    said: list[str] = []
    flows = _not_below(where, "inputs", regions, sectors, flows, said)
    final = _not_below(where, "final demand", regions, sectors, final, said)
    bought = flows.sum(3) + final
    output = bought.sum(2)
    idle = int((output == 0).sum())
    if idle:
        said.append(f"{idle} sectors of countries make nothing; they stay without output.")
    inputs = flows.sum(0).transpose(1, 0, 2)
    used = inputs.sum(1)
    over = (used > MOST_INPUTS * output) & (output > 0)
    if over.any():
        n, j = (int(each) for each in np.argwhere(over)[0])
        said.append(
            f"{int(over.sum())} sectors use more inputs than {MOST_INPUTS:.0%} of their output "
            f"({regions[n]}, {sectors[j]} the first); they were cut to it."
        )
    cut = np.where(over, MOST_INPUTS * output / np.where(used > 0, used, 1), 1.0)
    shares = inputs * cut[:, None] / np.where(output > 0, output, np.inf)[:, None]
    spent = bought.sum(0).T
    trade = bought.transpose(2, 0, 1) / np.where(spent > 0, spent, 1)[:, None]
    off = np.abs(bought.sum((0, 1)) - spent.sum(1)).max()
    said.append(
        f"Balance: {output.sum():,.0f} made, {final.sum():,.0f} of it for final use; countries' "
        f"spending and sales differ by {off / output.sum():.1e} of it."
    )
    return MendedTable(trade, shares, spent, tuple(said))


def _not_below(  # noqa: PLR0913, PLR0917 - a table and how to speak of it
    where: str,
    name: str,
    regions: Sequence[str],
    sectors: Sequence[str],
    table: Table,
    said: list[str],
) -> Table:
    if not np.isfinite(table).all():
        raise FileRefused(
            where, "not a number", column=_place(regions, sectors, ~np.isfinite(table))
        )
    below = table < 0
    if not below.any():
        return table
    part = -table[below].sum() / np.abs(table).sum()
    worst = _place(regions, sectors, table == table.min())
    if part > MOST_BELOW[name]:
        raise FileRefused(
            where,
            f"{name} below zero are {part:.1%} of all, {MOST_BELOW[name]:.1%} is taken; the worst "
            f"is {table.min():g}; put changes of stocks aside",
            column=worst,
        )
    said.append(
        f"{int(below.sum())} flows of {name} below zero ({part:.2g} of all, the worst at {worst}) "
        "were taken as none."
    )
    return np.maximum(table, 0)


def _place(regions: Sequence[str], sectors: Sequence[str], found: NDArray[np.bool_]) -> str:
    """Name the first cell: who sells what to whom."""
    i, k, n, *j = (int(each) for each in np.argwhere(found)[0])
    buyer = f"{regions[n]} {sectors[j[0]]}" if j else regions[n]
    return f"{regions[i]} {sectors[k]} to {buyer}"
