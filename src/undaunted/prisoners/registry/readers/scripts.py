"""Which script a name is written in, as an ISO 15924 code."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

__all__ = ["script_of", "scripts_in"]

_CODES: Final = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "THAI": "Thai",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GURMUKHI": "Guru",
    "GUJARATI": "Gujr",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "ETHIOPIC": "Ethi",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "TIFINAGH": "Tfng",
    "FULLWIDTH": "Latn",
}
UNKNOWN: Final = "Zzzz"


def script_of(text: str) -> str:
    """Give the script most letters of the text are in; Zzzz where it has none we know."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else UNKNOWN
    found = scripts_in(text)
    if len(found) <= 1:
        return next(iter(found), UNKNOWN)
    counted = Counter(filter(None, map(_script, text)))
    return "Jpan" if "Jpan" in counted else max(counted, key=lambda script: counted[script])


def scripts_in(text: str) -> frozenset[str]:
    """Give all scripts of a text; more than one in a word is a sign of damage or deceit."""
    found = frozenset(map(_script, text)) - {""}
    return frozenset({"Jpan"}) if "Jpan" in found and found <= {"Jpan", "Hani"} else found


@lru_cache(maxsize=16_384)
def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    return _CODES.get(unicodedata.name(character, "").split(" ", 1)[0], "")
