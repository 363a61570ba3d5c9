"""What holds for every deadline, whatever its rule, start and stops."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.core.clocks.factories import make_rule, noon
from undaunted.core.clocks.rules import (
    Calendar,
    Counting,
    Events,
    Extension,
    Lengthening,
    Limit,
    Period,
    Roll,
    State,
    Stop,
    Unit,
    add_months,
    calendar_named,
    due,
)

__all__: list[str] = []

NOW = datetime(2030, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
CALENDAR_UNITS = st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS])
ALL_DAY_UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
CALENDARS = st.sampled_from(["weekends", "BE", "FR", "LT", "IR", "US", "XR"])
AMOUNTS = st.integers(1, 40)
ROLLS = st.sampled_from(list(Roll))


def last_day(day: date, amount: int, unit: Unit, *events: Stop, **changed: object) -> date:
    made = due(make_rule((amount, unit), **changed), noon(day), Events(stops=events), now=NOW)
    found = made.limits[0].last_day
    assert found is not None
    return found


@given(DAYS, st.integers(0, 400), AMOUNTS, ALL_DAY_UNITS, CALENDARS, ROLLS)
def test_a_later_start_never_ends_earlier(  # noqa: PLR0913, PLR0917 - drawn by hypothesis
    day: date, more: int, amount: int, unit: Unit, calendar: str, roll: Roll
) -> None:
    first = last_day(day, amount, unit, calendar=calendar, roll=roll)
    second = last_day(day + timedelta(days=more), amount, unit, calendar=calendar, roll=roll)
    assert first <= second


@given(DAYS, st.integers(0, 60), AMOUNTS, ALL_DAY_UNITS, st.integers(0, 60), st.integers(0, 60))
def test_a_later_start_never_ends_earlier_after_a_stop(  # noqa: PLR0913, PLR0917 - drawn
    day: date, more: int, amount: int, unit: Unit, wait: int, length: int
) -> None:
    start = noon(day + timedelta(days=wait))
    stop = Stop(start, start + timedelta(days=length))
    first = last_day(day, amount, unit, stop)
    assert first <= last_day(day + timedelta(days=more), amount, unit, stop)


@given(DAYS, AMOUNTS, CALENDAR_UNITS, st.integers(0, 300), st.data())
def test_standing_for_some_days_moves_the_end_by_exactly_those_days(
    day: date, amount: int, unit: Unit, length: int, data: st.DataObject
) -> None:
    end = last_day(day, amount, unit)
    stopped = data.draw(st.dates(day, end))
    stop = Stop(noon(stopped), noon(stopped) + timedelta(days=length))
    assert last_day(day, amount, unit, stop) == end + timedelta(days=length)


@given(DAYS, AMOUNTS, st.integers(0, 9999), st.integers(0, 9999))
def test_standing_for_some_minutes_moves_hours_by_exactly_those_minutes(
    day: date, amount: int, wait: int, length: int
) -> None:
    rule, start = make_rule((amount, Unit.HOURS)), noon(day)
    stopped = start + timedelta(minutes=wait)
    stop = Stop(stopped, stopped + timedelta(minutes=length))
    plain = due(rule, start, now=NOW).due_at
    stood = due(rule, start, Events(stops=(stop,)), now=NOW).due_at
    assert plain is not None
    assert stood == plain + timedelta(minutes=length if stopped < plain else 0)


@given(DAYS, AMOUNTS, ALL_DAY_UNITS, CALENDARS)
def test_a_rolled_end_is_a_working_day_and_the_first_one(
    day: date, amount: int, unit: Unit, calendar: str
) -> None:
    days = calendar_named(calendar)
    plain = last_day(day, amount, unit, calendar=calendar)
    rolled = last_day(day, amount, unit, calendar=calendar, roll=Roll.NEXT_WORKING_DAY)
    assert days.is_working(rolled)
    between = (rolled - plain).days
    assert not any(days.is_working(plain + timedelta(days=n)) for n in range(between))


def walked(day: date, amount: int, days: Calendar, away: set[date], *, counted: bool) -> date:
    """Count working days with a finger on the calendar: a slow reference."""
    left = amount
    at = day - timedelta(days=1) if counted else day
    while left:
        at += timedelta(days=1)
        if at not in away and days.is_working(at):
            left -= 1
    return at


@given(DAYS, AMOUNTS, CALENDARS, st.booleans())
def test_working_days_equal_a_finger_on_the_calendar(
    day: date,
    amount: int,
    calendar: str,
    counted: bool,  # noqa: FBT001 - drawn
) -> None:
    counting = Counting.SAME_DAY if counted else Counting.DAY_AFTER
    found = last_day(day, amount, Unit.WORKING_DAYS, calendar=calendar, counting=counting)
    assert found == walked(day, amount, calendar_named(calendar), set(), counted=counted)


@given(DAYS, AMOUNTS, CALENDARS, st.integers(1, 30), st.integers(0, 30))
def test_working_days_pass_over_the_days_on_which_the_clock_stood(
    day: date, amount: int, calendar: str, wait: int, length: int
) -> None:
    begin = day + timedelta(days=wait)
    away = {begin + timedelta(days=n) for n in range(length)}
    stop = Stop(noon(begin), noon(begin) + timedelta(days=length))
    found = last_day(day, amount, Unit.WORKING_DAYS, stop, calendar=calendar)
    days = calendar_named(calendar)
    expected = walked(day, amount, days, away, counted=False)
    assert found == expected


@given(DAYS, st.integers(0, 600))
def test_months_keep_the_date_or_end_with_the_month(day: date, amount: int) -> None:
    found, cut = add_months(day, amount)
    months = (found.year - day.year) * 12 + found.month - day.month
    assert months == amount
    assert found.day == day.day or (cut and (found + timedelta(days=1)).day == 1)
    assert cut == (found.day < day.day)


@given(DAYS, AMOUNTS, ALL_DAY_UNITS, st.sampled_from(["Europe/Paris", "America/Santiago", "UTC"]))
def test_a_day_ends_at_midnight_of_the_authority_whatever_the_season(
    day: date, amount: int, unit: Unit, zone: str
) -> None:
    found = due(make_rule((amount, unit)), noon(day), now=NOW, zone=zone).limits[0]
    assert found.last_day is not None
    before = (found.ends_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    after = found.ends_at.astimezone(ZoneInfo(zone))
    assert before.date() == found.last_day
    assert after.date() == found.last_day + timedelta(days=1)


@given(DAYS, AMOUNTS)
def test_hours_are_real_hours_when_the_clocks_change(day: date, amount: int) -> None:
    found = due(make_rule((amount, Unit.HOURS)), noon(day), now=NOW).due_at
    assert found == noon(day) + timedelta(hours=amount)


@given(DAYS, AMOUNTS, ALL_DAY_UNITS, st.integers(1, 12), CALENDAR_UNITS)
def test_an_extension_only_lengthens_and_moves_no_long_stop(
    day: date, amount: int, unit: Unit, more: int, more_unit: Unit
) -> None:
    stop = Limit(Period(90, Unit.YEARS), long_stop=True)
    rule = make_rule((amount, unit), stop, extension=Lengthening(2, "anybody"))
    plain = due(rule, noon(day), now=NOW)
    one = Extension(Period(more, more_unit))
    extended = due(rule, noon(day), Events(extensions=(one,)), now=NOW)
    assert extended.limits[0].ends_at > plain.limits[0].ends_at
    assert extended.limits[1] == plain.limits[1]


@given(DAYS, AMOUNTS, ALL_DAY_UNITS, CALENDARS, ROLLS)
def test_the_same_question_has_the_same_answer_and_the_steps_join(
    day: date, amount: int, unit: Unit, calendar: str, roll: Roll
) -> None:
    rule = make_rule((amount, unit), calendar=calendar, roll=roll)
    first, second = (due(rule, noon(day), now=NOW) for _ in range(2))
    assert first == second
    steps = first.limits[0].steps
    assert steps[0].start == day
    assert all(a.end == b.start for a, b in pairwise(steps))
    assert steps[-1].end == first.limits[0].last_day


@given(DAYS, AMOUNTS, ALL_DAY_UNITS, st.integers(-30, 3000))
def test_a_clock_is_overdue_from_its_end_on_and_not_before(
    day: date, amount: int, unit: Unit, hours: int
) -> None:
    rule = make_rule((amount, unit))
    end = due(rule, noon(day), now=NOW).due_at
    assert end is not None
    now = end + timedelta(hours=hours)
    overdue = due(rule, noon(day), now=now).state is State.OVERDUE
    assert overdue == (hours >= 0)
