"""One response weighed exactly: any partner may be given a level of its own, or be left out.

A point of a front is changed so and answered at once: the coercer's best answer, the transfers of
the key and every sector are those of an equilibrium solved anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import default_rng  # noqa: TID251 - an answer, not an engine

from undaunted.coercion.response.analysis.spreading import percent
from undaunted.coercion.response.readers.fronts import Certified
from undaunted.engines.trade import (
    Effort,
    Key,
    MeasureRefused,
    Pool,
    bilateral_trade,
    borne_by_each,
    compensate,
    solve,
)
from undaunted.engines.trade.stage import measures_for, rates_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from undaunted.coercion.response.analysis.laying import Laid
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint
    from undaunted.engines.trade import Certificate, Measures, Solution

__all__ = [
    "AS_IT_IS",
    "OUT",
    "SectorLine",
    "Shared",
    "Told",
    "Weighed",
    "certified",
    "level_told",
    "others_of",
    "weigh",
]

EFFORT = Effort(1e-8)
AS_IT_IS, OUT = "as", "out"
"""What may stand for a partner in place of a level."""
OTHERS = 3
SETS = Effort(1e-7, depth=5)
"""Of each set of partners, for Shapley's key: shares are right to 10^-8 of income."""
SOLVED = 64
"""About so many sets are solved where orders are drawn, as many as for six who act."""


