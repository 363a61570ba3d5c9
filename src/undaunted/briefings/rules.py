"""Totals that others have published for a country: facts with their source, never ours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

__all__ = ["PublishedTotal", "published_totals"]

_YEAR_ONLY = 4


@dataclass(frozen=True, slots=True)
class PublishedTotal:
    """One figure for one country, as its publisher gave it and as somebody copied it."""

    publisher: str
    title: str
    day: str
    """A day, or a year where the publisher counts whoever was held at any time in it."""
    country: str
    count: int
    source: str
    note: str = ""

    @property
    def counts_a_year(self) -> bool:
        """Whether the figure is about a whole year."""
        return len(self.day) == _YEAR_ONLY

    @property
    def compared_on(self) -> date:
        """The day of our own number to set beside it: the same, or the last of the year."""
        return date(int(self.day), 12, 31) if self.counts_a_year else date.fromisoformat(self.day)


def published_totals(country: str) -> tuple[PublishedTotal, ...]:
    """Give all figures for a country, the newest first."""
    found = [each for each in _all() if each.country == country]
    return tuple(sorted(found, key=lambda each: (each.compared_on, each.publisher), reverse=True))


@cache
def _all() -> tuple[PublishedTotal, ...]:
    text = files("undaunted.briefings").joinpath("packs/published_totals.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return tuple(
        PublishedTotal(
            publisher=data["series"][row["series"]]["publisher"],
            title=data["series"][row["series"]]["title"],
            day=row["day"],
            country=row["country"],
            count=row["count"],
            source=row["source"],
            note=row.get("note", ""),
        )
        for row in data["figures"]
    )
