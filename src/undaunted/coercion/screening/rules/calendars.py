"""The calendar of a case under a regime: every clock that steps have started, and when it ends.

Clocks run as `core/clocks` reckons them; this lays a case's steps on them, in order. A case that
lies across the change of two regimes is asked under each, so that both calendars can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.cooperation import moves_on
from undaunted.coercion.screening.rules.terms import Turn
from undaunted.core.clocks.rules import Events, RuleUnknown, Stop, due, rule_for, zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.coercion.screening.rules.terms import Regime, Step
    from undaunted.core.clocks.rules import Deadline

__all__ = ["Happened", "Running", "calendar_of"]


@dataclass(frozen=True, slots=True)
class Happened:
    """A step of a case, and when it was taken; a moment with a zone."""

    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """One clock of a case; without a deadline the clock had no rule on the day of its start."""

    clock: str
    started: datetime
    deadline: Deadline | None

    @property
    def last_day(self) -> date | None:
        """Give the last day of its last limit."""
        if self.deadline is None:
            return None
        return self.deadline.limits[-1].last_day


@dataclass(slots=True)
class _Clock:
    started: datetime
    stops: list[Stop] = field(default_factory=list)
    met_at: datetime | None = None


def calendar_of(
    regime: Regime, happened: Iterable[Happened], *, now: datetime
) -> tuple[Running, ...]:
    """Give the clocks that a case's steps have started under a regime, as they stand `now`.

    A step that stops or meets a clock which does not run changes nothing; a clock starts once.
    """
    clocks: dict[str, _Clock] = {}
    for each in sorted(happened, key=lambda each: each.at):
        for move in moves_on(regime, each.step):
            _turn(clocks, move.clock, move.does, each.at)
    return tuple(_running(name, clock, now) for name, clock in clocks.items())


def _turn(clocks: dict[str, _Clock], name: str, does: Turn, at: datetime) -> None:
    if does is Turn.START:
        clocks.setdefault(name, _Clock(at))
        return
    clock = clocks.get(name)
    if clock is None or clock.met_at is not None:
        return
    standing = bool(clock.stops) and clock.stops[-1].end is None
    if does is Turn.MEET:
        clock.met_at = at
    if standing and does is not Turn.STOP:
        clock.stops[-1] = Stop(clock.stops[-1].start, at)
    elif does is Turn.STOP and not standing:
        clock.stops.append(Stop(at))


def _running(name: str, clock: _Clock, now: datetime) -> Running:
    events = Events(stops=tuple(clock.stops), met_at=clock.met_at)
    try:
        rule = rule_for(name, clock.started.date())
        rule = rule_for(name, clock.started.astimezone(zone_named(rule.zone)).date())
    except RuleUnknown:
        return Running(name, clock.started, None)
    return Running(name, clock.started, due(rule, clock.started, events, now=now))
