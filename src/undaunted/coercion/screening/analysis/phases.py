"""Which regimes bear on a case, and when their periods would end: across a change, of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from undaunted.coercion.screening.queries import clocks_of
from undaunted.coercion.screening.rules import regimes_for
from undaunted.core.clocks.queries import what_if
from undaunted.core.clocks.readers import Question
from undaunted.core.clocks.rules import NO_EVENTS, RuleUnknown, rule_for

if TYPE_CHECKING:
    from datetime import date

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.rules import Phase, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline

__all__ = ["PhaseLine", "calendars_from", "clocks_known", "regimes_between"]


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A period of a regime as it would run from a day; none where its rule is not in force then."""

    regime: Regime
    phase: Phase
    since: date
    deadline: Deadline | None


def regimes_between(jurisdiction: str, *days: date) -> tuple[Regime, ...]:
    """Give every regime that applies on one of the days, each once, in their order."""
    found = {
        regime.key: regime for day in sorted(days) for regime in regimes_for(jurisdiction, day)
    }
    return tuple(found.values())


def clocks_known(actor: Actor, case: Case, at: datetime) -> list[Clock]:
    """Give the periods of a case as they stood at a moment: what befell one later is not in it.

    One that ended because another took its place is left out from then on.
    """
    known = [_turned_back(each, at) for each in clocks_of(actor, case) if each.recorded_at <= at]
    return [each for each in known if each.cancelled_at is None]


def _turned_back(clock: Clock, at: datetime) -> Clock:
    """Take from a clock what it did not know yet; it is never saved so."""
    if clock.changed_at <= at:
        return clock
    clock.met_at = clock.cancelled_at = clock.stopped_since = None
    stops = [each for each in clock.stops if datetime.fromisoformat(each["start"]) <= at]
    clock.stops = [
        each if each["end"] and datetime.fromisoformat(each["end"]) <= at else each | {"end": None}
        for each in stops
    ]
    if clock.stops and clock.stops[-1]["end"] is None:
        clock.stopped_since = datetime.fromisoformat(clock.stops[-1]["start"])
    clock.due_at = clock.reckon(clock.stopped_since or at).due_at or clock.due_at
    return clock


def calendars_from(
    actor: Actor, jurisdiction: str, *days: date, now: datetime
) -> tuple[PhaseLine, ...]:
    """Give, for each day, every period as if it began then: what the law would say of each day."""
    lines = []
    for day in sorted(set(days)):
        for regime in regimes_for(jurisdiction, day):
            lines += [
                PhaseLine(regime, phase, day, _ends(actor, phase.clock, day, now))
                for phase in regime.phases
            ]
    return tuple(lines)


def _ends(actor: Actor, rule: str, day: date, now: datetime) -> Deadline | None:
    try:
        held = rule_for(rule, day)
    except RuleUnknown:
        return None
    started = now.replace(year=day.year, month=day.month, day=day.day, hour=12)
    return what_if(actor, Question(held, started, NO_EVENTS, "", ""), now)
