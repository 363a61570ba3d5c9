"""Which regimes bear on a case, and when their periods would end: across a change, of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.coercion.screening.rules import regimes_for
from undaunted.core.clocks.queries import what_if
from undaunted.core.clocks.readers import Question
from undaunted.core.clocks.rules import NO_EVENTS, RuleUnknown, rule_for

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.coercion.screening.rules import Phase, Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.rules import Deadline

__all__ = ["PhaseLine", "calendars_from", "regimes_between"]


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
