"""How each country's real income answers to every tariff and barrier, from one linear solve.

By the implicit function theorem: at an equilibrium off(z, p) = 0, so d h / d p = h_p + l off_p,
where l solves off_z' l = -h_z. The transposed products are written out by hand from `iteration`;
one solve serves all measures at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.errors import MeasureRefused, NotConverged
from undaunted.engines.trade.solving import EFFORT, Effort
from undaunted.engines.trade.trading import trading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.trade.ground import Array, Ground
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
    seed = np.zeros((ground.size[0], len(chosen)))
    seed[chosen, range(len(chosen))] = 1.0
    multipliers, residual, rounds = _multipliers(point, seed, effort)
    k_bar, a_bar = _tables_back(point, *_split(ground, multipliers), seed)
    theta, opened = ground.theta[:, None, None, None], 1 + measures.tariffs.transpose(2, 0, 1)
    k, a = point.k[..., None], point.a[..., None]
    barriers = -theta * (k_bar * k + a_bar * a)
    tariffs = (barriers - a_bar * a) / opened[..., None]
    return Gradients(
        tuple(countries),
        np.ascontiguousarray(tariffs.transpose(3, 1, 2, 0)),
        np.ascontiguousarray(barriers.transpose(3, 1, 2, 0)),
        residual,
        rounds,
    )


def _point(ground: Ground, solution: Solution) -> _Point:
    trade = trading(ground, solution.measures.tariffs, solution.measures.barriers)
    u = np.exp(-ground.theta[:, None] * np.log(solution.costs).T)
    powered = (trade.k @ u[:, :, None])[..., 0]
    x = solution.expenditure.T
    v = x / powered
    q = (trade.received_back @ v[:, :, None])[..., 0]
    sales = (u * q).T
    bought = ground.alpha * solution.income[:, None] + np.einsum("njk,nk->nj", ground.gamma, sales)
    return _Point(
        ground=ground,
        k=trade.k,
        a=trade.net,
        u=u,
        powered=powered,
        x=x,
        v=v,
        q=q,
        net=(trade.net @ u[:, :, None])[..., 0],
        bought=np.maximum(bought, ground.least),
        offered=(ground.beta * sales).sum(1),
        pay=solution.wages * ground.added,
        income=solution.income,
    )


def _multipliers(point: _Point, seed: Array, effort: Effort) -> tuple[Array, float, int]:
    ground = point.ground
    n, j = ground.size
    state = np.zeros((n + 2 * n * j, seed.shape[1]))
    mixing = Mixing(effort.depth, state.shape[0], state.shape[1], state.dtype)
    worst = np.inf
    for rounds in range(1, effort.most + 1):
        wages, prices, spending = _split(ground, state)
        off = _state_back(point, wages, prices, spending, seed)
        worst = max(float(np.abs(each).max()) for each in off)
        if worst <= effort.tolerance:
            return state, worst, rounds
        led = np.concatenate(
            [
                -ground.guide_wages.T @ off[0],
                (ground.guide_prices.transpose(0, 2, 1) @ off[1]).reshape(n * j, -1),
                (ground.guide_spending.transpose(0, 2, 1) @ off[2]).reshape(n * j, -1),
            ]
        )
        state = mixing.next(state + led, led)
    raise NotConverged(f"no slopes after {effort.most} iterations: the residual is {worst:.3g}")


def _split(ground: Ground, state: Array) -> tuple[Array, Array, Array]:
    n, j = ground.size
    return (
        state[:n],
        state[n : n + n * j].reshape(n, j, -1),
        state[n + n * j :].reshape(n, j, -1),
    )


def _state_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Array, Array, Array]:
    """Give h_z + off_z' l by wages, prices and spending."""
    ground = point.ground
    y_bar, income_bar, v_bar, net_bar, powered_bar = _inner_back(
        point, wages, prices, spending, seed
    )
    back_k, back_a = point.k.transpose(0, 2, 1), point.a.transpose(0, 2, 1)
    u_bar = y_bar * point.q[..., None] + back_a @ net_bar + back_k @ powered_bar
    costs = (-ground.theta[:, None, None] * point.u[..., None] * u_bar).transpose(1, 0, 2)
    x_bar = income_bar + v_bar / point.powered[..., None]
    share = point.pay / point.pay.sum()
    on_wages = (
        point.pay[:, None] * income_bar
        - wages
        - share[:, None] * wages.sum(0)
        + (ground.beta[:, :, None] * costs).sum(1)
    )
    on_prices = -prices + ground.gamma_costs.transpose(0, 2, 1) @ costs
    on_prices = on_prices - ground.alpha[:, :, None] * seed[:, None]
    on_spending = -spending + (x_bar * point.x[..., None]).transpose(1, 0, 2)
    return on_wages, on_prices, on_spending


def _inner_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Give the slopes by sales, income, v, net imports and powered prices, as [j, ·, S]."""
    ground = point.ground
    bought = spending / point.bought[:, :, None]
    income_bar = (ground.alpha[:, :, None] * bought).sum(1) + seed / point.income[:, None]
    y_bar = ground.gamma.transpose(0, 2, 1) @ bought
    y_bar = y_bar + ground.beta[:, :, None] * (wages / point.offered[:, None])[:, None]
    y_bar = y_bar.transpose(1, 0, 2)
    v_bar = -point.net[..., None] * income_bar + point.a @ (y_bar * point.u[..., None])
    net_bar = -point.v[..., None] * income_bar
    powered_bar = -v_bar * (point.v / point.powered)[..., None]
    priced = prices.transpose(1, 0, 2)
    powered_bar = powered_bar - priced / (ground.theta[:, None] * point.powered)[..., None]
    return y_bar, income_bar, v_bar, net_bar, powered_bar


def _tables_back(
    point: _Point, wages: Array, prices: Array, spending: Array, seed: Array
) -> tuple[Any, Any]:
    """Give the slopes by K and A = K / (1 + t), as [j, n, i, S]."""
    y_bar, _, _, net_bar, powered_bar = _inner_back(point, wages, prices, spending, seed)
    u = point.u[:, None, :, None]
    q_bar = y_bar * point.u[..., None]
    k_bar = powered_bar[:, :, None] * u
    a_bar = point.v[:, :, None, None] * q_bar[:, None] + net_bar[:, :, None] * u
    return k_bar, a_bar
