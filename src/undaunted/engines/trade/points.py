"""One choice of the front solved anew, exactly: its certificate, who pays whom, who adds what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.errors import MeasureRefused, NotConverged
from undaunted.engines.trade.menu import Key, Line, Pool, Terms
from undaunted.engines.trade.shapley import Contributions, contributions
from undaunted.engines.trade.solving import Effort
from undaunted.engines.trade.stage import measures_for, outcomes, outcomes_at, rates_of
from undaunted.engines.trade.transfers import compensate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator  # noqa: TID251 - an argument's type
    from numpy.typing import NDArray

    from undaunted.engines.trade.solution import Certificate, Solution
    from undaunted.engines.trade.stage import Outcomes, Stage

__all__ = ["Point", "borne_by_each", "joined_by", "point_for"]

EFFORT = Effort(1e-8)


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A response on the front; shares are parts of one, money is in the world's currency.

    Attributes:
        choice: [M + L], as in the state of the search.
        members: who acts; levels: by line, 0 left out.
        reply: the factor of the coercer's answer in kind.
        harm: the part of real income that the coercer loses, against the episode.
        cost: what all partners lose, weighted by value added; cost_before: before any transfer.
        changes: each partner's change of real income, after transfers.
        transfers: what each receives; below zero it pays. Empty where the terms ask for none.
        contributions: what each member adds to the harm, and its standard error.
        orders: of how many drawn orders that is the mean; 0 where exact.
        more: so much more harm there is at this cost at most, by the estimate of `Gap`.
        real_income: of every country, against the benchmark.
        certificate: of the equilibrium, with transfers.
    """

    choice: NDArray[np.int8]
    members: tuple[str, ...]
    levels: tuple[tuple[Line, float], ...]
    reply: float
    harm: float
    cost: float
    harm_before: float
    cost_before: float
    changes: dict[str, float]
    transfers: dict[str, float]
    contributions: dict[str, tuple[float, float]]
    orders: int
    more: float
    real_income: dict[str, float]
    certificate: Certificate


def point_for(
    stage: Stage, terms: Terms, choice: NDArray[np.int8], *, rng: Generator, pairs: int
) -> Point:
    """Solve a choice in float64, with the coercer's best answer and the transfers of the key.

    Where no `pairs` of orders are asked, nobody's contribution is worked out, which is quicker.
    Raises `MeasureRefused` where Shapley's key needs them.
    """
    menu = stage.menu
    if terms.key is Key.SHAPLEY and not pairs:
        raise MeasureRefused("pairs: Shapley's key needs at least one pair of drawn orders")
    rates = rates_of(menu, choice[None])[0]
    reply, alone = _answered(stage, rates)
    found, paid = alone, np.zeros(len(alone.real_income))
    acting = np.flatnonzero(choice[: menu.size[0]])
    pool = acting if terms.pool is Pool.MEMBERS else np.arange(menu.size[0])
    if terms.key is not None and len(acting) and len(pool) > 1:
        kept = compensate(
            stage.ground,
            measures_for(stage, rates, reply=reply),
            pool=stage.members[pool],
            parts=_parts(stage, terms.key, pool),
            borne=_borne(stage, terms.key, rates, pool, rng=rng, pairs=pairs),
            before=stage.before.real_income,
        )
        found, paid = kept.solution, kept.transfers
    adds = _harm_added(stage, choice, rng=rng, pairs=pairs) if pairs else None
    names = [menu.partners[each] for each in acting]
    before, after = _changes(stage, alone), _changes(stage, found)
    lines = zip(menu.lines, choice[menu.size[0] :], strict=True)
    return Point(
        choice=choice,
        members=tuple(names),
        levels=tuple((line, menu.levels[at]) for line, at in lines if at),
        reply=reply,
        harm=-float(after[stage.coercer]),
        cost=-float(after[stage.members] @ stage.weights),
        harm_before=-float(before[stage.coercer]),
        cost_before=-float(before[stage.members] @ stage.weights),
        changes=dict(zip(menu.partners, after[stage.members].tolist(), strict=True)),
        transfers={} if terms.key is None else _named(menu.partners, paid[stage.members]),
        contributions={} if adds is None else _added(names, adds),
        orders=0 if adds is None else adds.orders,
        more=float("nan"),
        real_income=_named(stage.ground.world.regions, found.real_income),
        certificate=found.certificate,
    )


