"""How harm and cost answer to each member's each line, from one adjoint solve at a choice.

Slopes are told by q, the part of a flow that a rate closes at given prices (`closeness`), and not
by the rate: in q the harm flattens and the cost steepens, as a loss does that grows with what is
given up, so that a tangent lies above harm and below cost far more widely than one by rates would.
A ban is q = 1 there, and as near as any other level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.adjoint import _inner_back, _multipliers, _point, _split
from undaunted.engines.trade.arrays import as_numpy, sender
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.menu import Instrument
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.stage import closeness, measures_for, opened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.solution import Solution
    from undaunted.engines.trade.stage import Stage

__all__ = ["Tangent", "tangent_at"]

NEARLY_ALL = 0.98
"""A ban has no slope by rates; it is told where this part of the flow is closed."""
EFFORT = Effort(1e-7)


@dataclass(frozen=True, slots=True, eq=False)
class Tangent:
    """Harm and cost near rates r: told(q') = value + slopes . (q' - q).

    Attributes:
        closed: q[M, L] of the point; most of it where a ban is asked.
        harm, cost: there, exact.
        harm_slopes, cost_slopes: [M, L], by q, the coercer's answer included.
    """

    closed: NDArray[np.float64]
    harm: float
    cost: float
    harm_slopes: NDArray[np.float64]
    cost_slopes: NDArray[np.float64]


def tangent_at(stage: Stage, rates: NDArray[np.float64], *, reply: float) -> Tangent:
    """Solve rates [M, L] and their adjoint, in float64."""
    theta = stage.ground.world.elasticities[stage.sectors]
    widest = (1 - NEARLY_ALL) ** (-1 / theta) - 1
    rates = np.minimum(rates, np.maximum(widest, np.where(np.isfinite(rates), rates, 0.0)))
    found = solve(stage.ground, measures_for(stage, rates, reply=reply), effort=EFFORT)
    changed = (1 + found.real_income) / (1 + stage.before.real_income) - 1
    seeds = np.zeros((len(changed), 2))
    seeds[stage.coercer, 0] = -(1 + changed[stage.coercer])
    seeds[stage.members, 1] = -stage.weights * (1 + changed[stage.members])
    slopes = _slopes_by_rate(stage, found, rates, reply, seeds)
    closed = closeness(stage, rates)
    by_closed = slopes / _steepness(stage, rates, closed)
    return Tangent(
        closed=closed,
        harm=-float(changed[stage.coercer]),
        cost=-float(changed[stage.members] @ stage.weights),
        harm_slopes=by_closed[0],
        cost_slopes=by_closed[1],
    )


def _steepness(stage: Stage, rates: Array, closed: Array) -> Array:
    """Give d q / d r."""
    theta = stage.ground.world.elasticities[stage.sectors]
    return theta * (1 - closed) / (opened(stage) + rates)


def _slopes_by_rate(
    stage: Stage, found: Solution, rates: Array, reply: float, seeds: Array
) -> NDArray[np.float64]:
    """Give [S, M, L], slopes by each rate of what the seeds sum up."""
    sold, bought = _slopes_of_trade(stage.ground, found, stage.coercer, seeds)
    told = np.zeros((seeds.shape[1], *rates.shape))
    for at, line in enumerate(stage.menu.lines):
        cell = stage.sectors[at], stage.members
        there, here = 1 + rates[:, at, None], 1 + reply * rates[:, at, None]
        match line.instrument:
            case Instrument.TARIFF:
                slopes = sold[0][cell] + reply * bought[0][cell]
            case Instrument.BARRIER:
                slopes = sold[1][cell] / there + reply * bought[1][cell] / here
            case _:
                slopes = bought[1][cell] / there + reply * sold[1][cell] / here
        told[:, :, at] = slopes.T
    return told


def _slopes_of_trade(
    ground: Ground, found: Solution, country: int, seeds: Array
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Give slopes by tariff and by log barrier, [j, other, S]: of what c sells, of what it buys."""
    point, c, seeds = _point(ground, found), country, sender(ground.beta)(seeds)
    multipliers, _, _ = _multipliers(point, seeds, EFFORT)
    y_bar, _, _, net_bar, powered_bar = _inner_back(point, *_split(ground, multipliers), seeds)
    q_bar = y_bar * point.u[..., None]
    told = []
    for rows, n, i in (
        ((slice(None), slice(None), c), slice(None), slice(c, c + 1)),
        ((slice(None), c, slice(None)), slice(c, c + 1), slice(None)),
    ):
        u, v = point.u[:, i, None], point.v[:, n, None]
        k_bar = powered_bar[:, n] * u
        a_bar = v * q_bar[:, i] + net_bar[:, n] * u
        k, a = point.k[rows][..., None], point.a[rows][..., None]
        barriers = -ground.theta[:, None, None] * (k_bar * k + a_bar * a)
        table = found.measures.tariffs.transpose(2, 0, 1)[rows]
        told.append((as_numpy(barriers - a_bar * a) / (1 + table)[..., None], as_numpy(barriers)))
    return told[0], told[1]
