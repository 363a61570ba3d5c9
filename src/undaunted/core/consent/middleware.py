"""No page while the ledger holds withdrawals that this database lacks: it would show them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.queries import ledger_agrees
from undaunted.core.consent.rules import LedgerTampered
from undaunted.core.consent.writers import holding

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

__all__ = ["WithdrawalsMiddleware"]

EVERY = timedelta(minutes=1)
_LOG = logging.getLogger(__name__)


class WithdrawalsMiddleware:
    """Look at the end of the ledger before the first answer, and every minute while there are any.

    The start of the server has compared both wholly; this finds a database that was put back, or a
    ledger that was lost, underneath a process that runs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._next = datetime.min.replace(tzinfo=UTC)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless somebody withdrew what this database does not know of."""
        now = timezone.now()
        if now >= self._next and request.path_info != "/health":
            if not _agrees():
                return _not_now()
            self._next = now + EVERY
        return self.get_response(request)


def _agrees() -> bool:
    try:
        if ledger_agrees(PUBLIC, using="public"):
            return True
        with holding(Path(settings.WITHDRAWALS_FOLDER)):  # whoever writes just now has ended then
            if ledger_agrees(PUBLIC, using="public"):
                return True
        problem = "it holds withdrawals that this database does not know of"
    except LedgerTampered as found:
        problem = str(found)
    _LOG.error(
        "Nothing is shown, because of the ledger of withdrawals: %s. "
        "See `undaunted consent ledger verify`",
        problem,
    )
    return False


def _not_now() -> HttpResponse:
    answer = HttpResponse(
        "This site is being restored. Please come back later.\n",
        content_type="text/plain; charset=utf-8",
        status=503,
    )
    answer["Cache-Control"] = "no-store"
    answer["Retry-After"] = "300"
    return answer
