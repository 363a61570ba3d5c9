"""One step of the search for an equilibrium: from wages, prices and spending to what follows.

A state holds the logarithms of wages w[n], prices P[n, j] and spending X[n, j], for S scenarios at
once. Where a measure falls on final use alone, final and intermediate use have prices and spending
of their own. `Step.image` is where the state goes, and `Step.moved` how far that is; `Step.off` is
how far it is from itself, which is zero in an equilibrium and is what the certificate tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.arrays import sender, swapped

if TYPE_CHECKING:
    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.trading import Trade

__all__ = ["Problem", "Step", "benchmark_state", "step"]
LONGEST = 1.0
"""No logarithm is moved further in a step: far from balance the guides know nothing."""


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
    moved: Array
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
    ground, xp = problem.ground, problem.ground.functions
    n, j = ground.size
    spending = [xp.log(ground.spending)]
    if len(problem.uses) > 1:
        world, send = ground.world, sender(ground.spending)
        final = world.final_shares * world.income[:, None]
        inputs = np.einsum("njk,nk->nj", world.input_shares, world.sales)
        spending = [xp.log(xp.maximum(send(part), ground.least)) for part in (inputs, final)]
    flat = [xp.zeros_like(ground.added)]
    flat += [xp.zeros_like(xp.reshape(ground.spending, (-1,)))] * len(problem.uses)
    flat += [xp.reshape(each, (n * j,)) for each in spending]
    return xp.concat(flat, axis=0)[:, None] + xp.zeros_like(problem.deficits[:1, :])


def step(problem: Problem, state: Array) -> Step:
    """Follow a state once. The spending of zero is kept at `Ground.least`."""
    ground, xp = problem.ground, problem.ground.functions
    wages, prices, spending = _parts(problem, state)
    asked = xp.exp(wages) * ground.added[:, None]
    costs = ground.beta[:, :, None] * wages[:, None, :] + ground.gamma.mT @ prices[0]
    u = xp.exp(-ground.theta[:, None, None] * swapped(costs))
    sold = _sold(problem, spending, u)
    sales = swapped(u * sold.received)
    own = asked + sold.revenue + sold.exported
    deficits = _deficits(problem, own)
    income = own + deficits
    final = ground.alpha[:, :, None] * income[:, None, :]
    inputs = ground.gamma @ sales
    parts = (inputs + final,) if len(problem.uses) == 1 else (inputs, final)
    new_spending = [xp.log(xp.maximum(part, ground.least[:, :, None])) for part in parts]
    offered = (ground.beta[:, None, :] @ sales)[:, 0, :]
    pay_off = xp.log(offered / asked)
    off = [pay_off]
    for new, old in zip((*sold.prices, *new_spending), (*prices, *spending), strict=True):
        off.append(xp.reshape(new - old, (-1, state.shape[1])))
    told = xp.concat(off, axis=0)
    moved = _led(problem, state, told)
    return Step(
        image=state + moved,
        moved=moved,
        off=told,
        wages=wages,
        prices=prices,
        spending=spending,
        sales=sales,
        income=income,
        revenue=sold.revenue,
        export_revenue=sold.exported,
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
    """Add up what the uses lead to."""
    one, *others = (
        _sold_for(problem.ground, trade, bought, u)
        for trade, bought in zip(problem.uses, spending, strict=True)
    )
    for other in others:
        one = _Sold(
            one.prices + other.prices,
            one.revenue + other.revenue,
            one.exported + other.exported,
            one.received + other.received,
        )
    return one


def _sold_for(ground: Ground, trade: Trade, bought: Array, u: Array) -> _Sold:
    xp = ground.functions
    powered = trade.prices(u)
    x = xp.exp(swapped(bought))
    v = x / powered
    revenue = xp.sum(x - v * trade.imports(u), axis=0)
    received = trade.sales(v)
    exported = 0.0 * revenue
    if trade.taxed:
        exported = xp.sum(u * (trade.exports(v) - received), axis=0)
    prices = swapped(xp.log(powered) / -ground.theta[:, None, None])
    return _Sold((prices,), revenue, exported, received)


def _parts(problem: Problem, state: Array) -> tuple[Array, tuple[Array, ...], tuple[Array, ...]]:
    (n, j), xp = problem.ground.size, problem.ground.functions
    uses, block, size = len(problem.uses), n * j, (n, j, state.shape[1])
    starts = range(n, n + 2 * uses * block, block)
    cut = [xp.reshape(state[at : at + block, :], size) for at in starts]
    return state[:n, :], tuple(cut[:uses]), tuple(cut[uses:])


def _deficits(problem: Problem, own: Array) -> Array:
    if not problem.in_step:
        return problem.deficits + problem.transfers
    xp = problem.ground.functions
    grown = xp.sum(own, axis=0) / xp.sum(problem.ground.earned)
    return problem.deficits * grown + problem.transfers


def _led(problem: Problem, state: Array, off: Array) -> Array:
    """Give how far the state is moved: each part by its residual, as the guides lead it.

    Prices and spending also move as they follow when wages do.
    """
    ground, xp = problem.ground, problem.ground.functions
    n, j = ground.size
    led = xp.clip(off, -LONGEST, LONGEST)
    quick = xp.astype(led, xp.float32, copy=False)
    wages = state[:n, :] - ground.guide_wages @ quick[:n, :]
    paid = xp.sum(xp.exp(wages) * ground.added[:, None], axis=0) / xp.sum(ground.added)
    risen = wages - xp.log(paid) - state[:n, :]
    moved = xp.astype(risen, xp.float32, copy=False)
    follow = ground.prices_follow @ moved, ground.spending_follows @ moved
    _, prices, spending = _parts(problem, quick)
    prices = (ground.guide_prices @ prices[0], *prices[1:])
    spending = (ground.guide_spending @ spending[0], *spending[1:])
    steps = [xp.reshape(part + follow[0], (n * j, -1)) for part in prices]
    steps += [xp.reshape(part + follow[1], (n * j, -1)) for part in spending]
    return xp.concat([risen, *(xp.clip(part, -LONGEST, LONGEST) for part in steps)], axis=0)
