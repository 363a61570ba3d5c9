"""A scenario on its way to measures: what has been drawn up so far, and where a shock falls."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.choosing import chosen_countries, chosen_sectors
from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.world import ALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.trade.scenario import Scenario, Shock
    from undaunted.engines.trade.world import World

    Table = NDArray[np.float64]

__all__ = ["LEAST", "Draft", "Reach", "reach_of"]

LEAST = -100.0
"""Per cent: below it a price would be negative."""


@dataclass(slots=True)
class Draft:
    """The measures so far; letters as in `Measures`.

    Attributes:
        kept: [n, i, j], part of the appeal of a flow that final use keeps, at unchanged prices.
        bought: [n, i, j], millions of final purchases moved to a flow.
        withdrawn: [i, j], millions a year that capital earned which has left a sector; below zero
            for what has come.
        parts: [n, i, j], part of what investors of i held in a sector of n that has left.
    """

    world: World
    tariffs: Table
    barriers: Table
    kept: Table
    bought: Table
    export_taxes: Table
    most: Table
    importer: NDArray[np.bool_]
    exporter: NDArray[np.bool_]
    transfers: Table
    withdrawn: Table
    parts: Table
    assumptions: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, world: World) -> Draft:
        """Give a draft in which nothing has changed."""
        shape = world.tariffs.shape
        return cls(
            world=world,
            tariffs=world.tariffs.copy(),
            barriers=np.ones(shape),
            kept=np.ones(shape),
            bought=np.zeros(shape),
            export_taxes=np.zeros(shape),
            most=np.full(shape, math.inf),
            importer=np.zeros(shape, dtype=bool),
            exporter=np.zeros(shape, dtype=bool),
            transfers=np.zeros(shape[0]),
            withdrawn=np.zeros_like(world.expenditure),
            parts=np.zeros(shape),
        )

    def assume(self, sentence: str) -> None:
        """Say once what is assumed."""
        if sentence not in self.assumptions:
            self.assumptions.append(sentence)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a shock falls: countries, sectors, and their pairs abroad as an index of [n, i, j]."""

    shock: Shock
    place: str
    importers: tuple[int, ...]
    exporters: tuple[int, ...]
    sectors: tuple[int, ...]

    @property
    def at(self) -> tuple[Any, ...]:
        """Give the index; a country's own goods are not in it. Raises `MeasureRefused`."""
        grid = np.meshgrid(self.importers, self.exporters, self.sectors, indexing="ij")
        n, i, j = (each.ravel() for each in grid)
        abroad = n != i
        if not abroad.any():
            raise MeasureRefused(
                f"{self.place}: importer and exporter are one country; a measure falls on trade "
                "with others"
            )
        return n[abroad], i[abroad], j[abroad]

    def value(self, *, least: float = -math.inf, most: float = math.inf) -> float:
        """Give the value as told. Raises `MeasureRefused`."""
        told, kind = self.shock.value, self.shock.kind
        if told is None:
            raise MeasureRefused(f"{self.place}.value: {kind} needs a number")
        if not isinstance(told, Real):
            raise MeasureRefused(f"{self.place}.value: {told!r}; {kind} must be a number")
        if not math.isfinite(told) or told <= least or told > most:
            bound = f" above {least:g}" if math.isfinite(least) else ""
            bound += f" and at most {most:g}" if math.isfinite(most) else ""
            raise MeasureRefused(f"{self.place}.value: {told:g}; {kind} must be a number{bound}")
        return float(told)

    def amount(self) -> float:
        """Give millions, of all sectors. Raises `MeasureRefused`."""
        if self.shock.sectors != ALL:
            raise MeasureRefused(
                f'{self.place}.sectors: {self.shock.kind} goes from country to country; put "all"'
            )
        return self.value(least=0.0)


def reach_of(world: World, scenario: Scenario, shock: Shock, place: str) -> Reach:
    """Find the countries and sectors of a shock. Raises `MeasureRefused`."""
    groups = scenario.groups
    return Reach(
        shock,
        place,
        chosen_countries(world, shock.importer, groups, where=f"{place}.importer"),
        chosen_countries(world, shock.exporter, groups, where=f"{place}.exporter"),
        chosen_sectors(world, shock.sectors, where=f"{place}.sectors"),
    )
