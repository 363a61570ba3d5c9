"""No page of a day that has passed: what the calendar changed is worked out before it is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from django.utils import timezone

from undaunted.prisoners.registry.actions.projecting import pass_time_in_public

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["CalendarMiddleware"]

EVERY = timedelta(minutes=10)


class CalendarMiddleware:
    """Let time pass before the first answer of a day, and every ten minutes while there are any.

    So no consent that ended is shown although the worker may be dead for a week. Where it cannot be
    worked out, no page is answered: better none than one that shows what it must not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = Lock()
        self._day = date.min
        self._next = datetime.min.replace(tzinfo=UTC)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer on the day it is."""
        now = timezone.now()
        if (now.date() != self._day or now >= self._next) and request.path_info != "/health":
            self._pass(now)
        return self.get_response(request)

    def _pass(self, now: datetime) -> None:
        late = now.date() != self._day
        # On a new day everybody waits for the one who works it out; within a day nobody does.
        if not self._lock.acquire(blocking=late):
            return
        try:
            if now.date() != self._day or now >= self._next:
                pass_time_in_public()
                self._day, self._next = now.date(), now + EVERY
        finally:
            self._lock.release()
