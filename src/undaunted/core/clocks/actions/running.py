"""What is done to clocks: started, stopped, resumed, extended, met, cancelled.

Every change is reckoned under the rules before it is stored, so that no clock can be brought into a
state that its rule does not know, and raises the sequence by which calendars take the change over.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Forbidden, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.models import Clock, Feed
from undaunted.core.clocks.readers import feed_digest
from undaunted.core.clocks.rules import (
    EventsRefused,
    Kind,
    Unit,
    keeping_facts,
    rule_for,
    zone_named,
)
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.rules import Period

__all__ = [
    "ClockClosed",
    "ClockRuns",
    "ClockStands",
    "cancel_clock",
    "extend_clock",
    "hand_over_clocks",
    "keep",
    "meet_clock",
    "open_feed",
    "resume_clock",
    "revoke_feed",
    "start_clock",
    "stop_clock",
]


class ClockClosed(ValueError):
    """The clock was met or cancelled before."""


class ClockStands(ValueError):
    """The clock stands still already."""


class ClockRuns(ValueError):
    """The clock does not stand still."""


def start_clock(  # noqa: PLR0913 - which rule, for what, since when, where, held by whom
    rule: str,
    *,
    actor: Actor,
    at: datetime,
    holder: UUID,
    subject_kind: str,
    subject_id: UUID,
    started_at: datetime,
    calendar: str = "",
    zone: str = "",
    sharing: Sharing = Sharing.ORGANISATION,
    under: Verb = Verb.RECORD,
) -> Clock:
    """Start a clock under the version of `rule` in force on the day of its start.

    `calendar` and `zone` take the place of the rule's own; `under` is the right of the action that
    the clock is part of. Raises `RuleUnknown`, `CalendarUnknown` or `ZoneUnknown`, and `Forbidden`
    without that right.
    """
    _require(under, actor, holder)
    local = started_at.astimezone(zone_named(zone)) if zone else started_at
    held = rule_for(rule, local.date())
    clock = Clock(
        holder=holder,
        sharing=sharing,
        subject_kind=subject_kind,
        subject_id=subject_id,
        rule=held.id,
        rule_version=held.version,
        kind=held.kind,
        calendar=calendar,
        zone=zone,
        started_at=started_at,
        recorded_by=actor.person,
        recorded_at=at,
    )
    detail = {"rule": held.reference, "subject": str(subject_id), "kind": subject_kind}
    with transaction.atomic():
        keep(clock, "clock.started", actor, at, detail)
    return clock


def stop_clock(clock: Clock, *, actor: Actor, at: datetime, since: datetime) -> Clock:
    """Let the clock stand still from `since` on, as when somebody was asked for information."""
    with transaction.atomic():
        held = _held(clock, actor)
        _not_of_retention(held)
        if held.stopped_since is not None:
            raise ClockStands("the clock stands still already; resume it first")
        held.stops = [*held.stops, {"start": since.isoformat(), "end": None}]
        held.stopped_since = since
        keep(held, "clock.stopped", actor, at, {"since": since.isoformat()})
    return held


def resume_clock(clock: Clock, *, actor: Actor, at: datetime, since: datetime) -> Clock:
    """Let the clock run again from `since` on."""
    with transaction.atomic():
        held = _held(clock, actor)
        if held.stopped_since is None:
            raise ClockRuns("the clock runs; there is nothing to resume")
        held.stops = [*held.stops[:-1], {**held.stops[-1], "end": since.isoformat()}]
        held.stopped_since = None
        keep(held, "clock.resumed", actor, at, {"since": since.isoformat()})
    return held


def extend_clock(clock: Clock, *, actor: Actor, at: datetime, period: Period) -> Clock:
    """Add a period that whoever may extend has granted. Raises `EventsRefused`."""
    with transaction.atomic():
        held = _held(clock, actor)
        _not_of_retention(held)
        more = {"amount": period.amount, "unit": Unit(period.unit).value}
        held.extensions = [*held.extensions, more]
        keep(held, "clock.extended", actor, at, more)
    return held


def meet_clock(
    clock: Clock, *, actor: Actor, at: datetime, met_at: datetime, under: Verb = Verb.RECORD
) -> Clock:
    """Record that what the clock waited for was done, and when; in time or late."""
    if met_at > at:
        raise EventsRefused("what has not happened yet has not met the clock; correct the time")
    with transaction.atomic():
        held = _held(clock, actor, under)
        _not_of_retention(held)
        held.met_at = met_at
        keep(held, "clock.met", actor, at, {"met_at": met_at.isoformat()})
    return held


def cancel_clock(clock: Clock, *, actor: Actor, at: datetime, under: Verb = Verb.RECORD) -> Clock:
    """End a clock that waits for nothing any more; it stays as a record, and calendars drop it."""
    with transaction.atomic():
        held = _held(clock, actor, under)
        _not_of_retention(held)
        held.cancelled_at = at
        keep(held, "clock.cancelled", actor, at, {})
    return held


def hand_over_clocks(
    subject_kind: str, subjects: Collection[UUID], to: UUID, *, actor: Actor, at: datetime
) -> int:
    """Give the clocks of subjects that change hands to their new holder; gives how many.

    Part of handing the subjects over; whoever does it may record in both organisations.
    """
    about = Clock.objects.filter(subject_kind=subject_kind, subject_id__in=subjects)
    with transaction.atomic():
        clocks = list(about.exclude(holder=to).select_for_update())
        for holder in {to, *(clock.holder for clock in clocks)} if clocks else ():
            require(actor, Verb.RECORD, Facts(holder=holder))
        for clock in clocks:
            before, clock.holder = clock.holder, to
            told = {"from": str(before), "to": str(to)}
            keep(clock, "clock.handed_over", actor, at, told)
    return len(clocks)


def open_feed(*, actor: Actor, at: datetime) -> tuple[Feed, str]:
    """Make a secret address for the actor's calendar; the secret is given once and not kept."""
    if not actor.second_factor:
        raise Forbidden("the second factor is missing")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed = Feed.objects.create(user=actor.person, digest=feed_digest(token), created_at=at)
        _record_feed(feed, "clock_feed.opened", actor, at)
    return feed, token


