"""Reads of running clocks, and what-if, which reads and stores nothing."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from undaunted.core.access.queries import seen_by
from undaunted.core.clocks.models import Clock, Feed, Request
from undaunted.core.clocks.readers import feed_digest
from undaunted.core.clocks.rules import (
    Asked,
    Firmness,
    Kind,
    State,
    calendar_named,
    due,
    rules,
)
from undaunted.core.clocks.writers import (
    FeedEvent,
    rule_title,
    sources,
    state_words,
    status_words,
    subject_code,
    whose_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.readers import Question
    from undaunted.core.clocks.rules import Deadline, Reckoned
    from undaunted.core.clocks.writers import Coming

__all__ = [
    "Clock",
    "clock_for",
    "clocks_about",
    "coming_for",
    "erasable",
    "erasures_due",
    "events_about",
    "events_of",
    "expired",
    "feed_events",
    "feed_owner",
    "feeds_for",
    "kept_until",
    "open_clocks",
    "overdue_clocks",
    "passed_clocks",
    "request_for",
    "requests_waiting",
    "standing_clocks",
    "upcoming_clocks",
    "what_if",
]

CLOSED_SHOWN = timedelta(days=30)
"""How long a calendar still shows a clock that was met, and tells that one was cancelled."""


def coming_for(actor: Actor, now: datetime, days: int = 30) -> list[Coming]:
    """Give what ends within the next days and no clock holds, the next end first."""
    if actor.id is None:
        return []
    until = now + timedelta(days=days)
    found = [each for source in sources() for each in source.ahead(actor, now, until)]
    return sorted(found, key=lambda each: (each.at, each.title, each.address))


def open_clocks(actor: Actor) -> QuerySet[Clock]:
    """Give every clock the actor may see that was neither met nor cancelled, the next end first."""
    return (
        seen_by(actor, Clock.objects.all())
        .filter(met_at=None, cancelled_at=None)
        .order_by("due_at", "id")
    )


def overdue_clocks(actor: Actor, now: datetime) -> QuerySet[Clock]:
    """Give clocks whose time is over, the longest overdue first; soft limits are not among them."""
    late = open_clocks(actor).filter(due_at__lte=now, stopped_since=None)
    return late.exclude(rule__in=_soft_rules())


def passed_clocks(actor: Actor, now: datetime) -> QuerySet[Clock]:
    """Give running clocks past a time that is normally kept: late, but no breach."""
    passed = Q(soft_due_at__lte=now) & (Q(due_at__gt=now) | Q(rule__in=_soft_rules()))
    return open_clocks(actor).filter(passed, stopped_since=None)


def upcoming_clocks(actor: Actor, now: datetime, days: int = 30) -> QuerySet[Clock]:
    """Give running clocks that end within the next days and are not past anything yet."""
    until = now + timedelta(days=days)
    ahead = Q(due_at__gt=now, due_at__lte=until) | Q(soft_due_at__gt=now, soft_due_at__lte=until)
    return open_clocks(actor).filter(ahead, stopped_since=None).exclude(soft_due_at__lte=now)


def standing_clocks(actor: Actor) -> QuerySet[Clock]:
    """Give clocks that stand still, the longest standing first."""
    return open_clocks(actor).exclude(stopped_since=None).order_by("stopped_since", "id")


def clock_for(actor: Actor, clock: UUID) -> Clock | None:
    """Give one clock the actor may see; None for absent and for forbidden."""
    return seen_by(actor, Clock.objects.filter(pk=clock)).first()


def clocks_about(actor: Actor, subject_kind: str, subject_id: UUID) -> QuerySet[Clock]:
    """Give all clocks of one subject, the next end first, closed ones among them."""
    about = Clock.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return seen_by(actor, about).order_by("due_at", "id")


def expired(actor: Actor, now: datetime) -> QuerySet[Clock]:
    """Give retention clocks that have run out: what they were kept for is over."""
    return overdue_clocks(actor, now).filter(kind=Kind.RETENTION, held_since=None)


def erasable(actor: Actor, now: datetime) -> QuerySet[Clock]:
    """Give retention clocks whose subject may be erased now: run out, or granted by two people.

    The database says the same when it is done. What two people hold is not among them.
    """
    granted = Q(requests__asked=Asked.ERASE, requests__granted=True)
    run_out = Q(due_at__lte=now) & ~Q(rule__in=_soft_rules())
    mine = open_clocks(actor).filter(kind=Kind.RETENTION, held_since=None, stopped_since=None)
    either = mine.filter(run_out | granted).values("pk")
    return Clock.objects.filter(pk__in=either)


def kept_until(actor: Actor, until: datetime) -> QuerySet[Clock]:
    """Give what is kept for a time that ends by `until`, the next end first, held ones too."""
    rows = open_clocks(actor).filter(kind=Kind.RETENTION, due_at__lte=until)
    return rows.prefetch_related("requests")


def requests_waiting(actor: Actor) -> QuerySet[Request]:
    """Give what somebody asked about keeping and nobody has decided, the oldest first."""
    rows = seen_by(actor, Request.objects.filter(decided_at__isnull=True))
    return rows.select_related("clock").order_by("asked_at", "id")


def request_for(actor: Actor, request: UUID) -> Request | None:
    """Give one request about keeping; None for absent and for forbidden."""
    return seen_by(actor, Request.objects.filter(pk=request)).select_related("clock").first()


def what_if(_actor: Actor, question: Question, now: datetime) -> Deadline:
    """Reckon a deadline that does not exist. Raises `EventsRefused`."""
    calendar = calendar_named(question.calendar) if question.calendar else None
    zone = question.zone
    return due(question.rule, question.started, question.events, calendar, now=now, zone=zone)


def feeds_for(actor: Actor) -> QuerySet[Feed]:
    """Give the actor's own calendar addresses that are in use, the newest first."""
    if actor.id is None:
        return Feed.objects.none()
    return Feed.objects.filter(user=actor.id, revoked_at=None).order_by("-created_at")


