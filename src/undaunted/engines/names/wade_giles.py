"""Chinese names that somebody wrote in Wade-Giles, in pinyin."""

from __future__ import annotations

import re
from functools import lru_cache

from undaunted.engines.names.han import wade_of

__all__ = ["in_pinyin"]

_INITIALS = ["", *"b p m f d t n l g k h j q x zh ch sh r z c s".split()]
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un"
    " uang v ve"
).split()
_ALONE = "yi ya ye yao you yan yin yang ying yong wu wa wo wai wei wan wen wang yu yue yuan yun er"
_TELLING = re.compile("hs|tz|ts|ieh|ien|ung|uei|erh|ueh|szu|ssu|chih|shih|jih")
_LONGEST = 6
_MOST_SYLLABLES = 3


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for initial in _INITIALS:
        for final in _FINALS if initial else ("a", "o", "e", "ai", "ei", "ao", "ou", "an", "en"):
            found.setdefault(wade_of(initial + final), initial + final)
    for syllable in _ALONE.split():
        found.setdefault(wade_of(syllable), syllable)
    for wade, syllable in (("tse", "ze"), ("ssu", "si"), ("chin", "jin"), ("ching", "jing"),
                           ("chiang", "jiang"), ("chi", "ji"), ("chou", "zhou")):  # fmt: skip
        found[wade] = syllable
    return found


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