@dataclass(frozen=True, slots=True)
class SectorLine:
    """What a sector makes of quantity, in per cent against the episode without a response.

    `imports` is what members buy of it from the coercer, in millions before and after.
    """

    sector: str
    coercer: float
    members: float
    imports: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shared:
    """How far what each bears is from the mean over all orders, where that is the key.

    Attributes:
        orders: of how many drawn orders it is the mean; 0 where exact.
        error: the greatest standard error of any, in per cent of real income.
    """

    orders: int
    error: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """A response told as a point of a front is, with its sectors.

    Attributes:
        levels: by member, the level of each line that it acts on, in the order of the menu.
        burden: what each partner loses, after transfers, in money of its value added, by which
            partners together are weighted too; below zero it gains.
        shared: of Shapley's key; None of any other.
        measures: in force, with transfers, to be told under other elasticities.
    """

    members: tuple[str, ...]
    levels: Mapping[str, tuple[tuple[str, str, float | str], ...]]
    reply: float
    harm: float
    cost: float
    harm_before: float
    cost_before: float
    changes: Mapping[str, float]
    transfers: Mapping[str, float]
    burden: Mapping[str, float]
    shared: Shared | None
    target: float
    others: Mapping[str, float]
    sectors: tuple[SectorLine, ...]
    certificate: Certified
    measures: Measures | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief is about: a point, weighed anew, with what was changed in it and its band."""

    front: Front
    point: FrontPoint
    weighed: Weighed
    changed: Mapping[str, str]
    band: Mapping[str, tuple[float, float]]


def weigh(laid: Laid, point: FrontPoint, changed: Mapping[str, str]) -> Weighed:
    """Weigh a point, some partners changed: `out`, or a level in per cent for each of its lines.

    Raises `MeasureRefused` for a partner or a level that the question does not have.
    """
    rates = _rates(laid, point, changed)
    stage, key = laid.stage, laid.terms.key
    acting = np.flatnonzero(rates.any(1))
    reply, alone = _answered(laid, rates)
    found, measures = alone, measures_for(stage, rates, reply=reply)
    shared, borne = _shared(laid, rates, acting)
    paid = None if key is None else np.zeros(len(alone.real_income))
    pool = acting if laid.terms.pool is Pool.MEMBERS else np.arange(len(stage.members))
    if key is not None and len(acting) and len(pool) > 1:
        kept = compensate(
            laid.ground, measures, pool=stage.members[pool],
            parts=_parts(laid, key, pool), borne=None if borne is None else borne[pool],
            before=stage.before.real_income,
        )  # fmt: skip
        found, paid = kept.solution, kept.transfers
        measures = replace(measures, transfers=paid)
    return _told(laid, rates, reply, alone, found, paid=paid, measures=measures, shared=shared)


def others_of(laid: Laid, changes: NDArray[np.float64]) -> dict[str, float]:
    """Give those outside who lose and who gain most, and by how much."""
    names = laid.ground.world.regions
    question = laid.question
    inside = {question.coercer, question.target, *question.partners}
    order = [at for at in np.argsort(changes, kind="stable").tolist() if names[at] not in inside]
    chosen = dict.fromkeys([*order[:OTHERS], *order[-OTHERS:]])
    return {names[at]: percent(changes[at]) for at in chosen}


def certified(kept: Certificate) -> Certified:
    """Give what proves an equilibrium, as it is kept."""
    return Certified(kept.residual, kept.market_clearing, kept.iterations, kept.deficits, kept.data)


def level_told(level: float) -> float | str:
    """Give a level in per cent, or that it is a ban."""
    return "ban" if math.isinf(level) else percent(level)


def _rates(laid: Laid, point: FrontPoint, changed: Mapping[str, str]) -> NDArray[np.float64]:
    menu = laid.stage.menu
    choice = np.array(point.choice, dtype=np.int8)[None]
    rates: NDArray[np.float64] = rates_of(menu, choice)[0]
    lines = choice[0, len(menu.partners) :] > 0
    known = {_spelt(each): each for each in menu.levels[1:]}
    for partner, told in changed.items():
        if partner not in menu.partners:
            raise MeasureRefused(f"{partner}: is no partner of this question")
        row = rates[menu.partners.index(partner)]
        if told == OUT:
            row[:] = 0.0
        elif told in known:
            row[:] = np.where(lines, known[told], 0.0)
        elif told != AS_IT_IS:
            allowed = ", ".join((AS_IT_IS, OUT, *known))
            raise MeasureRefused(f"{partner}: {told[:20]!r}; write one of {allowed}")
    return rates


def _spelt(level: float) -> str:
    return "ban" if math.isinf(level) else f"{100 * level:g}"


def _answered(laid: Laid, rates: NDArray[np.float64]) -> tuple[float, Solution]:
    """Give the factor that is best for the coercer, and the equilibrium with it."""
    stage = laid.stage
    told = [
        (reply, solve(laid.ground, measures_for(stage, rates, reply=reply), effort=EFFORT))
        for reply in (stage.menu.replies if rates.any() else (0.0,))
    ]
    return max(told, key=lambda each: float(each[1].real_income[stage.coercer]))


def _shared(
    laid: Laid, rates: NDArray[np.float64], acting: NDArray[np.int64]
) -> tuple[Shared | None, NDArray[np.float64] | None]:
    """Give what each partner bears by Shapley's key, and how sure that is."""
    if laid.terms.key is not Key.SHAPLEY:
        return None, None
    stage = replace(laid.stage, effort=SETS)
    pool = acting if laid.terms.pool is Pool.MEMBERS else np.arange(len(rates))
    pairs = max(2, SOLVED // (2 * max(len(acting), 1)))
    found = borne_by_each(stage, rates, pool, rng=default_rng(laid.question.seed), pairs=pairs)
    error = found.error / laid.ground.world.income[stage.members]
    return Shared(found.orders, percent(error.max())), found.mean


def _parts(laid: Laid, key: Key, pool: NDArray[np.int64]) -> NDArray[np.float64]:
    world = laid.ground.world
    by: NDArray[np.float64] = world.value_added if key is Key.GDP_SHARE else world.income
    return by[laid.stage.members[pool]]


def _told(  # noqa: PLR0913 - what was chosen, and what came of it without and with transfers
    laid: Laid,
    rates: NDArray[np.float64],
    reply: float,
    alone: Solution,
    found: Solution,
    *,
    paid: NDArray[np.float64] | None,
    measures: Measures,
    shared: Shared | None,
) -> Weighed:
    stage = laid.stage
    names = stage.menu.partners
    before = stage.before.real_income
    first, last = ((1 + each.real_income) / (1 + before) - 1 for each in (alone, found))
    acting = np.flatnonzero(rates.any(1))
    money = np.zeros(len(before)) if paid is None else paid
    added = laid.ground.world.value_added
    target = laid.ground.world.regions.index(laid.question.target)
    return Weighed(
        members=tuple(names[at] for at in acting),
        levels={names[at]: _levels(laid, rates[at]) for at in acting},
        reply=percent(reply),
        harm=percent(-last[stage.coercer]),
        cost=percent(-float(last[stage.members] @ stage.weights)),
        harm_before=percent(-first[stage.coercer]),
        cost_before=percent(-float(first[stage.members] @ stage.weights)),
        changes=_by_name(names, last[stage.members]),
        transfers={}
        if paid is None
        else {
            name: round(float(each), 3)
            for name, each in zip(names, money[stage.members], strict=True)
        },
        burden={
            name: round(float(-last[at] * added[at]), 3)
            for name, at in zip(names, stage.members, strict=True)
        },
        shared=shared,
        target=percent(last[target]),
        others=others_of(laid, last),
        sectors=_sectors(laid, found, stage.members[acting]),
        certificate=certified(found.certificate),
        measures=measures,
    )


def _levels(laid: Laid, row: NDArray[np.float64]) -> tuple[tuple[str, str, float | str], ...]:
    lines = zip(laid.stage.menu.lines, row.tolist(), strict=True)
    return tuple(
        (line.instrument.value, line.sector, level_told(level)) for line, level in lines if level
    )


def _by_name(names: tuple[str, ...], values: NDArray[np.float64]) -> dict[str, float]:
    return {name: percent(each) for name, each in zip(names, values, strict=True)}


def _sectors(laid: Laid, found: Solution, members: NDArray[np.int64]) -> tuple[SectorLine, ...]:
    """Give what each sector makes, and what members buy of it from the coercer."""
    world, before = laid.ground.world, laid.stage.before
    made = [each.output / each.costs for each in (before, found)]
    coercer = laid.stage.coercer
    bought = [bilateral_trade(each)[members, coercer].sum(0) for each in (before, found)]
    told = []
    for j, sector in enumerate(world.sectors):
        old, new = (each[members, j].sum() for each in made)
        own = made[0][coercer, j]
        told.append(
            SectorLine(
                sector,
                percent(made[1][coercer, j] / own - 1) if own else 0.0,
                percent(new / old - 1) if old else 0.0,
                (round(float(bought[0][j]), 3), round(float(bought[1][j]), 3)),
            )
        )
    return tuple(told)
