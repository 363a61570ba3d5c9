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
    """Give a version with its day: its file's own, else of a fetched one that of fetching.

    An address may answer with a file of months ago, so that fetching it tells nothing of its day.
    """
    loaded = version.loaded_at.date()
    latest = PartialDate.parse(version.published).latest if version.published else None
    day: date | None = None
    if latest is not None:
        day = min(latest, loaded)
    elif version.came == Came.FETCHED:
        day = loaded
    given = version.came == Came.DATED
    attested = version.attested_at.date() if version.attested_at else None
    sure = loaded if version.came == Came.FETCHED else attested
    told = (version.source, version.number, day, loaded, version.id, given, sure)
    return HeldVersion(*told, version.nameless, version.kept)
