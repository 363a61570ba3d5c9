"""All countries at once: how many published people each holds on a day, and how many cases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Max, Sum

from undaunted.prisoners.registry.models import (
    PublishedCell,
    PublishedDelta,
    PublishedLevel,
)
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    EVERYWHERE,
    BandCount,
    bands_of,
)

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor

__all__ = ["held_by_country", "published_by_country"]


def held_by_country(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    as_of: date,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, BandCount]:
    """Give country → its count on a day, for every country that holds anybody."""
    horizon = PublishedLevel.objects.filter(facet="").aggregate(last=Max("month"))["last"]
    if horizon is None:
        return {}
    checkpoint = min(as_of.replace(day=1), horizon)
    levels = PublishedLevel.objects.filter(month=checkpoint)
    changes = PublishedDelta.objects.filter(day__gt=checkpoint, day__lte=as_of)
    found: dict[str, list[tuple[str, bool, bool, int]]] = defaultdict(list)
    for rows, column in ((levels, "persons"), (changes, "change")):
        parts = rows.filter(standard=standard, facet="all").exclude(country=EVERYWHERE)
        named = parts.values_list("country", "tier", "verified", "certain").order_by()
        for country, *row in named.annotate(n=Sum(column)):
            found[country].append((row[0], row[1], row[2], row[3]))
    return {country: bands_of(rows) for country, rows in found.items()}


def published_by_country(
    actor: Actor,  # noqa: ARG001 - the same for everybody
) -> dict[str, int]:
    """Give country → published cases, held or not, recognised or not."""
    cells = PublishedCell.objects.values_list("country").annotate(n=Sum("persons")).order_by()
    return dict(cells)
