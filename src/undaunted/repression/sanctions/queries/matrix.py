"""Reads of lists for the matrix: the versions that are held, with their days."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.queries import versions_known
from undaunted.core.listings.rules import Came
from undaunted.repression.sanctions.rules import HeldVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import VersionLine

__all__ = ["held_versions"]


def held_versions(actor: Actor) -> Mapping[str, tuple[HeldVersion, ...]]:
    """Give by list the versions that were not withdrawn, oldest first, with their days."""
    found = defaultdict[str, tuple[HeldVersion, ...]](tuple)
    for each in versions_known(actor):
        found[each.source] += (_held(each),)
    return found


def _held(version: VersionLine) -> HeldVersion:
    """Give a version with its day: a fetched file is its issuer's on the day of fetching."""
    loaded = version.loaded_at.date()
    day: date | None = None
    if version.came == Came.FETCHED:
        day = loaded
    elif version.published:
        latest = PartialDate.parse(version.published).latest
        day = min(latest, loaded) if latest else None
    given = version.came == Came.DATED
    return HeldVersion(version.source, version.number, day, loaded, version.id, given)
