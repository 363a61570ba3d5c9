"""How many people are held on a day, with the bands around the number (rules K1, K6, K8)."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import DayArray, Numbers, date_of, day_number
from undaunted.engines.census.segments import Segments
from undaunted.engines.census.tiers import Tier

__all__ = ["BandColumns", "Bands", "Stock", "band_columns", "stock_on", "tally"]


@dataclass(frozen=True, slots=True)
class Bands:
    """A number of persons and what surrounds it.

    ``persons`` is the headline: certain, tier A or B. ``tiers`` are the certain by tier A, B,
    C, D. ``held_unverified`` is the part of the headline that nobody confirmed for twelve
    months. ``low`` is the headline without that part; ``high`` adds tier C and the days that
    dates known in part leave open.
    """

    persons: int
    tiers: tuple[int, int, int, int]
    held_unverified: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stock:
    """A count with all it takes to repeat it: day, data cut, standard, version of the rule."""

    standard: str
    as_of: date
    known_at: datetime
    rule: str
    bands: Bands

    @property
    def persons(self) -> int:
        """The headline number."""
        return self.bands.persons


@dataclass(frozen=True, slots=True, eq=False)
class BandColumns:
    """The same bands for many days: shape (..., days); ``tiers`` is (4, ..., days)."""

    persons: Numbers
    tiers: Numbers
    held_unverified: Numbers
    low: Numbers
    high: Numbers

    def at(self, *place: int) -> Bands:
        """Return the bands at one place of the shape."""
        a, b, c, d = (int(column[place]) for column in self.tiers)
        return Bands(
            persons=int(self.persons[place]),
            tiers=(a, b, c, d),
            held_unverified=int(self.held_unverified[place]),
            low=int(self.low[place]),
            high=int(self.high[place]),
        )


def stock_on(census: Census, as_of: date) -> Stock:
    """Return how many recognised persons are held on ``as_of``."""
    days = np.array([day_number(as_of)])
    bands = band_columns(tally(census.counted, days)).at(0, 0)
    return Stock(census.standard, date_of(days[0]), census.known_at, census.rule, bands)


def tally(
    segments: Segments, days: DayArray, group: Numbers | None = None, groups: int = 1
) -> Numbers:
    """Return how many segments of each class hold each day.

    ``days`` has shape (n,), any order; ``group``, shape of the segments, puts each of them in
    one of ``groups`` (all in the first if None). The result has the shape (tier 4, certain 2,
    verified 2, groups, n). One pass over the segments, whatever the number of days.
    """
    order = np.argsort(days, kind="stable")
    grid = days[order]
    opens = np.searchsorted(grid, segments.start)
    closes = np.searchsorted(grid, segments.end)
    kind = segments.tier * 4 + segments.certain * 2 + segments.verified
    row = kind * groups if group is None else kind * groups + group
    width = days.size + 1
    size = len(Tier) * 4 * groups * width
    change = np.bincount(row * width + opens, minlength=size)
    change -= np.bincount(row * width + closes, minlength=size)
    held = np.cumsum(change.reshape(len(Tier), 2, 2, groups, width), axis=-1)
    table = np.empty((len(Tier), 2, 2, groups, days.size), dtype=np.int64)
    table[..., order] = held[..., :-1]
    return table


def band_columns(table: Numbers) -> BandColumns:
    """Return the bands of a `tally`, shape (groups, days)."""
    certain = table[:, 1]
    unverified, verified = certain[Tier.A] + certain[Tier.B]
    return BandColumns(
        persons=unverified + verified,
        tiers=certain.sum(axis=1),
        held_unverified=unverified,
        low=verified,
        high=table[: Tier.D].sum(axis=(0, 1, 2)),
    )