def revoke_feed(feed: Feed, *, actor: Actor, at: datetime) -> Feed:
    """Close a secret address for good."""
    if feed.user != actor.person:
        raise Forbidden("the calendar is somebody else's")
    with transaction.atomic():
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        _record_feed(feed, "clock_feed.revoked", actor, at)
    return feed


def _require(under: Verb, actor: Actor, holder: UUID) -> None:
    """Ask for a right; whether a second person is needed was asked by the action itself."""
    require(actor, under, Facts(holder=holder, earlier_hands=frozenset()))


def _held(clock: Clock, actor: Actor, under: Verb = Verb.RECORD) -> Clock:
    _require(under, actor, clock.holder)
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    if held.closed:
        raise ClockClosed("the clock was met or cancelled before; start another")
    return held


def _not_of_retention(clock: Clock) -> None:
    if clock.kind == Kind.RETENTION:
        raise EventsRefused("a period of keeping ends with erasure; two people may hold it")


def keep(clock: Clock, verb: str, actor: Actor, at: datetime, detail: Mapping[str, object]) -> None:
    """Reckon what the change leads to, store it and record it."""
    deadline = clock.reckon(clock.stopped_since or at)
    assert deadline.due_at is not None  # noqa: S101 - a started clock has an end
    clock.due_at, clock.soft_due_at = deadline.due_at, deadline.soft_due_at
    clock.changed_at = at
    clock.sequence = 0 if clock._state.adding else clock.sequence + 1  # noqa: SLF001 - Django's own mark
    if clock.kind == Kind.RETENTION:
        clock.vouched = _vouched(clock)
    clock.save()
    record_entry(
        verb,
        actor=actor,
        subject_kind="clock",
        subject_id=clock.pk,
        at=at,
        detail={**detail, "due_at": clock.due_at.isoformat()},
    )


def _vouched(clock: Clock) -> bytes:
    """Give the code without which the database takes no row of a period of keeping (0004)."""
    facts = keeping_facts(
        clock.started_at, clock.due_at, clock.met_at, clock.cancelled_at, clock.sequence
    )
    subject = (clock.pk, clock.holder, clock.sharing, clock.subject_kind, clock.subject_id)
    rule = (clock.rule, clock.rule_version)
    return code_for_database(settings.SESSION_BINDING_KEY, "keeping", *subject, *rule, *facts)


def _record_feed(feed: Feed, verb: str, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="clock_feed", subject_id=feed.pk, at=at)
