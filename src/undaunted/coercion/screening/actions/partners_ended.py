"""What ends periods of partners that are left: a decision, or that their notice is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min, Q

from undaunted.coercion.screening.analysis.letter_periods import last_day
from undaunted.coercion.screening.models import Decision, Notice
from undaunted.coercion.screening.queries import clocks_of, dispatches_of
from undaunted.coercion.screening.rules import regimes
from undaunted.coercion.screening.rules.cooperation import closed_after, partner_clocks
from undaunted.core.access.rules import Verb
from undaunted.core.clocks.actions import (
    cancel_clock,
    extend_clock,
    resume_clock,
    start_clock,
    stop_clock,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock

__all__ = [
    "end_partner_periods",
    "end_periods_over",
    "end_periods_taken_back",
    "ends_by_decision",
    "periods_had",
    "renew_partner_periods",
]


def end_partner_periods(case: Case, *, actor: Actor, at: datetime) -> tuple[Clock, ...]:
    """End the periods of partners that run or stand still as a decision is taken.

    They are not met: nobody spoke. What was known then still has them, as its letter prints them.
    """
    running = _theirs(actor, case).filter(met_at__isnull=True, cancelled_at__isnull=True)
    moment = closed_after(at)
    return tuple(
        cancel_clock(clock, actor=actor, at=moment, under=Verb.PUBLISH) for clock in running
    )


def renew_partner_periods(case: Case, *, actor: Actor, at: datetime) -> tuple[Clock, ...]:
    """Let periods that the last decision ended run on in a case opened again, if time is left.

    What was ended stays so: each runs on in another clock, with the same beginning and stops. Those
    of whom no notice stands any more do not.
    """
    last = max(ends_by_decision(case), default=None)
    untold = _told_no_more(actor, case)
    ended = _theirs(actor, case).filter(cancelled_at=last).exclude(rule__in=untold) if last else ()
    return tuple(
        _renewed(clock, actor=actor, at=at)
        for clock in ended
        if clock.stopped_since or last_day(clock.reckon(at)) >= at.date()
    )


def end_periods_taken_back(case: Case, *, actor: Actor, at: datetime) -> tuple[Clock, ...]:
    """End periods of partners of whom no notice stands any more, as one is taken back.

    The next notice starts them anew: nobody was told within them.
    """
    running = _theirs(actor, case).filter(
        rule__in=_told_no_more(actor, case), met_at__isnull=True, cancelled_at__isnull=True
    )
    return tuple(cancel_clock(clock, actor=actor, at=at) for clock in running)


def end_periods_over(case: Case, *, actor: Actor, at: datetime) -> tuple[Clock, ...]:
    """End periods of partners that are over as a case is opened again: nobody can speak in them."""
    running = _theirs(actor, case).filter(
        met_at__isnull=True, cancelled_at__isnull=True, stopped_since__isnull=True
    )
    over = (each for each in running if last_day(each.reckon(at)) < at.date())
    return tuple(cancel_clock(clock, actor=actor, at=at) for clock in over)


def periods_had(actor: Actor, case: Case, rule: str) -> QuerySet[Clock]:
    """Give the clocks of a rule that a case has or had, for which no other starts.

    Of partners' periods whose notice was taken back none counts that is over: whoever is notified
    next has the whole time.
    """
    had = clocks_of(actor, case).filter(rule=rule)
    sent = Notice.objects.filter(case=case, sent_at__isnull=False)
    gone = sent.filter(withdrawn_at__isnull=False)
    if dispatches_of(actor, case).exists() or rule not in _begun(gone):
        return had
    since = sent.filter(withdrawn_at__isnull=True).aggregate(since=Min("sent_at"))["since"]
    open_still = Q(met_at__isnull=True, cancelled_at__isnull=True)
    return had.filter(open_still | Q(recorded_at__gte=since) if since else open_still)


def _told_no_more(actor: Actor, case: Case) -> set[str]:
    """Give the periods that notices had started of which none stands, and no package told."""
    if dispatches_of(actor, case).exists():
        return set()
    sent = Notice.objects.filter(case=case, sent_at__isnull=False)
    return _begun(sent.filter(withdrawn_at__isnull=False)) - _begun(
        sent.filter(withdrawn_at__isnull=True)
    )


def _begun(notices: QuerySet[Notice]) -> set[str]:
    """Give the periods of partners under the laws of notices; of all, where they name none."""
    return {
        clock
        for laws in notices.values_list("laws", flat=True)
        for regime in regimes()
        if laws is None or regime.key in laws
        for clock in partner_clocks(regime)
    }


def ends_by_decision(case: Case) -> list[datetime]:
    """Give the moments at which decisions of a case ended periods of partners."""
    taken = Decision.objects.filter(case=case, taken_at__isnull=False)
    return [closed_after(each) for each in taken.values_list("taken_at", flat=True) if each]


def _theirs(actor: Actor, case: Case) -> QuerySet[Clock]:
    theirs = {clock for regime in regimes() for clock in partner_clocks(regime)}
    return clocks_of(actor, case).filter(rule__in=theirs)


def _renewed(clock: Clock, *, actor: Actor, at: datetime) -> Clock:
    made = start_clock(
        clock.rule, actor=actor, at=at, holder=clock.holder, subject_kind=clock.subject_kind,
        subject_id=clock.subject_id, started_at=clock.started_at, calendar=clock.calendar,
        zone=clock.zone,
    )  # fmt: skip
    for each in clock.events.extensions:
        made = extend_clock(made, actor=actor, at=at, period=each.period)
    for stop in clock.events.stops:
        made = stop_clock(made, actor=actor, at=at, since=stop.start)
        if stop.end is not None:
            made = resume_clock(made, actor=actor, at=at, since=stop.end)
    return made
