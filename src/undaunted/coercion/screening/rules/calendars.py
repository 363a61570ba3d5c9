"""The calendar of a case under a regime: every clock that steps have started, and when it ends.

Clocks run as `core/clocks` reckons them; this lays a case's steps on them, in order. A case that
lies across the change of two regimes is asked under each, so that both calendars can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules.cooperation import ASKED_FOR, moves_on
from undaunted.coercion.screening.rules.terms import Step, Turn
from undaunted.core.clocks.rules import Events, RuleUnknown, Stop, due, rule_for, zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.coercion.screening.rules.terms import Regime
    from undaunted.core.clocks.rules import Deadline

__all__ = ["Happened", "Running", "calendar_of", "out_of_order"]

NEEDS = {
    Step.ANSWERED: Step.REQUESTED,
    Step.PARTNERS_ANSWERED: Step.PARTNERS_ASKED,
    Step.INTENT: Step.NOTIFIED,
    Step.COMMENTED: Step.NOTIFIED,
    Step.COMMENTS_OVER: Step.NOTIFIED,
}
"""What must have happened before a step can."""


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

    A step that stops or meets a clock which does not run changes nothing; a clock starts once. An
    answer ends a period that stood still for it where another takes its place, as in a case; one
    that keeps its end is left to those who did not ask.
    """
    clocks: dict[str, _Clock] = {}
    for each in sorted(happened, key=lambda each: each.at):
        stood = _stood_still(regime, each.step, clocks)
        kept = {move.clock for move in moves_on(regime, each.step) if move.does is Turn.KEEP}
        for name in set(stood) - kept:
            del clocks[name]
        for move in moves_on(regime, each.step):
            if each.step not in ASKED_FOR or move.does is not Turn.START or stood:
                _turn(clocks, move.clock, move.does, each.at)
    _count_from_filing(regime, clocks)
    return tuple(_running(name, clock, now) for name, clock in clocks.items())


def out_of_order(happened: Iterable[Happened]) -> tuple[str, ...]:
    """Say which steps came before that without which they cannot be."""
    told = sorted(happened, key=lambda each: each.at)
    return tuple(
        f"{each.step} on {each.at:%Y-%m-%d} comes before any {needed}; look at the days"
        for at, each in enumerate(told)
        if (needed := NEEDS.get(each.step)) and needed not in {e.step for e in told[:at]}
    )


def _stood_still(regime: Regime, step: Step, clocks: dict[str, _Clock]) -> tuple[str, ...]:
    """Give the periods that stood still for an answer, for another to follow."""
    asked = ASKED_FOR.get(step)
    if asked is None:
        return ()
    stopped = {m.clock for m in moves_on(regime, asked) if m.does is Turn.STOP}
    resumed = {m.clock for m in moves_on(regime, step) if m.does is Turn.RESUME}
    return tuple(
        name
        for name in sorted(stopped - resumed)
        if name in clocks and clocks[name].stops and clocks[name].stops[-1].end is None
    )


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
        begun = clock.stops[-1].start
        clock.stops[-1] = Stop(begun, begun if does is Turn.KEEP else at)
    elif does is Turn.STOP and not standing:
        clock.stops.append(Stop(at))


def _count_from_filing(regime: Regime, clocks: dict[str, _Clock]) -> None:
    """Move what some investments alone have to the filing, whichever step lets it run."""
    begun = {each.clock for each in moves_on(regime, Step.ACCEPTED) if each.does is Turn.START}
    filed = min((clocks[name].started for name in begun & clocks.keys()), default=None)
    for name in {each.clock for each in regime.moves if each.rows} & clocks.keys():
        clocks[name].started = filed or clocks[name].started


def _running(name: str, clock: _Clock, now: datetime) -> Running:
    events = Events(stops=tuple(clock.stops), met_at=clock.met_at)
    try:
        rule = rule_for(name, clock.started.date())
        rule = rule_for(name, clock.started.astimezone(zone_named(rule.zone)).date())
    except RuleUnknown:
        return Running(name, clock.started, None)
    return Running(name, clock.started, due(rule, clock.started, events, now=now))
