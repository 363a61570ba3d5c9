"""Reads of court cases and petitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.queries import seen_by
from undaunted.repression.coordination.models import (
    CourtRecord,
    Petition,
    PetitionPart,
    PublishedCase,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.rules import EntryKey

__all__ = [
    "PETITION",
    "case_for",
    "cases_for",
    "parts_of",
    "petition_for",
    "petitions_for",
    "published_cases",
    "published_cases_about",
]

PETITION = "petition"
"""Under which clocks and the record of acts name a petition."""


def cases_for(actor: Actor) -> QuerySet[CourtRecord]:
    """Give the court cases that one's own organisations entered."""
    return seen_by(actor, CourtRecord.objects.all())


def case_for(actor: Actor, case: UUID) -> CourtRecord | None:
    """Give one; None for absent and for forbidden."""
    return cases_for(actor).filter(pk=case).first()


def published_cases(_actor: Actor) -> QuerySet[PublishedCase]:
    """Give the court cases that two people let out, the latest first."""
    return PublishedCase.objects.order_by("-day", "number", "id")


def published_cases_about(actor: Actor, entry: EntryKey) -> QuerySet[PublishedCase]:
    """Give the published cases about one entry of a list."""
    source, key = entry
    rows = published_cases(actor)
    return rows.none() if "\x00" in source + key else rows.filter(source=source, key=key)


def petitions_for(actor: Actor) -> QuerySet[Petition]:
    """Give the petitions to one's own authority, the newest first."""
    return seen_by(actor, Petition.objects.all())


def petition_for(actor: Actor, petition: UUID) -> Petition | None:
    """Give one petition; None for absent and for forbidden."""
    return petitions_for(actor).filter(pk=petition).first()


def parts_of(actor: Actor, petition: Petition) -> QuerySet[PetitionPart]:
    """Give the papers of a petition, oldest first; sealed."""
    return PetitionPart.objects.filter(petition__in=petitions_for(actor), petition=petition)
