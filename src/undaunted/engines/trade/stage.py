"""Choices put to the model: one table of rates becomes a batch, or the measures of one scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.arrays import as_numpy, sender
from undaunted.engines.trade.batches import RANKING, solve_batch
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.measures import Measures, no_measures
from undaunted.engines.trade.menu import Instrument, Menu
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.trading import Crossed, trading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from undaunted.engines.trade.arrays import Array
    from undaunted.engines.trade.ground import Ground
    from undaunted.engines.trade.solution import Solution
    from undaunted.engines.trade.trading import Trading

__all__ = [
    "Outcomes",
    "Stage",
    "closeness",
    "measures_for",
    "opened",
    "outcomes",
    "outcomes_at",
    "rates_closing",
    "rates_of",
    "stage_for",
]

AT_ONCE = 32
"""Scenarios of a batch: more do not fit a processor's own memory and are slower."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A menu over a world, before anybody has chosen.

    Attributes:
        ground: float64, for what is given; quick: for what is ranked.
        effort: of ranking.
        coercer, members [M], sectors [L]: numbers of the menu's codes.
        episode: the measures in force without a response; before: where they lead.
        weights: [M], each partner's part of all partners' value added.
        apply: `map`, or that of a pool of threads; the result is the same.
    """

    menu: Menu
    ground: Ground
    quick: Ground
    effort: Effort
    coercer: int
    members: NDArray[np.int64]
    sectors: NDArray[np.int64]
    episode: Measures
    before: Solution
    weights: NDArray[np.float64]
    tables: Trading
    apply: Callable[[Callable[..., Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What S choices lead to, against the episode without a response.

    Attributes:
        harm: [S], the part of real income that the coercer loses.
        cost: [S], that all partners lose, weighted by value added.
        changes: [S, M], of each partner's real income.
        replies: [S], the factor that the coercer takes.
    """

    harm: NDArray[np.float64]
    cost: NDArray[np.float64]
    changes: NDArray[np.float64]
    replies: NDArray[np.float64]


def stage_for(  # noqa: PLR0913 - a menu, a world, what is in force, and how exactly
    ground: Ground,
    menu: Menu,
    *,
    quick: Ground | None = None,
    episode: Measures | None = None,
    effort: Effort = RANKING,
    apply: Callable[[Callable[..., Any], Iterable[Any]], Iterable[Any]] = map,
) -> Stage:
    """Check a menu against a world and solve the episode. Raises `MeasureRefused`."""
    world = ground.world
    in_force = no_measures(world) if episode is None else episode
    for name in ("export_taxes", "final_barriers", "transfers", "limits", "capital"):
        if getattr(in_force, name) is not None:
            raise MeasureRefused(
                f"episode: a search starts from tariffs and barriers alone, and {name} are in "
                "force; put barriers in their place, or leave them out"
            )
    members = _numbers("partners", world.regions, menu.partners)
    (coercer,) = _numbers("coercer", world.regions, (menu.coercer,))
    quick = ground if quick is None else quick
    added = world.value_added[members]
    return Stage(
        menu=menu,
        ground=ground,
        quick=quick,
        effort=effort,
        coercer=int(coercer),
        members=members,
        sectors=_numbers("lines", world.sectors, tuple(each.sector for each in menu.lines)),
        episode=in_force,
        before=solve(ground, in_force, effort=Effort(1e-10)),
        weights=added / added.sum(),
        tables=trading(quick, in_force.tariffs, in_force.barriers),
        apply=apply,
    )


def rates_of(menu: Menu, choices: NDArray[np.int8]) -> NDArray[np.float64]:
    """Give r[S, M, L] of choices [S, M + L]."""
    m, _ = menu.size
    levels = np.asarray(menu.levels)[choices[:, m:]]
    return np.where(choices[:, :m, None] > 0, levels[:, None, :], 0.0)


def outcomes(stage: Stage, choices: NDArray[np.int8]) -> Outcomes:
    """Solve choices in batches, in the precision of ranking; nan where none was found."""
    return outcomes_at(stage, rates_of(stage.menu, choices))


def outcomes_at(stage: Stage, rates: NDArray[np.float64]) -> Outcomes:
    """Solve rates [S, M, L], of each partner its own, as `outcomes` solves choices."""
    start = _real_income(stage, np.zeros((1, *stage.menu.size)), 0.0)[0]
    cut = [rates[at : at + AT_ONCE] for at in range(0, len(rates), AT_ONCE)]
    told = []
    for reply in stage.menu.replies:
        parts = stage.apply(lambda part, factor=reply: _real_income(stage, part, factor), cut)
        told.append((1 + np.concatenate(list(parts))) / (1 + start) - 1)
    changed = np.stack(told)
    best = np.argmax(np.nan_to_num(changed[:, :, stage.coercer], nan=-np.inf), 0)
    taken = changed[best, np.arange(len(rates))]
    changes = taken[:, stage.members]
    return Outcomes(
        harm=-taken[:, stage.coercer],
        cost=-changes @ stage.weights,
        changes=changes,
        replies=np.asarray(stage.menu.replies)[best],
    )


