"""What exposure is, in numbers: links through suppliers, products, power, episodes."""

from undaunted.coercion.exposure.rules.dependencies import (
    ChokeRule,
    DependenciesRefused,
    DependencyReport,
    DependencyRule,
    ProductFinding,
    Supply,
    product_dependencies,
)
from undaunted.coercion.exposure.rules.exposures import (
    HEADLINE,
    Exposure,
    Measure,
    SectorExposure,
    Source,
    Standing,
    UnknownRegion,
    exposure_to,
    exposures_of,
    sector_exposures,
)
from undaunted.coercion.exposure.rules.links import Links, links_of
from undaunted.coercion.exposure.rules.power import power_between, power_of_group, power_of_share
from undaunted.coercion.exposure.rules.synthetic import (
    Effect,
    Needs,
    TooShort,
    effect_on,
    reached,
)
from undaunted.coercion.exposure.rules.warning import (
    MONTHLY,
    Episode,
    Monthly,
    Route,
    Warned,
    WarningRefused,
    warned_of,
)

__all__ = [
    "HEADLINE",
    "MONTHLY",
    "ChokeRule",
    "DependenciesRefused",
    "DependencyReport",
    "DependencyRule",
    "Effect",
    "Episode",
    "Exposure",
    "Links",
    "Measure",
    "Monthly",
    "Needs",
    "ProductFinding",
    "Route",
    "SectorExposure",
    "Source",
    "Standing",
    "Supply",
    "TooShort",
    "UnknownRegion",
    "Warned",
    "WarningRefused",
    "effect_on",
    "exposure_to",
    "exposures_of",
    "links_of",
    "power_between",
    "power_of_group",
    "power_of_share",
    "product_dependencies",
    "reached",
    "sector_exposures",
    "warned_of",
]
