"""The stock by role, law, gender, place or anything else a person may have more than one of.

A person with two values counts under both, once under each, and once in the total: values of
a facet do not add up to the total, and persons without any value are reported beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

import numpy as np

from undaunted.engines.census.census import Census
from undaunted.engines.census.days import ALWAYS, NEVER, DayArray, Numbers, date_of
from undaunted.engines.census.errors import RowsMalformed
from undaunted.engines.census.intervals import Intervals, overlaps, united
from undaunted.engines.census.segments import Segments
from undaunted.engines.census.series import day_column
from undaunted.engines.census.stock import BandColumns, Bands, band_columns, tally

__all__ = ["Facet", "FacetSeries", "FacetStock", "series_by_facet", "stock_by_facet"]


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """Who has which value, and when, shape (n,); a person may have many rows.

    ``value`` is a place in ``labels``. ``start`` and ``end`` bound the days on which the value
    holds (a charge: the days of its spell; a gender: `ALWAYS` to `NEVER`).
    """

    name: str
    labels: tuple[str, ...]
    person: Numbers
    value: Numbers
    start: DayArray
    end: DayArray

    def __post_init__(self) -> None:
        for column in fields(self)[2:]:
            array = np.asarray(getattr(self, column.name), dtype=np.int64)
            object.__setattr__(self, column.name, array)
            if array.shape != (self.person.size,):
                raise RowsMalformed(f"{column.name} has one value per row")
        if np.any((self.value < 0) | (self.value >= len(self.labels))):
            raise RowsMalformed("a value is a place among the labels")
        if np.any((self.start < ALWAYS) | (self.end > NEVER)):
            raise RowsMalformed("a day lies in the calendar")

    @classmethod
    def lasting(
        cls, name: str, labels: tuple[str, ...], person: Numbers, value: Numbers
    ) -> "Facet":
        """Return a facet whose values hold on every day."""
        count = np.asarray(person).size
        return cls(name, labels, person, value, np.full(count, ALWAYS), np.full(count, NEVER))


@dataclass(frozen=True, slots=True)
class FacetStock:
    """The stock on a day by value, the persons without a value, and all of them once."""

    facet: str
    standard: str
    as_of: date
    known_at: datetime
    rule: str
    total: Bands
    values: tuple[tuple[str, Bands], ...]
    without: Bands


@dataclass(frozen=True, slots=True, eq=False)
class FacetSeries:
    """Stocks by value on ``days``, shape (n,).

    ``values`` has shape (labels, n), ``without`` and ``total`` have shape (1, n).
    """

    facet: str
    labels: tuple[str, ...]
    standard: str
    known_at: datetime
    rule: str
    days: DayArray
    total: BandColumns
    values: BandColumns
    without: BandColumns

    def at(self, point: int) -> FacetStock:
        """Return one point as a stock of its own."""
        return FacetStock(
            self.facet,
            self.standard,
            date_of(self.days[point]),
            self.known_at,
            self.rule,
            self.total.at(0, point),
            tuple((label, self.values.at(row, point)) for row, label in enumerate(self.labels)),
            self.without.at(0, point),
        )

    def __iter__(self) -> Iterator[FacetStock]:
        return (self.at(point) for point in range(self.days.size))


def stock_by_facet(census: Census, facet: Facet, as_of: date) -> FacetStock:
    """Return how many recognised persons are held on ``as_of``, by value of the facet."""
    return series_by_facet(census, facet, [as_of]).at(0)


def series_by_facet(census: Census, facet: Facet, days: Sequence[date] | DayArray) -> FacetSeries:
    """Return the stock by value on each of ``days`` (dates or day numbers)."""
    column = day_column(days)
    touched = _touched(census.counted, column)
    size = len(facet.labels)
    people, index = np.unique(facet.person, return_inverse=True)
    pairs = united(Intervals(index * max(size, 1) + facet.value, facet.start, facet.end))
    holders = Intervals(people[pairs.group // max(size, 1)], pairs.start, pairs.end)
    by_value, row = _shared(touched, holders)
    values = tally(by_value, column, pairs.group[row] % max(size, 1), size)
    total = tally(touched, column)
    anyone, _ = _shared(touched, united(holders))
    return FacetSeries(
        facet.name,
        facet.labels,
        census.standard,
        census.known_at,
        census.rule,
        column,
        band_columns(total),
        band_columns(values),
        band_columns(total - tally(anyone, column)),
    )


def _touched(segments: Segments, days: DayArray) -> Segments:
    """Leave out segments that hold none of the days between the first and the last."""
    first, last = (days.min(), days.max()) if days.size else (NEVER, ALWAYS)
    return segments.where((segments.start <= last) & (segments.end > first))


def _shared(segments: Segments, holders: Intervals) -> tuple[Segments, Numbers]:
    """Cut segments to the days on which a holder holds; give the holder's row beside each."""
    shared = overlaps(segments.intervals(), holders)
    chosen = segments.where(shared.left)
    cut = Segments(
        chosen.person, shared.start, shared.end, chosen.tier, chosen.verified, chosen.certain
    )
    return cut, shared.right
