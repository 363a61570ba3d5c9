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
    from collections.abc import Iterable
    from datetime import date

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.rules import Phase, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline

__all__ = [
    "PhaseLine",
    "calendars_from",
    "clocks_known",
    "phases_from",
    "regimes_between",
    "regimes_notifying",
]


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


def regimes_notifying(jurisdiction: str, received: date, *days: date) -> tuple[Regime, ...]:
    """Give the regimes under which partners are notified: those of the day of receipt.

    What was being screened when a law was replaced stays under the earlier one; a law that takes
    no other's place, as that of a state which had none, is asked on the other days too.
    """
    first = regimes_for(jurisdiction, received)
    held = {each.jurisdiction for each in first}
    later = regimes_between(jurisdiction, received, *days)
    return tuple(each for each in later if each in first or each.jurisdiction not in held)


def clocks_known(actor: Actor, case: Case, at: datetime) -> list[Clock]:
    """Give the periods of a case as they stood at a moment: what befell one later is not in it.

    One that ended because another took its place, or by a decision, is left out from then on.
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
    return tuple(
        line
        for day in sorted(set(days))
        for line in phases_from(actor, regimes_for(jurisdiction, day), day, now=now)
    )


def phases_from(
    actor: Actor, regimes: Iterable[Regime], day: date, *, now: datetime
) -> tuple[PhaseLine, ...]:
    """Give every period of some regimes as if it began on a day, also of one that was replaced."""
    return tuple(
        PhaseLine(regime, phase, day, _ends(actor, phase.clock, day, now))
        for regime in regimes
        for phase in regime.phases
    )


def _ends(actor: Actor, rule: str, day: date, now: datetime) -> Deadline | None:
    try:
        held = rule_for(rule, day)
    except RuleUnknown:
        return None
    started = now.replace(year=day.year, month=day.month, day=day.day, hour=12)
    return what_if(actor, Question(held, started, NO_EVENTS, "", ""), now)
