"""The same scenario under other elasticities: a band over sets, and draws from their uncertainty.

The benchmark stays an equilibrium whatever the elasticities are; they say how far trade moves from
it. Short-run elasticities are low, and losses high.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.trade.arrays import sender
from undaunted.engines.trade.equilibrium import solve
from undaunted.engines.trade.errors import NotConverged, WorldMalformed
from undaunted.engines.trade.ground import Ground, prepare
from undaunted.engines.trade.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator  # noqa: TID251 - the name of an argument's type
    from numpy.typing import ArrayLike, NDArray

    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.scenario import Scenario
    from undaunted.engines.trade.solution import Solution

__all__ = ["Band", "Draws", "ElasticitySet", "Horizon", "band", "draw", "with_elasticities"]


class Horizon(StrEnum):
    """How much time trade has had to move."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class ElasticitySet:
    """Trade elasticities of one source.

    Attributes:
        name: as it stands in a certificate.
        values: theta > 0 by sector code.
        horizon: for which they were estimated.
        errors: standard errors by sector code, where published.
        source: citation.
    """

    name: str
    values: Mapping[str, float]
    horizon: Horizon = Horizon.LONG
    errors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """One scenario under several sets.

    Attributes:
        sets: in the order of `solutions`; each solution has its own certificate.
        real_income: [S, N], parts of one.
    """

    sets: tuple[ElasticitySet, ...]
    solutions: tuple[Solution, ...]
    real_income: NDArray[np.float64]

    def of(self, horizon: Horizon) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the least and the greatest change of a horizon, each [N]; nan without a set."""
        chosen = [each.horizon == horizon for each in self.sets]
        if not any(chosen):
            nothing = np.full(self.real_income.shape[1], np.nan)
            return nothing, nothing
        kept = self.real_income[chosen]
        return kept.min(0), kept.max(0)

    @property
    def span(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the least and the greatest change over all sets, each [N]."""
        return self.real_income.min(0), self.real_income.max(0)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """One scenario under elasticities drawn at random.

    Attributes:
        elasticities: [D, J], as drawn.
        real_income: [D, N], parts of one; nan where no equilibrium was found.
        found: [D], whether one was found.
    """

    elasticities: NDArray[np.float64]
    real_income: NDArray[np.float64]
    found: NDArray[np.bool_]

    def interval(self, part: float = 0.9) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the bounds, each [N], between which that part of the draws found lies."""
        kept = self.real_income[self.found]
        least, most = np.quantile(kept, [(1 - part) / 2, (1 + part) / 2], axis=0)
        return least, most


def with_elasticities(world: World, chosen: ElasticitySet) -> World:
    """Give the world with other elasticities. Raises `WorldMalformed` naming set and sector."""
    theta = np.array([_value(chosen, code) for code in world.sectors])
    theta.setflags(write=False)
    return replace(world, elasticities=theta, elasticity_set=chosen.name)


def band(world: World | Ground, asked: Scenario | Measures, sets: Sequence[ElasticitySet]) -> Band:
    """Solve a scenario under each set. Raises what `solve` raises, and for an empty list."""
    if not sets:
        raise WorldMalformed("elasticities: no set is named; a band needs at least one")
    ground = prepare(world) if isinstance(world, World) else world
    solutions = tuple(
        solve(_moved(ground, with_elasticities(ground.world, each)), asked) for each in sets
    )
    return Band(tuple(sets), solutions, np.array([each.real_income for each in solutions]))


def draw(
    world: World | Ground,
    asked: Scenario | Measures,
    generator: Generator,
    *,
    number: int,
    errors: ArrayLike | ElasticitySet,
) -> Draws:
    """Solve a scenario under `number` draws of all elasticities.

    Each theta[j] is drawn log-normally around the world's own, which is the median, with the
    standard error over theta[j] as deviation of the logarithm; sectors apart. `errors` are those of
    a set, or one for each sector. A draw without an equilibrium is kept as not found. Raises
    `WorldMalformed`.
    """
    ground = prepare(world) if isinstance(world, World) else world
    theta = ground.world.elasticities
    if isinstance(errors, ElasticitySet):
        errors = _errors(errors, ground.world.sectors)
    spread = np.broadcast_to(np.asarray(errors, dtype=np.float64), theta.shape) / theta
    if number < 1 or not (np.isfinite(spread) & (spread >= 0)).all():
        raise WorldMalformed("draws: at least one, and standard errors of zero or more, are asked")
    drawn = theta * np.exp(spread * generator.standard_normal((number, len(theta))))
    income = np.full((number, len(ground.world.regions)), np.nan)
    for at, each in enumerate(drawn):
        moved = replace(ground.world, elasticities=each, elasticity_set=f"draw {at + 1}")
        try:
            income[at] = solve(_moved(ground, moved), asked).real_income
        except NotConverged:
            continue
    return Draws(drawn, income, np.isfinite(income[:, 0]))


def _errors(chosen: ElasticitySet, sectors: Sequence[str]) -> list[float]:
    missing = [code for code in sectors if code not in chosen.errors]
    if missing:
        raise WorldMalformed(
            f"elasticities {chosen.name}: no standard error is given for {missing[0]}"
        )
    return [chosen.errors[code] for code in sectors]


def _value(chosen: ElasticitySet, code: str) -> float:
    value = chosen.values.get(code)
    if value is None:
        raise WorldMalformed(f"elasticities {chosen.name}: nothing is said of {code}")
    if not (np.isfinite(value) and value > 0):
        raise WorldMalformed(f"elasticities {chosen.name}[{code}]: {value:g}; must be above zero")
    return float(value)


def _moved(ground: Ground, world: World) -> Ground:
    """Give the ground under other elasticities; its guides stay, for they only lead."""
    return replace(
        ground,
        world=world,
        digest=world.digest,
        theta=sender(ground.theta)(world.elasticities),
    )
