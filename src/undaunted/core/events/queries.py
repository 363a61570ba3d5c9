"""Reads of acts as the ledger holds them now; the only way in from other subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.events.models import Act, Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Act", "acts_about", "acts_claimed", "acts_recorded", "involvements_in"]


def acts_recorded(actor: Actor, *, holder: UUID, country: str = "") -> QuerySet[Act]:
    """Give the current acts that an organisation holds, the newest first."""
    rows = Act.objects.filter(recorded_to__isnull=True, holder=holder)
    if country:
        rows = rows.filter(country=country)
    return seen_by(actor, rows).order_by("-recorded_from", "id")


def acts_claimed(actor: Actor, claims: Iterable[UUID]) -> QuerySet[Act]:
    """Give the current rows of these claims; one that was withdrawn or is unseen is left out."""
    rows = Act.objects.filter(claim__in=tuple(claims), recorded_to__isnull=True)
    return seen_by(actor, rows).order_by("start_earliest", "claim")


def acts_about(actor: Actor, victims: Iterable[UUID]) -> QuerySet[Act]:
    """Give the current acts done to these people."""
    rows = Act.objects.filter(victim__in=tuple(victims), recorded_to__isnull=True)
    return seen_by(actor, rows).order_by("start_earliest", "claim")


def involvements_in(actor: Actor, claims: Iterable[UUID]) -> QuerySet[Involvement]:
    """Give who had a part in these acts, as the ledger says; each an allegation until judged."""
    rows = Involvement.objects.filter(act_claim__in=tuple(claims), recorded_to__isnull=True)
    return seen_by(actor, rows).order_by("recorded_from", "id")
