"""How each country's real income answers to every tariff and barrier, from one linear solve.

By the implicit function theorem: at an equilibrium off(z, p) = 0, so d h / d p = h_p + l off_p,
where l solves off_z' l = -h_z. The transposed products are written out by hand from `iteration`;
one solve serves all measures at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.anderson import Mixing
from undaunted.engines.trade.arrays import as_numpy, sender, swapped, turned
from undaunted.engines.trade.closing import closed
from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import MeasureRefused, NotConverged
from undaunted.engines.trade.solving import EFFORT, Effort
from undaunted.engines.trade.trading import trading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solution import Solution
    from undaunted.engines.trade.trading import Trading

__all__ = ["Gradients", "gradients", "gradients_of_sums"]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Slopes of the logarithm of real income, at an equilibrium.

    Attributes:
        countries: whose real income.
        tariffs: [S, n, i, j], d log(real income) / d t[n, i, j].
        barriers: [S, n, i, j], d log(real income) / d log d[n, i, j], on all use.
        export_taxes: [S, n, i, j], d log(real income) / d e[n, i, j]; None where none is in force.
        final_barriers: [S, n, i, j], as `barriers`, on final use alone; None likewise.
        transfers: [S, n], d log(real income) / d T[n], by millions received.
        residual: greatest residual of the linear solve.
        iterations: how many it took.
    """

    countries: tuple[str, ...]
    tariffs: NDArray[np.float64]
    barriers: NDArray[np.float64]
    export_taxes: NDArray[np.float64] | None
    final_barriers: NDArray[np.float64] | None
    transfers: NDArray[np.float64]
    residual: float
    iterations: int


@dataclass(frozen=True, slots=True, eq=False)
class _Use:
    """One use at the equilibrium, in the order of the iteration: [j, n, i] and [j, n]."""

    trade: Trading
    powered: Array
    x: Array
    v: Array
    net: Array
    bought: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """The equilibrium in the order of the iteration: [j, i] and [n]."""

    ground: Ground
    uses: tuple[_Use, ...]
    u: Array
    q: Array
    taxed: Array
    offered: Array
    pay: Array
    income: Array
    in_step: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Back:
    """Slopes inside a step, [·, S]: by sales, own income, and for each use v, imports, prices."""

    sales: Array
    income: Array
    own: Array
    uses: tuple[tuple[Array, Array, Array], ...]


_Parts = tuple["Array", tuple["Array", ...], tuple["Array", ...]]


def gradients(
    ground: Ground, solution: Solution, countries: Sequence[str], *, effort: Effort = EFFORT
) -> Gradients:
    """Give the slopes for some countries at once.

    Raises `MeasureRefused` for an unknown country, and where a quantity is limited or capital has
    changed, for their prices are not told in the measures; `NotConverged`.
    """
    known = {code: n for n, code in enumerate(ground.world.regions)}
    unknown = [each for each in countries if each not in known]
    if unknown:
        raise MeasureRefused(f"countries: {unknown[0]} is not in this world")
    weights = np.zeros((len(countries), ground.size[0]))
    weights[range(len(countries)), [known[each] for each in countries]] = 1.0
    told = gradients_of_sums(ground, solution, weights, effort=effort)
    return replace(told, countries=tuple(countries))


def gradients_of_sums(
    ground: Ground, solution: Solution, weights: NDArray[np.float64], *, effort: Effort = EFFORT
) -> Gradients:
    """Give the slopes of sums over countries, weighted as [S, N]; `countries` stays empty.

    Raises as `gradients` does.
    """
    measures = solution.measures
    if measures.limits is not None or measures.capital is not None:
        raise MeasureRefused("gradients: taken where nothing is scarce: no quota, no capital moved")
    if solution.certificate.deficits == Deficits.BALANCED:
        ground = closed(ground).ground
    point = _point(ground, solution)
    seed = sender(ground.beta)(weights.T)
    multipliers, residual, rounds = _multipliers(point, seed, effort)
    back = _inner_back(point, *_split(point, multipliers), seed)
    barriers, tariffs, taxes, final = _by_measure(point, back, measures)
    return Gradients(
        countries=(),
        tariffs=_told(tariffs),
        barriers=_told(barriers),
        export_taxes=None if measures.export_taxes is None else _told(taxes),
        final_barriers=None if measures.final_barriers is None else _told(final),
        transfers=np.ascontiguousarray(as_numpy(back.income).T, dtype=np.float64),
        residual=residual,
        iterations=rounds,
    )


