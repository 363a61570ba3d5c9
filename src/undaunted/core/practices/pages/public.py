"""The public library: all that is marked CLEAR, one practice, and a selection to print."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.practices.forms import FilterForm
from undaunted.core.practices.queries import published_practice, published_practices
from undaunted.core.practices.rules import overdue
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.practices.models import PublishedPractice

__all__ = ["library", "menu", "one"]

MOST_CHOSEN = 40


@face("public")
@require_safe
@kept_briefly
def library(request: HttpRequest) -> HttpResponse:
    """List practices by aim, means, stage and need; 422 for a value nobody knows."""
    form = FilterForm(request.GET)
    known = form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    rows = list(published_practices(PUBLIC, **wanted)) if known else []
    status = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {"form": form, "practices": rows, "filtered": bool(wanted)}
    return render(request, "practices/library.html", shown, status=status)


@face("public")
@require_safe
@kept_briefly
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a practice with its sources and how each was read."""
    row = published_practice(PUBLIC, reference)
    if row is None:
        raise Http404
    return render(request, "practices/one.html", _shown(row))


@face("public")
@require_safe
@kept_briefly
def menu(request: HttpRequest) -> HttpResponse:
    """Show the practices that were chosen one after another, to print or to save."""
    wanted = list(dict.fromkeys(request.GET.getlist("p")))[:MOST_CHOSEN]
    held = {row.reference: row for row in published_practices(PUBLIC).filter(reference__in=wanted)}
    rows = [_shown(held[each]) for each in wanted if each in held]
    gone = [each for each in wanted if each not in held]
    shown = {"chosen": rows, "gone": gone, "on": timezone.now().date()}
    return render(request, "practices/menu.html", shown)


def _shown(row: PublishedPractice) -> dict[str, object]:
    return {
        "practice": row,
        "entry": row.entry,
        "reviewed_on": row.reviewed_at.date(),
        "overdue": overdue(row.reviewed_at.date(), timezone.now().date()),
    }
