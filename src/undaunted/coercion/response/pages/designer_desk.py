"""The designer at the desk: a search of one's own, its progress, its front, points and briefs."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.response.actions import (
    MOST_PARTNERS,
    SearchRefused,
    begin_search,
)
from undaunted.coercion.response.pages.asking import asked_of, choices_for, form_problems
from undaunted.coercion.response.pages.showing import (
    brief_answer,
    front_context,
    point_answer,
    scenario_answer,
    shown_in,
)
from undaunted.coercion.response.queries import holders_for, search_for, searches_for
from undaunted.coercion.response.readers.fronts import FrontBroken, written_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.scenario import ScenarioRefused
from undaunted.coercion.response.tasks import run_search
from undaunted.core.access.rules import actor_of, face
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from undaunted.coercion.response.queries import Search
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint
    from undaunted.core.access.rules import Actor

__all__ = ["board", "brief", "front", "front_file", "point", "scenario"]


@dataclass(frozen=True, slots=True)
class _Own:
    """The shelf of one search."""

    search: Search
    look: str = "desk"

    def front(self) -> str:
        """Give the address of the front."""
        return reverse("designer-desk:front", args=[self.search.holder, self.search.digest])

    def point(self, number: int) -> str:
        """Give the address of a point."""
        return f"{self.front()}{number}/"

    def brief(self, number: int, media: str) -> str:
        """Give the address of a point's brief."""
        return f"{self.point(number)}brief.{media}"

    def scenario(self, number: int) -> str:
        """Give the address of a point's scenario file."""
        return f"{self.point(number)}point.toml"


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """List one's searches, and begin another."""
    actor = actor_of(request)
    holders = holders_for(actor)
    problems: list[str] = []
    if request.method == "POST" and holders:
        problems = list(form_problems(request.POST))
        if not problems:
            begun = _begun(request, actor, holders)
            if isinstance(begun, HttpResponse):
                return begun
            problems = begun
    context = choices_for(request.POST, asked=request.method == "POST") | {
        "searches": [(each, _Own(each).front()) for each in searches_for(actor)],
        "holders": [(str(key), name) for key, name in holders.items()],
        "problems": problems,
        "most_partners": MOST_PARTNERS,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "response/designer/board.html", context, status=status)


@face("desk")
@require_safe
def front(request: HttpRequest, holder: UUID, digest: str) -> HttpResponse:
    """Show how far a search is, or the front that it found."""
    search = _found(request, holder, digest)
    if not search.finished:
        context = {"search": search, "here": _Own(search).front()}
        return render(request, "response/designer/search.html", context)
    shelf = _Own(search)
    return render(request, shown_in(shelf, "front"), front_context(_front(search), shelf))


@face("desk")
@require_safe
def point(request: HttpRequest, holder: UUID, digest: str, number: int) -> HttpResponse:
    """Show one response of a search, changed or not."""
    search = _found(request, holder, digest)
    held = _front(search)
    return point_answer(request, held, _point(held, number), _Own(search))


@face("desk")
@require_safe
def brief(request: HttpRequest, holder: UUID, digest: str, number: int, media: str) -> HttpResponse:
    """Give the brief of a response of a search."""
    search = _found(request, holder, digest)
    held = _front(search)
    return brief_answer(request, held, _point(held, number), _Own(search), media)


@face("desk")
@require_safe
def scenario(request: HttpRequest, holder: UUID, digest: str, number: int) -> HttpResponse:
    """Give a response of a search, changed or not, as a scenario file."""
    search = _found(request, holder, digest)
    held = _front(search)
    return scenario_answer(request, held, _point(held, number), _Own(search))


@face("desk")
@require_safe
def front_file(request: HttpRequest, holder: UUID, digest: str) -> HttpResponse:
    """Give the front of a search as JSON."""
    text = written_front(_front(_found(request, holder, digest)))
    return HttpResponse(text, content_type="application/json")


def _begun(
    request: HttpRequest, actor: Actor, holders: Mapping[UUID, str]
) -> HttpResponse | list[str]:
    """Begin what was asked and lead to it, or say what is wrong with it."""
    try:
        question = question_of(asked_of(request.POST), where="question")
        holder = next((h for h in holders if str(h) == request.POST.get("holder")), None)
        if holder is None:
            raise Http404
        digest, new = begin_search(question, holder, actor=actor, at=timezone.now())
    except ScenarioRefused as refusal:
        return [refusal_told(each) for each in refusal.problems]
    except SearchRefused as refusal:
        return [refusal_told(str(refusal))]
    if new:
        run_search.defer(holder=str(holder), digest=digest, seed=question.seed)
    return redirect("designer-desk:front", holder, digest)


def _found(request: HttpRequest, holder: UUID, digest: str) -> Search:
    search = search_for(actor_of(request), holder, digest)
    if search is None:
        raise Http404
    return search


def _front(search: Search) -> Front:
    try:
        return search.front()
    except (FrontBroken, OSError) as fault:
        raise Http404 from fault


def _point(held: Front, number: int) -> FrontPoint:
    found = held.point(number)
    if found is None:
        raise Http404
    return found
