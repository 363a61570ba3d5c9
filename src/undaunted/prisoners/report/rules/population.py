"""Inhabitants by country and year, copied with their source; without them there is no rate."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["MOST_YEARS_BACK", "Inhabitants", "inhabitants", "year_of_rates"]

MOST_YEARS_BACK = 2
"""How far behind the report the newest populations may be; older ones are nobody's denominator."""


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """How many live in a country in the middle of a year, and who says so."""

    country: str
    year: int
    persons: int
    source: str


def inhabitants(country: str, year: int) -> Inhabitants | None:
    """Give the inhabitants of a country in the middle of a year; None where none are shipped."""
    pack = _pack()
    counted: list[int] = pack["inhabitants"].get(country, [])
    place = year - int(pack["first"])
    if not 0 <= place < len(counted):
        return None
    source = f"{pack['publisher']}, {pack['title']}"
    return Inhabitants(country, year, counted[place], source)


def year_of_rates(year: int) -> int | None:
    """Give the year for which a report of `year` gives rates: the newest with populations.

    A count is divided by the population of its own year, never by that of another.
    """
    pack = _pack()
    first = int(pack["first"])
    last = first + min(len(each) for each in pack["inhabitants"].values()) - 1
    found = min(year, last)
    return found if first <= found and year - found <= MOST_YEARS_BACK else None


@cache
def _pack() -> dict[str, Any]:
    path = files("undaunted.prisoners.report") / "packs" / "population.toml"
    return tomllib.loads(path.read_text("utf-8"))