def _told(table: Array) -> NDArray[np.float64]:
    """Give [S, n, i, j] for [j, n, i, S], in NumPy."""
    return np.ascontiguousarray(as_numpy(table).transpose(3, 1, 2, 0), dtype=np.float64)


def _point(ground: Ground, solution: Solution) -> _Point:
    xp, send, measures = ground.functions, sender(ground.beta), solution.measures
    u = xp.exp(-ground.theta[:, None] * xp.log(send(solution.costs.T)))
    income, sales = send(solution.income), send(solution.output)
    final = ground.alpha * income[:, None]
    inputs = (ground.gamma @ sales[..., None])[..., 0]
    trades = [_trading(ground, measures, measures.barriers)]
    parts = [xp.maximum(inputs + final, ground.least)]
    if measures.final_barriers is not None:
        trades.append(_trading(ground, measures, measures.barriers * measures.final_barriers))
        parts = [xp.maximum(part, ground.least) for part in (inputs, final)]
    uses = []
    for trade, bought in zip(trades, parts, strict=True):
        powered, x = trade.prices(u[..., None])[..., 0], turned(bought)
        net = trade.imports(u[..., None])[..., 0]
        uses.append(_Use(trade, powered, x, x / powered, net, bought))
    q, before = xp.zeros_like(u), xp.zeros_like(u)
    for use in uses:
        q = q + use.trade.sales(use.v[..., None])[..., 0]
        before = before + use.trade.exports(use.v[..., None])[..., 0]
    return _Point(
        ground=ground,
        uses=tuple(uses),
        u=u,
        q=q,
        taxed=before - q,
        offered=xp.sum(ground.beta * sales, axis=1),
        pay=send(solution.wages) * ground.added,
        income=income,
        in_step=solution.certificate.deficits == Deficits.SHARE,
    )


def _trading(ground: Ground, measures: Measures, barriers: NDArray[np.float64]) -> Trading:
    return trading(ground, measures.tariffs, barriers, measures.export_taxes)


def _multipliers(point: _Point, seed: Array, effort: Effort) -> tuple[Array, float, int]:
    ground, xp = point.ground, point.ground.functions
    n, j = ground.size
    state = sender(seed)(np.zeros((n + 2 * n * j * len(point.uses), seed.shape[1])))
    mixing = Mixing(effort.depth, state)
    worst = np.inf
    for rounds in range(1, effort.most + 1):
        off = _state_back(point, *_split(point, state), seed)
        worst = max(float(xp.max(xp.abs(each))) for each in (off[0], *off[1], *off[2]))
        if worst <= effort.tolerance:
            return state, worst, rounds
        told = xp.astype(_led_back(ground, *off), state.dtype)
        state = mixing.next(state + told, told)
    raise NotConverged(f"no slopes after {effort.most} iterations: the residual is {worst:.3g}")


def _led_back(
    ground: Ground, wages: Array, prices: tuple[Array, ...], spending: tuple[Array, ...]
) -> Array:
    """Lead the multipliers by the guides, turned round: wages by what follows them as well."""
    xp, size = ground.functions, (-1, wages.shape[1])
    followed, led = xp.astype(wages, xp.float32), []
    for guide, follows, parts in (
        (ground.guide_prices, ground.prices_follow, prices),
        (ground.guide_spending, ground.spending_follows, spending),
    ):
        back = xp.reshape(follows, (-1, wages.shape[0])).T
        for number, each in enumerate(parts):
            part = xp.astype(each, xp.float32)
            followed = followed + back @ xp.reshape(part, size)
            led.append(xp.reshape(part if number else guide.mT @ part, size))
    return xp.concat([-ground.guide_wages.T @ followed, *led], axis=0)


def _split(point: _Point, state: Array) -> _Parts:
    (n, j), xp = point.ground.size, point.ground.functions
    uses, size = len(point.uses), (n, j, state.shape[1])
    starts = range(n, n + 2 * uses * n * j, n * j)
    cut = [xp.reshape(state[at : at + n * j, :], size) for at in starts]
    return state[:n, :], tuple(cut[:uses]), tuple(cut[uses:])


