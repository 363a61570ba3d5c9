"""Reads of lists for the matrix: versions held, and what each says of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.queries import versions_of
from undaunted.core.listings.rules import Came
from undaunted.repression.sanctions.rules import HeldVersion

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.models import ListVersion

__all__ = ["held_versions"]


def held_versions(actor: Actor, source: str) -> tuple[tuple[HeldVersion, ListVersion], ...]:
    """Give the versions of a list that were not withdrawn, oldest first, with their days."""
    rows = versions_of(actor, source).filter(withdrawn_at__isnull=True).defer("faults")
    return tuple((_held(each), each) for each in rows.order_by("number"))


def _held(version: ListVersion) -> HeldVersion:
    """Give a version with its day: a fetched file is its issuer's on the day of fetching."""
    loaded = version.loaded_at.date()
    day: date | None = None
    if version.came == Came.FETCHED:
        day = loaded
    elif version.published:
        latest = PartialDate.parse(version.published).latest
        day = min(latest, loaded) if latest else None
    return HeldVersion(version.source, version.number, day, loaded)
