"""Latin with accents, kana, and every script without rules of its own here."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

from undaunted.core.actors.rules.names.cleaning import words_of

__all__ = ["PICTURES", "romanise_by_table", "romanise_kana", "romanise_latin"]

PICTURES: Final = re.compile("[\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff]")
"""Arrows, signs and emoji, for which the general table would give English words."""

# What people write who lack the letter, where it is more than the letter without its marks.
_TWO_LETTERS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ə": "a", "đ": "dj"}
)


def romanise_by_table(text: str) -> tuple[str, ...]:
    """Give the one spelling of the general table."""
    return (" ".join(words_of(anyascii(text).lower())),)


def romanise_latin(text: str) -> tuple[str, ...]:
    """Give the name without accents, and with two letters for one where that is usual."""
    low = text.lower()
    if low.isascii():
        return (" ".join(words_of(low)),)
    plain = " ".join(words_of(anyascii(low).lower()))
    spelt_out = low.translate(_TWO_LETTERS)
    if spelt_out == low:
        return (plain,)
    return (plain, " ".join(words_of(anyascii(spelt_out).lower())))


def romanise_kana(text: str) -> tuple[str, ...]:
    """Give Hepburn as it is spelt, and with long vowels written short."""
    (spelt,) = romanise_by_table(text)
    return (spelt, spelt.replace("ou", "o").replace("oo", "o").replace("uu", "u"))
