"""The designer at the desk: a search of one's own, its progress, its front, points and briefs."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

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
from undaunted.coercion.response.analysis.laying import table_countries
from undaunted.coercion.response.analysis.words import instrument_told, nation
from undaunted.coercion.response.pages.showing import (
    brief_answer,
    front_context,
    point_answer,
    shown_in,
)
from undaunted.coercion.response.queries import holders_for, search_for, searches_for
from undaunted.coercion.response.readers.episodes import shipped_episodes
from undaunted.coercion.response.readers.fronts import FrontBroken, shipped_questions, written_front
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.scenario import ScenarioRefused
from undaunted.coercion.response.tasks import run_search
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.response.queries import Search
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint

__all__ = ["board", "brief", "front", "front_file", "point"]

INSTRUMENTS = ("tariff", "barrier", "export_control")
HIGHEST = ("10", "25", "50", "100", "ban")
CEILINGS = ("none", "0.1", "0.25", "0.5", "1", "2")
REPLIES = {"none": [0], "half": [0, 50], "full": [0, 50, 100]}
KEYS = ("equal_loss", "gdp_share", "none")
FIRST = "lithuania-2021"


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


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """List one's searches, and begin another."""
    actor = actor_of(request)
    holders = holders_for(actor)
    problems: list[str] = []
    if request.method == "POST" and holders:
        try:
            question = question_of(_asked(request), where="question")
            holder = next((h for h in holders if str(h) == request.POST.get("holder")), None)
            if holder is None:
                raise Http404
            digest, new = begin_search(question, holder, actor=actor, at=timezone.now())
            if new:
                run_search.defer(holder=str(holder), digest=digest, seed=question.seed)
            return redirect("designer-desk:front", holder, digest)
        except ScenarioRefused as refusal:
            problems = list(refusal.problems)
        except SearchRefused as refusal:
            problems = [str(refusal)]
    context = _choices(request) | {
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
def front_file(request: HttpRequest, holder: UUID, digest: str) -> HttpResponse:
    """Give the front of a search as JSON."""
    text = written_front(_front(_found(request, holder, digest)))
    return HttpResponse(text, content_type="application/json")


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


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Give what was chosen as the table of a question, for the reader to judge."""
    given = request.POST
    highest = given.get("highest", "100")
    known = HIGHEST[: HIGHEST.index(highest) + 1] if highest in HIGHEST else ("100",)
    terms: dict[str, Any] = {"transfers": given.get("transfers", "equal_loss")}
    if given.get("ceiling") in CEILINGS[1:]:
        terms["ceiling"] = float(given["ceiling"])
    return {
        "name": given.get("name", "").strip()[:120] or given.get("episode", ""),
        "episode": given.get("episode", ""),
        "partners": given.getlist("partners"),
        "instruments": given.getlist("instruments"),
        "levels": [each if each == "ban" else float(each) for each in known],
        "retaliation": REPLIES.get(given.get("retaliation", "full"), REPLIES["full"]),
        "terms": terms,
    }


def _choices(request: HttpRequest) -> dict[str, Any]:
    """Give what the form offers, with what was chosen or the first question of this copy."""
    given, first = request.POST, shipped_questions()[FIRST]
    asked = request.method == "POST"
    partners = set(given.getlist("partners") if asked else first.partners)
    instruments = set(given.getlist("instruments") if asked else ["tariff"])
    usual = {each for q in shipped_questions().values() for each in q.partners} | partners
    named = sorted((nation(each), each) for each in table_countries())
    return {
        "name": given.get("name", ""),
        "episodes": [
            (key, shipped_episodes()[key].title, key == given.get("episode", FIRST))
            for key in dict.fromkeys(each.episode for each in shipped_questions().values())
        ],
        "usual": [(code, name, code in partners) for name, code in named if code in usual],
        "others": [(code, name, False) for name, code in named if code not in usual],
        "instruments": [(each, instrument_told(each), each in instruments) for each in INSTRUMENTS],
        "highest": [(each, each == given.get("highest", "100")) for each in HIGHEST],
        "ceilings": [(each, each == given.get("ceiling", "0.5")) for each in CEILINGS],
        "replies": [(each, each == given.get("retaliation", "full")) for each in REPLIES],
        "keys": [(each, each == given.get("transfers", "equal_loss")) for each in KEYS],
    }
