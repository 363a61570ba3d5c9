"""Where a summary has a common word that is also the whole name of who asks: a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.leaks import secrets_of, unsearched
from undaunted.coercion.instruments.rules.summary import summarise

if TYPE_CHECKING:
    from undaunted.coercion.instruments.rules.request import Request

__all__ = ["common_words"]


def common_words(request: Request) -> tuple[str, ...]:
    """Give the titles of the lines of a summary where such a word stands; none for most names.

    The word itself is not given: whoever hears of it elsewhere would know who asks.
    """
    summary = summarise(request)
    lines = [(each.title, each.text) for each in (*summary.lines, *summary.evidence)]
    return unsearched(secrets_of(request), lines)
