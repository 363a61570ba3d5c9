"""Words and clauses beside each other, parted as the reader's language does.

What has commas in itself is parted by semicolons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["clause_mark", "clauses_text", "comma_mark", "commas_text"]

_MARKS: Final = {"ar": "؛ ", "fa": "؛ ", "ug": "؛ ", "zh-hans": "\uff1b"}
_COMMAS: Final = {"ar": "، ", "fa": "، ", "ug": "، ", "zh-hans": "、"}


def clause_mark() -> str:
    """Give the semicolon of the language, with the blank that follows it."""
    return _MARKS.get(get_language() or "en", "; ")


def clauses_text(clauses: Iterable[str]) -> str:
    """Write clauses one behind the other."""
    return clause_mark().join(clauses)


def comma_mark(*, apart: bool = False) -> str:
    """Give the comma of the language, with the blank that follows it.

    Chinese parts the words of a list by another comma than what stands `apart`: a name and its
    country, a law and its day.
    """
    language = get_language() or "en"
    return "\uff0c" if apart and language == "zh-hans" else _COMMAS.get(language, ", ")


def commas_text(words: Iterable[str], language: str = "") -> str:
    """Write words one behind the other, in the reader's language or in one that is named."""
    return (_COMMAS.get(language, ", ") if language else comma_mark()).join(words)
