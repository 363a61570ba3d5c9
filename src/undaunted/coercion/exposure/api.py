"""Exposure over the wire: the same numbers as the pages and the terminal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from undaunted.coercion.exposure.analysis import (
    power_of,
    shipped_countries,
    shipped_exposure,
    shipped_exposures,
    shipped_sectors,
    shipped_source,
    standing_of,
)
from undaunted.coercion.exposure.rules import UnknownRegion
from undaunted.coercion.exposure.writers import country_told, pair_told
from undaunted.core.access.rules import face
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["coercion"])


class SourceOut(Schema):
    """Whose table, of which year."""

    name: str
    year: int
    source: str
    attribution: str
    licence: str
    sha256: str
    imputed: str
    unit: str


class CountriesOut(Schema):
    """Which countries there are."""

    countries: list[str]
    source: SourceOut


class PowerOut(Schema):
    """What a country would lose if a group sold it nothing; null where nobody would be left."""

    country: str
    group: list[str]
    year: int
    loss_in_logarithms: float | None
    one_by_one: dict[str, float | None]
    source: SourceOut


@router.get("/exposure", response=CountriesOut, summary="Countries of the table")
@face("public")
def list_countries(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Give the countries whose exposure is known, and the source of all numbers."""
    return {"countries": list(shipped_countries()), "source": shipped_source()}


@router.get("/exposure/{slug:country}", response=dict[str, Any], summary="One country")
@face("public")
def one_country(request: HttpRequest, country: str) -> dict[str, Any]:  # noqa: ARG001
    """Give a country's exposure to every other by every measure."""
    code = _code(country)
    return country_told(code, standing_of(code), shipped_exposures(code), shipped_source())


@router.get("/exposure/{slug:country}/power", response=PowerOut, summary="Power of a group")
@face("public")
def group_power(request: HttpRequest, country: str, of: str) -> dict[str, Any]:  # noqa: ARG001
    """Give what a country would lose if all of `of` (ISO3 codes with commas) sold it nothing."""
    code = _code(country)
    group = [each.strip().upper() for each in of.split(",") if each.strip()]
    try:
        together, one_by_one = power_of(code, group)
    except UnknownRegion as unknown:
        said = str(unknown.args[0])
        raise Unusable("of", said, allowed=shipped_countries()) from unknown
    source = shipped_source()
    return {
        "country": code,
        "group": group,
        "year": source.year,
        "loss_in_logarithms": together,
        "one_by_one": one_by_one,
        "source": source,
    }


@router.get("/exposure/{slug:country}/{slug:partner}", response=dict[str, Any], summary="A pair")
@face("public")
def one_pair(request: HttpRequest, country: str, partner: str) -> dict[str, Any]:  # noqa: ARG001
    """Give how two countries depend on each other, and the country's sectors."""
    here, there = _code(country), _code(partner)
    if here == there:
        raise Http404
    return pair_told(
        shipped_exposure(here, there),
        shipped_exposure(there, here),
        shipped_sectors(here, there),
        shipped_source(),
    )


def _code(text: str) -> str:
    code = text.upper()
    if code not in shipped_countries():
        raise Http404
    return code
