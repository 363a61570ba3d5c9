"""One step of the search for an equilibrium: from wages, prices and spending to what follows.

A state holds the logarithms of wages w[n], prices P[n, j] and spending X[n, j], for S scenarios at
once. Where a measure falls on final use alone, final and intermediate use have prices and spending
of their own. `Step.image` is where the state goes; `Step.off` how far it is from itself, which is
zero in an equilibrium and is what the certificate tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.trading import Trade

__all__ = ["Deficits", "Problem", "Step", "benchmark_state", "step"]
LONGEST = 1.0
"""No logarithm is moved further in a step: far from balance the guides know nothing."""


class Deficits(StrEnum):
    """What becomes of deficits: fixed with world value added as the unit, gone, or in step."""

    FIXED = "fixed"
    BALANCED = "balanced"
    SHARE = "share"


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """S scenarios over one ground.

    Attributes:
        uses: one trade for both uses, or that of inputs and that of final use.
        deficits: D[n, S] before any transfer, by the closure.
        transfers: T[n, S].
        in_step: whether deficits grow with world income (`Deficits.SHARE`).
    """

    ground: Ground
    uses: tuple[Trade, ...]
    deficits: Array
    transfers: Array
    in_step: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What follows from a state; arrays as [n, S] and [n, j, S]."""

    image: Array
    off: Array
    wages: Array
    prices: tuple[Array, ...]
    spending: tuple[Array, ...]
    sales: Array
    income: Array
    revenue: Array
    export_revenue: Array
    deficits: Array
    pay_off: Array
    costs: Array


def benchmark_state(problem: Problem) -> Array:
    """Give the state in which nothing has changed, [unknowns, S]."""
    ground = problem.ground
    n, j = ground.size
    number = problem.deficits.shape[1]
    spending = [np.log(ground.spending)]
    if len(problem.uses) > 1:
        world = ground.world
        final = world.final_shares * world.income[:, None]
        inputs = np.einsum("njk,nk->nj", world.input_shares, world.sales)
        spending = [
            np.log(np.maximum(part, ground.least)).astype(ground.spending.dtype)
            for part in (inputs, final)
        ]
    flat = [np.zeros(n + n * j * len(problem.uses), dtype=ground.spending.dtype)]
    flat += [each.ravel() for each in spending]
    return np.repeat(np.concatenate(flat)[:, None], number, 1)


def step(problem: Problem, state: Array) -> Step:
    """Follow a state once. The spending of zero is kept at `Ground.least`."""
    ground = problem.ground
    n, j = ground.size
    wages, prices, spending = _parts(problem, state)
    level = np.exp(wages)
    costs = ground.beta[:, :, None] * wages[:, None] + ground.gamma_costs @ prices[0]
    u = np.exp(-ground.theta[:, None, None] * costs.transpose(1, 0, 2))
    sold = _sold(problem, spending, u)
    sales = (u * sold.received).transpose(1, 0, 2)
    revenue, exported = sold.revenue, sold.exported
    own = level * ground.added[:, None] + revenue + exported
    deficits = _deficits(problem, own)
    income = own + deficits
    final = ground.alpha[:, :, None] * income[:, None]
    inputs = ground.gamma @ sales
    parts = (inputs + final,) if len(problem.uses) == 1 else (inputs, final)
    new_spending = [np.log(np.maximum(part, ground.least[:, :, None])) for part in parts]
    offered = (ground.beta[:, :, None] * sales).sum(1)
    pay_off = np.log(offered / (level * ground.added[:, None]))
    off = np.concatenate(
        [
            pay_off,
            *((new - old).reshape(n * j, -1) for new, old in zip(sold.prices, prices, strict=True)),
            *(
                (new - old).reshape(n * j, -1)
                for new, old in zip(new_spending, spending, strict=True)
            ),
        ]
    )
    return Step(
        image=_led(problem, state, off, wages),
        off=off,
        wages=wages,
        prices=prices,
        spending=spending,
        sales=sales,
        income=income,
        revenue=revenue,
        export_revenue=exported,
        deficits=deficits,
        pay_off=pay_off,
        costs=costs,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sold:
    """What spending leads to: new prices, the treasuries' parts, what producers receive / u."""

    prices: tuple[Array, ...]
    revenue: Array
    exported: Array
    received: Array


def _sold(problem: Problem, spending: tuple[Array, ...], u: Array) -> _Sold:
    theta = problem.ground.theta[:, None, None]
    prices, revenue, received, exported = [], 0.0, 0.0, np.zeros_like(problem.deficits)
    for trade, bought in zip(problem.uses, spending, strict=True):
        x = np.exp(bought.transpose(1, 0, 2))
        powered = trade.prices(u)
        v = x / powered
        prices.append((-np.log(powered) / theta).transpose(1, 0, 2))
        revenue = revenue + (x - v * trade.imports(u)).sum(0)
        sold = trade.sales(v)
        received = received + sold
        if trade.taxed:
            exported = exported + (u * (trade.exports(v) - sold)).sum(0)
    return _Sold(tuple(prices), revenue, exported, received)


def _parts(problem: Problem, state: Array) -> tuple[Array, tuple[Array, ...], tuple[Array, ...]]:
    n, j = problem.ground.size
    uses, block = len(problem.uses), n * j
    cut = [state[n + at * block : n + (at + 1) * block].reshape(n, j, -1) for at in range(2 * uses)]
    return state[:n], tuple(cut[:uses]), tuple(cut[uses:])


def _deficits(problem: Problem, own: Array) -> Array:
    if not problem.in_step:
        return problem.deficits + problem.transfers
    world = problem.ground.world
    before = (world.value_added + world.tariff_revenue).sum()
    return problem.deficits * (own.sum(0) / before) + problem.transfers


def _led(problem: Problem, state: Array, off: Array, wages: Array) -> Array:
    """Give the next state: each part moved by its residual, as the guides of the ground lead it."""
    ground = problem.ground
    n, j = ground.size
    block = n * j
    image = state + np.clip(off, -LONGEST, LONGEST)
    moved: list[tuple[int, Any]] = [(0, ground.guide_prices)]
    moved += [(len(problem.uses), ground.guide_spending)]
    for at, guide in moved:
        rows = slice(n + at * block, n + (at + 1) * block)
        led = guide @ np.clip(off[rows], -LONGEST, LONGEST).reshape(n, j, -1)
        image[rows] = state[rows] + led.reshape(block, -1)
    next_wages = wages - ground.guide_wages @ np.clip(off[:n], -LONGEST, LONGEST)
    total = ground.added.sum()
    next_wages -= np.log((np.exp(next_wages) * ground.added[:, None]).sum(0) / total)
    image[:n] = next_wages
    return image
