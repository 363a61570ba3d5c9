"""Public answers that may be kept for a short while, and asked about by their ETag."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["SHORT", "kept_briefly"]

SHORT = 60
"""Seconds for which a page may be shown again unasked: a takedown is complete after them."""


def kept_briefly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let anyone keep what the view answers with 200 or 410 for `SHORT` seconds, with an ETag.

    Only for views that answer every reader alike: they read neither session nor cookie.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code in {200, 410} and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=SHORT)
        return response

    kept: Callable[..., HttpResponse] = conditional_page(answer)
    return kept
