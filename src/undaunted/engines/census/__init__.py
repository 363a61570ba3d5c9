"""How many people, on which day, with what uncertainty.

The counting rule of the whole house is here, and only here; `docs/explanation/counting.md`
tells it in words. Arrays in, frozen dataclasses out; no database, no clock, no files.

    census = take_census(spells, recognitions, deaths, standard="pace-1900", known_at=cut)
    stock_on(census, date(2025, 12, 31)).persons
"""

from undaunted.engines.census.breaks import Basis, Break, breaks_between
from undaunted.engines.census.census import RULE, Census, take_census
from undaunted.engines.census.days import (
    ALWAYS,
    NEVER,
    date_of,
    day_number,
    first_days_of_months,
    twelve_months_after,
)
from undaunted.engines.census.durations import Durations, durations_until
from undaunted.engines.census.errors import (
    CensusError,
    PeriodReversed,
    RowsMalformed,
    StandardsDiffer,
)
from undaunted.engines.census.facets import (
    Facet,
    FacetSeries,
    FacetStock,
    series_by_facet,
    stock_by_facet,
)
from undaunted.engines.census.flows import Flows, flows_between
from undaunted.engines.census.movements import Movement, Movements, movements_of
from undaunted.engines.census.releases import (
    Release,
    ReleaseSummary,
    ReleaseType,
    release_summary,
)
from undaunted.engines.census.segments import Segments, cut_segments
from undaunted.engines.census.series import Series, series_over
from undaunted.engines.census.spells import Deaths, Recognitions, Spell, Spells, gather_spells
from undaunted.engines.census.stock import BandColumns, Bands, Stock, stock_on
from undaunted.engines.census.tiers import (
    SourceMark,
    Tier,
    TierGiven,
    TierReason,
    tier_from_sources,
    tiers_from_counts,
)

__all__ = [
    "ALWAYS",
    "NEVER",
    "RULE",
    "BandColumns",
    "Bands",
    "Basis",
    "Break",
    "Census",
    "CensusError",
    "Deaths",
    "Durations",
    "Facet",
    "FacetSeries",
    "FacetStock",
    "Flows",
    "Movement",
    "Movements",
    "PeriodReversed",
    "Recognitions",
    "Release",
    "ReleaseSummary",
    "ReleaseType",
    "RowsMalformed",
    "Segments",
    "Series",
    "SourceMark",
    "Spell",
    "Spells",
    "StandardsDiffer",
    "Stock",
    "Tier",
    "TierGiven",
    "TierReason",
    "breaks_between",
    "cut_segments",
    "date_of",
    "day_number",
    "durations_until",
    "first_days_of_months",
    "flows_between",
    "gather_spells",
    "movements_of",
    "release_summary",
    "series_by_facet",
    "series_over",
    "stock_by_facet",
    "stock_on",
    "take_census",
    "tier_from_sources",
    "tiers_from_counts",
    "twelve_months_after",
]
