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

from undaunted.engines.trade.arrays import Array, Functions, functions_of, sender
from undaunted.engines.trade.blocks import check_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.world import World

__all__ = ["Array", "Ground", "prepare"]

NOTHING = 1e-14
"""Of a country's value added: what counts as no spending, so that its logarithm is a number."""
LITTLE = 1e-8
"""Likewise: what is too little spending to be led."""
SWEEPS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A world in the order of the iteration; letters as in `World`.

    All arrays but the world's own lie in one library, on one device, in one type.

    Attributes:
        shares: pi as [j, n, i]; `flows` is pi / (1 + tau) likewise.
        spending: X[n, j], at least `least`; `earned` is value added and tariff revenue [n].
        guide_prices, guide_spending: [n, j, k]; `guide_wages` is [n, n].
    """

    world: World
    digest: str
    shares: Array
    flows: Array
    beta: Array
    gamma: Array
    alpha: Array
    theta: Array
    added: Array
    earned: Array
    deficits: Array
    spending: Array
    least: Array
    guide_prices: Array
    guide_spending: Array
    guide_wages: Array

    @property
    def size(self) -> tuple[int, int]:
        """N and J."""
        return self.beta.shape[0], self.beta.shape[1]

    @property
    def functions(self) -> Functions:
        """The functions of the library in which the arrays lie."""
        return functions_of(self.beta)


def prepare(
    world: World, *, dtype: type[np.floating[Any]] = np.float64, like: Array | None = None
) -> Ground:
    """Bring a world into the order of the iteration; takes some tenths of a second.

    `like` is any array of another library, on the device on which scenarios are to be solved, say
    `torch.empty(0, device="cuda")`; without one they are solved by NumPy.
    Raises `WorldMalformed` where countries do not all trade with each other, directly or not.
    """
    check_whole(world)
    least = np.repeat(NOTHING * world.value_added[:, None], len(world.sectors), 1)
    guide_prices, guide_spending = _guides_of_inputs(world)
    revenue = world.tariff_revenue
    as_told = {
        "shares": world.trade_shares.transpose(2, 0, 1),
        "flows": (world.trade_shares / (1 + world.tariffs)).transpose(2, 0, 1),
        "beta": world.value_added_shares,
        "gamma": world.input_shares,
        "alpha": world.final_shares,
        "theta": world.elasticities,
        "added": world.value_added,
        "earned": world.value_added + revenue,
        "deficits": world.deficits,
        "spending": np.maximum(world.expenditure, least),
        "least": least,
        "guide_prices": guide_prices,
        "guide_spending": guide_spending,
        "guide_wages": _guide_wages(world),
    }
    where = np.empty(0) if like is None else like
    send = sender(where, getattr(functions_of(where), np.dtype(dtype).name))
    return Ground(world, world.digest, **{name: send(each) for name, each in as_told.items()})


def _guides_of_inputs(world: World) -> tuple[Array, Array]:
    """Give the inverses of each country's own input loops, for prices and for spending."""
    own, eye = np.arange(len(world.regions)), np.eye(len(world.sectors))
    bought_at_home = world.trade_shares[own, own]
    sold_at_home = bought_at_home / (1 + world.tariffs[own, own])
    spent = world.expenditure
    worth = spent > LITTLE * world.value_added[:, None]
    safe = np.where(worth, spent, 1.0)
    scaled = np.where(worth[:, :, None], spent[:, None, :] / safe[:, :, None], 0.0)
    inputs = world.input_shares * sold_at_home[:, None, :] * scaled
    costs = bought_at_home[:, :, None] * world.input_shares.transpose(0, 2, 1)
    return np.linalg.inv(eye - costs), np.linalg.inv(eye - inputs)


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
