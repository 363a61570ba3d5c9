"""A name as it should be kept: same letters, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["clean_name", "words_of"]

# Joiners are spelling in Persian and Burmese; every other control or format sign is debris of
# copying (marks of direction, byte order, soft hyphens), and some of it is used to deceive.
_JOINERS: Final = frozenset("\u200c\u200d")
_DEBRIS: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_BLANKS: Final = re.compile(r"\s+")
_BETWEEN_WORDS: Final = re.compile(r"[^\w']+|_")


def clean_name(text: str) -> str:
    """Give the name in NFC without invisible signs and with single blanks; letters are kept."""
    if not text.isprintable():
        text = "".join(
            sign
            for sign in _BLANKS.sub(" ", text)
            if sign in _JOINERS or unicodedata.category(sign) not in _DEBRIS
        )
    return " ".join(unicodedata.normalize("NFC", text).split())


def words_of(plain: str) -> list[str]:
    """Split a romanised text into words of ASCII letters and digits; apostrophes fall away."""
    return _BETWEEN_WORDS.sub(" ", plain).replace("'", "").split()
