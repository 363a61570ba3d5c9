"""No page while the ledger holds withdrawals that this database lacks: it would show them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.queries import ledger_agrees
from undaunted.core.consent.rules import LedgerTampered
from undaunted.core.consent.writers import holding
from undaunted.site.problems import API, problem

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
                return _not_now(request)
            self._next = now + EVERY
        return self.get_response(request)


def _agrees() -> bool:
    try:
        if ledger_agrees(PUBLIC, using="public"):
            return True
        with holding(Path(settings.WITHDRAWALS_FOLDER)):  # whoever writes just now has ended then
            if ledger_agrees(PUBLIC, using="public"):
                return True
        why = "it holds withdrawals that this database does not know of"
    except LedgerTampered as found:
        why = str(found)
    _LOG.error(
        "Nothing is shown, because of the ledger of withdrawals: %s. "
        "See `undaunted consent ledger verify`",
        why,
    )
    return False


def _not_now(request: HttpRequest) -> HttpResponse:
    """Say in the reader's language that there is nothing now; no table is asked for the page."""
    answer: HttpResponse
    if request.path_info.startswith(API):
        told = _("This site is being restored. Please come back later.")
        answer = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, told)
    else:
        page = render_to_string("consent/not_now.html")
        answer = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Retry-After"] = "300"
    return answer
