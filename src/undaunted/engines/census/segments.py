"""Each person's time line cut into disjoint segments, so that counting people is counting rows.

On any day a person lies in at most one segment. The segment tells what is known of that day:

- ``certain``: some spell surely holds the day (last possible first day <= day < first possible
  day free); otherwise one only may hold it.
- ``tier``: the best tier among the spells that surely hold it; if none, among those that may.
- ``verified``: one of those same spells was confirmed within the twelve months before (rule K6).

A person's death ends every spell: surely held until the earliest possible day of death,
possibly until the latest.
"""

from dataclasses import dataclass

import numpy as np

from undaunted.engines.census.days import NEVER, DayArray, Flags, Numbers, twelve_months_after
from undaunted.engines.census.intervals import (
    Intervals,
    covered_at,
    day_in,
    keys_of,
    overlaps,
    runs,
    united,
)
from undaunted.engines.census.spells import Deaths, Recognitions, Spells
from undaunted.engines.census.tiers import Tier

__all__ = ["Segments", "cut_segments", "death_of", "deaths_known", "recognised_part"]

_NO_TIER = len(Tier)


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Disjoint segments sorted by person and start, shape (n,); ``start`` to ``end`` half-open."""

    person: Numbers
    start: DayArray
    end: DayArray
    tier: Numbers
    verified: Flags
    certain: Flags

    @property
    def headline(self) -> Flags:
        """Which segments count in the headline: certain, tier A or B."""
        return self.certain & (self.tier <= Tier.B)

    def intervals(self) -> Intervals:
        """Return whose days these are, without what is known of them."""
        return Intervals(self.person, self.start, self.end)

    def where(self, chosen: Flags | Numbers) -> "Segments":
        """Return the chosen rows, by mask or by row number."""
        return Segments(
            self.person[chosen],
            self.start[chosen],
            self.end[chosen],
            self.tier[chosen],
            self.verified[chosen],
            self.certain[chosen],
        )


def deaths_known(spells: Spells, deaths: Deaths) -> Deaths:
    """Return one window per dead person, sorted, from deaths told apart and spells ended by one."""
    person = np.concatenate([deaths.person, spells.person[spells.died]])
    earliest = np.concatenate([deaths.earliest, spells.end_earliest[spells.died]])
    latest = np.concatenate([deaths.latest, spells.end_latest[spells.died]])
    people, index = np.unique(person, return_inverse=True)
    first = np.full(people.size, NEVER, dtype=np.int64)
    last = np.full(people.size, -NEVER, dtype=np.int64)
    np.minimum.at(first, index, earliest)
    np.maximum.at(last, index, latest)
    return Deaths(people, first, last)


def death_of(person: Numbers, deaths: Deaths) -> tuple[DayArray, DayArray]:
    """Return each person's window of death, `NEVER` for the living."""
    place = np.searchsorted(deaths.person, person)
    found = np.append(deaths.person, 0)[place] == person
    found &= place < deaths.person.size
    earliest = np.where(found, np.append(deaths.earliest, NEVER)[place], NEVER)
    latest = np.where(found, np.append(deaths.latest, NEVER)[place], NEVER)
    return earliest, latest


def cut_segments(spells: Spells, deaths: Deaths) -> Segments:
    """Return the disjoint segments of everyone's cover by spells that count as stock.

    ``deaths`` is as `deaths_known` gives it. Time grows as n log n in the number of spells.
    """
    people, index = np.unique(spells.person, return_inverse=True)
    layers = _layers(spells, index, deaths)
    starts = [keys_of(layer.group, layer.start) for layer in layers]
    ends = [keys_of(layer.group, layer.end) for layer in layers]
    cuts = _distinct(np.concatenate(starts + ends))
    surely, possibly, verified_surely, verified_possibly = (
        [covered_at(cuts, starts[i], ends[i]) for i in range(low, high)]
        for low, high in ((0, 4), (4, 8), (8, 9), (9, 10))
    )
    tier = _best(surely, cuts.size)
    certain = tier < _NO_TIER
    tier = np.where(certain, tier, _best(possibly, cuts.size))
    verified = np.where(certain, verified_surely[0], verified_possibly[0])
    held = np.flatnonzero(tier < _NO_TIER)
    pieces = Segments(
        people[cuts[held] >> 32],
        day_in(cuts[held]),
        day_in(cuts[held + 1]),
        tier[held],
        verified[held],
        certain[held],
    )
    label = pieces.tier * 4 + pieces.verified * 2 + pieces.certain
    first, whole = runs(pieces.intervals(), label)
    return _over(pieces, first, whole.start, whole.end)


def recognised_part(segments: Segments, recognitions: Recognitions) -> Segments:
    """Return the segments cut to the days on which their person is recognised."""
    recognised = united(
        Intervals(recognitions.person, recognitions.start, recognitions.end),
    )
    shared = overlaps(segments.intervals(), recognised)
    return _over(segments, shared.left, shared.start, shared.end)


def _over(segments: Segments, rows: Numbers, start: DayArray, end: DayArray) -> Segments:
    chosen = segments.where(rows)
    return Segments(chosen.person, start, end, chosen.tier, chosen.verified, chosen.certain)


def _layers(spells: Spells, index: Numbers, deaths: Deaths) -> list[Intervals]:
    """Give ten sets of intervals: sure cover by tier, possible cover by tier, verified of each."""
    dies_earliest, dies_latest = death_of(spells.person, deaths)
    surely = Intervals(index, spells.start_latest, np.minimum(spells.end_earliest, dies_earliest))
    possibly = Intervals(index, spells.start_earliest, np.minimum(spells.end_latest, dies_latest))
    by_tier = [
        _chosen(cover, spells.in_stock & (spells.tier == tier))
        for cover in (surely, possibly)
        for tier in Tier
    ]
    row = np.concatenate([np.arange(index.size), spells.confirmed_row])
    confirmed = np.concatenate([spells.start_latest, spells.confirmed_on])
    lapses = twelve_months_after(confirmed)
    verified = [
        _chosen(
            Intervals(
                index[row],
                np.maximum(confirmed, cover.start[row]),
                np.minimum(lapses, cover.end[row]),
            ),
            spells.in_stock[row],
        )
        for cover in (surely, possibly)
    ]
    return by_tier + verified


def _chosen(intervals: Intervals, chosen: Flags) -> Intervals:
    return Intervals(
        intervals.group[chosen], intervals.start[chosen], intervals.end[chosen]
    ).that_last()


def _distinct(keys: Numbers) -> Numbers:
    """Sort and drop repeats; on many keys far faster than the hashing of ``np.unique``."""
    keys.sort()
    keep = np.ones(keys.size, dtype=np.bool_)
    keep[1:] = keys[1:] != keys[:-1]
    return keys[keep]


def _best(layers: list[Flags], size: int) -> Numbers:
    best = np.full(size, _NO_TIER, dtype=np.int64)
    for tier in reversed(Tier):
        best[layers[tier]] = tier
    return best
