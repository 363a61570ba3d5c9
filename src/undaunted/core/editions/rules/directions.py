"""Which way a piece of text runs, and where a word too long for a line may be broken."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["breakable", "left_to_right", "runs_right_to_left"]

LONGEST_WORD: Final = 24
LEFT_TO_RIGHT_MARK: Final = "\u200e"
ZERO_WIDTH_SPACE: Final = "\u200b"
_LONG: Final = re.compile(r"\S{25,}")
_DIGEST: Final = re.compile(r"[0-9A-Fa-f]{25,128}")
_AROUND: Final = "\u200e\u200f()[],.;:"


def runs_right_to_left(text: str, *, otherwise: bool = False) -> bool:
    """Tell by the first letter that has a direction; `otherwise` where none has."""
    for letter in text:
        sort = unicodedata.bidirectional(letter)
        if sort in {"R", "AL"}:
            return True
        if sort == "L":
            return False
    return otherwise


def left_to_right(text: str) -> str:
    """Keep a date in its order: after an Arabic letter 2026-06-30 would read 30-06-2026."""
    return f"{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}"


def breakable(text: str, *, digests: bool = True) -> str:
    """Let a word of more than 24 letters be broken, so that no column is overrun.

    Without `digests` numbers in hexadecimal stay as they are, for a program that breaks them by
    itself: whoever copies one from there compares it with another.
    """
    if digests:
        return _LONG.sub(_broken, text)
    return _LONG.sub(_broken_but_digests, text)


def _broken_but_digests(found: re.Match[str]) -> str:
    return found[0] if _DIGEST.fullmatch(found[0].strip(_AROUND)) else _broken(found)


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    if any(unicodedata.east_asian_width(letter) == "W" for letter in word):
        return word
    parts: list[str] = []
    for letter in word:
        mark = unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}
        if not parts or (len(parts[-1]) >= LONGEST_WORD and not mark):
            parts.append("")
        parts[-1] += letter
    return ZERO_WIDTH_SPACE.join(parts)
