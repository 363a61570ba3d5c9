"""How each country's real income answers to every tariff and barrier, from one linear solve.

By the implicit function theorem: at an equilibrium off(z, p) = 0, so d h / d p = h_p + l off_p,
where l solves off_z' l = -h_z. The transposed products are written out by hand from `iteration`;
one solve serves all measures at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import as_numpy, sender, swapped
from undaunted.engines.trade.errors import MeasureRefused, NotConverged
from undaunted.engines.trade.solving import EFFORT, Effort
from undaunted.engines.trade.trading import trading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.solution import Solution

__all__ = ["Gradients", "gradients"]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Slopes of the logarithm of real income, at an equilibrium.

    Attributes:
        countries: whose real income.
        tariffs: [S, n, i, j], d log(real income) / d t[n, i, j].
        barriers: [S, n, i, j], d log(real income) / d log d[n, i, j].
        residual: greatest residual of the linear solve.
        iterations: how many it took.
    """

    countries: tuple[str, ...]
    tariffs: NDArray[np.float64]
    barriers: NDArray[np.float64]
    residual: float
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """The equilibrium in the order of the iteration: [j, ·] and [n, j]."""

    ground: Ground
    k: Array
    a: Array
    u: Array
    powered: Array
    x: Array
    v: Array
    q: Array
    net: Array
    bought: Array
    offered: Array
    pay: Array
    income: Array


def gradients(
    ground: Ground, solution: Solution, countries: Sequence[str], *, effort: Effort = EFFORT
) -> Gradients:
    """Give the slopes for some countries at once, with fixed or balanced deficits.

    Raises `MeasureRefused` for an unknown country, and where export taxes or a barrier on final
    use alone are in force or deficits move in step with income; `NotConverged`.
    """
    known = {code: n for n, code in enumerate(ground.world.regions)}
    unknown = [each for each in countries if each not in known]
    if unknown:
        raise MeasureRefused(f"countries: {unknown[0]} is not in this world")
    measures = solution.measures
    if measures.export_taxes is not None or measures.final_barriers is not None:
        raise MeasureRefused(
            "gradients: taken where no export tax and no barrier on final use alone is in force"
        )
    if measures.limits is not None or measures.capital is not None:
        raise MeasureRefused("gradients: taken where nothing is scarce: no quota, no capital moved")
    if solution.certificate.deficits == "share":
        raise MeasureRefused("gradients: deficits must be fixed or balanced")
    point = _point(ground, solution)
    chosen = [known[each] for each in countries]
    unit = np.zeros((ground.size[0], len(chosen)))
    unit[chosen, range(len(chosen))] = 1.0
    seed = sender(ground.beta)(unit)
    multipliers, residual, rounds = _multipliers(point, seed, effort)
    k_bar, a_bar = _tables_back(point, *_split(ground, multipliers), seed)
    opened = sender(ground.beta)(1 + measures.tariffs.transpose(2, 0, 1))
    theta, k, a = ground.theta[:, None, None, None], point.k[..., None], point.a[..., None]
    barriers = -theta * (k_bar * k + a_bar * a)
    tariffs = (barriers - a_bar * a) / opened[..., None]
    return Gradients(tuple(countries), _told(tariffs), _told(barriers), residual, rounds)


def _told(table: Array) -> NDArray[np.float64]:
    """Give [S, n, i, j] for [j, n, i, S], in NumPy."""
    return np.ascontiguousarray(as_numpy(table).transpose(3, 1, 2, 0), dtype=np.float64)


def _point(ground: Ground, solution: Solution) -> _Point:
    xp, send = ground.functions, sender(ground.beta)
    trade = trading(ground, solution.measures.tariffs, solution.measures.barriers)
    x, income = send(solution.expenditure.T), send(solution.income)
    u = xp.exp(-ground.theta[:, None] * xp.log(send(solution.costs.T)))
    powered = trade.prices(u[..., None])[..., 0]
    v = x / powered
    q = trade.sales(v[..., None])[..., 0]
    sales = (u * q).T
    inputs = (ground.gamma @ sales[..., None])[..., 0]
    return _Point(
        ground=ground,
        k=trade.k,
        a=trade.net,
        u=u,
        powered=powered,
        x=x,
        v=v,
        q=q,
        net=trade.imports(u[..., None])[..., 0],
        bought=xp.maximum(ground.alpha * income[:, None] + inputs, ground.least),
        offered=xp.sum(ground.beta * sales, axis=1),
        pay=send(solution.wages) * ground.added,
        income=income,
    )


