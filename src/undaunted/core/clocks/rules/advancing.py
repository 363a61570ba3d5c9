"""One period added to one day or instant: ends of months, working days, time standing still.

A clock that stands from day A to day B has those days cut out of its time: B takes the part that A
had. Where the stop begins on the day of the event, which is not counted, B is not counted either.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules.terms import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undaunted.core.clocks.rules.calendars import Calendar
    from undaunted.core.clocks.rules.terms import Period

__all__ = ["Gap", "Position", "Step", "add_months", "advance", "roll"]

Position = date
"""A day where a period is counted in days or longer; its subclass datetime where in hours."""

MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reckoning: from where, to where, why (a key of `writers.sentences`)."""

    key: str
    start: Position
    end: Position
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Time in which the clock stood: days [start, end) or instants."""

    start: Position
    end: Position
    still_standing: bool = False


def advance(
    start: Position, period: Period, gaps: Sequence[Gap], calendar: Calendar
) -> tuple[Position, Sequence[Gap], list[Step]]:
    """Give where `period` ends, the gaps that still lie ahead, and the steps that led there."""
    if period.unit is Unit.WORKING_DAYS:
        return _walk(start, period.amount, gaps, calendar)
    end, steps = _nominal(start, period)
    left = list(gaps)
    while left and _reaches(end, left[0]):
        gap = left.pop(0)
        moved = end + (gap.end - gap.start)
        key = "stop.standing" if gap.still_standing else "stop.shift"
        steps.append(Step(key, end, moved, _gap_values(gap)))
        end = moved
    return end, left, steps


def add_months(day: date, amount: int) -> tuple[date, bool]:
    """Give the same date `amount` months on, or the month's last day; and whether it was cut.

    Regulation (EEC, Euratom) No 1182/71, Article 3(2)(c), second sentence.
    """
    number = day.year * MONTHS_A_YEAR + day.month - 1 + amount
    year, month = divmod(number, MONTHS_A_YEAR)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)), day.day > last


def roll(day: date, calendar: Calendar) -> tuple[date, list[Step]]:
    """Give `day`, or the next working day where nobody works on it."""
    end = day
    while not calendar.is_working(end):
        end += timedelta(days=1)
    if end == day:
        return day, []
    holiday = calendar.holiday_on(day)
    key = "roll.holiday" if holiday else "roll.weekend"
    return end, [Step(key, day, end, {"holiday": holiday})]


def _nominal(start: Position, period: Period) -> tuple[Position, list[Step]]:
    amount, unit = period.amount, period.unit
    values = {"amount": str(amount)}
    end: Position
    if unit is Unit.HOURS:
        end = start + timedelta(hours=amount)
    elif unit is Unit.DAYS:
        end = start + timedelta(days=amount)
    elif unit is Unit.WEEKS:
        end = start + timedelta(days=DAYS_A_WEEK * amount)
    else:
        factor = MONTHS_A_YEAR if unit is Unit.YEARS else 1
        end, cut = add_months(start, factor * amount)
        if cut:
            values["day"] = str(start.day)
            return end, [Step(f"add.{unit}_cut", start, end, values)]
    return end, [Step(f"add.{unit}", start, end, values)]


def _walk(
    start: Position, amount: int, gaps: Sequence[Gap], calendar: Calendar
) -> tuple[Position, Sequence[Gap], list[Step]]:
    """Count working days one by one; weekends, holidays and days of standing are passed over."""
    left, jumps, passed = list(gaps), list[Step](), dict[str, None]()
    day: date = _jump(start, left, jumps)
    for _ in range(amount):
        day = _jump(day + timedelta(days=1), left, jumps)
        while not calendar.is_working(day):
            if holiday := calendar.holiday_on(day):
                passed[holiday] = None
            day = _jump(day + timedelta(days=1), left, jumps)
    key = "add.working_days_holidays" if passed else "add.working_days"
    values = {"amount": str(amount), "holidays": ", ".join(passed)}
    return day, left, [*jumps, Step(key, start, day, values)]


def _jump(day: Position, left: list[Gap], jumps: list[Step]) -> Position:
    while left and _reaches(day, left[0]):
        gap = left.pop(0)
        if gap.end > day:
            key = "stop.standing" if gap.still_standing else "stop.passed_over"
            jumps.append(Step(key, day, gap.end, _gap_values(gap)))
            day = gap.end
    return day


def _reaches(end: Position, gap: Gap) -> bool:
    """Whether the clock still ran when the gap began: an instant has no length, a day has."""
    return gap.start < end if isinstance(end, datetime) else gap.start <= end


def _gap_values(gap: Gap) -> dict[str, str]:
    return {"since": gap.start.isoformat(), "until": gap.end.isoformat()}
