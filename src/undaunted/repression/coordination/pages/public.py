"""Public pages: designations and delistings by list, court cases, renewals. Public facts alone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.listings.queries import latest_change, version_for, versions_of
from undaunted.core.listings.rules import UnknownList, list_source
from undaunted.repression.coordination.analysis import (
    endings,
    entry_history,
    list_changes,
    lists_tracked,
    renewals_due,
    renewals_file,
)
from undaunted.repression.coordination.queries import published_cases, published_cases_about
from undaunted.repression.coordination.rules import Change
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["calendar", "calendar_file", "changes", "entry", "tracker"]

A_PAGE = 50
MOST_CASES = 200


@face("public")
@require_safe
@kept_briefly
def tracker(request: HttpRequest) -> HttpResponse:
    """Show what the latest version of each list did, and court cases about listings."""
    shown = {"lists": lists_tracked(PUBLIC), "cases": published_cases(PUBLIC)[:MOST_CASES]}
    return render(request, "coordination/tracker.html", shown)


@face("public")
@require_safe
@kept_briefly
def changes(request: HttpRequest, source: str) -> HttpResponse:
    """Show what a version of a list designated, amended, delisted and dropped; 422 for no kind."""
    try:
        listing = list_source(source)
    except UnknownList:
        raise Http404 from None
    asked, number = request.GET.get("kind", ""), request.GET.get("version", "")
    version = (
        version_for(PUBLIC, source, int(number))
        if number.isdecimal() and len(number) < len("1000000")
        else latest_change(PUBLIC, source)
    )
    if version is None:
        raise Http404
    known = asked in {"", *Change}
    kind = Change(asked) if asked and known else None
    page = Paginator(list_changes(PUBLIC, version, kind=kind), A_PAGE)
    shown = {
        "listing": listing,
        "version": version,
        "page": page.get_page(request.GET.get("page")),
        "kinds": list(Change),
        "kind": asked if known else "",
        "versions": versions_of(PUBLIC, source).filter(withdrawn_at__isnull=True)[:60],
    }
    status = HTTPStatus.OK if known else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "coordination/changes.html", shown, status=status)


@face("public")
@require_safe
@kept_briefly
def entry(request: HttpRequest, source: str, key: str) -> HttpResponse:
    """Show what versions did to one entry, with the reasons of its list and court cases."""
    history = entry_history(PUBLIC, (source, key))
    cases = published_cases_about(PUBLIC, (source, key))
    if not history and not cases.exists():
        raise Http404
    try:
        listing = list_source(source)
    except UnknownList:
        raise Http404 from None
    name = history[-1].name if history else f"{source}:{key}"
    shown = {"listing": listing, "key": key, "name": name, "history": history, "cases": cases}
    return render(request, "coordination/entry.html", shown)


@face("public")
@require_safe
@kept_briefly
def calendar(request: HttpRequest) -> HttpResponse:
    """Show when regimes and entries end unless they are renewed."""
    now = timezone.now()
    ends = Paginator(endings(PUBLIC, now), A_PAGE).get_page(request.GET.get("page"))
    shown = {"renewals": renewals_due(PUBLIC, now), "page": ends}
    return render(request, "coordination/calendar.html", shown)


@face("public")
@require_safe
@kept_briefly
def calendar_file(_request: HttpRequest) -> HttpResponse:
    """Give the days of regimes for a calendar program."""
    content = renewals_file(PUBLIC, timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="renewals.ics"'
    return answer
