"""Which script a character and a word are written in, by the names of Unicode."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from undaunted.engines.names.typed.strokes import are_too_many

__all__ = [
    "COMMON",
    "HEARD",
    "IN_PART",
    "is_heard",
    "is_heard_in_part",
    "script_of",
    "script_of_word",
    "unsure_by",
]

COMMON = "common"
HEARD = frozenset(
    {"arabic", "armenian", "cyrillic", "georgian", "greek", "hangul", "hebrew", "kana", "latin"}
)
"""Scripts whose names are found in another one, or meet nothing else: silence counts for these.

Chinese characters are not among them: they are heard as Mandarin alone, and names of Hong Kong,
Taiwan and Korea are not spelt so.
"""
IN_PART = frozenset({"devanagari", "han"})
"""Scripts that are read in one way where several are usual: Chinese characters as Mandarin."""
_NOT_READ = "its letters are compared with the same letters alone; look for it by hand"
_READ_IN_PART = "its letters are read in one way of several; look by hand for its other spellings"
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


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Give the script of one character in lower case; what belongs to none is `COMMON`."""
    if not character.isalpha():
        return COMMON
    first = unicodedata.name(character, COMMON).split(" ", 1)[0].lower()
    return COMMON if first in _NO_SCRIPT else _AS_ONE.get(first, first)


def is_heard(name: str) -> bool:
    """Whether a search that does not find a name says something: its letters are ones of `HEARD`.

    A name of several scripts is of the one that most of its letters are in. Of a text with more
    names than one bearer is compared by, nothing is said.
    """
    return script_of_word(name) in HEARD and not are_too_many(name)


def is_heard_in_part(name: str) -> bool:
    """Whether a name's letters are ones of `IN_PART`, so that one of its spellings is found."""
    return script_of_word(name) in IN_PART


def unsure_by(name: str) -> str:
    """Say why silence on a name says nothing, or not all; "" where it counts, or has no letters."""
    script = script_of_word(name)
    if script in HEARD or script == COMMON:
        return ""
    return _READ_IN_PART if script in IN_PART else _NOT_READ


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
