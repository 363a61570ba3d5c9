"""All countries at once: how many published people each holds on a day, and how many cases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Sum

from undaunted.prisoners.registry.models import PublishedList, PublishedPair, PublishedPublisher
from undaunted.prisoners.registry.queries.stock import BANDS, CURRENT, SUMS, nearest, rows
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    BandCount,
    bands_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.stock import Band

__all__ = [
    "held_by_country",
    "list_names",
    "lists_published",
    "published_by_country",
    "publishers_cited",
    "publishers_of",
]

_HELD = f"""
    SELECT x.country, b.place, b.persons::bigint FROM (
        SELECT country, {SUMS} AS sums FROM published_delta
        WHERE standard = %(standard)s AND facet = 'all' AND country <> '*'
          AND (grain = 'year' AND until <= %(year)s
               OR grain = 'month' AND until > %(year)s AND until <= %(month)s
               OR grain = 'third' AND until > %(month)s AND until <= %(kept)s)
        GROUP BY country) x
    CROSS JOIN LATERAL unnest(x.sums) WITH ORDINALITY AS b(persons, place)
    UNION ALL
    SELECT s.country, registry_band(s.tier, s.verified, s.certain), sum(s.change)::bigint FROM (
        SELECT s.country, s.tier, s.verified, s.certain, %(sign)s AS change
        FROM published_segment s
        WHERE s.standard = %(standard)s AND s.start_on > %(low)s AND s.start_on <= %(high)s
          AND {CURRENT}
        UNION ALL
        SELECT s.country, s.tier, s.verified, s.certain, 0 - %(sign)s FROM published_segment s
        WHERE s.standard = %(standard)s AND s.end_on > %(low)s AND s.end_on <= %(high)s
          AND {CURRENT}) s
    GROUP BY 1, 2
"""  # noqa: S608 - constant parts only


def held_by_country(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    as_of: date,
    standard: str = DEFAULT_STANDARD,
) -> dict[str, BandCount]:
    """Give country → its count on a day, for every country that holds or held anybody."""
    kept = nearest(as_of)
    asked = {
        "standard": standard,
        "year": kept.replace(month=1, day=1),
        "month": kept.replace(day=1),
        "kept": kept,
        "low": min(kept, as_of),
        "high": max(kept, as_of),
        "sign": 1 if kept <= as_of else -1,
    }
    found: defaultdict[str, list[Band]] = defaultdict(list)
    for country, place, persons in rows(_HELD, asked):
        found[country].append((*BANDS[place - 1], persons))
    return {country: bands_of(bands) for country, bands in found.items()}


def published_by_country(
    actor: Actor,  # noqa: ARG001 - the same for everybody
) -> dict[str, int]:
    """Give country → published cases, held or not, recognised or not."""
    pairs = PublishedPair.objects.filter(within="all", facet="country")
    return dict(pairs.values_list("value", "persons").order_by())


def list_names(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    slugs: Iterable[str],
) -> dict[str, str]:
    """Give short name → name of lists; a list without a name is called by its short name."""
    wanted = sorted(set(slugs))
    if not wanted:
        return {}
    found = PublishedList.objects.filter(slug__in=wanted)
    return {slug: slug for slug in wanted} | dict(found.values_list("slug", "name"))


def lists_published(
    actor: Actor,  # noqa: ARG001 - the same for everybody
) -> tuple[str, ...]:
    """Give the short names of the lists on which published cases stand or stood, in order."""
    return tuple(PublishedList.objects.order_by("slug").values_list("slug", flat=True))


def publishers_cited(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    country: str,
    limit: int,
) -> list[tuple[str, int]]:
    """Give the publishers that most published cases of a country cite, with how many do."""
    found = PublishedPublisher.objects.filter(country=country).order_by("-cases", "publisher")
    return list(found.values_list("publisher", "cases")[:limit])


def publishers_of(
    actor: Actor,  # noqa: ARG001 - the same for everybody
    *,
    countries: Iterable[str],
    limit: int,
) -> list[tuple[str, int]]:
    """Give the publishers that most published cases of several countries cite, added up."""
    found = PublishedPublisher.objects.filter(country__in=list(countries)).values("publisher")
    added = found.annotate(all_cases=Sum("cases")).order_by("-all_cases", "publisher")
    return list(added.values_list("publisher", "all_cases")[:limit])
