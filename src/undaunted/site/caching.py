"""Public answers that may be kept for a short while: by readers, and by the process itself.

Readers ask again by ETag. The process keeps the pages that are asked for again and again, so that a
popular page costs one small statement; what it keeps never outlives a change of what is published,
for every request compares the version first.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, set_response_etag
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]

__all__ = ["SHORT", "PageStore", "kept_briefly", "kept_unchanged"]

SHORT = 60
"""Seconds for which a page may be shown again unasked: a takedown is complete after them."""
ROOM = 24 * 2**20
"""Bytes of pages that a process keeps."""
LONGEST_ADDRESS = 300
"""Letters of an address that many would ask for."""


@dataclass(frozen=True, slots=True)
class _Kept:
    content: bytes
    headers: tuple[tuple[str, str], ...]
    until: float


class PageStore:
    """Pages as they were answered; the least asked for goes first, all go with a new version."""

    def __init__(self, room: int = ROOM) -> None:
        """Begin empty."""
        self._room = room
        self._pages: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._version = ""
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many bytes of pages are kept."""
        return self._size

    def find(self, version: str, key: tuple[str, ...]) -> HttpResponse | None:
        """Give a page that was kept under this version less than `SHORT` seconds ago."""
        with self._lock:
            self._turn_to(version)
            kept = self._pages.get(key)
            if kept is None:
                return None
            if kept.until < time.monotonic():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
        return HttpResponse(kept.content, headers=dict(kept.headers))

    def keep(self, version: str, key: tuple[str, ...], response: HttpResponse) -> None:
        """Keep a page that was made while this version stood; too large a one is not kept."""
        kept = _Kept(response.content, tuple(response.items()), time.monotonic() + SHORT)
        with self._lock:
            # A page begun under an older version never comes back after the newer one was seen.
            if version != self._version or len(kept.content) > self._room // 8:
                return
            self._drop(key)
            self._pages[key] = kept
            self._size += len(kept.content)
            while self._size > self._room:
                self._drop(next(iter(self._pages)))

    def empty(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _turn_to(self, version: str) -> None:
        if version != self._version:
            self._pages.clear()
            self._size = 0
            self._version = version

    def _drop(self, key: tuple[str, ...]) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self._size -= len(gone.content)


STORE = PageStore()


def kept_briefly(view: View) -> View:
    """Let anyone keep what the view answers with 200 or 410 for `SHORT` seconds, with an ETag.

    Only for views that answer every reader alike: they read neither session nor cookie.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code in {200, 410} and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=SHORT)
        return response

    kept: View = conditional_page(answer)
    return kept


def kept_unchanged(
    version: Callable[[], str], *, store: PageStore = STORE
) -> Callable[[View], View]:
    """Keep what a view answers briefly, in the process too, for as long as `version` is the same.

    The page may depend on its address, the language, the day and what `version` is about, and on
    nothing else.
    """

    def keeping(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            address = request.get_full_path()
            if len(address) > LONGEST_ADDRESS:
                return view(request, *args, **kwargs)
            standing = version()
            key = (address, get_language() or "", timezone.now().date().isoformat())
            found = store.find(standing, key)
            if found is not None:
                return found
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.streaming and not response.cookies:  # noqa: PLR2004 - the status
                set_response_etag(response)
                store.keep(standing, key, response)
            return response

        return kept_briefly(answer)

    return keeping
