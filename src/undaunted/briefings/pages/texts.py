"""Pages that say something and count nothing, and the files that browsers ask for unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from undaunted.core.accounts.middleware import face
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["about", "favicon", "method", "robots"]

DAY = 24 * 60 * 60
ROBOTS = """User-agent: *
Disallow: /desk/
Disallow: /accounts/
Disallow: /api/
Disallow: /i18n/
"""


@face("public")
@require_safe
@kept_briefly
def method(request: HttpRequest) -> HttpResponse:
    """Tell the counting rule in words."""
    return render(request, "briefings/method.html")


@face("public")
@require_safe
@kept_briefly
def about(request: HttpRequest) -> HttpResponse:
    """Say what is published, what never is, and what we learn about readers."""
    return render(request, "briefings/about.html")


@face("public")
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keep search engines off the pages that need a sign-in."""
    response = HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@face("public")
@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead browsers that guess to our mark."""
    response = HttpResponsePermanentRedirect(static("site/mark.svg"))
    patch_cache_control(response, public=True, max_age=DAY)
    return response
