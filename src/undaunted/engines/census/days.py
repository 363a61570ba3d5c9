"""Days as whole numbers: the unit in which everything here is counted.

A day is the number of days since 1 January 1970 (numpy's ``datetime64[D]``), kept in
``int64`` arrays. Every interval is half-open: its first day belongs to it, its end does not.
"""

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ALWAYS",
    "NEVER",
    "DayArray",
    "Flags",
    "Numbers",
    "Reals",
    "date_of",
    "day_number",
    "first_days_of_months",
    "twelve_months_after",
]

Numbers = NDArray[np.int64]
DayArray = NDArray[np.int64]
Flags = NDArray[np.bool_]
Reals = NDArray[np.float64]

NEVER: Final = 2**31 - 1
"""The end of what has not ended."""

ALWAYS: Final = -(2**31)
"""The beginning of what has no beginning (recognitions and facets only; a spell has one)."""

_EPOCH: Final = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Return the number of ``day``: 0 is 1 January 1970."""
    return day.toordinal() - _EPOCH


def date_of(number: int) -> date:
    """Return the date of a day number; the inverse of `day_number`."""
    return date.fromordinal(int(number) + _EPOCH)


def twelve_months_after(days: DayArray) -> DayArray:
    """Return the same day of the next year, shape as given; 29 February gives 1 March."""
    dates = np.asarray(days, dtype=np.int64).astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    later = (months + 12).astype("datetime64[D]") + (dates - months.astype("datetime64[D]"))
    capped: DayArray = np.minimum(later.astype(np.int64), NEVER)
    return capped


def first_days_of_months(since: date, until: date) -> DayArray:
    """Return the day numbers of every first of a month from ``since`` to ``until`` inclusive."""
    months = np.arange(
        np.datetime64(since.isoformat(), "M"),
        np.datetime64(until.isoformat(), "M") + np.timedelta64(1, "M"),
    )
    days = months.astype("datetime64[D]").astype(np.int64)
    within: DayArray = days[days >= day_number(since)]
    return within
