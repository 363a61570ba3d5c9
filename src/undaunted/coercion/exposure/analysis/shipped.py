"""Exposure over the table that comes with this copy, worked out once in a process.

The first question of a process pays for the factorization; what follows is looked up.
"""

from __future__ import annotations

from functools import cache
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING

from undaunted.coercion.exposure.readers import sector_names, shipped_paper, shipped_world
from undaunted.coercion.exposure.rules import (
    HEADLINE,
    Exposure,
    Measure,
    SectorExposure,
    Source,
    Standing,
    UnknownRegion,
    exposure_to,
    exposures_of,
    links_of,
    power_between,
    power_of_group,
    sector_exposures,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from undaunted.coercion.exposure.rules import Links
    from undaunted.engines.trade import World

__all__ = [
    "most_exposed",
    "power_of",
    "shipped_countries",
    "shipped_exposure",
    "shipped_exposures",
    "shipped_sectors",
    "shipped_source",
    "standing_of",
    "work_out",
]

_ONE_AT_A_TIME = Lock()


def work_out() -> None:
    """Work everything out that every page begins with; the second time costs nothing."""
    most_exposed(HEADLINE)


def shipped_source() -> Source:
    """Give the source of every number below."""
    paper = shipped_paper()
    return Source(
        name=paper.name,
        year=paper.year,
        source=paper.source,
        attribution=paper.attribution,
        licence=paper.licence,
        sha256=paper.sha256,
        imputed=paper.imputed,
    )


@cache
def shipped_countries() -> tuple[str, ...]:
    """Give the ISO3 codes of the table; cheap."""
    return _world().regions


def shipped_exposures(country: str) -> tuple[Exposure, ...]:
    """Give a country's exposure to every other, the greatest first. Raises `UnknownRegion`."""
    links, power = _worked_out()
    return exposures_of(links, power, country)


def shipped_exposure(country: str, partner: str) -> Exposure:
    """Give a country's exposure to one partner. Raises `UnknownRegion`."""
    links, power = _worked_out()
    return exposure_to(links, power, country, partner)


def shipped_sectors(country: str, partner: str) -> tuple[tuple[str, SectorExposure], ...]:
    """Give each sector's name and exposure. Raises `UnknownRegion`."""
    links, _ = _worked_out()
    names = sector_names()
    found = sector_exposures(links, country, partner)
    return tuple((names.get(each.sector, each.sector), each) for each in found)


def standing_of(country: str) -> Standing:
    """Give what a country makes, uses, sells and buys in all."""
    links, _ = _worked_out()
    at = links.regions.index(country)
    own = links.trade[at, at].sum()
    return Standing(
        value_added=float(links.value_added[at]),
        final_use=float(links.final_use[at]),
        exports=float(links.trade[:, at].sum() - own),
        imports=float(links.trade[at].sum() - own),
    )


def power_of(country: str, group: Sequence[str]) -> tuple[float | None, dict[str, float | None]]:
    """Give what a country loses if a group sells it nothing: together, and each alone.

    In logarithms; None where nobody else would be left. Raises `UnknownRegion`.
    """
    world = _world()
    for code in (country, *group):
        if code not in world.regions:
            raise UnknownRegion(f"{code} is not in the table; it holds {', '.join(world.regions)}")
    others = [each for each in dict.fromkeys(group) if each != country]
    if not others:
        raise UnknownRegion("name at least one other country of the table")
    alone = {each: _finite(power_of_group(world, country, [each])) for each in others}
    return _finite(power_of_group(world, country, others)), alone


@cache
def most_exposed(measure: Measure) -> dict[str, tuple[str, float]]:
    """Give every country's greatest partner by a measure, and how far it depends on it."""
    found = {}
    for country in shipped_countries():
        most = max(shipped_exposures(country), key=lambda each: each.parts[measure])
        found[country] = (most.partner, most.parts[measure])
    return found


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _worked_out() -> tuple[Links, NDArray[np.float64]]:
    with _ONE_AT_A_TIME:
        return _kept()


@cache
def _kept() -> tuple[Links, NDArray[np.float64]]:
    world = _world()
    return links_of(world), power_between(world)


@cache
def _world() -> World:
    return shipped_world()
