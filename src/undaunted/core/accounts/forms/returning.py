"""Which page somebody is brought back to once they are signed in: only ever one of this site.

It is carried in the address and the forms of each step, so nothing is kept for a visitor who never
signs in, and it is judged anew wherever it is used. Whether the page exists is not asked here:
one that is absent and one that is forbidden lead alike, and answer alike once they are opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlencode

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils.http import MAX_URL_REDIRECT_LENGTH, url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path, override

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["asked_page", "carried_page", "in_this_language", "leading_to", "page_here"]

FIELD: Final = "next"
"""The field of the sign-in library, in its addresses and forms."""

LONGEST: Final = MAX_URL_REDIRECT_LENGTH - 200
"""Written twice into addresses, as the longest way carries it; the rest is left to the steps."""

_PLAIN: Final = re.compile(r"/(?!/)[!-\[\]-~]{0,2048}")
"""Printable ASCII without space and backslash, from the root of this site."""


def page_here(address: str | None) -> str:
    """Give an address to which somebody may be sent after a step; "" for any other.

    It names no scheme and no host, not even ours, and no backslash or control sign that a browser
    reads as something else. Signing out is no page to come back to.
    """
    if not address or not _PLAIN.fullmatch(address) or len(quote(quote(address))) > LONGEST:
        return ""
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return ""
    with override("en"):
        out = reverse("account_logout").rstrip("/")
    path = unquote(address.partition("#")[0].partition("?")[0])
    return "" if path.rstrip("/").endswith(out) else address


def asked_page(request: HttpRequest) -> str:
    """Give the page that was asked for; "" where something was sent, which is not sent again."""
    return page_here(request.get_full_path()) if request.method in {"GET", "HEAD"} else ""


def carried_page(request: HttpRequest) -> str:
    """Give the page that a step of signing in carries; "" where it carries none of this site.

    It is given in the language of the step, which may have been changed on the way.
    """
    return in_this_language(page_here(request.POST.get(FIELD) or request.GET.get(FIELD)))


def in_this_language(page: str) -> str:
    """Give the address of a page of this site in the language of this request."""
    wanted = get_language() or settings.LANGUAGE_CODE
    written = get_language_from_path(page) or settings.LANGUAGE_CODE
    if written == wanted:
        return page
    with override(written):
        return translate_url(page, wanted)


def leading_to(step: str, page: str) -> str:
    """Give the address of a step of signing in (a name or an address) that carries `page`."""
    address = resolve_url(step)
    return f"{address}?{urlencode({FIELD: page}, safe='/')}" if page else address
