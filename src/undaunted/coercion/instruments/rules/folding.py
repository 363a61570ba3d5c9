"""Words as they are compared: without marks, hidden signs, capitals or letters that look alike."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["folded", "spelled_plainly", "squeezed", "words_of"]

_WORD: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = str.maketrans(
    "авекмнорстухіјѕԁһӏοαεικνρτυχ",
    "abekmhopctyxijsdhloaeiknptux",
)
"""Cyrillic and Greek letters that pass for Latin ones."""
_WHOLE: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "ŋ": "n"}
    | {"þ": "th", "æ": "ae", "œ": "oe", "\u0640": ""}
    | {"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9"}
)
"""Letters that no decomposition makes plain; Arabic ones as Persian has them, without strokes."""
_SPELLED: Final = 3
"""So many single letters in a row are read as a word that was spelled out."""


def folded(text: str) -> str:
    """Give the text in small letters without accents, hidden signs and letters that look alike."""
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(each for each in apart if unicodedata.category(each) not in {"Mn", "Me", "Cf"})
    return kept.casefold().translate(_ALIKE).translate(_WHOLE)


def spelled_plainly(folded_text: str) -> str:
    """Give folded text as ä, ö, ü and å are written without and with a second letter alike."""
    plain = folded_text
    for pair in ("ae", "oe", "ue", "aa"):
        plain = plain.replace(pair, pair[0])
    return plain


def squeezed(text: str) -> str:
    """Give letters and figures alone, so that spaces and hyphens part nothing."""
    return "".join(each for each in folded(text) if each.isalnum())


def words_of(text: str) -> tuple[str, ...]:
    """Give the words; letters that stand one by one are joined to a word as well."""
    words = _WORD.findall(folded(text))
    return (*words, *_spelled(words))


def _spelled(words: list[str]) -> Iterator[str]:
    run = ""
    for word in (*words, ""):
        if len(word) == 1:
            run += word
            continue
        if len(run) >= _SPELLED:
            yield run
        run = ""
