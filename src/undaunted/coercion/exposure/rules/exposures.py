"""A country's exposure to each partner, in parts of one, as pages, programs and files give it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from undaunted.coercion.exposure.rules.links import MANUFACTURES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from undaunted.coercion.exposure.rules.links import Links

__all__ = [
    "HEADLINE",
    "Exposure",
    "Measure",
    "SectorExposure",
    "Source",
    "Standing",
    "UnknownRegion",
    "exposure_to",
    "exposures_of",
    "sector_exposures",
]


class Measure(StrEnum):
    """What may be asked of a country and a partner; each a part of a stated whole."""

    DEMAND = "demand"
    """Value added of the country that the partner's final buyers pay for, of all value added."""
    SUPPLY = "supply"
    """Value added of the partner in what the country uses finally, of all that it uses finally."""
    EXPORTS = "exports"
    """What the partner buys of the country directly, of all its exports."""
    IMPORTS = "imports"
    """What the country buys of the partner directly, of all its imports."""
    INPUTS_BOUGHT = "inputs-bought"
    """Inputs of manufacturing bought of the partner directly, of all its inputs: face value."""
    INPUTS_BEHIND = "inputs-behind"
    """Production behind the inputs of manufacturing made by the partner, of all: look-through."""
    POWER = "power"
    """Loss, in logarithms, from being cut off from what the partner sells."""


HEADLINE = Measure.DEMAND


class UnknownRegion(KeyError):
    """No such country in the table; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How far one country depends on one partner.

    Attributes:
        parts: by measure; parts of one, and power in logarithms (infinite where nobody is left).
        demand_value, supply_value, exports_value, imports_value: the same in millions.
    """

    country: str
    partner: str
    parts: dict[Measure, float]
    demand_value: float
    supply_value: float
    exports_value: float
    imports_value: float


@dataclass(frozen=True, slots=True)
class SectorExposure:
    """How far one sector of a country depends on a partner.

    Attributes:
        value_added: of the sector, millions.
        demand: of it, the part paid for in the end by the partner's final buyers.
        exports: what of the sector the partner buys directly, millions.
        imports: what of the sector the country buys of the partner, millions.
        import_share: of all that the country buys abroad of the sector.
        inputs_bought, inputs_behind: of the sector's own inputs, as in `Measure`.
    """

    sector: str
    value_added: float
    demand: float
    exports: float
    imports: float
    import_share: float
    inputs_bought: float
    inputs_behind: float


@dataclass(frozen=True, slots=True)
class Source:
    """What stands beside every number: whose table of which year, and its digest."""

    name: str
    year: int
    source: str
    attribution: str
    licence: str
    sha256: str
    imputed: str
    unit: str = "millions of US dollars at current prices"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a country's exposure is measured against, in millions."""

    value_added: float
    final_use: float
    exports: float
    imports: float


def exposures_of(links: Links, power: NDArray[np.float64], country: str) -> tuple[Exposure, ...]:
    """Give the exposure to every other country, the greatest headline first."""
    at = _at(links, country)
    found = (
        _exposure(links, power, at, other) for other in range(len(links.regions)) if other != at
    )
    return tuple(sorted(found, key=lambda each: -each.parts[HEADLINE]))


def exposure_to(links: Links, power: NDArray[np.float64], country: str, partner: str) -> Exposure:
    """Give the exposure to one partner; raise `UnknownRegion`, also for the country itself."""
    at, other = _at(links, country), _at(links, partner)
    if at == other:
        raise UnknownRegion(f"{partner} is the country itself; name another")
    return _exposure(links, power, at, other)


def sector_exposures(links: Links, country: str, partner: str) -> tuple[SectorExposure, ...]:
    """Give the exposure of each sector to a partner, in the order of the table."""
    at, other = _at(links, country), _at(links, partner)
    abroad = links.trade[at].sum(0) - links.trade[at, at]
    return tuple(
        SectorExposure(
            sector=sector,
            value_added=float(links.value_added_by_sector[at, j]),
            demand=_part(links.made_for[at, j, other], links.value_added_by_sector[at, j]),
            exports=float(links.trade[other, at, j]),
            imports=float(links.trade[at, other, j]),
            import_share=_part(links.trade[at, other, j], abroad[j]),
            inputs_bought=float(links.inputs_bought[other, at, j]),
            inputs_behind=float(links.inputs_behind[other, at, j]),
        )
        for j, sector in enumerate(links.sectors)
    )


def _exposure(links: Links, power: NDArray[np.float64], at: int, other: int) -> Exposure:
    made_for = float(links.made_for[at, :, other].sum())
    made_by = float(links.made_for[other, :, at].sum())
    sold, bought = float(links.trade[other, at].sum()), float(links.trade[at, other].sum())
    exports = links.trade[:, at].sum() - links.trade[at, at].sum()
    imports = links.trade[at].sum() - links.trade[at, at].sum()
    makers = [j for j, sector in enumerate(links.sectors) if sector.startswith(MANUFACTURES)]
    weight = links.output[at, makers]
    parts = {
        Measure.DEMAND: _part(made_for, links.value_added[at]),
        Measure.SUPPLY: _part(made_by, links.final_use[at]),
        Measure.EXPORTS: _part(sold, exports),
        Measure.IMPORTS: _part(bought, imports),
        Measure.INPUTS_BOUGHT: _part(
            (links.inputs_bought[other, at, makers] * weight).sum(), weight.sum()
        ),
        Measure.INPUTS_BEHIND: _part(
            (links.inputs_behind[other, at, makers] * weight).sum(), weight.sum()
        ),
        Measure.POWER: float(power[at, other]),
    }
    names = links.regions[at], links.regions[other]
    return Exposure(*names, parts, made_for, made_by, sold, bought)


def _part(amount: float | np.floating[Any], whole: float | np.floating[Any]) -> float:
    return float(amount / whole) if whole > 0 else 0.0


def _at(links: Links, code: str) -> int:
    if code not in links.regions:
        raise UnknownRegion(f"{code} is not in the table; it holds {', '.join(links.regions)}")
    return links.regions.index(code)