def measures_for(stage: Stage, rates: NDArray[np.float64], *, reply: float) -> Measures:
    """Give the measures of rates [M, L] with the coercer's answer, the episode's included."""
    sold, sold_walls, bought, bought_walls = _walls(stage, rates[None], reply)
    tariffs, barriers = stage.episode.tariffs.copy(), stage.episode.barriers.copy()
    for at, told, walls in (
        ((slice(None), stage.coercer), sold[0], sold_walls[0]),
        ((stage.coercer, slice(None)), bought[0], bought_walls[0]),
    ):
        closed = np.isinf(told)
        tariffs[at] = np.where(closed, stage.episode.tariffs[at], told)
        barriers[at] = np.where(closed, np.inf, walls)
    return Measures(tariffs, barriers)


def closeness(stage: Stage, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give q[..., M, L]: what part of a flow rates close at given prices, 1 - kappa^-theta."""
    theta = stage.ground.world.elasticities[stage.sectors]
    told: NDArray[np.float64] = 1 - (1 + rates / opened(stage)) ** -theta
    return told


def rates_closing(stage: Stage, closed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the rates [..., M, L] that close so much; the way back from `closeness`."""
    theta = stage.ground.world.elasticities[stage.sectors]
    with np.errstate(divide="ignore"):
        told: NDArray[np.float64] = ((1 - closed) ** (-1 / theta) - 1) * opened(stage)
    return told


def opened(stage: Stage) -> NDArray[np.float64]:
    """Give [M, L], what a rate is added to: one and the tariff in force, or one for a barrier."""
    in_force = stage.episode.tariffs[stage.members, stage.coercer][:, stage.sectors]
    taxes = np.array([each.instrument is Instrument.TARIFF for each in stage.menu.lines])
    told: NDArray[np.float64] = 1 + np.where(taxes, in_force, 0.0)
    return told


def _numbers(name: str, axis: tuple[str, ...], codes: tuple[str, ...]) -> NDArray[np.int64]:
    known = {code: number for number, code in enumerate(axis)}
    for code in codes:
        if code not in known:
            raise MeasureRefused(f"{name}: {code} is not in this world")
    return np.array([known[code] for code in codes])


def _real_income(stage: Stage, rates: NDArray[np.float64], reply: float) -> NDArray[np.float64]:
    trade = _faced(stage, rates, reply)
    return solve_batch(stage.quick, trade, effort=stage.effort).real_income


def _walls(stage: Stage, rates: NDArray[np.float64], reply: float) -> tuple[Array, ...]:
    """Give tariffs and barriers [S, N, J] on what the coercer sells, then on what it buys."""
    c, number = stage.coercer, len(rates)
    sold, bought = (
        np.repeat(table[None], number, 0)
        for table in (stage.episode.tariffs[:, c], stage.episode.tariffs[c])
    )
    sold_walls, bought_walls = (
        np.repeat(table[None], number, 0)
        for table in (stage.episode.barriers[:, c], stage.episode.barriers[c])
    )
    back = (
        np.multiply(rates, reply, where=rates > 0, out=np.zeros_like(rates))
        if reply
        else 0 * (rates > 0)
    )
    for at, line in enumerate(stage.menu.lines):
        cell = slice(None), stage.members, stage.sectors[at]
        there, here = rates[:, :, at], back[:, :, at]
        match line.instrument:
            case Instrument.TARIFF:
                sold[cell] += there
                bought[cell] += here
            case Instrument.BARRIER:
                sold_walls[cell] *= 1 + there
                bought_walls[cell] *= 1 + here
            case _:
                bought_walls[cell] *= 1 + there
                sold_walls[cell] *= 1 + here
    return sold, sold_walls, bought, bought_walls


def _faced(stage: Stage, rates: NDArray[np.float64], reply: float) -> Crossed:
    """Give the batch: what the coercer's trade adds to the episode's tables."""
    sold, sold_walls, bought, bought_walls = _walls(stage, rates, reply)
    c, tables, episode = stage.coercer, stage.tables, stage.episode
    out_k, out_net = _powered(stage, (slice(None), c), sold, sold_walls)
    parts: dict[str, Any] = {
        "out_k": out_k - as_numpy(tables.k[:, :, c])[..., None],
        "out_net": out_net - as_numpy(tables.net[:, :, c])[..., None],
        "in_k": None,
        "in_net": None,
    }
    if np.any(bought != episode.tariffs[c]) or np.any(bought_walls != episode.barriers[c]):
        in_k, in_net = _powered(stage, (c, slice(None)), bought, bought_walls)
        parts["in_k"] = in_k - as_numpy(tables.k[:, c, :])[..., None]
        parts["in_net"] = in_net - as_numpy(tables.net[:, c, :])[..., None]
    send = sender(stage.quick.shares)
    for name, each in parts.items():
        if each is not None:
            each[:, c] = 0.0
            parts[name] = send(each)
    return Crossed(k=tables.k, net=tables.net, country=c, **parts)


def _powered(
    stage: Stage, at: tuple[Any, Any], tariffs: Array, barriers: Array
) -> tuple[Array, Array]:
    """Give K and K / (1 + t) of one country's trade as [j, other, S]."""
    world = stage.ground.world
    factor = (1 + tariffs) / (1 + world.tariffs[at]) * barriers
    k = (world.trade_shares[at] * factor**-world.elasticities).transpose(2, 1, 0)
    return k, k / (1 + tariffs.transpose(2, 1, 0))
