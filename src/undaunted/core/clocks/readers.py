"""A question about a deadline as people and programs write it: text in, frozen values out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules import (
    CalendarUnknown,
    Events,
    Extension,
    Period,
    RuleUnknown,
    Stop,
    Unit,
    ZoneUnknown,
    calendar_named,
    rule_for,
    zone_named,
    zone_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from undaunted.core.clocks.rules import Rule

__all__ = [
    "Question",
    "QuestionUnreadable",
    "feed_digest",
    "read_moment",
    "read_period",
    "read_question",
]

OURS = "UTC"
"""The zone of our own promises, which gives way to that of the country named."""

FIRST_YEAR, LAST_YEAR, LONGEST = 1900, 2200, 1000
"""What a question may ask about: beyond these nobody has a deadline."""
_FARTHEST = timedelta(hours=14)
"""No clock on earth is farther from universal time."""


class QuestionUnreadable(ValueError):
    """A part of the question cannot be read; `field` names it, the message says what to write."""

    def __init__(self, field: str, problem: str) -> None:
        self.field, self.problem = field, problem
        super().__init__(f"{field}: {problem}")


@dataclass(frozen=True, slots=True)
class Question:
    """Which deadline is asked for; `calendar` and `zone` are empty where the rule's own apply."""

    rule: Rule
    started: datetime
    events: Events
    calendar: str
    zone: str


def read_question(  # noqa: PLR0913 - one argument a part of the question
    rule: str,
    start: str,
    *,
    country: str = "",
    zone: str = "",
    stops: Iterable[str] = (),
    extensions: Iterable[str] = (),
) -> Question:
    """Read a question. Raises `QuestionUnreadable` with the part that is wrong and the remedy."""
    day = _day(start)
    try:
        found = rule_for(rule, day)
    except RuleUnknown as error:
        raise QuestionUnreadable("rule", str(error)) from None
    calendar, place = _place(found, country.strip().upper(), zone.strip())
    here = zone_named(place or found.zone)
    started = read_moment("start", start, here)
    if found.limits[0].period.unit is Unit.HOURS and "T" not in start.strip().replace(" ", "T"):
        raise QuestionUnreadable("start", "hours count here; write 2026-10-31T14:05")
    events = Events(
        stops=tuple(_stop(each, here) for each in stops),
        extensions=tuple(Extension(read_period(each)) for each in extensions),
    )
    return Question(found, started, events, calendar, place)


def read_moment(field: str, text: str, zone: ZoneInfo) -> datetime:
    """Read a day or an ISO moment; what names no offset is meant in `zone`."""
    text = text.strip()
    try:
        if len(text) == len("2026-10-31"):
            moment = datetime.combine(date.fromisoformat(text), time(), tzinfo=zone)
        else:
            moment = datetime.fromisoformat(text)
        if abs(moment.utcoffset() or timedelta()) > _FARTHEST:
            raise ValueError(text)  # noqa: TRY301 - said below, as of every other
    except ValueError:
        told = f"{text!r} is no day or moment; write 2026-10-31 or 2026-10-31T14:05"
        raise QuestionUnreadable(field, told) from None
    _refuse_year(field, moment.year)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def read_period(text: str) -> Period:
    """Read a period such as "1 month". Raises `QuestionUnreadable`."""
    amount, _, unit = text.strip().partition(" ")
    unit = unit.strip().replace(" ", "_")
    units = {name: each for each in Unit for name in (each.value, each.value.removesuffix("s"))}
    if not amount.isdecimal() or unit not in units or not 1 <= int(amount) <= LONGEST:
        raise QuestionUnreadable("extension", f"{text!r} is no period; write 1 month or 7 days")
    return Period(int(amount), units[unit])


def feed_digest(token: str) -> str:
    """Give what the database keeps of a secret address."""
    return hashlib.sha256(f"clocks-feed:{token}".encode()).hexdigest()


def _refuse_year(field: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        told = f"the year {year} is out of range; write one from {FIRST_YEAR} to {LAST_YEAR}"
        raise QuestionUnreadable(field, told)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        told = f"{text!r} is no day or moment; write 2026-10-31 or 2026-10-31T14:05"
        raise QuestionUnreadable("start", told) from None


def _place(rule: Rule, country: str, zone: str) -> tuple[str, str]:
    try:
        if country:
            calendar_named(country)
    except CalendarUnknown as error:
        raise QuestionUnreadable("country", str(error)) from None
    try:
        if country and not zone and rule.zone == OURS:
            zone = zone_of(country)
        if zone:
            zone_named(zone)
    except ZoneUnknown as error:
        raise QuestionUnreadable("zone", str(error)) from None
    return country, zone


def _stop(text: str, zone: ZoneInfo) -> Stop:
    since, dots, until = text.partition("..")
    if not dots:
        raise QuestionUnreadable("stop", f"{text!r} is no stop; write 2026-11-02..2026-11-09")
    end = read_moment("stop", until, zone) if until.strip() else None
    return Stop(read_moment("stop", since, zone), end)
