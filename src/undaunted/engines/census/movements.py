"""Every crossing into and out of the headline stock, one row each.

Within one census the stock changes only through these: so the stock on a later day is the
stock on an earlier day plus the entries and minus the exits after the one and up to the
other, and the movements of two neighbouring periods add up to those of both.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import NEVER, DayArray, Flags, Numbers
from undaunted.engines.census.intervals import Intervals, keys_of, runs
from undaunted.engines.census.segments import Segments, death_of

__all__ = ["Movement", "Movements", "headline_runs", "movements_of"]


class Movement(IntEnum):
    """How a person came into the headline stock, or left it."""

    NEW = 0
    """Detained, without an earlier spell."""
    REDETAINED = 1
    """Detained, after an earlier spell (counted or not) had ended."""
    RECLASSIFIED_IN = 2
    """Already held: recognised, or better supported, from this day."""
    RELEASED = 3
    """No longer surely held, and alive as far as is known."""
    DIED = 4
    """Died while held."""
    RECLASSIFIED_OUT = 5
    """Still held: no longer recognised, or no longer supported, from this day."""


@dataclass(frozen=True, slots=True, eq=False)
class Movements:
    """Crossings, shape (n,): who, on which day (the first in the new state), and how."""

    person: Numbers
    day: DayArray
    kind: Numbers

    def counts(self, after: int, until: int) -> tuple[int, ...]:
        """Return how many of each `Movement` fall after one day and up to the other."""
        within = (self.day > after) & (self.day <= until)
        counted = np.bincount(self.kind[within], minlength=len(Movement))
        return tuple(int(number) for number in counted)


def movements_of(census: Census) -> Movements:
    """Return all movements of a census, entries first, each part sorted by person and day."""
    inside = headline_runs(census)
    surely = _held_runs(census.held.where(census.held.certain))
    possibly = _held_runs(census.held)
    held = _run_of(inside, surely)
    earlier = ~_first_of_person(surely)[held]
    earlier |= ~_first_of_person(possibly)[_run_of(inside, possibly)]
    entry = np.where(
        surely.start[held] < inside.start,
        Movement.RECLASSIFIED_IN,
        np.where(earlier, Movement.REDETAINED, Movement.NEW),
    )
    leaves = inside.end < NEVER
    exit_ = np.where(
        surely.end[held] > inside.end,
        Movement.RECLASSIFIED_OUT,
        np.where(
            death_of(inside.group, census.deaths)[0] == inside.end, Movement.DIED, Movement.RELEASED
        ),
    )
    return Movements(
        np.concatenate([inside.group, inside.group[leaves]]),
        np.concatenate([inside.start, inside.end[leaves]]),
        np.concatenate([entry, exit_[leaves]]),
    )


def headline_runs(census: Census) -> Intervals:
    """Return the unbroken stays of each person in the headline stock, sorted."""
    return _held_runs(census.counted.where(census.counted.headline))


def _held_runs(segments: Segments) -> Intervals:
    return runs(segments.intervals())[1]


def _run_of(inside: Intervals, around: Intervals) -> Numbers:
    """Give for each interval the row of the run around it (there is always one)."""
    people = np.unique(around.group)
    begins = keys_of(np.searchsorted(people, around.group), around.start)
    wanted = keys_of(np.searchsorted(people, inside.group), inside.start)
    return np.searchsorted(begins, wanted, side="right") - 1


def _first_of_person(sorted_runs: Intervals) -> Flags:
    first = np.ones(sorted_runs.group.size, dtype=np.bool_)
    first[1:] = sorted_runs.group[1:] != sorted_runs.group[:-1]
    return first
