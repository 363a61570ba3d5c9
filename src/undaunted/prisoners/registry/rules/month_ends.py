"""The day on which a day counts for somebody who is shown without a name (decision 0012).

Whoever counts day after day with every facet would otherwise read the day of an arrest from the
step. Moved to the last of its month, every count on the last day of a month stays exactly what it
was, since `moved <= d` holds for such a day d just when `day <= d` does, and `moved > d` just when
`day > d` does. Between two month ends nothing moves. The database says the same (`registry_day`).
"""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["day_counted", "month_end", "searched_day"]

_DECEMBER = 12


def month_end(day: date) -> date:
    """Give the last day of the month of `day`."""
    if day.month == _DECEMBER:
        return day.replace(day=31)
    return date(day.year, day.month + 1, 1) - timedelta(days=1)


def day_counted(day: date | None, *, named: bool) -> date | None:
    """Give the day on which `day` enters a count; a bound that is not there stays so."""
    return day if named or day is None else month_end(day)


def searched_day(day: date, today: date) -> date:
    """Give the day on which a search for whoever was held looks: an end of a month.

    Cases show months. Whoever could search day after day would read the day of an arrest from the
    day on which a case begins to appear. In a month that has not ended, it is the end of the last.
    """
    end = month_end(day)
    return end if end <= today or day > today else day.replace(day=1) - timedelta(days=1)
