"""A clean copy to save or to play: made once the request's transaction is over, out of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse

from undaunted.core.evidence.actions import clean_or_refuse
from undaunted.core.evidence.forms import REFUSED
from undaunted.core.evidence.rules import Uncleanable
from undaunted.site.ranges import UNOPENED

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO
    from uuid import UUID

    from undaunted.core.evidence.rules import Cleaned

    Refuse = Callable[[HttpResponse, str], None]
    Keep = Callable[[HttpResponse, Cleaned], None]

__all__ = ["hand_clean_copy", "hand_over", "name_of"]


def hand_clean_copy(
    original: BinaryIO, file: UUID, refuse: Refuse, keep: Keep | None = None
) -> HttpResponse:
    """Give an answer that holds the clean copy by the time it leaves, or what `refuse` writes.

    With `keep`, film and sound are given to it, to be played; what is too large for that is saved
    like anything else. Cleaning may take a minute and a
    half, and no transaction waits for it.
    """
    answer = HttpResponse()

    def fill() -> None:
        outcome = clean_or_refuse(original)
        if isinstance(outcome, Uncleanable):
            refuse(answer, str(REFUSED[outcome.reason]))
        elif keep is not None and outcome.kind.is_played(len(outcome.content)):
            keep(answer, outcome)
        else:
            hand_over(answer, outcome, file)

    transaction.on_commit(fill)
    return answer


def hand_over(answer: HttpResponse, copy: Cleaned, file: UUID) -> HttpResponse:
    """Let an answer be a clean copy to save."""
    answer.content = copy.content
    answer.headers["Content-Type"] = copy.kind.value
    answer.headers["Content-Disposition"] = f'attachment; filename="{name_of(copy, file)}"'
    answer.headers["Content-Security-Policy"] = UNOPENED
    return answer


def name_of(copy: Cleaned, file: UUID) -> str:
    """Give the name under which a copy is saved: nothing of the sender's."""
    return f"file-{str(file)[:8]}.{copy.kind.ending}"
