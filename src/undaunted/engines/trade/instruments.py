"""From a scenario's words to the arrays of the model, instrument by instrument."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.trade.choosing import check_groups, chosen_countries, chosen_sectors
from undaunted.engines.trade.errors import MeasureRefused
from undaunted.engines.trade.measures import Measures, check_measures
from undaunted.engines.trade.scenario import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from undaunted.engines.trade.scenario import Scenario, Shock
    from undaunted.engines.trade.world import World

__all__ = ["measures_of"]

LEAST = -100.0
"""Per cent: below it a price would be negative."""
NO_NUMBER = (None, 0, 100)
"""What may stand where a number has no meaning."""


def measures_of(world: World, scenario: Scenario) -> Measures:
    """Give the measures that a scenario's shocks add up to.

    Raises `MeasureRefused` naming shock, field and rule, and `SupplyCutOff`.
    """
    check_groups(world, scenario.groups)
    draft = _Draft(world.tariffs.copy(), np.ones_like(world.tariffs))
    for number, shock in enumerate(scenario.shocks, 1):
        place = f"shocks[{number}]"
        if shock.kind not in WAYS:
            raise MeasureRefused(f"{place}.kind: {shock.kind} is none of {', '.join(WAYS)}")
        WAYS[shock.kind](draft, _reach(world, scenario, shock, place))
    measures = Measures(draft.tariffs, draft.barriers, draft.export_taxes)
    check_measures(world, measures)
    return measures


@dataclass(slots=True)
class _Draft:
    tariffs: NDArray[np.float64]
    barriers: NDArray[np.float64]
    export_taxes: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where a shock falls, as an index of [n, i, j], and how much it is."""

    world: World
    shock: Shock
    place: str
    at: tuple[Any, ...]

    def value(self, *, least: float = -math.inf) -> float:
        """Give the value as told. Raises `MeasureRefused`."""
        told = self.shock.value
        if told is None:
            raise MeasureRefused(f"{self.place}.value: {self.shock.kind} needs a number")
        if not math.isfinite(told) or told <= least:
            raise MeasureRefused(
                f"{self.place}.value: {told:g}; {self.shock.kind} must be a number above {least:g}"
            )
        return float(told)


def _reach(world: World, scenario: Scenario, shock: Shock, place: str) -> _Reach:
    importers = chosen_countries(world, shock.importer, scenario.groups, where=f"{place}.importer")
    exporters = chosen_countries(world, shock.exporter, scenario.groups, where=f"{place}.exporter")
    sectors = chosen_sectors(world, shock.sectors, where=f"{place}.sectors")
    n, i, j = (each.ravel() for each in np.meshgrid(importers, exporters, sectors, indexing="ij"))
    abroad = n != i
    if not abroad.any():
        raise MeasureRefused(
            f"{place}: importer and exporter are one country; a measure falls on trade with others"
        )
    return _Reach(world, shock, place, (n[abroad], i[abroad], j[abroad]))


def _tariff_points(draft: _Draft, reach: _Reach) -> None:
    draft.tariffs[reach.at] += reach.value() / 100


def _tariff_factor(draft: _Draft, reach: _Reach) -> None:
    factor = 1 + reach.value(least=LEAST) / 100
    draft.tariffs[reach.at] = (1 + draft.tariffs[reach.at]) * factor - 1


def _iceberg(draft: _Draft, reach: _Reach) -> None:
    draft.barriers[reach.at] *= 1 + reach.value(least=LEAST) / 100


def _ban(draft: _Draft, reach: _Reach) -> None:
    if reach.shock.value not in NO_NUMBER:
        raise MeasureRefused(
            f"{reach.place}.value: a ban closes all of the flow and takes no number; for a part of "
            "it use iceberg or quota"
        )
    draft.barriers[reach.at] = math.inf


def _export_tax(draft: _Draft, reach: _Reach) -> None:
    if draft.export_taxes is None:
        draft.export_taxes = np.zeros_like(draft.tariffs)
    draft.export_taxes[reach.at] += reach.value() / 100


WAYS: dict[str, Callable[[_Draft, _Reach], None]] = {
    Kind.TARIFF_PP: _tariff_points,
    Kind.TARIFF_PCT: _tariff_factor,
    Kind.ICEBERG: _iceberg,
    Kind.BAN: _ban,
    Kind.EXPORT_TAX_PP: _export_tax,
}
