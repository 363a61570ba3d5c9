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
from undaunted.engines.trade.scenario import OF_THE_WORLD, Scenario
from undaunted.engines.trade.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator  # noqa: TID251 - the name of an argument's type
    from numpy.typing import ArrayLike, NDArray

    from undaunted.engines.trade.measures import Measures
    from undaunted.engines.trade.solution import Solution

__all__ = [
    "Band",
    "Draws",
    "ElasticitySet",
    "Horizon",
    "band",
    "draw",
    "spread_of",
    "with_elasticities",
]


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
        missed: sets under which no equilibrium was found, with the reason; not among the others.
    """

    sets: tuple[ElasticitySet, ...]
    solutions: tuple[Solution, ...]
    real_income: NDArray[np.float64]
    missed: tuple[tuple[ElasticitySet, str], ...] = ()

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
        least, most = self.quantiles(((1 - part) / 2, (1 + part) / 2))
        return least, most

    def quantiles(self, parts: Sequence[float]) -> NDArray[np.float64]:
        """Give quantiles of the draws found, [Q, N]. Raises `NotConverged` where none was."""
        if not self.found.any():
            raise NotConverged(
                f"draws: no equilibrium was found in any of {len(self.found)}; put a smaller "
                "measure, or elasticities for a longer horizon"
            )
        told: NDArray[np.float64] = np.quantile(self.real_income[self.found], parts, axis=0)
        return told


def with_elasticities(world: World, chosen: ElasticitySet) -> World:
    """Give the world with other elasticities. Raises `WorldMalformed` naming set and sector."""
    theta = np.array([_value(chosen, code) for code in world.sectors])
    theta.setflags(write=False)
    return replace(world, elasticities=theta, elasticity_set=chosen.name)


def band(world: World | Ground, asked: Scenario | Measures, sets: Sequence[ElasticitySet]) -> Band:
    """Solve a scenario, or measures, under each set in place of its own.

    Raises what `solve` raises, and for an empty list; `NotConverged` where no set gives an
    equilibrium.
    """
    if not sets:
        raise WorldMalformed("elasticities: no set is named; a band needs at least one")
    ground = prepare(world) if isinstance(world, World) else world
    asked = _of_the_world(asked)
    found: list[tuple[ElasticitySet, Solution]] = []
    missed: list[tuple[ElasticitySet, str]] = []
    for each in sets:
        try:
            solution = solve(_moved(ground, with_elasticities(ground.world, each)), asked)
        except NotConverged as reason:
            missed.append((each, str(reason)))
        else:
            found.append((each, solution))
    if not found:
        raise NotConverged(f"elasticities {missed[0][0].name}: {missed[0][1]}")
    kept, solutions = zip(*found, strict=True)
    income = np.array([each.real_income for each in solutions])
    return Band(kept, solutions, income, tuple(missed))


def draw(  # noqa: PLR0913 - a scenario and whence its elasticities come
    world: World | Ground,
    asked: Scenario | Measures,
    generator: Generator,
    *,
    number: int,
    errors: ArrayLike | ElasticitySet,
    common: float = 0.0,
) -> Draws:
    """Solve a scenario, or measures, under `number` draws of all elasticities.

    Each theta[j] is drawn log-normally around the world's own, which is the median, with the
    standard error over theta[j] as deviation of the logarithm; sectors apart. `errors` are those of
    a set, or one for each sector; `common` is the deviation of the logarithm of what moves all
    sectors at once. A draw without an equilibrium is kept as not found. Raises `WorldMalformed`.
    """
    ground = prepare(world) if isinstance(world, World) else world
    theta = ground.world.elasticities
    if isinstance(errors, ElasticitySet):
        errors = _errors(errors, ground.world.sectors)
    spread = np.broadcast_to(np.asarray(errors, dtype=np.float64), theta.shape) / theta
    deviations = np.append(spread, common)
    if number < 1 or not (np.isfinite(deviations) & (deviations >= 0)).all():
        raise WorldMalformed("draws: at least one, and standard errors of zero or more, are asked")
    moved_by = spread * generator.standard_normal((number, len(theta)))
    if common:
        moved_by = moved_by + common * generator.standard_normal((number, 1))
    drawn, asked = theta * np.exp(moved_by), _of_the_world(asked)
    income = np.full((number, len(ground.world.regions)), np.nan)
    for at, each in enumerate(drawn):
        moved = replace(ground.world, elasticities=each, elasticity_set=f"draw {at + 1}")
        try:
            income[at] = solve(_moved(ground, moved), asked).real_income
        except NotConverged:
            continue
    return Draws(drawn, income, np.isfinite(income[:, 0]))


def spread_of(
    sets: Sequence[ElasticitySet], sectors: Sequence[str]
) -> tuple[NDArray[np.float64], float]:
    """Give how far sets lie apart, as deviations of the logarithm of theta: [J], and in common.

    A set's mean over sectors is what it has in common; the rest is each sector's own. Raises
    `WorldMalformed` for fewer than two.
    """
    if len(sets) < 2:  # noqa: PLR2004 - one value has no deviation
        raise WorldMalformed("elasticities: how far sets lie apart is asked of two or more")
    logs = np.log([[_value(each, code) for code in sectors] for each in sets])
    means = logs.mean(1)
    apart: NDArray[np.float64] = (logs - means[:, None]).std(0, ddof=1)
    return apart, float(means.std(ddof=1))


def _of_the_world(asked: Scenario | Measures) -> Scenario | Measures:
    """Let a scenario's own elasticities be, since others are put in their place."""
    if isinstance(asked, Scenario):
        return replace(asked, elasticities=OF_THE_WORLD)
    return asked


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
