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

from undaunted.engines.trade.adjoint import gradients_of_sums
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.menu import Instrument
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.stage import closeness, measures_for, opened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
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
    weights = np.zeros((2, len(changed)))
    weights[0, stage.coercer] = -(1 + changed[stage.coercer])
    weights[1, stage.members] = -stage.weights * (1 + changed[stage.members])
    slopes = _slopes_by_rate(stage, found, rates, reply, weights)
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
    stage: Stage, found: Solution, rates: Array, reply: float, weights: Array
) -> NDArray[np.float64]:
    """Give [S, M, L], slopes by each rate of weighted sums of log real income."""
    told = gradients_of_sums(stage.ground, found, weights, effort=EFFORT)
    c, rows = stage.coercer, []
    for at, line in enumerate(stage.menu.lines):
        sold = slice(None), stage.members, c, stage.sectors[at]
        bought = slice(None), c, stage.members, stage.sectors[at]
        there, here = 1 + rates[:, at], 1 + reply * rates[:, at]
        match line.instrument:
            case Instrument.TARIFF:
                rows.append(told.tariffs[sold] + reply * told.tariffs[bought])
            case Instrument.BARRIER:
                rows.append(told.barriers[sold] / there + reply * told.barriers[bought] / here)
            case _:
                rows.append(told.barriers[bought] / there + reply * told.barriers[sold] / here)
    return np.stack(rows, axis=-1)
