"""The days that a letter names: the last day of each period, and until when partners are heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.phases import (
    phases_from,
    regimes_between,
    regimes_notifying,
)
from undaunted.coercion.screening.queries import clocks_of
from undaunted.coercion.screening.rules import DeadlineLine, Step, Turn, moves_on
from undaunted.coercion.screening.rules.cooperation import closed_after
from undaunted.core.clocks.rules import Firmness, zone_named
from undaunted.core.clocks.writers import rule_title, whose_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from undaunted.coercion.screening.models import Case, Notice
    from undaunted.coercion.screening.queries import CaseSheet
    from undaunted.coercion.screening.rules import Regime
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline

__all__ = [
    "PartnerDeadline",
    "comments_ended",
    "comments_until",
    "deadlines_of",
    "last_day",
    "lines_of",
    "notice_deadlines",
    "partner_deadlines",
]


def deadlines_of(actor: Actor, case: Case, at: datetime) -> Iterator[DeadlineLine]:
    """Give every period that runs for the case, each with its last day."""
    for clock in clocks_of(actor, case):
        if clock.closed:
            continue
        yield from lines_of(_standing(clock, at))


def comments_until(
    actor: Actor, sheet: CaseSheet, at: datetime, laws: Collection[str] | None = None
) -> date | None:
    """Give the day by which partners have to comment: the first of their periods to end.

    Those that a decision ended are told as they ran. Where none runs yet, it is the day that the
    law would give if they were notified now; none where no regime of the case, or of `laws`, gives
    partners a period.
    """
    case, today = sheet.case, at.date()
    received = sheet.filing.received_on if sheet.filing else None
    regimes = regimes_between(case.jurisdiction, received or today, today)
    awaited = _moved(regimes, Step.COMMENTED, Turn.MEET)
    ends = {None} | {closed_after(each.taken_at) for each in sheet.decisions if each.taken_at}
    running = [
        last_day(_standing(clock, at))
        for clock in clocks_of(actor, case)
        if clock.rule in awaited and clock.met_at is None and clock.cancelled_at in ends
    ]
    if running:
        return min([each for each in running if each >= today] or running)
    return min(
        (
            each.due
            for each in partner_deadlines(actor, case.jurisdiction, at, laws, received)
            if each.comments
        ),
        default=None,
    )


def comments_ended(
    actor: Actor, case: Case, regimes: Iterable[Regime], at: datetime
) -> date | None:
    """Give the last day of the partners' periods for comments; none where they were not notified.

    It does not hang on who spoke earlier: what follows is counted from when the time was over.
    """
    awaited = _moved(regimes, Step.COMMENTED, Turn.MEET)
    ends = [
        last_day(_standing(clock, at))
        for clock in clocks_of(actor, case)
        if clock.rule in awaited and clock.cancelled_at is None
    ]
    return max(ends, default=None)


@dataclass(frozen=True, slots=True)
class PartnerDeadline:
    """A period of the partners; `comments` where it is that for comments, not for an intention."""

    line: DeadlineLine
    comments: bool

    @property
    def due(self) -> date:
        """Give its last day."""
        return self.line.due


def partner_deadlines(
    actor: Actor,
    jurisdiction: str,
    since: datetime,
    laws: Collection[str] | None = None,
    received: date | None = None,
) -> list[PartnerDeadline]:
    """Give the periods that partners have who are notified at a moment, the first to end first.

    They are those of the regimes of the day on which the notification was `received`, or of that
    moment, or of `laws`; reckoned as if nothing had stopped them: who notified knows of that.
    """
    day = since.date()
    held = regimes_notifying(jurisdiction, received or day, day)
    regimes = [each for each in held if laws is None or each.key in laws]
    opened = _moved(regimes, Step.NOTIFIED, Turn.START)
    awaited = _moved(regimes, Step.COMMENTED, Turn.MEET)
    found = []
    for line in phases_from(actor, regimes, day, now=since):
        if line.phase.clock in opened and line.deadline is not None:
            comments = line.phase.clock in awaited
            found += [PartnerDeadline(each, comments) for each in lines_of(line.deadline)]
    return sorted(found, key=lambda each: each.due)


def notice_deadlines(actor: Actor, notice: Notice) -> list[PartnerDeadline]:
    """Give until when partners can speak of a notice, since it was sent; nothing before."""
    if notice.sent_at is None:
        return []
    told = notice.content
    received = date.fromisoformat(told["received_on"]) if told.get("received_on") else None
    return partner_deadlines(actor, told["jurisdiction"], notice.sent_at, notice.laws, received)


def _moved(regimes: Iterable[Regime], step: Step, does: Turn) -> set[str]:
    return {
        move.clock for regime in regimes for move in moves_on(regime, step) if move.does is does
    }


def _standing(clock: Clock, at: datetime) -> Deadline:
    return clock.reckon(clock.stopped_since or at)


def lines_of(deadline: Deadline) -> Iterator[DeadlineLine]:
    """Give a line for the end of a deadline, or for that of each who has one of its own."""
    rule = deadline.rule
    theirs = [(f"{rule_title(rule)} ({whose_words(each.limit)})", each.last_day)
              for each in deadline.limits if each.limit.whose]  # fmt: skip
    for title, day in theirs or [(rule_title(rule), None)]:
        yield DeadlineLine(
            title,
            day or last_day(deadline),
            f"{rule.source.law}, {rule.source.article}",
            str(rule.source.status),
        )


def last_day(deadline: Deadline) -> date:
    """Give the last day of a deadline: of its soft limit, where it has one."""
    soft = [each for each in deadline.limits if each.limit.firmness is Firmness.SOFT]
    told = (soft or deadline.limits)[0]
    return told.last_day or told.ends_at.astimezone(zone_named(deadline.zone)).date()
