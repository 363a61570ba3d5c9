"""Reads of parties and of their names; the only way in from other subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.core.actors.models import Party, PartyName

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["Party", "names_for", "parties_for", "same_as"]


def parties_for(actor: Actor, parties: Iterable[UUID]) -> QuerySet[Party]:
    """Give these parties, as far as the actor may know of them."""
    rows = Party.objects.filter(pk__in=tuple(parties), withdrawn_at__isnull=True)
    return seen_by(actor, rows).order_by("recorded_at", "id")


def same_as(actor: Actor, party: UUID) -> tuple[Party, ...]:
    """Give every record judged to be the same as this one, itself among them; () where unseen."""
    asked = parties_for(actor, [party]).first()
    if asked is None:
        return ()
    group = Party.objects.filter(canonical=asked.canonical, withdrawn_at__isnull=True)
    return tuple(seen_by(actor, group).order_by("recorded_at", "id")) or (asked,)


def names_for(actor: Actor, parties: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Give the names in force of these parties as written, the one that is shown first."""
    wanted = tuple(parties)
    rows = PartyName.objects.filter(party__in=wanted, withdrawn_at__isnull=True)
    found: dict[UUID, list[str]] = {each: [] for each in wanted}
    ordered = seen_by(actor, rows).order_by("-primary", "recorded_at", "id")
    for party, text in ordered.values_list("party", "text"):
        found[party].append(text)
    return {party: tuple(dict.fromkeys(texts)) for party, texts in found.items()}
