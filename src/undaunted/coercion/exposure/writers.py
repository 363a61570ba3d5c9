"""Exposure as programs take it: one dictionary a country or pair, and tables as CSV.

Every table carries year and source in each row, so that a row that is copied keeps them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING, Any

from undaunted.coercion.exposure.rules import Measure, reached
from undaunted.core.evidence.rules import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undaunted.coercion.exposure.rules import (
        DependencyReport,
        Effect,
        Exposure,
        SectorExposure,
        Source,
        Standing,
        Warned,
    )

__all__ = [
    "MEANINGS",
    "country_csv",
    "country_told",
    "dependencies_told",
    "pair_csv",
    "pair_told",
    "warned_csv",
    "warned_told",
]

MEANINGS = {
    Measure.DEMAND: "value added of the country that the partner's final buyers pay for, of all",
    Measure.SUPPLY: "value added of the partner in what the country uses finally, of all",
    Measure.EXPORTS: "what the partner buys of the country directly, of all its exports",
    Measure.IMPORTS: "what the country buys of the partner directly, of all its imports",
    Measure.INPUTS_BOUGHT: "inputs of manufacturing bought of the partner directly, of all",
    Measure.INPUTS_BEHIND: "production behind manufacturing's inputs made by the partner, of all",
    Measure.POWER: "loss, in logarithms, if cut off from what the partner sells; null: no end",
}
VALUES = ("demand_value", "supply_value", "exports_value", "imports_value")


def country_told(
    country: str, standing: Standing, exposures: Sequence[Exposure], source: Source
) -> dict[str, Any]:
    """Give everything about one country."""
    return {
        "country": country,
        "year": source.year,
        "unit": source.unit,
        "totals": asdict(standing),
        "partners": [_exposure_told(each, source) for each in exposures],
        "meanings": {str(key): text for key, text in MEANINGS.items()},
        "source": asdict(source),
    }


def pair_told(
    here: Exposure,
    there: Exposure,
    sectors: Iterable[tuple[str, SectorExposure]],
    source: Source,
) -> dict[str, Any]:
    """Give one pair: what the country depends on the partner, the reverse, and each sector."""
    return {
        "country": here.country,
        "partner": here.partner,
        "year": source.year,
        "unit": source.unit,
        "exposure": _exposure_told(here, source),
        "reverse": _exposure_told(there, source),
        "sectors": [{"name": name, **asdict(each)} for name, each in sectors],
        "meanings": {str(key): text for key, text in MEANINGS.items()},
        "source": asdict(source),
    }


def country_csv(exposures: Iterable[Exposure], source: Source) -> str:
    """Write one row a partner."""
    heads = ("country", "partner", "year", *map(str, Measure), *VALUES, "unit", "source")
    rows = (
        (
            each.country,
            each.partner,
            source.year,
            *(_finite(each.parts[measure]) for measure in Measure),
            *(getattr(each, name) for name in VALUES),
            source.unit,
            source.attribution,
        )
        for each in exposures
    )
    return _table(heads, rows)


def pair_csv(here: Exposure, sectors: Iterable[tuple[str, SectorExposure]], source: Source) -> str:
    """Write one row a sector."""
    numbers = (
        "value_added", "demand", "exports", "imports", "import_share", "inputs_bought",
        "inputs_behind",
    )  # fmt: skip
    heads = ("country", "partner", "year", "sector", "name", *numbers, "unit", "source")
    rows = (
        (
            here.country, here.partner, source.year, each.sector, name,
            *(getattr(each, number) for number in numbers), source.unit, source.attribution,
        )
        for name, each in sectors
    )  # fmt: skip
    return _table(heads, rows)


def dependencies_told(
    report: DependencyReport, attribution: str, said: Sequence[str]
) -> dict[str, Any]:
    """Give a report on products with its thresholds."""
    return {
        **asdict(report),
        "unit": "thousands of US dollars of the year",
        "attribution": attribution,
        "notes": list(said),
    }


def warned_told(warned: Warned, file: str) -> dict[str, Any]:
    """Give an episode's answers with their series, intervals and placebos."""
    return {
        "target": warned.episode.target,
        "coercer": warned.episode.coercer,
        "since": warned.episode.since,
        "until": warned.months[-1],
        "products": list(warned.episode.products),
        "components_products": list(warned.episode.components),
        "loss": _effect_told(warned.loss, warned.months),
        "diversion": {
            "amount": warned.diverted,
            "routes": [asdict(route) for route in warned.routes],
        },
        "loss_net_of_diversion": warned.loss.effect + warned.diverted,
        "component_pressure": (
            None
            if warned.components is None
            else _effect_told(warned.components, warned.months)
            | {
                "sellers": [
                    {"country": seller, **_effect_told(effect, warned.months, series=False)}
                    for seller, effect in warned.pressed
                ]
            }
        ),
        "compared_with": [
            {
                "seller": seller,
                "buyer": buyer,
                "weight": float(weight),
                "distance_in_units_of_match": float(off),
            }
            for (seller, buyer), weight, off in zip(
                warned.donors, warned.loss.weights, warned.loss.placebos, strict=True
            )
        ],
        "notes": list(warned.said),
        "source": file,
    }


def warned_csv(warned: Warned, file: str) -> str:
    """Write one row a month and series: what was sold, and what would have been."""
    episode = warned.episode
    heads = (
        "month", "series", "seller", "buyer", "actual", "expected", "expected_low",
        "expected_high", "since", "source",
    )  # fmt: skip
    told = [("loss", episode.target, warned.loss)]
    if warned.components is not None:
        told.append(("components", "others", warned.components))
    rows = (
        (
            month, series, seller, episode.coercer, float(effect.actual[at]),
            float(effect.expected[at]), *reached(effect, at), episode.since, file,
        )
        for series, seller, effect in told
        for at, month in enumerate(warned.months)
    )  # fmt: skip
    return _table(heads, rows)


def _effect_told(effect: Effect, months: Sequence[str], *, series: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {
        "effect": effect.effect,
        "low": effect.low,
        "high": effect.high,
        "level": effect.level,
        "part_of_expected": effect.part,
        "found": effect.found,
        "p_value_in_space": effect.p_value,
        "distance_in_units_of_match": effect.off,
        "fit": effect.fit,
        "well_matched": effect.well_matched,
        "placebo_in_time": {
            **asdict(effect.in_time),
            "start": months[effect.in_time.start],
        },
    }
    if series:
        told["series"] = [
            {"month": month, "actual": float(actual), "expected": float(expected)}
            for month, actual, expected in zip(months, effect.actual, effect.expected, strict=True)
        ]
    return told


def _exposure_told(each: Exposure, source: Source) -> dict[str, Any]:
    return {
        "partner": each.partner,
        "year": source.year,
        **{str(measure): _finite(each.parts[measure]) for measure in Measure},
        **{name: getattr(each, name) for name in VALUES},
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    held = io.StringIO()
    out = csv.writer(held, lineterminator="\r\n")
    out.writerow(heads)
    out.writerows(
        [harmless(each) if isinstance(each, str) else each for each in row] for row in rows
    )
    return held.getvalue()