def events_about(
    actor: Actor, subject_kind: str, subject_id: UUID, now: datetime
) -> list[FeedEvent]:
    """Give what a calendar of one subject shows, as opaque as the actor's own."""
    return events_of(actor, clocks_about(actor, subject_kind, subject_id), now)


def feed_events(actor: Actor, now: datetime) -> list[FeedEvent]:
    """Give what the actor's calendar shows: opaque, one event a limit of a clock, and the rest."""
    lately = now - CLOSED_SHOWN
    shown = Q(met_at=None, cancelled_at=None) | Q(met_at__gt=lately) | Q(cancelled_at__gt=lately)
    clocks = seen_by(actor, Clock.objects.filter(shown)).order_by("due_at", "id")
    others = [each for source in sources() for each in source.events(actor, now)]
    return [*events_of(actor, clocks, now), *others]


def events_of(_actor: Actor, clocks: Iterable[Clock], now: datetime) -> list[FeedEvent]:
    """Give what a calendar shows of clocks that were fetched through an actor."""
    return [event for clock in clocks for event in _events(clock, now)]


def feed_owner(token: str) -> UUID | None:
    """Give whose calendar a secret address opens; None for an unknown or revoked one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clocks_feed_owner(%s)", [feed_digest(token)])
        row = cursor.fetchone()
    return row[0] if row else None


def erasures_due() -> list[tuple[UUID, UUID]]:
    """Give retention clocks that have run out, each with a person of its holder to act as."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock, person FROM clocks_erasures_due()")
        return list(cursor.fetchall())


def _events(clock: Clock, now: datetime) -> list[FeedEvent]:
    moment = clock.stopped_since or now  # while it stands its end does not wander from day to day
    deadline = clock.reckon(moment)
    return [_event(clock, deadline, each, number) for number, each in enumerate(deadline.limits)]


def _event(clock: Clock, deadline: Deadline, limit: Reckoned, number: int) -> FeedEvent:
    rule = deadline.rule
    values = {"title": rule_title(rule, short=True), "code": subject_code(clock.subject_id)}
    parts = [gettext("%(title)s · case %(code)s") % values]
    standing = clock.stopped_since is not None and clock.cancelled_at is None
    if clock.met_at is not None or standing:
        parts.append(state_words(State.STOPPED if clock.met_at is None else deadline.state))
    parts += [whose_words(limit.limit)] if limit.limit.whose else []
    law = f"{rule.source.law}, {rule.source.article}"
    return FeedEvent(
        uid=uuid.uuid5(clock.pk, f"limit {number}"),
        sequence=clock.sequence,
        summary=" · ".join(parts),
        description=f"{rule_title(rule)}. {law}. {status_words(rule.source.status)}.",
        when=limit.last_day or limit.ends_at,
        whole_day=limit.last_day is not None,
        cancelled=clock.cancelled_at is not None,
        tentative=clock.stopped_since is not None,
        changed_at=clock.changed_at,
    )


def _soft_rules() -> list[str]:
    """Give the rules without any hard limit: their clocks are passed, never overdue."""
    return sorted(
        {rule.id for rule in rules() if all(each.firmness is Firmness.SOFT for each in rule.limits)}
    )
