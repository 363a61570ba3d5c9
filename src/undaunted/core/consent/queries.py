"""Reads of the ledger of consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from undaunted.core.access.queries import seen_by
from undaunted.core.consent.models import Attempt, Grant, News
from undaunted.core.consent.rules import (
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.core.consent.rules import (
    Grant as Agreement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = [
    "Undelivered",
    "agreement",
    "failed_news",
    "grant_rows_for",
    "grants_for",
    "news_about",
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


def grants_for(actor: Actor, subjects: Iterable[UUID]) -> dict[UUID, tuple[Agreement, ...]]:
    """Give every subject's grants as `permits` takes them; a subject without any has ()."""
    wanted = tuple(subjects)
    found: dict[UUID, list[Agreement]] = {subject: [] for subject in wanted}
    for row in grant_rows_for(actor, wanted):
        found[row.subject].append(agreement(row))
    return {subject: tuple(rows) for subject, rows in found.items()}


def grant_rows_for(actor: Actor, subjects: Iterable[UUID]) -> QuerySet[Grant]:
    """Give the rows of the ledger about these subjects, oldest first."""
    rows = Grant.objects.filter(subject__in=tuple(subjects))
    return seen_by(actor, rows).order_by("recorded_at", "id")


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


def agreement(row: Grant) -> Agreement:
    """Give a row as the rules read it."""
    return Agreement(
        id=str(row.pk),
        purposes=frozenset({Purpose(row.purpose)}),
        audiences=frozenset({Audience.parse(row.audience)}),
        field_groups=frozenset(FieldGroup(group) for group in row.field_groups),
        level=IdentityLevel[row.level.upper()],
        basis=Basis(row.basis),
        given_on=row.given_on,
        expires_on=row.until,
        revoked_on=row.revoked_at.date() if row.revoked_at else None,
        citation=str(row.evidence_document or row.how),
    )
