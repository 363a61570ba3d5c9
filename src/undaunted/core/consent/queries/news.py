"""Reads of the outbox: what was announced, who has dealt with it, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from undaunted.core.access.queries import seen_by
from undaunted.core.consent.models import Attempt, Grant, News

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "Told",
    "Undelivered",
    "failed_news",
    "news_about",
    "news_told",
    "news_waiting",
    "pending_of",
    "undelivered",
]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """News that one holder has not dealt with: how many, since when, how often tried, why not."""

    handler: str
    waiting: int
    failed: int
    oldest: datetime
    tries: int
    problems: tuple[str, ...]


def news_about(actor: Actor, subject: UUID) -> QuerySet[News]:
    """Give the news about a subject with its receipts, newest first; none for the public."""
    if not actor.organisations or not actor.second_factor:
        return News.objects.none()
    return News.objects.filter(subject=subject).prefetch_related("receipts").order_by("-at")


def news_waiting(_actor: Actor, handler: str, *, at: datetime, most: int) -> list[News]:
    """Give the oldest news that a handler has not dealt with and whose next try has come.

    Whoever delivers sees all of it: news holds opaque ids only.
    """
    rows = News.objects.raw("SELECT * FROM consent_waiting(%s, %s, %s)", [handler, at, most])
    return list(rows)


def pending_of(actor: Actor, news: News) -> tuple[str, ...]:
    """Give the holders that failed to deal with a piece of news so far; they are asked again."""
    if not actor.organisations or not actor.second_factor:
        return ()
    rows = Attempt.objects.filter(news=news, settled_at__isnull=True)
    return tuple(rows.order_by("handler").values_list("handler", flat=True))


def failed_news(actor: Actor) -> int:
    """Count the deliveries that failed and are tried again; the desk shows the number."""
    if not actor.organisations or not actor.second_factor:
        return 0
    return Attempt.objects.filter(settled_at__isnull=True).count()


def undelivered(_actor: Actor, handlers: Iterable[str]) -> list[Undelivered]:
    """Give how much news waits for each of these handlers, those without any left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consent_undelivered(%s::text[])", [list(handlers)])
        return [
            Undelivered(name, waiting, failed, oldest, tries, tuple(problems))
            for name, waiting, failed, oldest, tries, problems in cursor.fetchall()
        ]


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news: what of it which part has dealt with, and which parts are outstanding."""

    id: UUID
    kind: str
    subject: UUID
    at: datetime
    grant: str
    received: tuple[tuple[str, datetime, Mapping[str, Any]], ...]
    failed: tuple[tuple[str, int, datetime], ...]
    outstanding: tuple[str, ...]


def news_told(
    actor: Actor,
    handlers: Iterable[str],
    *,
    kinds: Iterable[str] = ("revoked", "expired", "erased"),
    most: int = 200,
) -> list[Told]:
    """Give the newest news about what the actor sees, with receipts and what is outstanding."""
    if not actor.organisations or not actor.second_factor:
        return []
    wanted = sorted(handlers)
    rows = News.objects.filter(kind__in=tuple(kinds)).prefetch_related("receipts", "attempts")
    ours = seen_by(actor, Grant.objects.all()).values("subject")
    rows = rows.filter(subject__in=ours).order_by("-at", "-id")
    return [_told(news, wanted) for news in rows[:most]]


def _told(news: News, wanted: list[str]) -> Told:
    received = {one.handler: one for one in news.receipts.all()}
    failed = [one for one in news.attempts.all() if one.settled_at is None]
    return Told(
        id=news.pk,
        kind=news.kind,
        subject=news.subject,
        at=news.at,
        grant=str(news.detail.get("grant", "")),
        received=tuple((name, one.at, one.done) for name, one in sorted(received.items())),
        failed=tuple((one.handler, one.tries, one.next_at) for one in failed),
        outstanding=tuple(name for name in wanted if name not in received),
    )
