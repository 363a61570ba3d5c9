"""The public tracker of proceedings: what two people let out, and nothing of who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.coercion.instruments.pages.clocks import clock_lines
from undaunted.coercion.instruments.queries import (
    published_clocks,
    published_proceeding,
    published_proceedings,
    published_steps,
)
from undaunted.core.access.rules import PUBLIC, face
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

__all__ = ["tracked", "tracker"]


@face("public")
@require_safe
@kept_briefly
def tracker(request: HttpRequest) -> HttpResponse:
    """List the proceedings that are public, with the stage that each is in."""
    rows = list(published_proceedings(PUBLIC)[:200])
    steps = published_steps(PUBLIC, [each.pk for each in rows])
    shown = {"rows": [(each, steps.get(each.pk, [])[-1:]) for each in rows]}
    return render(request, "instruments/tracker.html", shown)


@face("public")
@require_safe
@kept_briefly
def tracked(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Show a proceeding: what it is about, its stages, its soft and hard deadlines."""
    held = published_proceeding(PUBLIC, proceeding)
    if held is None:
        raise Http404
    steps = published_steps(PUBLIC, [held.pk]).get(held.pk, [])
    clocks = clock_lines(published_clocks(PUBLIC, steps, timezone.now()))
    shown = {"proceeding": held, "steps": steps, "clocks": clocks}
    return render(request, "instruments/tracked.html", shown)
