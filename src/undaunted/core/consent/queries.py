"""Reads of the ledger of consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.consent.models import Grant, News
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
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["agreement", "grant_rows_for", "grants_for", "news_about"]


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