def _state_back(
    point: _Point, wages: Array, prices: tuple[Array, ...], spending: tuple[Array, ...], seed: Array
) -> _Parts:
    """Give h_z + off_z' l by wages, prices and spending."""
    ground, xp = point.ground, point.ground.functions
    back = _inner_back(point, wages, prices, spending, seed)
    u_bar = back.sales * point.q[..., None] + back.own * point.taxed[..., None]
    for use, (_, net_bar, powered_bar) in zip(point.uses, back.uses, strict=True):
        u_bar = u_bar + use.trade.net.mT @ net_bar + use.trade.k.mT @ powered_bar
    costs = swapped(-ground.theta[:, None, None] * point.u[..., None] * u_bar)
    share = point.pay / xp.sum(point.pay)
    on_wages = (
        point.pay[:, None] * back.own
        - wages
        - share[:, None] * xp.sum(wages, axis=0)
        + xp.sum(ground.beta[:, :, None] * costs, axis=1)
    )
    on_prices = [-each for each in prices]
    on_prices[0] = on_prices[0] + ground.gamma @ costs
    on_prices[-1] = on_prices[-1] - ground.alpha[:, :, None] * seed[:, None, :]
    on_spending = []
    for use, part, (v_bar, _, _) in zip(point.uses, spending, back.uses, strict=True):
        x_bar = back.own + v_bar / use.powered[..., None]
        on_spending.append(swapped(x_bar * use.x[..., None]) - part)
    return on_wages, tuple(on_prices), tuple(on_spending)


def _inner_back(
    point: _Point, wages: Array, prices: tuple[Array, ...], spending: tuple[Array, ...], seed: Array
) -> _Back:
    """Give the slopes by what stands inside a step."""
    ground, xp, u = point.ground, point.ground.functions, point.u[..., None]
    on_inputs = spending[0] / point.uses[0].bought[:, :, None]
    on_final = spending[-1] / point.uses[-1].bought[:, :, None]
    income = xp.sum(ground.alpha[:, :, None] * on_final, axis=1) + seed / point.income[:, None]
    own = income
    if point.in_step:
        lent = xp.sum(ground.deficits[:, None] * income, axis=0) / xp.sum(ground.earned)
        own = income + lent[None, :]
    sales = ground.gamma.mT @ on_inputs
    sales = sales + ground.beta[:, :, None] * (wages / point.offered[:, None])[:, None, :]
    sales = swapped(sales)
    uses = []
    for use, part in zip(point.uses, prices, strict=True):
        v_bar = use.trade.received @ (sales * u) - use.net[..., None] * own
        if use.trade.taxed:
            v_bar = v_bar + (use.trade.net - use.trade.received) @ (u * own)
        powered = -v_bar * (use.v / use.powered)[..., None]
        powered = powered - swapped(part) / (ground.theta[:, None] * use.powered)[..., None]
        uses.append((v_bar, -use.v[..., None] * own, powered))
    return _Back(sales, income, own, tuple(uses))


def _by_measure(
    point: _Point, back: _Back, measures: Measures
) -> tuple[Array, Array, Array, Array]:
    """Give the slopes by barriers, tariffs, export taxes and final barriers, [j, n, i, S].

    From K = pi kappa^-theta, A = K / (1 + t) and A / (1 + e), each use with its own.
    """
    ground, send = point.ground, sender(point.ground.beta)
    theta, u = ground.theta[:, None, None, None], point.u[:, None, :, None]
    on_barriers, on_values, on_taxes = [], [], []
    for use, (_, net_bar, powered_bar) in zip(point.uses, back.uses, strict=True):
        vu = use.v[:, :, None, None] * u
        on_net, on_received = net_bar[:, :, None, :] * u, vu * back.sales[:, None, :, :]
        if use.trade.taxed:
            kept = vu * back.own[None, None, :, :]
            on_received = (on_received - kept) * use.trade.received[..., None]
            on_values.append((on_net + kept) * use.trade.net[..., None] + on_received)
        else:
            on_values.append((on_net + on_received) * use.trade.net[..., None])
        on_k = powered_bar[:, :, None, :] * u * use.trade.k[..., None]
        on_barriers.append(-theta * (on_k + on_values[-1]))
        on_taxes.append(on_barriers[-1] - on_received)
    opened = send(1 + measures.tariffs.transpose(2, 0, 1))[..., None]
    barriers = sum(on_barriers[1:], on_barriers[0])
    tariffs = (barriers - sum(on_values[1:], on_values[0])) / opened
    taxes = sum(on_taxes[1:], on_taxes[0])
    if measures.export_taxes is not None:
        taxes = taxes / send(1 + measures.export_taxes.transpose(2, 0, 1))[..., None]
    return barriers, tariffs, taxes, on_barriers[-1]
