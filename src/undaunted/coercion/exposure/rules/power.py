"""Geoeconomic power: what a country loses when others cut it off from what they sell.

Clayton, Maggiori and Schreger, "A Theory of Economic Coercion and Fragmentation" (CEPR discussion
paper 19859, 2025), measure power as the loss of whoever is cut off, under nested CES: spending is
split over sectors with elasticity rho, and within sector j over sources with elasticity sigma_j.
Without sources of joint share s_j, the price of sector j rises by (1 - s_j)^(-1 / (sigma_j - 1)),
so that with spending shares W_j the loss in logarithms is

    -1 / (rho - 1) log( sum_j W_j (1 - s_j)^((rho - 1) / (sigma_j - 1)) ),

and for rho = 1, the Cobb-Douglas of the shipped table, sum_j W_j (-log(1 - s_j)) / (sigma_j - 1).
It bends upwards in s_j: the last supplier weighs most, and allies together more than one by one.
The paper was read in its abstract, which says so too; the line above was derived here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from undaunted.engines.trade import World

    Table = NDArray[np.float64]

__all__ = ["CUT_OFF", "power_between", "power_of_group", "power_of_share"]

CUT_OFF = 1 - 1e-9
"""A share beyond which nobody else is left: the loss has no end, and is given as infinite."""


def power_of_share(
    shares: ArrayLike, spending: ArrayLike, elasticities: ArrayLike, *, rho: float = 1.0
) -> float:
    """Give the loss in logarithms from losing sources with `shares` of each sector.

    `spending` are the parts of all spending and sum to one; `elasticities` are theta = sigma - 1.
    """
    lost, weight = np.asarray(shares, float), np.asarray(spending, float)
    theta = np.asarray(elasticities, float)
    if (lost[weight > 0] >= CUT_OFF).any() and rho <= 1:
        return float("inf")
    left = np.log1p(-np.minimum(lost, CUT_OFF))
    if rho == 1:
        return float(-(weight * left / theta).sum())
    return float(-np.log((weight * np.exp((rho - 1) * left / theta)).sum()) / (rho - 1))


def power_of_group(world: World, target: str, group: Sequence[str], *, rho: float = 1.0) -> float:
    """Give the power that several countries have over one when they act together."""
    at = world.regions.index(target)
    others = [world.regions.index(each) for each in group if each != target]
    shares = world.trade_shares[at, others].sum(0)
    spent = world.expenditure[at]
    return power_of_share(shares, spent / spent.sum(), world.elasticities, rho=rho)


def power_between(world: World) -> Table:
    """Give the power of each i over each n, [n, i], for rho = 1; none over itself."""
    weight = world.expenditure / world.expenditure.sum(1, keepdims=True)
    cut = world.trade_shares >= CUT_OFF
    left = -np.log1p(-np.minimum(world.trade_shares, CUT_OFF))
    power: Table = np.einsum("nij,nj,j->ni", left, weight, 1 / world.elasticities)
    power[(cut & (weight[:, None] > 0)).any(2)] = np.inf
    np.fill_diagonal(power, 0.0)
    return power
