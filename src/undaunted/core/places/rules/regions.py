"""Regions of the world after UN M49, for filters and tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from undaunted.core.places.rules.countries import country
from undaunted.core.places.rules.country_names import cldr_territories
from undaunted.core.places.rules.packs import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Region",
    "UnknownRegion",
    "countries_in",
    "region",
    "region_name",
    "region_of",
    "regions",
]


class UnknownRegion(LookupError):
    """No region has this code: it must be one of UN M49 (150 is Europe) or ZZZ."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of UN M49 with its English name; `parent` is None for a continent."""

    code: str
    name: str
    parent: str | None
    members: tuple[str, ...]


def region(code: str) -> Region:
    """Give the region of a code; raise `UnknownRegion`."""
    found = _by_code().get(code)
    if found is None:
        raise UnknownRegion(f"{code!r} is not a region of UN M49, such as 150 for Europe.")
    return found


def regions(*, parent: str | None = None) -> tuple[Region, ...]:
    """Give the continents, or the regions directly inside `parent`, in the order of the source."""
    return tuple(one for one in _by_code().values() if one.parent == parent)


def region_of(code: str) -> Region | None:
    """Give the smallest region a country lies in; None for Antarctica and what became part of it.

    Raises `UnknownCountry`.
    """
    found = _region_by_country().get(country(code).code)
    return None if found is None else region(found)


def countries_in(code: str) -> tuple[str, ...]:
    """Give the codes of all countries in a region and in the regions inside it."""
    inside = list(region(code).members)
    for part in regions(parent=code):
        inside += countries_in(part.code)
    return tuple(sorted(inside))


def region_name(code: str, language: str = "en") -> str:
    """Give the name of a region in a language; English follows the source, others CLDR."""
    found = region(code)
    if language == "en":
        return found.name
    return _names(language).get(code, found.name)


@cache
def _by_code() -> Mapping[str, Region]:
    return {
        row["code"]: Region(
            row["code"], row["name"], row.get("parent"), tuple(row.get("countries", ()))
        )
        for row in pack("regions")["region"]
    }


@cache
def _region_by_country() -> Mapping[str, str]:
    return {member: one.code for one in _by_code().values() for member in one.members}


@cache
def _names(language: str) -> Mapping[str, str]:
    territories = cldr_territories(language)
    return {code: territories[code] for code in _by_code() if code in territories}
