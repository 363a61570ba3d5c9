"""The days that campaigns stand on, as the pack tells them, with sources and doubts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from undaunted.prisoners.campaigns.rules.refusals import CampaignRefused
from undaunted.prisoners.campaigns.rules.sheets import OccasionSheet, SourceLine
from undaunted.prisoners.campaigns.rules.terms import SourceStatus

__all__ = ["Occasion", "OccasionUnknown", "occasion_named", "occasions", "read_occasions"]


class OccasionUnknown(CampaignRefused):
    """The pack has no such occasion; the message names those that it has."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day of the year with what carries it."""

    month: int
    day: int
    sheet: OccasionSheet

    def in_year(self, year: int) -> date:
        """Give its day in a year."""
        return date(year, self.month, self.day)


def read_occasions(text: str) -> dict[str, Occasion]:
    """Read a pack: every occasion has a day, a source and its doubt, every source how it was read.

    Raises `ValueError` with the occasion and what is missing.
    """
    found: dict[str, Occasion] = {}
    for row in tomllib.loads(text)["occasions"]:
        code = row["code"]
        if not row["doubt"].strip() or not row.get("sources"):
            raise ValueError(f"occasions.{code}: give at least one source, and say what is doubted")
        date(2000, row["month"], row["day"])
        sources = tuple(_source(code, source) for source in row["sources"])
        sheet = OccasionSheet(code, row["title"], sources, row["doubt"])
        found[code] = Occasion(row["month"], row["day"], sheet)
    return found


@cache
def occasions() -> dict[str, Occasion]:
    """Give the occasions that are shipped, by code."""
    pack = files("undaunted.prisoners.campaigns").joinpath("packs/occasions.toml")
    return read_occasions(pack.read_text("utf-8"))


def occasion_named(code: str) -> Occasion:
    """Give one occasion. Raises `OccasionUnknown`."""
    found = occasions().get(code)
    if found is None:
        known = ", ".join(sorted(occasions()))
        raise OccasionUnknown(f"occasion: {code!r} is not in the pack; it has {known}")
    return found


def _source(code: str, row: dict[str, Any]) -> SourceLine:
    status = SourceStatus(row["status"])
    if (status is SourceStatus.UNVERIFIED) == bool(row["read_on"]):
        raise ValueError(f"occasions.{code}: give read_on, or the status unverified")
    return SourceLine(row["publisher"], row["title"], row["published"], row["url"], status)
