"""Public pages: episodes that are shipped with their sources, compacts that two people let out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.coercion.response.queries import (
    published_compact,
    published_compacts,
    published_measures,
    published_members,
)
from undaunted.coercion.response.readers import shipped_episodes
from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.standards.rules import pack as pack_in_force
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["compact", "compacts", "episode", "episodes"]


@face("public")
@require_safe
@kept_briefly
def episodes(request: HttpRequest) -> HttpResponse:
    """List the episodes that are shipped."""
    shown = {"episodes": tuple(shipped_episodes().values())}
    return render(request, "response/episodes.html", shown)


@face("public")
@require_safe
@kept_briefly
def episode(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an episode: demand, measures, what happened, sources and how they were read."""
    held = shipped_episodes().get(reference)
    if held is None:
        raise Http404
    return render(request, "response/episode.html", {"episode": held})


@face("public")
@require_safe
@kept_briefly
def compacts(request: HttpRequest) -> HttpResponse:
    """List the compacts that are public."""
    return render(request, "response/compacts.html", {"compacts": published_compacts(PUBLIC)[:200]})


@face("public")
@require_safe
@kept_briefly
def compact(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a compact: members, how they decide, the trigger, what they published beforehand."""
    held = published_compact(PUBLIC, reference)
    if held is None:
        raise Http404
    shown = {
        "compact": held,
        "members": published_members(PUBLIC, held.pk),
        "measures": published_measures(PUBLIC, held.pk),
        "pack": pack_in_force(held.pack, timezone.now().date()),
    }
    return render(request, "response/compact.html", shown)
