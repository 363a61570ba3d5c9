"""What is asked of the engine, in the words of a scenario file and before any table is at hand.

A scenario names countries, groups and sectors; `measures_of` (`instruments`) finds them in a world.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.engines.trade.deficits import Deficits
from undaunted.engines.trade.errors import MeasureRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.engines.trade.world import World

__all__ = [
    "GOODS",
    "OF_THE_WORLD",
    "SERVICES",
    "Kind",
    "Rent",
    "Scenario",
    "Shock",
    "check_elasticities",
]

OF_THE_WORLD = "data"
GOODS, SERVICES = "goods", "services"


class Kind(StrEnum):
    """What is done; the importer receives, the exporter supplies, whoever of the two acts.

    `Shock.value` is, for each:

    tariff_pp: percentage points on the importer's tariff.
    tariff_pct: per cent by which the factor 1 + tariff changes.
    iceberg: per cent by which trade costs rise; nobody receives them.
    ban: none; the flow is closed.
    quota: per cent of the quantity of the benchmark year that may still be imported, in each flow.
    export_tax_pp: percentage points on the price at the border, for the exporter's treasury.
    export_control: per cent of the quantity of the benchmark year that is withheld, in each flow;
        all of it without a value.
    transit: per cent by which trade costs rise, averaged over the flow, for goods alone.
    procurement_exclusion: per cent of final purchases that are closed; all without a value.
    services: as iceberg, for services alone; without a value they are closed.
    divestment: per cent of the capital that the exporter's investors hold in the importer's
        sectors, which they take out of use.
    investment_restriction: likewise, of capital that works in the investors' country instead.
    transfer: millions of the table's currency that the exporters give the importers.
    credit: likewise, to be paid back after the year.
    purchase: millions of final purchases that the importers move to goods of the exporters.
    """

    TARIFF_PP = "tariff_pp"
    TARIFF_PCT = "tariff_pct"
    ICEBERG = "iceberg"
    BAN = "ban"
    QUOTA = "quota"
    EXPORT_TAX_PP = "export_tax_pp"
    EXPORT_CONTROL = "export_control"
    TRANSIT = "transit"
    PROCUREMENT_EXCLUSION = "procurement_exclusion"
    SERVICES = "services"
    DIVESTMENT = "divestment"
    INVESTMENT_RESTRICTION = "investment_restriction"
    TRANSFER = "transfer"
    CREDIT = "credit"
    PURCHASE = "purchase"


class Rent(StrEnum):
    """Who receives what a scarce good is worth more, where a quantity is limited."""

    IMPORTER = "importer"
    EXPORTER = "exporter"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Shock:
    """One measure of one kind between some countries in some sectors.

    Attributes:
        importer: a group, a country's code, several codes, or "all".
        exporter: likewise; a country's own goods are never touched.
        sectors: "all", "goods" (ISIC A to C), "services", a sector's code, or several.
        kind: what is done.
        value: how much, as `Kind` tells for each; None where the kind needs none.
        rent: of a quota or an export control alone; without it the importer auctions what a quota
            allows, and the exporter sells dearer what a control lets through.
    """

    importer: str | tuple[str, ...]
    exporter: str | tuple[str, ...]
    sectors: str | tuple[str, ...]
    kind: Kind
    value: float | None = None
    rent: Rent | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Shocks that are in force together, and how the equilibrium is asked for.

    Attributes:
        name: for whoever reads the result.
        shocks: in any order; percentage points add up, factors are multiplied.
        groups: names for several countries.
        deficits: the closure.
        elasticities: "data" for those of the world, or the name of a published set, which the
            world must have: the engine holds none.
        tolerance: greatest residual, in logarithms.
    """

    name: str
    shocks: tuple[Shock, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    deficits: Deficits = Deficits.FIXED
    elasticities: str = OF_THE_WORLD
    tolerance: float = 1e-10


def check_elasticities(world: World, scenario: Scenario) -> None:
    """Raise `MeasureRefused` where a scenario names other elasticities than the world has."""
    asked, held = scenario.elasticities, world.elasticity_set
    if asked not in (OF_THE_WORLD, held, held.split(",")[0]):
        raise MeasureRefused(
            f"elasticities: the scenario names {asked} and the world's are {held}; give a world "
            f"that has them, or put {OF_THE_WORLD}"
        )
