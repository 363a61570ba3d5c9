"""From spells with partial dates to lengths: the shortest and the longest that the dates allow.

Where every end has been seen and nobody entered late, the two curves enclose every other choice of
days within the windows. Where ends are censored they are two scenarios and no proof: an end that
comes later can lie behind a censoring that thinned those at risk, and the curve beyond it may then
be lower. `SurvivalBounds.proven` says which of the two holds.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

import numpy as np

from undaunted.engines.census.days import DayArray, day_number
from undaunted.engines.census.durations import Durations
from undaunted.engines.census.errors import RowsMalformed
from undaunted.engines.census.survival import Band, Lengths, Survival, survival_of

__all__ = [
    "Scenario",
    "SpellWindows",
    "SurvivalBounds",
    "lengths_of",
    "survival_of_people",
    "survival_of_spells",
]


class Scenario(StrEnum):
    """Which days within the windows are taken."""

    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True, eq=False)
class SpellWindows:
    """Spells as day numbers, shape (n,): windows of the first day held and the first day free.

    `NEVER` as an end: not ended as far as is known. ``watched_from``: the day from which a spell
    like this one would have been seen (`ALWAYS` where it would have been at any time).
    """

    start_earliest: DayArray
    start_latest: DayArray
    end_earliest: DayArray
    end_latest: DayArray
    watched_from: DayArray

    def __post_init__(self) -> None:
        for column in fields(self):
            array = np.asarray(getattr(self, column.name), dtype=np.int64)
            object.__setattr__(self, column.name, array)
            if array.shape != (self.start_earliest.size,):
                raise RowsMalformed(f"{column.name} has one value per row")
        for name in ("start", "end"):
            early, late = getattr(self, f"{name}_earliest"), getattr(self, f"{name}_latest")
            wrong = np.flatnonzero(early > late)
            if wrong.size:
                raise RowsMalformed(f"row {int(wrong[0]) + 1}: {name} ends before it begins")


@dataclass(frozen=True, slots=True, eq=False)
class SurvivalBounds:
    """The curves of the shortest and the longest lengths that partial dates allow.

    ``left_out``: in each, the spells that were never seen under it, of no day, ended before
    watching began, or not begun. ``proven``: every choice of days lies between the two curves.
    """

    shortest: Survival
    longest: Survival
    left_out: tuple[int, int]
    proven: bool

    @property
    def median(self) -> tuple[int | None, int | None]:
        """The two medians; None where half have not left."""
        return self.shortest.median, self.longest.median


def survival_of_spells(
    windows: SpellWindows,
    *,
    as_of: date,
    confidence: float = 0.95,
    band: Band = Band.LOG_LOG,
    horizon: int | None = None,
) -> SurvivalBounds:
    """Return both curves of these spells as seen on ``as_of``; who is free by then has ended."""
    both = [lengths_of(windows, scenario, as_of=as_of) for scenario in Scenario]
    return _bounds(both, windows.start_earliest.size, confidence, band, horizon)


def survival_of_people(
    durations: Durations,
    *,
    confidence: float = 0.95,
    band: Band = Band.LOG_LOG,
    horizon: int | None = None,
) -> SurvivalBounds:
    """Return both curves of the days that each person was held in all, spells united."""
    both = []
    for days in (durations.low, durations.high):
        seen = days > 0
        entry = np.zeros(int(seen.sum()), dtype=np.int64)
        both.append(Lengths(entry, days[seen], ~durations.censored[seen]))
    return _bounds(both, durations.person.size, confidence, band, horizon)


def lengths_of(windows: SpellWindows, scenario: Scenario, *, as_of: date) -> Lengths:
    """Return the lengths under one scenario; what is never seen under it is left out."""
    day = day_number(as_of)
    if scenario is Scenario.SHORTEST:
        start, end = windows.start_latest, windows.end_earliest
    else:
        start, end = windows.start_earliest, windows.end_latest
    entry = np.maximum(windows.watched_from - start, 0)
    held = np.minimum(end, day) - start
    seen = held > entry
    return Lengths(entry[seen], held[seen], (end <= day)[seen])


def _bounds(
    both: list[Lengths], rows: int, confidence: float, band: Band, horizon: int | None
) -> SurvivalBounds:
    short, long = (
        survival_of(lengths, confidence=confidence, band=band, horizon=horizon) for lengths in both
    )
    left_out = (rows - short.persons, rows - long.persons)
    whole = not any(left_out)
    proven = whole and not any(each.censored or each.entered_late for each in (short, long))
    return SurvivalBounds(short, long, left_out, proven)
