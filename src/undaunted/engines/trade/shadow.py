"""Equilibria in which something is scarce: permits under a quota, capital bound to a sector.

Neither has a price that could be told beforehand. Both are found around the equilibrium. A permit's
worth m = log(1 + price) rises until the quantity that arrives is the one allowed, and is nothing
where the limit does not bind. Capital that is bound to a sector earns what its sales leave for it
over its stock; whatever moves earns the same in all sectors of a country, and shares what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import as_numpy
from undaunted.engines.trade.errors import NotConverged
from undaunted.engines.trade.solving import Effort, iterate, problem_of

if TYPE_CHECKING:
    from undaunted.engines.trade.deficits import Deficits
    from undaunted.engines.trade.ground import Array, Ground
    from undaunted.engines.trade.iteration import Problem, Step
    from undaunted.engines.trade.measures import Measures

__all__ = ["Found", "is_scarce", "settle"]

MOST = 1500
DEPTH = 8
MIXED = 200
"""After so many rounds the search begins anew without mixing steps: slower, and not misled by the
kinks where a permit begins or ceases to be worth something.
"""
FARTHEST = 1.5
"""No logarithm of a price is moved further at once."""
LESS = (
    "put a wider limit, a smaller part of capital, or fewer flows. Where most of the world's trade "
    "is limited at once, what countries spend beyond their income must still be paid for with what "
    'trade is left: there, deficits = "balanced" settles sooner'
)
LOOSE = 1e-3
"""The equilibrium in between is found this much better than what is scarce is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The last step, the measures with permits told as prices, and the proof.

    Attributes:
        scarcity: [n, i, j], what a permit is worth, as a part of the price without it.
        dearer: f[n, j], what capital that has changed makes of a sector's costs.
        off: greatest logarithmic excess of a quantity, or gap of what capital earns.
    """

    problem: Problem
    step: Step
    measures: Measures
    scarcity: Array
    dearer: Array
    off: float
    rounds: int


def is_scarce(measures: Measures) -> bool:
    """Say whether something has a price that is to be found."""
    return measures.limits is not None or measures.capital is not None


def settle(ground: Ground, measures: Measures, *, deficits: Deficits, effort: Effort) -> Found:
    """Find the prices of what is scarce, and the equilibrium. Raises `NotConverged`."""
    scarce = _scarce(ground, measures)
    levels, start = np.zeros(scarce.size), None
    mixing = Mixing(DEPTH, levels[:, None])
    worst, total = 1.0, 0
    for number in range(MOST):
        told = _priced(measures, scarce, levels)
        problem = problem_of(ground, told, deficits=deficits)
        inner = max(effort.tolerance / 10, min(LOOSE, worst * LOOSE))
        step, rounds = _found_within(problem, replace(effort, tolerance=inner), effort, start)
        total, start = total + rounds, step.image
        image, off = _answer(ground, told, scarce, levels, step)
        worst = float(np.abs(off).max(initial=0.0))
        if worst <= effort.tolerance and inner <= effort.tolerance:
            worth, dearer = np.zeros_like(measures.tariffs), np.ones_like(ground.world.expenditure)
            permits = levels[: scarce.flows]
            permits[permits <= effort.tolerance] = 0.0
            worth[scarce.at] = np.expm1(permits)
            dearer[scarce.sectors] = np.exp(levels[scarce.flows :])
            levels[scarce.flows :] = 0.0
            told = _priced(measures, scarce, levels)
            return Found(problem, step, told, worth, dearer, worst, total)
        moved = np.clip(image - levels, -FARTHEST, FARTHEST)
        if number == MIXED:
            levels, start = np.zeros(scarce.size), None
        elif number < MIXED:
            levels = mixing.next((levels + moved)[:, None], moved[:, None])[:, 0]
        else:
            levels += moved
        levels[: scarce.flows] = np.maximum(levels[: scarce.flows], 0.0)
    raise NotConverged(
        f"no price of what is scarce after {MOST} rounds: a quantity or the earnings of capital "
        f"are off by {worst:.3g} and {effort.tolerance:.3g} is asked; {LESS}"
    )


def _found_within(
    problem: Problem, inner: Effort, asked: Effort, start: Array | None
) -> tuple[Step, int]:
    """Give the equilibrium in between. Raises `NotConverged` with the tolerance that was asked."""
    try:
        return iterate(problem, effort=inner, start=start)
    except NotConverged as fault:
        raise NotConverged(
            "no equilibrium while the prices of what is scarce were sought to "
            f"{asked.tolerance:.3g}; {LESS}"
        ) from fault


@dataclass(frozen=True, slots=True, eq=False)
class _Scarce:
    """The flows that are limited, and all sectors of countries where capital is bound, as indices.

    `part` is of value added that bound capital earns, nothing in a sector where it is not bound.
    """

    at: tuple[Any, ...]
    most: Array
    importer: Array
    exporter: Array
    sectors: tuple[Any, ...]
    stock: Array
    part: Array

    @property
    def flows(self) -> int:
        return len(self.most)

    @property
    def size(self) -> int:
        return len(self.most) + len(self.stock)


def _scarce(ground: Ground, measures: Measures) -> _Scarce:
    world, limits, capital = ground.world, measures.limits, measures.capital
    none = np.zeros(0, dtype=np.int64)
    at: tuple[Any, ...] = (none, none, none)
    most, importer, exporter = np.zeros(0), none.astype(bool), none.astype(bool)
    if limits is not None:
        traded = (world.trade_shares > 0) & (world.expenditure > 0)[:, None]
        at = np.nonzero(np.isfinite(limits.most) & traded & np.isfinite(measures.barriers))
        most, importer, exporter = limits.most[at], limits.importer[at], limits.exporter[at]
    sectors: tuple[Any, ...] = (none, none)
    stock, part = np.zeros(0), np.zeros(0)
    if capital is not None:
        bound = (capital.stock != 1) & (world.sales > 0)
        sectors = np.nonzero(bound.any(1)[:, None] & (world.sales > 0))
        stock = capital.stock[sectors]
        part = capital.part * bound[sectors]
    return _Scarce(at, most, importer, exporter, sectors, stock, part)


def _priced(measures: Measures, scarce: _Scarce, levels: Array) -> Measures:
    """Give the measures with what is scarce as tariffs, export taxes and barriers."""
    dearer, capital = np.exp(levels[: scarce.flows]), np.exp(levels[scarce.flows :])
    factors = [np.ones_like(measures.tariffs) for _ in range(3)]
    factors[0][scarce.at] = np.where(scarce.importer, dearer, 1.0)
    factors[1][scarce.at] = np.where(scarce.exporter, dearer, 1.0)
    factors[2][scarce.at] = np.where(scarce.importer | scarce.exporter, 1.0, dearer)
    i, j = scarce.sectors
    factors[2][:, i, j] *= capital
    taxes = measures.export_taxes
    if scarce.exporter.any():
        taxes = (1 + (0.0 if taxes is None else taxes)) * factors[1] - 1
    return replace(
        measures,
        tariffs=(1 + measures.tariffs) * factors[0] - 1,
        export_taxes=taxes,
        barriers=measures.barriers * factors[2],
    )


def _answer(
    ground: Ground, told: Measures, scarce: _Scarce, levels: Array, step: Step
) -> tuple[Array, Array]:
    """Give the levels that follow, and how far what is scarce is from what it is to be."""
    theta = ground.world.elasticities
    quantity, share = _arrived(ground, told, scarce, step)
    excess, worth = np.log(quantity / scarce.most), levels[: scarce.flows]
    permits = np.maximum(worth + _dearer_together(ground, scarce, excess, share, worth), 0.0)
    bound = levels[scarce.flows :]
    gap = _dearer(ground, scarce, step) - bound
    steep = scarce.part * ground.world.value_added_shares[scarce.sectors] * theta[scarce.sectors[1]]
    image = np.concatenate([permits, bound + gap / (1 + steep)])
    off = np.concatenate([np.maximum(worth + excess, 0.0) - worth, gap])
    return image, off


def _dearer_together(
    ground: Ground, scarce: _Scarce, excess: Array, share: Array, worth: Array
) -> Array:
    """Give by how much permits rise, all of a buyer's for a good at once.

    One that rises makes what is bought of the others more, by its share: a step of Newton over
    those that bind, told at given spending and costs.
    """
    n, _, j = scarce.at
    theta = ground.world.elasticities[j]
    binds = (worth > 0) | (excess > 0)
    group = n * len(ground.world.sectors) + j
    size = ground.world.expenditure.size
    held = np.bincount(group, np.where(binds, share, 0.0), size)[group]
    pushed = np.bincount(group, np.where(binds, share * excess, 0.0), size)[group]
    return (excess + theta * pushed / (1 + theta - theta * np.minimum(held, 1.0))) / (1 + theta)


def _dearer(ground: Ground, scarce: _Scarce, step: Step) -> Array:
    """Give log f of each sector: what its capital and what moves earn, over what all earn."""
    world, (n, j) = ground.world, scarce.sectors
    beta, before = world.value_added_shares[n, j], world.sales[n, j]
    after = as_numpy(step.sales)[n, j, 0]
    moving = [np.zeros(len(world.regions)) for _ in range(2)]
    for total, sales in zip(moving, (before, after), strict=True):
        np.add.at(total, n, (1 - scarce.part) * beta * sales)
    wages = np.log(moving[1][n] / moving[0][n])
    earned = np.log(after / before / scarce.stock)
    paid = as_numpy(step.wages)[n, 0]
    return beta * (wages - paid + scarce.part * (earned - wages))


def _arrived(ground: Ground, told: Measures, scarce: _Scarce, step: Step) -> tuple[Array, Array]:
    """Give the limited quantities against the benchmark, and their shares of what n buys of j."""
    world, at = ground.world, scarce.at
    n, i, j = at
    costs, theta = as_numpy(step.costs)[i, j, 0], world.elasticities[j]
    taxed = 1.0 if told.export_taxes is None else 1 + told.export_taxes[at]
    arrived, spent = np.zeros(scarce.flows), np.zeros(scarce.flows)
    every = np.zeros(scarce.flows)
    for use, (prices, spending) in enumerate(zip(step.prices, step.spending, strict=True)):
        barriers = told.barriers[at]
        if use and told.final_barriers is not None:
            barriers = barriers * told.final_barriers[at]
        factor = (1 + told.tariffs[at]) / (1 + world.tariffs[at]) * barriers * taxed
        shares = world.trade_shares[at] * np.exp(
            -theta * (np.log(factor) + costs - as_numpy(prices)[n, j, 0])
        )
        bought = np.exp(as_numpy(spending)[n, j, 0])
        every += bought
        spent += shares * bought
        arrived += shares * bought / (1 + told.tariffs[at]) / barriers
    before = world.trade_shares[at] * world.expenditure[n, j] / (1 + world.tariffs[at])
    return arrived / (np.exp(costs) * taxed) / before, spent / every
