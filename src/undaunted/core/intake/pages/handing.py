"""A clean copy to save: made once the request's transaction is over, out of what is in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse

from undaunted.core.evidence.actions import clean_or_refuse
from undaunted.core.evidence.forms import REFUSED
from undaunted.core.evidence.rules import Uncleanable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO
    from uuid import UUID

    Refuse = Callable[[HttpResponse, str], None]

__all__ = ["hand_clean_copy"]


def hand_clean_copy(original: BinaryIO, file: UUID, refuse: Refuse) -> HttpResponse:
    """Give an answer that holds the clean copy by the time it leaves, or what `refuse` writes.

    Cleaning may take a minute and a half, and no transaction waits for it.
    """
    answer = HttpResponse()
    transaction.on_commit(lambda: _fill(answer, original, file, refuse))
    return answer


def _fill(answer: HttpResponse, original: BinaryIO, file: UUID, refuse: Refuse) -> None:
    outcome = clean_or_refuse(original)
    if isinstance(outcome, Uncleanable):
        refuse(answer, str(REFUSED[outcome.reason]))
        return
    answer.content = outcome.content
    name = f"file-{str(file)[:8]}.{outcome.kind.ending}"
    answer.headers["Content-Type"] = outcome.kind.value
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
