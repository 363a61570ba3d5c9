"""A world of fewer countries or sectors: everything in money is added up, and nothing is lost.

What is bought between countries that become one is its own trade afterwards; the tariffs on it are
still paid. Tariffs are weighted by trade at the border, so that revenue stays; elasticities by what
is bought abroad.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.errors import WorldMalformed
from undaunted.engines.trade.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Table = NDArray[np.float64]

__all__ = ["aggregate"]


def aggregate(
    world: World,
    *,
    regions: Mapping[str, str] | None = None,
    sectors: Mapping[str, str] | None = None,
) -> World:
    """Give the world in other countries and sectors, each named where it first occurs.

    A concordance gives for each old code the new one; without one the axis stays. Raises
    `WorldMalformed` for a code that the concordance lacks, or that the world does not have.
    """
    codes, to_region = _concordance("regions", world.regions, regions)
    kinds, to_sector = _concordance("sectors", world.sectors, sectors)
    to = to_region, to_sector
    bought = world.trade_shares * world.expenditure[:, None]
    paid, border = _summed(bought, *to), _summed(bought / (1 + world.tariffs), *to)
    flows = _summed(np.ones_like(bought), *to)
    spent, sales = paid.sum(1), to_region.T @ world.sales @ to_sector
    inputs = np.einsum("nkj,nj->nkj", world.input_shares, world.sales)
    inputs = np.einsum("nkj,nm,kl,jo->mlo", inputs, to_region, to_sector, to_sector, optimize=True)
    added = to_region.T @ (world.value_added_shares * world.sales) @ to_sector
    final = to_region.T @ (world.final_shares * world.income[:, None]) @ to_sector
    idle = sales == 0
    return make_world(
        regions=codes,
        sectors=kinds,
        trade_shares=_part(paid, spent[:, None]),
        tariffs=np.where(border > 0, _part(paid, border) - 1, _summed(world.tariffs, *to) / flows),
        value_added_shares=np.where(idle, 1.0, _part(added, sales)),
        input_shares=_part(inputs, sales[:, None]),
        final_shares=_part(final, final.sum(1, keepdims=True)),
        elasticities=_elasticities(world, to_sector),
        value_added=to_region.T @ world.value_added,
        deficits=to_region.T @ world.deficits,
        expenditure=spent,
        name=world.name,
    )


def _concordance(
    axis: str, old: tuple[str, ...], told: Mapping[str, str] | None
) -> tuple[tuple[str, ...], Table]:
    """Give the new codes and a matrix [old, new] of ones."""
    if told is None:
        return old, np.eye(len(old))
    missing = [code for code in old if code not in told]
    if missing:
        raise WorldMalformed(f"{axis}: the concordance says nothing of {missing[0]}; add it")
    strange = [code for code in told if code not in old]
    if strange:
        raise WorldMalformed(f"{axis}: {strange[0]} of the concordance is not in this world")
    new = tuple(dict.fromkeys(told[code] for code in old))
    matrix = np.zeros((len(old), len(new)))
    matrix[np.arange(len(old)), [new.index(told[code]) for code in old]] = 1.0
    return new, matrix


def _summed(table: Table, to_region: Table, to_sector: Table) -> Table:
    summed: Table = np.einsum(
        "nij,nm,ik,jl->mkl", table, to_region, to_region, to_sector, optimize=True
    )
    return summed


def _part(table: Table, whole: Table) -> Table:
    whole = np.broadcast_to(whole, table.shape)
    part: Table = np.divide(table, whole, out=np.zeros_like(table), where=whole > 0)
    return part


def _elasticities(world: World, to_sector: Table) -> Table:
    """Weigh by imports; by all purchases where a new sector is not traded."""
    bought = (world.trade_shares * world.expenditure[:, None]).sum((0, 1))
    n = np.arange(len(world.regions))
    at_home = (world.trade_shares[n, n] * world.expenditure).sum(0)
    abroad = bought - at_home
    traded = abroad @ to_sector > 1e-12 * (bought @ to_sector)
    weights = np.where(to_sector @ traded > 0, abroad, bought + 1e-300)
    theta: Table = (weights * world.elasticities) @ to_sector / (weights @ to_sector)
    return theta