def joined_by(
    stage: Stage,
    choice: NDArray[np.int8],
    told: Callable[[Outcomes], NDArray[np.float64]] = lambda each: each.harm,
) -> Callable[[NDArray[np.bool_]], NDArray[np.float64]]:
    """Give the worth of sets [S, P] of those who act in a choice: harm, or what `told` takes."""
    acting = np.flatnonzero(choice[: stage.menu.size[0]])

    def worth(sets: NDArray[np.bool_]) -> NDArray[np.float64]:
        rows = np.repeat(choice[None], len(sets), 0)
        rows[:, acting] = sets
        return told(outcomes(stage, rows))

    return worth


def borne_by_each(
    stage: Stage,
    rates: NDArray[np.float64],
    pool: NDArray[np.int64],
    *,
    rng: Generator,
    pairs: int,
) -> Contributions:
    """Give what each partner's own measures change for a pool, in money, by Shapley's value.

    Args:
        stage: its `quick` ground and effort say how exactly sets of partners are solved.
        rates: [M, L], of each partner its own.
        pool: [P], numbers among the partners, of those whose change counts.
        rng: draws orders, where more than six act.
        pairs: of drawn orders.

    Mean and error are [M], 0 for a partner that does not act. Raises `NotConverged` where a set
    of partners has no equilibrium.
    """
    acting = np.flatnonzero(rates.any(1))
    income = stage.ground.world.income[stage.members[pool]]

    def worth(sets: NDArray[np.bool_]) -> NDArray[np.float64]:
        joined = np.zeros((len(sets), *rates.shape))
        joined[:, acting] = np.where(sets[..., None], rates[acting], 0.0)
        told: NDArray[np.float64] = outcomes_at(stage, joined).changes[:, pool] @ income
        return told

    found = contributions(worth, len(acting), rng=rng, pairs=pairs)
    if not np.isfinite(found.mean).all():
        raise NotConverged(
            "what each bears: some of those who act have no equilibrium without the others; ask "
            "for smaller measures, or share by equal_loss or gdp_share"
        )
    mean, error = np.zeros((2, len(rates)))
    mean[acting], error[acting] = found.mean, found.error
    return Contributions(mean, error, found.orders)


def _answered(stage: Stage, rates: NDArray[np.float64]) -> tuple[float, Solution]:
    """Give the factor that is best for the coercer, and the equilibrium with it."""
    told = [
        (reply, solve(stage.ground, measures_for(stage, rates, reply=reply), effort=EFFORT))
        for reply in stage.menu.replies
    ]
    return max(told, key=lambda each: float(each[1].real_income[stage.coercer]))


def _harm_added(
    stage: Stage, choice: NDArray[np.int8], *, rng: Generator, pairs: int
) -> Contributions:
    number = int(choice[: stage.menu.size[0]].sum())
    return contributions(joined_by(stage, choice), number, rng=rng, pairs=pairs)


def _added(names: list[str], adds: Contributions) -> dict[str, tuple[float, float]]:
    told = zip(names, adds.mean.tolist(), adds.error.tolist(), strict=True)
    return {name: (mean, error) for name, mean, error in told}


def _parts(stage: Stage, key: Key, pool: NDArray[np.int64]) -> NDArray[np.float64]:
    world = stage.ground.world
    by: NDArray[np.float64] = world.value_added if key is Key.GDP_SHARE else world.income
    return by[stage.members[pool]]


def _borne(  # noqa: PLR0913 - one line of the key, and how it is drawn
    stage: Stage,
    key: Key,
    rates: NDArray[np.float64],
    pool: NDArray[np.int64],
    *,
    rng: Generator,
    pairs: int,
) -> NDArray[np.float64] | None:
    """Give what each of the pool bears of its own measures, by Shapley's key."""
    if key is not Key.SHAPLEY:
        return None
    return borne_by_each(stage, rates, pool, rng=rng, pairs=pairs).mean[pool]


def _changes(stage: Stage, found: Solution) -> NDArray[np.float64]:
    told: NDArray[np.float64] = (1 + found.real_income) / (1 + stage.before.real_income) - 1
    return told


def _named(names: tuple[str, ...], values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))
