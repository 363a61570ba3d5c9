"""How many people, on which day, with what uncertainty.

The counting rule of the whole house is here, and only here; `docs/explanation/counting.md`
tells it in words. Arrays in, frozen dataclasses out; no database, no clock, no files.

    census = take_census(spells, recognitions, deaths, standard="pace-1900", known_at=cut)
    stock_on(census, date(2025, 12, 31)).persons

What needs SciPy is fetched by its own name, so that counting starts without it: `census.rates`,
`census.overlap` (people on no list), `census.disclosure` (counts that hold unpublished persons).
`docs/explanation/census.md` tells what those and the curves, panels and trends here mean.
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
    ArgumentRefused,
    CensusError,
    PeriodReversed,
    RowsMalformed,
    StandardsDiffer,
    TableMalformed,
)
from undaunted.engines.census.facets import (
    Facet,
    FacetSeries,
    FacetStock,
    series_by_facet,
    stock_by_facet,
)
from undaunted.engines.census.flows import Flows, flows_between
from undaunted.engines.census.lengths import (
    Scenario,
    SpellWindows,
    SurvivalBounds,
    lengths_of,
    survival_of_people,
    survival_of_spells,
)
from undaunted.engines.census.movements import Movement, Movements, movements_of
from undaunted.engines.census.panels import (
    Covered,
    PanelBreak,
    PanelChange,
    PanelPoint,
    PanelReason,
    UnitBreak,
    UnitChange,
    panel_change,
    panel_changes,
)
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
from undaunted.engines.census.survival import (
    Band,
    Lengths,
    Survival,
    SurvivalAssumption,
    SurvivalReason,
    survival_of,
)
from undaunted.engines.census.tiers import (
    SourceMark,
    Tier,
    TierGiven,
    TierReason,
    tier_from_sources,
    tiers_from_counts,
)
from undaunted.engines.census.trends import (
    Demand,
    Trend,
    TrendAssumption,
    TrendReason,
    Verdict,
    trend_of,
)

__all__ = [
    "ALWAYS",
    "NEVER",
    "RULE",
    "ArgumentRefused",
    "Band",
    "BandColumns",
    "Bands",
    "Basis",
    "Break",
    "Census",
    "CensusError",
    "Covered",
    "Deaths",
    "Demand",
    "Durations",
    "Facet",
    "FacetSeries",
    "FacetStock",
    "Flows",
    "Lengths",
    "Movement",
    "Movements",
    "PanelBreak",
    "PanelChange",
    "PanelPoint",
    "PanelReason",
    "PeriodReversed",
    "Recognitions",
    "Release",
    "ReleaseSummary",
    "ReleaseType",
    "RowsMalformed",
    "Scenario",
    "Segments",
    "Series",
    "SourceMark",
    "Spell",
    "SpellWindows",
    "Spells",
    "StandardsDiffer",
    "Stock",
    "Survival",
    "SurvivalAssumption",
    "SurvivalBounds",
    "SurvivalReason",
    "TableMalformed",
    "Tier",
    "TierGiven",
    "TierReason",
    "Trend",
    "TrendAssumption",
    "TrendReason",
    "UnitBreak",
    "UnitChange",
    "Verdict",
    "breaks_between",
    "cut_segments",
    "date_of",
    "day_number",
    "durations_until",
    "first_days_of_months",
    "flows_between",
    "gather_spells",
    "lengths_of",
    "movements_of",
    "panel_change",
    "panel_changes",
    "release_summary",
    "series_by_facet",
    "series_over",
    "stock_by_facet",
    "stock_on",
    "survival_of",
    "survival_of_people",
    "survival_of_spells",
    "take_census",
    "tier_from_sources",
    "tiers_from_counts",
    "trend_of",
    "twelve_months_after",
]
