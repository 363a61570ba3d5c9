"""The world on a day as a map, each country with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.prisoners.registry.rules.counts import DEFAULT_STANDARD
from undaunted.prisoners.registry.templatetags.registry import country_label
from undaunted.site.components.dates import date_text
from undaunted.site.maps import Place, WorldMap

if TYPE_CHECKING:
    from datetime import date

    from undaunted.briefings.queries import World

__all__ = ["DEFAULT_STANDARD", "places", "today", "world_map"]


def today() -> date:
    """Give the day of UTC."""
    return timezone.now().date()


def places(world: World) -> tuple[Place, ...]:
    """Give every country as the map and the lists show it, by name."""
    index = reverse("briefings:countries")
    found = (
        Place(
            each.code,
            country_label(each.code),
            f"{index}{each.code}/",
            each.bands.persons if each.bands else None,
            hypothetical=each.hypothetical,
        )
        for each in world.countries
    )
    return tuple(sorted(found, key=lambda place: place.name.casefold()))


def world_map(shown: tuple[Place, ...], day: date) -> WorldMap:
    """Draw published people held on a day, by country."""
    known = [place for place in shown if place.value is not None and not place.hypothetical]
    words = _(
        "Published cases held on %(date)s in %(number)s countries. A hatched country has no "
        "published case, which does not mean that it holds nobody."
    )
    if not known:
        words = _(
            "No case of a real country is published here yet. A hatched country has no published "
            "case, which does not mean that it holds nobody."
        )
    return WorldMap(
        title=_("People known to be held, by country"),
        description=words % {"date": date_text(day), "number": len(known)},
        places=tuple(place for place in shown if place.value is not None or not place.hypothetical),
    )
