"""Clauses beside each other: what has commas in itself is parted as the reader's language does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["clause_mark", "clauses_text"]

_MARKS: Final = {"ar": "؛ ", "fa": "؛ ", "ug": "؛ ", "zh-hans": "\uff1b"}


def clause_mark() -> str:
    """Give the semicolon of the language, with the blank that follows it."""
    return _MARKS.get(get_language() or "en", "; ")


def clauses_text(clauses: Iterable[str]) -> str:
    """Write clauses one behind the other."""
    return clause_mark().join(clauses)