def _multipliers(point: _Point, seed: Array, effort: Effort) -> tuple[Array, float, int]:
    ground, xp = point.ground, point.ground.functions
    n, j = ground.size
    guides = ground.guide_prices.mT, ground.guide_spending.mT
    state = sender(seed)(np.zeros((n + 2 * n * j, seed.shape[1])))
    mixing = Mixing(effort.depth, state)
    worst = np.inf
    for rounds in range(1, effort.most + 1):
        off = _state_back(point, *_split(ground, state), seed)
        worst = max(float(xp.max(xp.abs(each))) for each in off)
        if worst <= effort.tolerance:
            return state, worst, rounds
        led = [-ground.guide_wages.T @ off[0]]
        led += [
            xp.reshape(guide @ part, (n * j, seed.shape[1]))
            for guide, part in zip(guides, off[1:], strict=True)
        ]
        told = xp.concat(led, axis=0)
        state = mixing.next(state + told, told)
    raise NotConverged(f"no slopes after {effort.most} iterations: the residual is {worst:.3g}")


def _split(ground: Ground, state: Array) -> tuple[Array, Array, Array]:
    (n, j), xp = ground.size, ground.functions
    size = (n, j, state.shape[1])
    prices, spending = state[n : n + n * j, :], state[n + n * j :, :]
    return state[:n, :], xp.reshape(prices, size), xp.reshape(spending, size)


def _state_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Array, Array, Array]:
    """Give h_z + off_z' l by wages, prices and spending."""
    ground, xp = point.ground, point.ground.functions
    y_bar, income_bar, v_bar, net_bar, powered_bar = _inner_back(
        point, wages, prices, spending, seed
    )
    u_bar = y_bar * point.q[..., None] + point.a.mT @ net_bar + point.k.mT @ powered_bar
    costs = swapped(-ground.theta[:, None, None] * point.u[..., None] * u_bar)
    x_bar = income_bar + v_bar / point.powered[..., None]
    share = point.pay / xp.sum(point.pay)
    on_wages = (
        point.pay[:, None] * income_bar
        - wages
        - share[:, None] * xp.sum(wages, axis=0)
        + xp.sum(ground.beta[:, :, None] * costs, axis=1)
    )
    on_prices = -prices + ground.gamma @ costs
    on_prices = on_prices - ground.alpha[:, :, None] * seed[:, None, :]
    on_spending = -spending + swapped(x_bar * point.x[..., None])
    return on_wages, on_prices, on_spending


def _inner_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Give the slopes by sales, income, v, net imports and powered prices, as [j, ·, S]."""
    ground, xp = point.ground, point.ground.functions
    bought = spending / point.bought[:, :, None]
    income_bar = xp.sum(ground.alpha[:, :, None] * bought, axis=1) + seed / point.income[:, None]
    y_bar = ground.gamma.mT @ bought
    y_bar = y_bar + ground.beta[:, :, None] * (wages / point.offered[:, None])[:, None, :]
    y_bar = swapped(y_bar)
    v_bar = -point.net[..., None] * income_bar + point.a @ (y_bar * point.u[..., None])
    net_bar = -point.v[..., None] * income_bar
    powered_bar = -v_bar * (point.v / point.powered)[..., None]
    priced = swapped(prices)
    powered_bar = powered_bar - priced / (ground.theta[:, None] * point.powered)[..., None]
    return y_bar, income_bar, v_bar, net_bar, powered_bar


def _tables_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Array, Array]:
    """Give the slopes by K and A = K / (1 + t), as [j, n, i, S]."""
    y_bar, _, _, net_bar, powered_bar = _inner_back(point, wages, prices, spending, seed)
    u = point.u[:, None, :, None]
    q_bar = y_bar * point.u[..., None]
    k_bar = powered_bar[:, :, None, :] * u
    a_bar = point.v[:, :, None, None] * q_bar[:, None, :, :] + net_bar[:, :, None, :] * u
    return k_bar, a_bar
