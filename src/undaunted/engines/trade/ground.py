"""What is worked out once for a world: its tables in the order of the iteration, and two guides.

An iteration asks, for each sector, for products of an importer by exporter matrix with a vector, so
tables stand as [j, n, i]. The guides lead the iteration to where the equilibrium lies, and have no
part in what it is: each country's own input loops, solved at the benchmark, and the answer of the
labour markets of all countries to all wages, likewise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.blocks import check_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.world import World

__all__ = ["Ground", "prepare"]

NOTHING = 1e-14
"""Of a country's value added: what counts as no spending, so that its logarithm is a number."""
LITTLE = 1e-8
"""Likewise: what is too little spending to be led."""
SWEEPS = 25

Array = Any
"""An array of NumPy, or of a library with the same functions."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A world in the order of the iteration; letters as in `World`.

    `shares` is pi as [j, n, i]; `flows` is pi / (1 + tau) likewise, `flows_back` as [j, i, n].
    """

    world: World
    digest: str
    shares: NDArray[Any]
    flows: NDArray[Any]
    flows_back: NDArray[Any]
    beta: NDArray[Any]
    gamma: NDArray[Any]
    gamma_costs: NDArray[Any]
    alpha: NDArray[Any]
    theta: NDArray[Any]
    added: NDArray[Any]
    spending: NDArray[Any]
    least: NDArray[Any]
    guide_prices: NDArray[Any]
    guide_spending: NDArray[Any]
    guide_wages: NDArray[Any]

    @property
    def size(self) -> tuple[int, int]:
        """N and J."""
        return self.beta.shape[0], self.beta.shape[1]


def prepare(world: World, *, dtype: type[np.floating[Any]] = np.float64) -> Ground:
    """Bring a world into the order of the iteration; takes some tenths of a second.

    Raises `WorldMalformed` where countries do not all trade with each other, directly or not.
    """
    check_whole(world)
    least = np.repeat(NOTHING * world.value_added[:, None], len(world.sectors), 1)
    spending = np.maximum(world.expenditure, least)
    gamma_costs = np.ascontiguousarray(world.input_shares.transpose(0, 2, 1))
    own = np.arange(len(world.regions))
    eye = np.eye(len(world.sectors))
    bought_at_home = world.trade_shares[own, own]
    sold_at_home = bought_at_home / (1 + world.tariffs[own, own])
    worth = spending > LITTLE * world.value_added[:, None]
    scaled = np.where(worth[:, :, None], spending[:, None, :] / spending[:, :, None], 0.0)
    inputs = world.input_shares * sold_at_home[:, None, :] * scaled
    flows = world.trade_shares / (1 + world.tariffs)
    as_told = {
        "shares": world.trade_shares.transpose(2, 0, 1),
        "flows": flows.transpose(2, 0, 1),
        "flows_back": flows.transpose(2, 1, 0),
        "beta": world.value_added_shares,
        "gamma": world.input_shares,
        "gamma_costs": gamma_costs,
        "alpha": world.final_shares,
        "theta": world.elasticities,
        "added": world.value_added,
        "spending": spending,
        "least": least,
        "guide_prices": np.linalg.inv(eye - bought_at_home[:, :, None] * gamma_costs),
        "guide_spending": np.linalg.inv(eye - inputs),
        "guide_wages": _guide_wages(world),
    }
    told = {name: np.array(each, dtype=dtype, order="C") for name, each in as_told.items()}
    return Ground(world, world.digest, **told)


def _guide_wages(world: World) -> NDArray[np.float64]:
    """Give the inverse of d log(pay offered / pay asked) / d log w at the benchmark, N by N.

    Prices and spending are let follow to first order, for the wages of all countries at once.
    """
    n, j = world.expenditure.shape
    beta, theta = world.value_added_shares[:, :, None], world.elasticities[:, None, None]
    shares = np.ascontiguousarray(world.trade_shares.transpose(2, 0, 1))
    flows = shares / (1 + world.tariffs.transpose(2, 0, 1))
    back = np.ascontiguousarray(flows.transpose(0, 2, 1))
    kept = flows.sum(2)[:, :, None]
    spent, sales = world.expenditure.T[:, :, None], world.sales.T[:, :, None]
    wages = np.eye(n)[:, None, :]
    gamma_costs = world.input_shares.transpose(0, 2, 1)
    prices, bought = np.zeros((n, j, n)), np.zeros((n, j, n))
    offered = np.zeros((n, n))
    for _ in range(SWEEPS):
        costs = (beta * wages + gamma_costs @ prices).transpose(1, 0, 2)
        prices = (shares @ costs).transpose(1, 0, 2)
        p, x = prices.transpose(1, 0, 2), bought.transpose(1, 0, 2)
        sold = back @ (x + theta * spent * p) - theta * sales * costs
        revenue = (x * (1 - kept) + theta * spent * (flows @ costs - kept * p)).sum(0)
        sold = sold.transpose(1, 0, 2)
        income = np.eye(n) * world.value_added[:, None] + revenue
        bought = world.final_shares[:, :, None] * income[:, None, :] + world.input_shares @ sold
        offered = (beta * sold).sum(1) / world.value_added[:, None]
    answer = offered - np.eye(n)
    return np.linalg.inv(answer - world.value_added / world.value_added.sum())
