"""The first page: one number with its rule, a map, a search, the newest cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from undaunted.briefings.pages.world import DEFAULT_STANDARD, places, today, world_map
from undaunted.briefings.queries import world_on
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.pages.keeping import kept_while_published
from undaunted.prisoners.registry.queries.newest import newest_cases

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["home"]

NEWEST = 6


@face("public")
@require_safe
@kept_while_published
def home(request: HttpRequest) -> HttpResponse:
    """Show what is known today; invented people only where there is nobody else to show."""
    day = today()
    world = world_on(PUBLIC, day, DEFAULT_STANDARD)
    context = {
        "on": day,
        "data_date": day,
        "standard": DEFAULT_STANDARD,
        "stock": world.bands(hypothetical=world.only_invented),
        "only_invented": world.only_invented,
        "world": world_map(places(world), day),
        "cases": newest_cases(PUBLIC, limit=NEWEST),
    }
    return render(request, "briefings/home.html", context)
