"""A term of campaigns in words, by the name of its vocabulary: for pages and the terminal."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from undaunted.prisoners.campaigns.rules import Verdict
from undaunted.prisoners.campaigns.writers.terms import (
    ADOPTERS,
    CHANNELS,
    LEVELS,
    MATERIALS,
    MODES,
    REPLIES,
)

__all__ = ["VERDICTS", "in_words"]

VERDICTS = {
    Verdict.MORE: _("More than the year before"),
    Verdict.FEWER: _("Fewer than the year before"),
    Verdict.NO_CLEAR_CHANGE: _("No clear change"),
    Verdict.TOO_FEW: _("Too few to tell"),
    Verdict.LOG_TOO_YOUNG: _("The log is too young to compare"),
}
_ALL: dict[str, Any] = {
    "AdopterKind": ADOPTERS,
    "Channel": CHANNELS,
    "Level": LEVELS,
    "MaterialKind": MATERIALS,
    "Mode": MODES,
    "Reply": REPLIES,
    "Verdict": VERDICTS,
}


def in_words(kind: str, value: str) -> str:
    """Give a term in words: `in_words("Mode", "silent")`."""
    words = {str(each): word for each, word in _ALL[kind].items()}
    return str(words.get(value, value))
