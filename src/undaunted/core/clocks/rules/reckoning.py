"""When a deadline ends, in which state it is, and every step that leads there.

Pure: the clock of the wall is an argument. A day ends at 24:00 in the zone of the authority. A
clock that still stands is reckoned as if it went on now, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules.advancing import Gap, Step, advance, roll
from undaunted.core.clocks.rules.calendars import (
    INSTITUTIONS,
    WEEKENDS_ONLY,
    calendar_named,
    zone_named,
)
from undaunted.core.clocks.rules.terms import (
    LONG_UNITS,
    Counting,
    Events,
    Firmness,
    Limit,
    Roll,
    SourceStatus,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from undaunted.core.clocks.rules.advancing import Position
    from undaunted.core.clocks.rules.calendars import Calendar
    from undaunted.core.clocks.rules.terms import Rule

__all__ = [
    "NO_EVENTS",
    "Deadline",
    "EventsRefused",
    "Reckoned",
    "State",
    "check_events",
    "due",
]

NO_EVENTS = Events()


class EventsRefused(ValueError):
    """What is said to have happened to the clock cannot have happened under its rule."""


class State(StrEnum):
    """How a clock stands at a moment."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    SOFT_OVERDUE = "soft_overdue"
    OVERDUE = "overdue"
    MET = "met"
    SOFT_LATE = "soft_late"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One limit worked out: the instant it ends (exclusive), its last day, and how."""

    limit: Limit
    ends_at: datetime
    last_day: date | None
    provisional: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """All limits of one clock, in the order of their ends, and its state at the moment asked."""

    rule: Rule
    started: datetime | None
    zone: str
    calendar: str
    limits: tuple[Reckoned, ...]
    state: State

    @property
    def due_at(self) -> datetime | None:
        """Give the end of the first hard limit, or of the last soft one where none is hard.

        Where each of several bodies has a hard limit of its own, it is the last of theirs.
        """
        hard = _hard_ends(self.limits)
        soft = [each.ends_at for each in self.limits]
        return min(hard) if hard else max(soft, default=None)

    @property
    def soft_due_at(self) -> datetime | None:
        """Give the end of the first soft limit, if there is any."""
        return min(_soft_ends(self.limits), default=None)


def due(  # noqa: PLR0913 - the rule, what happened, when asked, and where
    rule: Rule,
    started: datetime | None,
    events: Events = NO_EVENTS,
    calendar: Calendar | None = None,
    *,
    now: datetime,
    zone: str = "",
) -> Deadline:
    """Reckon the deadline of a clock that `started` under `rule`, as it stands `now`.

    `calendar` and `zone` take the place of the rule's own. Instants carry a zone. Raises
    `EventsRefused` for stops that overlap or extensions that the rule does not allow.
    """
    place, days = zone_named(zone or rule.zone), calendar or calendar_named(rule.calendar)
    if started is None:
        return Deadline(rule, None, place.key, days.name, (), State.NOT_STARTED)
    check_events(rule, started, events)
    clock = _Clock(rule, started, events, days, place, now)
    limits = sorted((_reckon(clock, each) for each in rule.limits), key=lambda each: each.ends_at)
    state = _state(limits, started, events, now)
    return Deadline(rule, started, place.key, days.name, tuple(limits), state)


def check_events(rule: Rule, started: datetime, events: Events) -> None:
    """Raise `EventsRefused` where stops or extensions break the rule, naming what to change."""
    if events.stops and not rule.stoppable:
        raise EventsRefused(f"{rule.id} cannot be stopped; take the stops away")
    earlier: datetime | None = None
    for number, stop in enumerate(events.stops, start=1):
        if stop.end is not None and stop.end < stop.start:
            raise EventsRefused(f"stop {number} ends before it begins; exchange its dates")
        if number > 1 and (earlier is None or stop.start < earlier):
            raise EventsRefused(f"stop {number} begins before stop {number - 1} has ended")
        earlier = stop.end
    _check_extensions(rule, events)
    if events.met_at is not None and events.met_at < started:
        raise EventsRefused("the clock was met before it started; correct one of the two times")


def _check_extensions(rule: Rule, events: Events) -> None:
    allowed = rule.extension
    if events.extensions and allowed is None:
        raise EventsRefused(f"{rule.id} cannot be extended; take the extensions away")
    if allowed is None:
        return
    if len(events.extensions) > allowed.most:
        raise EventsRefused(f"{rule.id} can be extended {allowed.most} times at most")
    for extension in events.extensions:
        period, most = extension.period, allowed.period
        if period.amount < 1:
            raise EventsRefused("an extension is at least 1 long")
        if most is not None and (period.unit is not most.unit or period.amount > most.amount):
            raise EventsRefused(
                f"{rule.id} can be extended by {most.amount} {most.unit} at most, in {most.unit}"
            )
        in_hours = rule.limits[0].period.unit is Unit.HOURS
        if (period.unit is Unit.HOURS) is not in_hours:
            raise EventsRefused(f"an extension of {rule.id} is counted as its limits are")


@dataclass(frozen=True, slots=True)
class _Clock:
    rule: Rule
    started: datetime
    events: Events
    calendar: Calendar
    zone: ZoneInfo
    now: datetime


def _reckon(clock: _Clock, limit: Limit) -> Reckoned:
    in_hours = limit.period.unit is Unit.HOURS
    whole = clock.rule.counting is Counting.SAME_DAY and limit.period.unit in LONG_UNITS
    position, steps = _start(clock, in_hours=in_hours, whole=whole)
    gaps: Sequence[Gap] = () if limit.long_stop else _gaps(clock, in_hours=in_hours)
    provisional = False
    extensions = () if limit.long_stop else clock.events.extensions
    for number, period in enumerate((limit.period, *(each.period for each in extensions))):
        if number:
            steps.append(Step("extension", position, position, {"number": str(number)}))
        reached, ahead, taken = advance(position, period, gaps, clock.calendar)
        provisional = provisional or any(each.key == "stop.standing" for each in taken)
        position, gaps = reached, ahead
        steps += taken
        if whole and not number and not any(each.key.endswith("_cut") for each in taken):
            position -= timedelta(days=1)
            steps.append(Step("add.day_before", reached, position, {}))
    if clock.rule.roll is Roll.NEXT_WORKING_DAY and not in_hours:
        position, rolled = roll(position, clock.calendar)
        steps += rolled
    return _ended(clock, limit, position, provisional=provisional, steps=steps)


def _start(clock: _Clock, *, in_hours: bool, whole: bool) -> tuple[Position, list[Step]]:
    """Give where counting begins, with the steps that say so.

    A `whole` month that begins with a day ends before the same date of the next.
    """
    counting, local = clock.rule.counting, clock.started.astimezone(clock.zone)
    begun: Position = clock.started.astimezone(UTC) if in_hours else local.date()
    values = {"event": clock.rule.starts.value}
    steps = [Step("start", begun, begun, values)]
    begins = begun
    if in_hours and counting is Counting.NEXT_HOUR:
        begins = _next_hour(clock.started)
    elif counting is Counting.SAME_DAY and not whole:
        begins = begun - timedelta(days=1)
    steps.append(Step(f"count.{counting}", begun, begins, {}))
    return begins, steps


def _next_hour(moment: datetime) -> datetime:
    """Give the full hour after the hour in which something happened (1182/71, Article 3(1))."""
    whole = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return whole + timedelta(hours=1)


def _gaps(clock: _Clock, *, in_hours: bool) -> list[Gap]:
    found = []
    for stop in clock.events.stops:
        standing = stop.end is None
        start, end = stop.start, stop.end or max(clock.now, stop.start)
        if end <= clock.started:
            continue
        start = max(start, clock.started)
        if in_hours:
            found.append(Gap(start.astimezone(UTC), end.astimezone(UTC), standing))
        else:
            first, last = (each.astimezone(clock.zone).date() for each in (start, end))
            found.append(Gap(first, last, standing))
    return found


def _ended(
    clock: _Clock, limit: Limit, position: Position, *, provisional: bool, steps: list[Step]
) -> Reckoned:
    values = {"zone": clock.zone.key}
    if isinstance(position, datetime):
        ends_at, last_day = position.astimezone(UTC), None
        steps.append(Step("end.moment", position, position, values))
    else:
        midnight = datetime.combine(position + timedelta(days=1), time(), tzinfo=clock.zone)
        ends_at, last_day = midnight.astimezone(UTC), position
        steps.append(Step("end.day", position, position, values))
    steps += [Step(key, position, position, {}) for key in _cautions(clock, limit)]
    return Reckoned(limit, ends_at, last_day, provisional, tuple(steps))


def _cautions(clock: _Clock, limit: Limit) -> list[str]:
    days_matter = limit.period.unit is Unit.WORKING_DAYS or clock.rule.roll is Roll.NEXT_WORKING_DAY
    cautions = []
    if clock.calendar.name == WEEKENDS_ONLY and days_matter and limit.period.unit is not Unit.HOURS:
        cautions.append("caution.weekends_only")
    if limit.firmness is Firmness.SOFT:
        cautions.append("caution.soft")
    if limit.long_stop:
        cautions.append("caution.long_stop")
    if clock.rule.source.status not in {SourceStatus.VERIFIED, SourceStatus.PROPOSAL}:
        cautions.append(f"caution.{clock.rule.source.status}")
    if clock.calendar.name == INSTITUTIONS and days_matter:
        cautions.append("caution.unverified")
    return list(dict.fromkeys(cautions))


def _met(limits: Sequence[Reckoned], met_at: datetime) -> State:
    if any(met_at >= end for end in _hard_ends(limits)):
        return State.LATE
    return State.SOFT_LATE if any(met_at >= end for end in _soft_ends(limits)) else State.MET


def _hard_ends(limits: Sequence[Reckoned]) -> list[datetime]:
    """Give the ends that must be kept: of those of several bodies the last, as all may act."""
    hard = [each for each in limits if each.limit.firmness is Firmness.HARD]
    ends = [each.ends_at for each in hard]
    return [max(ends)] if any(each.limit.whose for each in hard) else ends


def _soft_ends(limits: Sequence[Reckoned]) -> list[datetime]:
    return [each.ends_at for each in limits if each.limit.firmness is Firmness.SOFT]


def _state(limits: Sequence[Reckoned], started: datetime, events: Events, now: datetime) -> State:
    hard = _hard_ends(limits)
    if events.met_at is not None and events.met_at <= now:
        return _met(limits, events.met_at)
    if now < started:
        return State.NOT_STARTED
    if any(now >= end for end in hard):
        return State.OVERDUE
    if any(stop.start <= now and (stop.end is None or now < stop.end) for stop in events.stops):
        return State.STOPPED
    if any(now >= end for end in _soft_ends(limits)):
        return State.SOFT_OVERDUE
    return State.RUNNING
