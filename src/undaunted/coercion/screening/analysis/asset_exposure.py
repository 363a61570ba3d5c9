"""What of each sector every foreign state must, and may, control: before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.analysis.holdings import told_by
from undaunted.coercion.screening.rules import state_code
from undaunted.engines.ownership import (
    Assets,
    Exposure,
    exposure,
    over_one_register,
    votes_graph,
    with_filing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.coercion.screening.analysis.watching import Look
    from undaunted.coercion.screening.models import AssetEntry
    from undaunted.engines.ownership import Stakes

__all__ = ["SectorExposure", "exposures", "exposures_with"]

Sector = tuple[str, str, str, str]
"""Country, taxonomy, sector, unit: capacities of other units are not added up."""


@dataclass(frozen=True, slots=True)
class SectorExposure:
    """A state's part of a sector of another country; `left_out` assets tell no capacity."""

    country: str
    taxonomy: str
    sector: str
    unit: str
    state: str
    before: Exposure
    after: Exposure
    assets: int
    left_out: int


def exposures(before: Look, after: Look) -> tuple[SectorExposure, ...]:
    """Compare two looks at a register: what each state held of each sector then and now."""
    looks = [
        (look.assets, told.stakes.as_of(look.day))
        for look in (before, after)
        for told in (told_by(look.holdings, look.assets),)
    ]
    return _compared(*looks[0], *looks[1])


def exposures_with(look: Look, filing: Stakes) -> tuple[SectorExposure, ...]:
    """Compare a register with what it would be after a filing."""
    held, filed = over_one_register(told_by(look.holdings, look.assets).stakes, filing)
    now = held.as_of(look.day)
    return _compared(look.assets, now, look.assets, with_filing(now, filed))


def _compared(
    assets: Iterable[AssetEntry], stakes: Stakes, later: Iterable[AssetEntry], then: Stakes
) -> tuple[SectorExposure, ...]:
    was, will = _sectors(assets), _sectors(later)
    told = []
    first, second = _held(was, stakes), _held(will, then)
    nothing = Exposure(0.0, 0.0, 0.0)
    for sector, state in sorted(first.keys() | second.keys()):
        one, other = (each.get((sector, state), nothing) for each in (first, second))
        if one.may or other.may:
            inside = will.get(sector) or was[sector]
            left_out = sum(each.capacity is None for each in inside)
            told.append(SectorExposure(*sector, state, one, other, len(inside), left_out))
    return tuple(told)


def _sectors(assets: Iterable[AssetEntry]) -> dict[Sector, list[AssetEntry]]:
    found: dict[Sector, list[AssetEntry]] = {}
    for each in assets:
        found.setdefault((each.country, each.taxonomy, each.sector, each.unit), []).append(each)
    return found


def _held(
    sectors: dict[Sector, list[AssetEntry]], stakes: Stakes
) -> dict[tuple[Sector, str], Exposure]:
    graph, parties = votes_graph(stakes), stakes.parties
    states = {
        parties.ids[number]: np.array([number], np.int64)
        for number in range(len(parties))
        if state_code(parties.ids[number])
    }
    found: dict[tuple[Sector, str], Exposure] = {}
    for sector, assets in sectors.items():
        counted = [each for each in assets if each.capacity is not None]
        numbers = [parties.number_of(each.asset.reference) for each in counted]
        capacities = np.array([each.capacity for each in counted], np.float64)
        abroad = {state: seeds for state, seeds in states.items() if state_code(state) != sector[0]}
        held = Assets(np.array(numbers, np.int64), capacities, sector[3])
        found |= {(sector, state): each for state, each in exposure(graph, held, abroad).items()}
    return found
