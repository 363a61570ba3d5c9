"""The stock on many days at once, with flags where it breaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from undaunted.engines.census.breaks import Basis, Break, breaks_between
from undaunted.engines.census.census import Census
from undaunted.engines.census.days import DayArray, date_of, day_number
from undaunted.engines.census.stock import BandColumns, Stock, band_columns, tally

__all__ = ["Series", "day_column", "series_over"]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Stocks on ``days``, shape (n,), in the order asked for; ``columns`` has shape (1, n)."""

    standard: str
    known_at: datetime
    rule: str
    days: DayArray
    columns: BandColumns
    breaks: tuple[Break, ...]

    def at(self, point: int) -> Stock:
        """Return one point as a stock of its own."""
        as_of = date_of(self.days[point])
        return Stock(self.standard, as_of, self.known_at, self.rule, self.columns.at(0, point))

    def __iter__(self) -> Iterator[Stock]:
        return (self.at(point) for point in range(self.days.size))


def series_over(
    census: Census, days: Sequence[date] | DayArray, *, bases: Iterable[Basis] = ()
) -> Series:
    """Return the stock on each of ``days`` (dates or day numbers), and the breaks between them."""
    column = day_column(days)
    return Series(
        census.standard,
        census.known_at,
        census.rule,
        column,
        band_columns(tally(census.counted, column)),
        breaks_between([date_of(day) for day in column], bases),
    )


def day_column(days: Sequence[date] | DayArray) -> DayArray:
    """Return days as day numbers, shape (n,)."""
    if isinstance(days, np.ndarray):
        return days.astype(np.int64)
    return np.fromiter((day_number(day) for day in days), dtype=np.int64)
