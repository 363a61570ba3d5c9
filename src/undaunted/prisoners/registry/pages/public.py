"""The registry's public pages: search, a case or its tombstone, open data."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.pages.case import case_context
from undaunted.prisoners.registry.pages.downloads import CONTENT_TYPES, downloads, folder
from undaunted.prisoners.registry.pages.keeping import kept_while_published
from undaunted.prisoners.registry.pages.search import search_context
from undaunted.prisoners.registry.queries.published import (
    merged_into,
    published_case,
    tombstone,
)
from undaunted.site.caching import SHORT, kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["case_page", "data_file", "data_page", "search_page"]


@face("public")
@require_safe
@kept_while_published
def search_page(request: HttpRequest) -> HttpResponse:
    """Find published cases; an empty search lists all of them. 422 for a value nobody knows."""
    context = search_context(request.GET, request.path)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if context["unknown"] else HTTPStatus.OK
    return render(request, "registry/public/search.html", context, status=status)


@face("public")
@require_safe
@kept_while_published
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is published of one case, where a merged one is now, or that it was taken down."""
    try:
        context = case_context(published_case(PUBLIC, reference))
    except ObjectDoesNotExist:
        return _merged(reference) or _in_capitals(reference) or _taken_down(request, reference)
    return render(request, "registry/public/case.html", context)


@face("public")
@require_safe
@kept_briefly
def data_page(request: HttpRequest) -> HttpResponse:
    """List the files of open data with their checksums."""
    files = downloads()
    context = {"files": files, "made_at": max((file.written for file in files), default=None)}
    return render(request, "registry/public/data.html", context)


@face("public")
@require_safe
def data_file(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Send one file of the list, and no other."""
    files = downloads()
    if not files:  # somebody else is writing them
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
    file = next((each for each in files if each.name == name), None)
    if file is None:
        raise Http404
    path = folder() / file.name
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=file.name,
        content_type=CONTENT_TYPES[path.suffix],
    )  # fmt: skip
    patch_cache_control(response, public=True, max_age=SHORT)
    if file.sha256:
        response["ETag"] = f'"{file.sha256}"'
    return response


def _merged(reference: str) -> HttpResponse | None:
    """Lead to the case that this one was merged into; kept briefly, for a merge can be undone."""
    into = merged_into(PUBLIC, reference)
    if not into:
        return None
    response = redirect("registry:case", into, permanent=True)
    patch_cache_control(response, public=True, max_age=SHORT)
    return response


def _in_capitals(reference: str) -> HttpResponse | None:
    """Lead from small letters to the reference as it is written, whether there is such a case."""
    written = reference.upper()
    return redirect("registry:case", written, permanent=True) if written != reference else None


def _taken_down(request: HttpRequest, reference: str) -> HttpResponse:
    stone = tombstone(PUBLIC, reference)
    if stone is None:
        raise Http404
    context = {"reference": stone.reference, "taken_down_on": stone.taken_down_on}
    return render(request, "registry/public/taken_down.html", context, status=HTTPStatus.GONE)
