"""Exposure over the table of this copy; over an organisation's own flows, see `kept`."""

from undaunted.coercion.exposure.analysis.sectors import sector_word
from undaunted.coercion.exposure.analysis.shipped import (
    most_exposed,
    power_of,
    shipped_countries,
    shipped_exposure,
    shipped_exposures,
    shipped_sectors,
    shipped_source,
    standing_of,
    work_out,
)

__all__ = [
    "most_exposed",
    "power_of",
    "sector_word",
    "shipped_countries",
    "shipped_exposure",
    "shipped_exposures",
    "shipped_sectors",
    "shipped_source",
    "standing_of",
    "work_out",
]
