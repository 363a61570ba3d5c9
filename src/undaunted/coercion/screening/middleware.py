"""No file that is too large is read: it is refused by the length that its request states."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from undaunted.coercion.screening.actions import LARGEST
from undaunted.coercion.screening.forms.ownership import LARGEST as LARGEST_ASKED
from undaunted.coercion.screening.readers.evidence import LARGEST_FILE
from undaunted.site.problems import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["FileSizeMiddleware"]

DESK, API = "/desk/screening/", "/api/v1/screening/desk/"
PLACES = (("/evidence", LARGEST_FILE), ("/ownership/", LARGEST_ASKED), ("", LARGEST))
ROOM = 4_000_000
"""Bytes that the other fields of a form may take."""


class FileSizeMiddleware:
    """Refuse files of screening before a byte is kept; it stands before whoever reads forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next in line."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the answer, or say how large a file may be."""
        path = request.path_info
        ours = DESK in path or path.startswith(API)
        if not ours or request.content_type != "multipart/form-data":
            return self._get_response(request)
        most = next(size for place, size in PLACES if place in path)
        length = request.headers.get("Content-Length", "")
        if not length.isdecimal():
            told = _("The request does not state its length; send the file whole.")
            return _refused(request, HTTPStatus.LENGTH_REQUIRED, told)
        if int(length) > most + ROOM:
            told = _(
                "The file is larger than %(size)s MB, and nothing of it was kept; part it into "
                "several."
            )
            named = {"size": most // 1_000_000}
            return _refused(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told % named)
        return self._get_response(request)


def _refused(request: HttpRequest, status: HTTPStatus, told: str) -> HttpResponseBase:
    if request.path_info.startswith(API):
        return problem(request, status, told)
    page = render_to_string("screening/unread.html", {"told": told, "back": request.path})
    return HttpResponse(page, status=status)
