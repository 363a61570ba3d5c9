"""Days as records tell them: whole, or as a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers.loading import DAYS
from undaunted.engines.ownership import Rule

if TYPE_CHECKING:
    from undaunted.coercion.screening.readers.loading import Gathered

__all__ = ["day_of", "known_from", "valid_days", "whole_day"]

MONTH, DAY = 7, 10
"""So many characters tell a month, or a day."""
PART = re.compile(r"(?P<year>[0-9]{4})(?:[-/](?P<month>[0-9]{1,2}))?")


def valid_days(gathered: Gathered, row: int, begins: str, ends: str) -> tuple[dict[str, int], bool]:
    """Give first and last days, and whether they could be read.

    Of a month or a year the stake is taken for the days on which it surely held.
    """
    days = {each: DAYS[each] for each in ("valid_from", "valid_to")}
    sure = True
    for column, said in (("valid_from", begins), ("valid_to", ends)):
        if not said:
            continue
        day = day_of(said, last=column == "valid_from")
        if day is None:
            gathered.find(Rule.DAY, row, f"{column} {said}")
            sure = False
            continue
        days[column] = day
        if len(said) <= MONTH:
            gathered.find(Rule.PARTIAL, row, f"{column} {said}")
    return days, sure


def known_from(gathered: Gathered, row: int, said: str) -> int:
    """Give the day since which a record is known; from the beginning where it tells none."""
    day = day_of(said) if said else DAYS["known_from"]
    if day is None:
        gathered.find(Rule.DAY, row, f"known_from {said}")
        return DAYS["known_from"]
    return day


def day_of(said: str, *, last: bool = False) -> int | None:
    """Give a day; of a month or a year its first or last one; none where it cannot be read."""
    try:
        part = PART.fullmatch(said)
        if part is None:
            return whole_day(said).toordinal()
        year, month = int(part["year"]), int(part["month"] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1).toordinal()
    except ValueError:
        return None


def whole_day(said: str) -> date:
    """Give a day that is told as one, or as a moment of it. Raises `ValueError` for other text."""
    return date.fromisoformat(said) if len(said) <= DAY else datetime.fromisoformat(said).date()
