"""Who depends on whom through all suppliers of suppliers: Leontief over a world's table.

Letters as in `engines.trade.World`: buyer n, seller i, sector j, input k. With
A[(i,k),(n,j)] = pi[n,i,k] / (1 + tau[n,i,k]) gamma[n,k,j] and final demand
F[(i,k),n] = pi[n,i,k] / (1 + tau[n,i,k]) alpha[n,k] I[n], the inverse L = (1 - A)^-1 gives

* value added in final demand, beta[i,k] (L F)[(i,k),n]: Johnson and Noguera, Journal of
  International Economics 86 (2012); OECD TiVA's FFD_DVA and its mirror;
* production behind a product, sum_k (L - 1)[(p,k),(n,j)]: the look-through reliance on inputs of
  Baldwin, Freeman and Theodorakopoulos, Brookings Papers on Economic Activity 54 (2023), beside
  their face value, sum_k A[(p,k),(n,j)].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade import World

    Table = NDArray[np.float64]

__all__ = ["GOODS", "MANUFACTURES", "Links", "links_of"]

GOODS = ("A", "B", "C")
MANUFACTURES = "C"
"""First letters of ISIC sections in the codes of sectors."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What follows from a world's table alone; every array read-only, money in its unit.

    Attributes:
        trade: M[n, i, j], what n buys of i, at the border.
        value_added: VA[n].
        value_added_by_sector: beta Y [n, j].
        final_use: what each country spends finally, at the border, [n].
        made_for: value added of sector k of i that buyers in n pay for in the end, [i, k, n].
        inputs_bought: part of what sector j of n pays for inputs that goes to i directly,
            [i, n, j].
        inputs_behind: part of all production behind those inputs that is made in i, [i, n, j].
        output: Y[n, j].
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: Table
    value_added: Table
    value_added_by_sector: Table
    final_use: Table
    made_for: Table
    inputs_bought: Table
    inputs_behind: Table
    output: Table


def links_of(world: World) -> Links:
    """Work out all links of a world: one factorization of its (N J) x (N J) matrix."""
    from scipy.linalg import lu_factor, lu_solve  # noqa: PLC0415 - 0.2 s that a start needs not

    regions, sectors = len(world.regions), len(world.sectors)
    size = regions * sectors
    border = world.trade_shares / (1 + world.tariffs)
    inputs = np.einsum("nik,nkj->iknj", border, world.input_shares)
    final = np.einsum("nik,nk->ikn", border, world.final_shares * world.income[:, None])
    bought = inputs.sum(1)
    matrix = np.negative(inputs, out=inputs).reshape(size, size)
    matrix[np.diag_indices(size)] += 1
    # turned, it is already in the order of LAPACK and is overwritten instead of copied
    factors = lu_factor(matrix.T, overwrite_a=True, check_finite=False)
    output_for = lu_solve(factors, final.reshape(size, regions), trans=1, check_finite=False)
    by_maker = np.repeat(np.eye(regions), sectors, axis=0)
    behind = lu_solve(factors, by_maker, check_finite=False).T - by_maker.T
    added = world.value_added_shares * world.sales
    return _frozen(
        Links(
            regions=world.regions,
            sectors=world.sectors,
            trade=border * world.expenditure[:, None],
            value_added=added.sum(1),
            value_added_by_sector=added,
            final_use=final.sum((0, 1)),
            made_for=world.value_added_shares[..., None]
            * output_for.reshape(regions, sectors, regions),
            inputs_bought=_parts(bought),
            inputs_behind=_parts(behind.reshape(regions, regions, sectors)),
            output=world.sales,
        )
    )


def _parts(amounts: Table) -> Table:
    """Turn what comes from each maker into parts of the whole; nothing stays nothing."""
    whole = amounts.sum(0)
    parts: Table = np.maximum(amounts, 0) / np.where(whole > 0, whole, 1)
    return parts


def _frozen(links: Links) -> Links:
    for each in (
        links.trade, links.value_added, links.value_added_by_sector, links.final_use,
        links.made_for, links.inputs_bought, links.inputs_behind, links.output,
    ):  # fmt: skip
        each.setflags(write=False)
    return links
