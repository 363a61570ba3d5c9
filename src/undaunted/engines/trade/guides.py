"""What leads the iteration to where the equilibrium lies; it has no part in what that is.

All of it is worked out at the benchmark, to first order: each country's own input loops, for prices
and for spending; what all prices and all spending do when a wage moves; and the answer of the
labour markets of all countries to all wages, with prices and spending following.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from undaunted.engines.trade.world import World

__all__ = ["guides_of"]

LITTLE = 1e-8
"""Of a country's value added: what is too little spending to be led."""
SWEEPS = 12
"""Each sweep follows the change once through all borders; own loops are solved in each."""
QUICK = np.float32
AT_ONCE = 8
"""So many wages together need little memory, and are many enough for products of matrices."""

Guide = Any


def guides_of(world: World) -> dict[str, Guide]:
    """Give them by the names that they have in `Ground`."""
    spent = _spent(world)
    own = np.arange(len(world.regions))
    bought_at_home = world.trade_shares[own, own]
    sold_at_home = bought_at_home / (1 + world.tariffs[own, own])
    eye = np.eye(len(world.sectors))
    costs = bought_at_home[:, :, None] * world.input_shares.transpose(0, 2, 1)
    inputs = world.input_shares * (sold_at_home * world.expenditure)[:, None] / spent[:, :, None]
    prices, spending = np.linalg.inv(eye - costs), np.linalg.inv(eye - inputs)
    return {
        "guide_prices": prices,
        "guide_spending": spending,
        **_followed(world, spent, prices.astype(QUICK), spending.astype(QUICK)),
    }


def _spent(world: World) -> Guide:
    """Give spending, as its parts say where they say more; infinity where it is too little."""
    final = world.final_shares * world.income[:, None]
    inputs = (world.input_shares @ world.sales[:, :, None])[..., 0]
    spent = np.maximum(world.expenditure, final + inputs)
    return np.where(spent > LITTLE * world.value_added[:, None], spent, np.inf)


def _followed(world: World, spent: Guide, prices: Guide, spending: Guide) -> dict[str, Guide]:
    """Follow the wages of all countries, so many at once that little memory is asked for."""
    countries = len(world.regions)
    tables = _Tables.of(world, spent, prices, spending)
    unit = np.eye(countries, dtype=QUICK)
    answer = np.empty_like(unit)
    follow = np.empty((2, *world.expenditure.shape, countries), dtype=QUICK)
    for at in range(0, countries, AT_ONCE):
        some = slice(at, at + AT_ONCE)
        follow[0, :, :, some], follow[1, :, :, some], answer[:, some] = tables.followed(
            unit[:, some]
        )
    weights = world.value_added / world.value_added.sum()
    return {
        "guide_wages": np.linalg.inv(answer.astype(np.float64) - np.eye(countries) - weights),
        "prices_follow": follow[0],
        "spending_follows": follow[1],
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """The benchmark as [n, j, ·] and [j, n, ·], in float32."""

    beta: Guide
    gamma: Guide
    alpha: Guide
    theta: Guide
    shares: Guide
    flows: Guide
    bought: Guide
    sales: Guide
    per: Guide
    value_added: Guide
    prices: Guide
    spending: Guide

    @classmethod
    def of(cls, world: World, spent: Guide, prices: Guide, spending: Guide) -> _Tables:
        sales = world.sales.T[:, :, None]
        shares = np.array(world.trade_shares.transpose(2, 0, 1), dtype=QUICK, order="C")
        told = {
            "beta": world.value_added_shares[:, :, None],
            "gamma": world.input_shares,
            "alpha": world.final_shares[:, :, None],
            "theta": world.elasticities[:, None, None],
            "flows": shares / (1 + world.tariffs.astype(QUICK).transpose(2, 0, 1)),
            "bought": world.expenditure.T[:, :, None],
            "sales": sales,
            "per": 1 / spent[:, :, None],
            "value_added": world.value_added[:, None],
        }
        quick = {name: np.asarray(each, dtype=QUICK) for name, each in told.items()}
        return cls(shares=shares, prices=prices, spending=spending, **quick)

    def followed(self, wages: Guide) -> tuple[Guide, Guide, Guide]:
        """Give prices, spending and pay offered, as logarithms, for wages [n, S] likewise."""
        p, x = np.zeros((2, *self.gamma.shape[:2], wages.shape[1]), dtype=QUICK)
        kept = self.flows.sum(2)[:, :, None]
        for _ in range(SWEEPS):
            costs = _turned(self.beta * wages[:, None] + self.gamma.mT @ p)
            p = p + self.prices @ (_turned(self.shares @ costs) - p)
            dearer, more = self.theta * self.bought * _turned(p), self.bought * _turned(x)
            sold = self.flows.mT @ (more + dearer) - self.theta * self.sales * costs
            revenue = more * (1 - kept) - kept * dearer
            revenue = revenue + self.theta * self.bought * (self.flows @ costs)
            income = wages * self.value_added + revenue.sum(0)
            spent = self.alpha * income[:, None] + self.gamma @ _turned(sold)
            x = x + self.spending @ (spent * self.per - x)
        return p, x, (self.beta * _turned(sold)).sum(1) / self.value_added


def _turned(table: Guide) -> Guide:
    return table.transpose(1, 0, 2)
