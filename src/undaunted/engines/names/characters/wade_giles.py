"""Chinese names that somebody wrote in Wade-Giles, in pinyin."""

from __future__ import annotations

import re
from functools import lru_cache

from undaunted.engines.names.characters.han import wade_of

__all__ = ["in_pinyin", "is_pinyin"]

_INITIALS = " b p m f d t n l g k h j q x zh ch sh r z c s"
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un"
    " uang v ve"
)
_OPEN = "a o e ai ei ao ou an en"
_ALONE = "yi ya ye yao you yan yin yang ying yong wu wa wo wai wei wan wen wang yu yue yuan yun er"
_USUAL = "tse=ze ssu=si chin=jin ching=jing chiang=jiang chi=ji chou=zhou"
"""Where one spelling stands for two syllables, the one that is oftener meant."""
_TELLING = re.compile("hs|tz|ts|ieh|ien|ung|uei|erh|ueh|szu|ssu|chih|shih|jih")
_LONGEST = 6
_MOST_SYLLABLES = 3


@lru_cache(maxsize=1)
def _syllables() -> tuple[str, ...]:
    made = [
        initial + final
        for initial in _INITIALS.split(" ")
        for final in (_FINALS if initial else _OPEN).split()
    ]
    return (*made, *_ALONE.split())


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(_syllables())


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Say whether a word is one to three syllables of pinyin."""
    return _is_pinyin(word, _MOST_SYLLABLES)


def _is_pinyin(word: str, most: int) -> bool:
    if not word or not most:
        return False
    return word in _known() or any(
        word[:size] in _known() and _is_pinyin(word[size:], most - 1)
        for size in range(1, min(_LONGEST, len(word) - 1) + 1)
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table = {wade_of(syllable): syllable for syllable in reversed(_syllables())}
    return table | dict(pair.split("=") for pair in _USUAL.split())


def in_pinyin(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give words in pinyin, or nothing where they are not all Wade-Giles or none is surely so."""
    if not any(_TELLING.search(word) for word in words):
        return None
    found = tuple(_cut(word, _MOST_SYLLABLES) for word in words)
    return tuple(filter(None, found)) if all(found) else None


def _cut(word: str, most: int) -> str | None:
    if not word:
        return ""
    for size in range(min(_LONGEST, len(word)), 0, -1) if most else ():
        syllable = _table().get(word[:size])
        rest = _cut(word[size:], most - 1) if syllable else None
        if syllable and rest is not None:
            return syllable + rest
    return None
