"""Days as papers write them: in words of the paper's language, whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from undaunted.site.components.dates import date_text

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LANGUAGE", "in_english"]

LANGUAGE: Final = "en"
"""Fields, law and papers are in English; what was answered stands as it was written."""


def in_english(day: date) -> str:
    """Write a day as `3 May 2026`."""
    with override(LANGUAGE):
        return date_text(day)
