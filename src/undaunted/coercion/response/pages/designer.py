"""The designer for everybody: the fronts that come with this copy, their points, what-ifs, briefs.

Nothing here is about a person, nothing is kept, and no search is begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from undaunted.coercion.exposure.analysis import shipped_source
from undaunted.coercion.response.analysis.words import nation, per_cent
from undaunted.coercion.response.pages.showing import (
    brief_answer,
    front_context,
    point_answer,
    scenario_answer,
    shown_in,
)
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.fronts import (
    beside,
    shipped_front,
    shipped_questions,
    written_front,
)
from undaunted.core.access.rules import face
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.coercion.response.readers.fronts import Front, FrontPoint

__all__ = ["brief", "episodes", "front", "front_file", "point", "scenario"]

FIRST = "lithuania-2021"


@dataclass(frozen=True, slots=True)
class _Public:
    """The public shelf of one episode."""

    episode: str
    look: str = "public"

    def front(self) -> str:
        """Give the address of the front."""
        return reverse("designer:front", args=[self.episode])

    def point(self, number: int) -> str:
        """Give the address of a point."""
        return reverse("designer:point", args=[self.episode, number])

    def brief(self, number: int, media: str) -> str:
        """Give the address of a point's brief."""
        return reverse("designer:brief", args=[self.episode, number, media])

    def scenario(self, number: int) -> str:
        """Give the address of a point's scenario file."""
        return reverse("designer:scenario", args=[self.episode, number])


@face("public")
@require_safe
@kept_briefly
def episodes(request: HttpRequest) -> HttpResponse:
    """List the episodes whose front comes with this copy, Lithuania's first."""
    order = sorted(shipped_questions(), key=lambda each: (not each.startswith(FIRST), each))
    fronts = [(key, shipped_episodes()[_found(key).question.episode], _found(key)) for key in order]
    rows = [
        {
            "episode": episode,
            "address": reverse("designer:front", args=[key]),
            "unanswered": not found.answered,
            "coercer": nation(episode.coercer),
            "target": nation(episode.target),
            "loss": per_cent(found.target_loss),
            "most": per_cent(found.points[-1].harm),
            "number": len(found.points),
        }
        for key, episode, found in fronts
    ]
    return render(
        request, "response/designer/episodes.html", {"rows": rows, "source": shipped_source()}
    )


@face("public")
@require_safe
@kept_briefly
def front(request: HttpRequest, episode: str) -> HttpResponse:
    """Show the front of an episode: a picture whose points lead on, and the same as a table."""
    shelf = _Public(episode)
    other = beside(episode)
    told = None if other is None else (_found(other), _Public(other))
    context = front_context(_found(episode), shelf, beside=told)
    return render(request, shown_in(shelf, "front"), context)


@face("public")
@require_safe
@kept_briefly
def front_file(_request: HttpRequest, episode: str) -> HttpResponse:
    """Give the front as JSON, with certificates and the digest of its question."""
    return HttpResponse(written_front(_found(episode)), content_type="application/json")


@face("public")
@require_safe
@kept_briefly
def point(request: HttpRequest, episode: str, number: int) -> HttpResponse:
    """Show one response; `?JPN=out&DEU=25` changes partners and is answered at once."""
    held = _found(episode)
    return point_answer(request, held, _point(held, number), _Public(episode))


@face("public")
@require_safe
@kept_briefly
def scenario(request: HttpRequest, episode: str, number: int) -> HttpResponse:
    """Give a response, changed or not, as a scenario file, to be solved again."""
    held = _found(episode)
    return scenario_answer(request, held, _point(held, number), _Public(episode))


@face("public")
@require_safe
@kept_briefly
def brief(request: HttpRequest, episode: str, number: int, media: str) -> HttpResponse:
    """Give the brief of a response, changed or not."""
    held = _found(episode)
    return brief_answer(request, held, _point(held, number), _Public(episode), media)


def _found(episode: str) -> Front:
    held = shipped_front(episode)
    if held is None:
        raise Http404
    return held


def _point(held: Front, number: int) -> FrontPoint:
    found = held.point(number)
    if found is None:
        raise Http404
    return found
