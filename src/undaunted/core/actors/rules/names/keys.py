"""Keys under which likely spellings of one name meet, and the orders its words may stand in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.actors.rules.names.romanising import romanise

__all__ = ["name_key", "name_keys", "name_order_variants", "word_key"]

_CACHED_WORDS: Final = 65_536

# Longest first. What languages write differently for one sound becomes one letter.
_SOUNDS: Final = (
    ("shch", "x"), ("tsch", "c"), ("sch", "x"), ("tch", "c"), ("dzh", "j"), ("dj", "j"),
    ("dz", "d"), ("tsi", "ti"), ("tse", "te"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "x"),
    ("ch", "c"), ("ts", "s"), ("tz", "s"), ("cz", "c"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("ck", "k"), ("q", "k"),
)  # fmt: skip
# Belarusian writes u for a Russian v that closes a syllable: Pavlov, Paulau.
_CLOSING_V: Final = re.compile(r"(?<=.)[vw](?=[^aeiouy]|$)")
_LIKE_LETTERS: Final = str.maketrans("bdgvwz", "ptkffs")
_SILENT: Final = re.compile(r"(?<=.)[aeiouy]")
_OPENING_VOWEL: Final = re.compile(r"^[aeiouy]+")
_DOUBLES: Final = re.compile(r"(.)\1+")


def name_key(text: str) -> str:
    """Give the consonants of the most usual spelling, word by word in alphabetical order.

    >>> name_key("Mohammed") == name_key("محمد")
    True
    """
    spellings = romanise(text)
    return _key(spellings[0]) if spellings else ""


def name_keys(text: str) -> frozenset[str]:
    """Give the keys of every spelling: two names may be one where these sets meet."""
    return frozenset(_key(spelling) for spelling in romanise(text))


@lru_cache(maxsize=_CACHED_WORDS)
def word_key(word: str) -> str:
    """Give the consonants of one romanised word; a vowel counts only where the word begins."""
    # A Latin x is ks, but sh where Pinyin begins a word with it, as Wade-Giles does with hs.
    word = f"x{word[2:]}" if word.startswith("hs") else word[:1] + word[1:].replace("x", "ks")
    word = _CLOSING_V.sub("", word)
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    opened = _OPENING_VOWEL.sub("a", word)
    return _DOUBLES.sub(r"\1", _SILENT.sub("", opened).translate(_LIKE_LETTERS))


def name_order_variants(text: str) -> tuple[str, ...]:
    """Give the name with its words as written, the last word first, and the first word last.

    "Surname, Given" is read as its comma says.
    """
    before, comma, after = clean_name(text).partition(",")
    words = f"{after} {before}".split() if comma else before.split()
    orders = (words, [*words[-1:], *words[:-1]], [*words[1:], *words[:1]])
    return tuple(dict.fromkeys(" ".join(order) for order in orders if order))


def _key(spelling: str) -> str:
    return " ".join(sorted(word_key(word) for word in spelling.split()))
