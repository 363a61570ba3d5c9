"""The days that a letter names: the last day of each period, and until when partners are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.phases import calendars_from, regimes_between
from undaunted.coercion.screening.queries import clocks_of
from undaunted.coercion.screening.rules import DeadlineLine, Step, Turn, moves_on
from undaunted.core.clocks.rules import Firmness, zone_named
from undaunted.core.clocks.writers import rule_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline

__all__ = ["comments_until", "deadlines_of"]


def deadlines_of(actor: Actor, case: Case, at: datetime) -> Iterator[DeadlineLine]:
    """Give every period that runs for the case, each with its last day."""
    for clock in clocks_of(actor, case):
        if clock.closed:
            continue
        rule = clock.held_rule
        yield DeadlineLine(
            rule_title(rule),
            _last_day(_standing(clock, at)),
            f"{rule.source.law}, {rule.source.article}",
            str(rule.source.status),
        )


def comments_until(actor: Actor, sheet: CaseSheet, at: datetime) -> date | None:
    """Give the day by which partners have to comment: the first of their periods to end.

    Where none runs yet, it is the day that the law would give if they were notified now; none
    where no regime of the case gives partners a period.
    """
    case, today = sheet.case, at.date()
    received = sheet.filing.received_on if sheet.filing else None
    awaited = {
        move.clock
        for regime in regimes_between(case.jurisdiction, received or today, today)
        for move in moves_on(regime, Step.COMMENTED)
        if move.does is Turn.MEET
    }
    running = [
        _last_day(_standing(clock, at))
        for clock in clocks_of(actor, case)
        if clock.rule in awaited and not clock.closed
    ]
    if running:
        return min(running)
    opened = {
        move.clock
        for regime in regimes_between(case.jurisdiction, today)
        for move in moves_on(regime, Step.NOTIFIED)
        if move.does is Turn.START
    }
    return min(
        (
            _last_day(line.deadline)
            for line in calendars_from(actor, case.jurisdiction, today, now=at)
            if line.phase.clock in awaited & opened and line.deadline is not None
        ),
        default=None,
    )


def _standing(clock: Clock, at: datetime) -> Deadline:
    return clock.reckon(clock.stopped_since or at)


def _last_day(deadline: Deadline) -> date:
    soft = [each for each in deadline.limits if each.limit.firmness is Firmness.SOFT]
    told = (soft or deadline.limits)[0]
    return told.last_day or told.ends_at.astimezone(zone_named(deadline.zone)).date()
