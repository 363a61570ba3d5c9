"""Half-open intervals of many people at once: union, overlap, runs.

Each function takes and gives parallel ``int64`` columns of one length: ``group`` (a person),
``start`` and ``end`` (day numbers). To sort and merge in one pass a person and a day are
packed into one 64-bit key, person above day.
"""

from dataclasses import dataclass

import numpy as np

from undaunted.engines.census.days import ALWAYS, DayArray, Flags, Numbers

__all__ = ["Intervals", "Overlaps", "covered_at", "day_in", "keys_of", "overlaps", "runs", "united"]

_DAY_BITS = 32
_DAY_MASK = (1 << _DAY_BITS) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Columns of shape (n,): whose interval, its first day, the day after its last."""

    group: Numbers
    start: DayArray
    end: DayArray

    def that_last(self) -> "Intervals":
        """Return only the intervals that hold at least one day."""
        keep = self.start < self.end
        return Intervals(self.group[keep], self.start[keep], self.end[keep])


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Columns of shape (m,): row on the left, row on the right, and the days they share."""

    left: Numbers
    right: Numbers
    start: DayArray
    end: DayArray


def keys_of(group: Numbers, day: DayArray) -> Numbers:
    """Return keys that sort by group, then day; groups are whole numbers from 0 below 2**31."""
    return (group << _DAY_BITS) | (day - ALWAYS)


def day_in(keys: Numbers) -> DayArray:
    """Return the day that each key of `keys_of` holds."""
    return (keys & _DAY_MASK) + ALWAYS


def covered_at(cuts: Numbers, starts: Numbers, ends: Numbers) -> Flags:
    """Tell for each of the sorted ``cuts`` whether some interval holds it (all three are keys).

    ``starts`` and ``ends`` must themselves occur among the cuts. They are sorted first because
    looking up neighbours in order is many times faster than jumping about.
    """
    opened = np.bincount(np.searchsorted(cuts, np.sort(starts)), minlength=cuts.size)
    closed = np.bincount(np.searchsorted(cuts, np.sort(ends)), minlength=cuts.size)
    return np.cumsum(opened - closed) > 0


def united(intervals: Intervals) -> Intervals:
    """Return the union per group: disjoint, not touching, sorted by group and start."""
    lasting = intervals.that_last()
    groups, index = np.unique(lasting.group, return_inverse=True)
    starts = keys_of(index, lasting.start)
    order = np.argsort(starts, kind="stable")
    starts = starts[order]
    reach = np.maximum.accumulate(keys_of(index, lasting.end)[order])
    opens = np.ones(starts.size, dtype=np.bool_)
    opens[1:] = starts[1:] > reach[:-1]
    closes = np.roll(opens, -1)
    return Intervals(groups[index[order][opens]], day_in(starts[opens]), day_in(reach[closes]))


def overlaps(left: Intervals, right: Intervals) -> Overlaps:
    """Return every pair of a left and a right interval of one group that share a day.

    ``right`` must be sorted by group; pairs come in the order of the left rows.
    """
    first = np.searchsorted(right.group, left.group, side="left")
    count = np.searchsorted(right.group, left.group, side="right") - first
    left_row = np.repeat(np.arange(left.group.size), count)
    begun = np.cumsum(count) - count
    right_row = np.arange(left_row.size) - np.repeat(begun - first, count)
    start = np.maximum(left.start[left_row], right.start[right_row])
    end = np.minimum(left.end[left_row], right.end[right_row])
    keep = start < end
    return Overlaps(left_row[keep], right_row[keep], start[keep], end[keep])


def runs(intervals: Intervals, label: Numbers | None = None) -> tuple[Numbers, Intervals]:
    """Join touching neighbours of one group (and one ``label``) into runs.

    The intervals must be disjoint and sorted by group and start. Returns the row at which
    each run begins and the runs themselves.
    """
    group, start, end = intervals.group, intervals.start, intervals.end
    opens = np.ones(group.size, dtype=np.bool_)
    opens[1:] = (group[1:] != group[:-1]) | (start[1:] != end[:-1])
    if label is not None:
        opens[1:] |= label[1:] != label[:-1]
    closes = np.roll(opens, -1)
    return np.flatnonzero(opens), Intervals(group[opens], start[opens], end[closes])
