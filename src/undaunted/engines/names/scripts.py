"""Which script a character and a word are written in, by the names of Unicode."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["COMMON", "UNHEARD", "is_heard", "script_of", "script_of_word"]

COMMON = "common"
_AS_ONE = {
    "cjk": "han",
    "hiragana": "kana",
    "katakana": "kana",
    "katakana-hiragana": "kana",
    "fullwidth": "latin",
    "ideographic": "han",
}
_NO_SCRIPT = {"modifier", "combining", "digit", "superscript", "subscript", "mathematical"}
_NO_SCRIPT |= {"left", "right", "roman", "vulgar", "circled", "parenthesized", "number", "middle"}
UNHEARD = frozenset({"han", "khmer", "lao", "myanmar", "thai", "tibetan"})
"""Scripts in which a name can stay unheard beside its bearer's Latin one: characters are read as
Mandarin alone, and the others are spelt loosely."""
_SILENT = UNHEARD | {COMMON}


def is_heard(name: str) -> bool:
    """Whether a name has a letter of a script that is heard; without one nothing follows of it."""
    return any(script_of(each) not in _SILENT for each in name)


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Give the script of one character in lower case; what belongs to none is `COMMON`."""
    if not character.isalpha():
        return COMMON
    first = unicodedata.name(character, COMMON).split(" ", 1)[0].lower()
    return COMMON if first in _NO_SCRIPT else _AS_ONE.get(first, first)


def script_of_word(word: str) -> str:
    """Give the script that most letters of a word are in; the earlier one of two as frequent."""
    if word.isascii():
        return "latin" if any(map(str.isalpha, word)) else COMMON
    seen: dict[str, int] = {}
    for character in word:
        script = script_of(character)
        if script != COMMON:
            seen[script] = seen.get(script, 0) + 1
    return max(seen, key=seen.__getitem__) if seen else COMMON
