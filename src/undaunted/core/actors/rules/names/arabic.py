"""Arabic, Persian, Kurdish and Uyghur names in Arabic script.

Short vowels are not written, so a spelling can only be known or guessed: parts of names that are
common are known (`packs/name_parts.toml`), the others are guessed with the vowel `a`. Uyghur writes
its vowels and needs no guess. The bare consonants are always among the answers: they are what the
guesses share with every spelling in Latin letters.
"""

# ruff: noqa: RUF001 - letters of another script are the matter here

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from undaunted.core.actors.rules.names.cleaning import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["romanise_arabic"]

_CACHED_WORDS: Final = 32_768
_SPELLINGS: Final = 3
_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d]")
_SAME_LETTER: Final = str.maketrans("أإآٱىيئؤةكە", "اااایییوهکه")
_UYGHUR: Final = re.compile(r"[ەۇۆۈېۋڭ]|\bئ[اىو]")
_SERVANT_OF: Final = re.compile(r"\bعبد ال(?=\w)")
_SERVANT: Final = "عبدال"
_ARTICLE: Final = "ال"

_CONSONANTS: Final = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "ء": "", "ڵ": "l", "ڕ": "r", "ڤ": "v", "ٹ": "t", "ڈ": "d", "ڑ": "r",
    "ں": "n", "ھ": "h", "ڭ": "ng", "ښ": "sh", "ړ": "r", "ټ": "t", "ډ": "d", "ځ": "z", "څ": "ts",
    "ڼ": "n", "ې": "e", "ۍ": "i", "ګ": "g",
}  # fmt: skip
_FULL_VOWELS: Final = {"ا": "a", "و": "u", "ی": "i"}
# Four letters that Persian, Dari and Urdu read as s and z.
_READ_IN_PERSIAN: Final = str.maketrans("ثذضظ", "سززز")
_GLIDES: Final = {"و": "w", "ی": "y", "ا": "a"}
_UYGHUR_LETTERS: Final = str.maketrans(
    _CONSONANTS
    | {
        "ا": "a", "ە": "e", "و": "o", "ۇ": "u", "ۆ": "o", "ۈ": "u", "ې": "e", "ى": "i", "ي": "y",
        "ئ": "", "ۋ": "w", "ك": "k", "خ": "kh", "ھ": "h", "ق": "q", "غ": "gh",
    }
)  # fmt: skip


def romanise_arabic(text: str) -> tuple[str, ...]:
    """Give up to three vowelled spellings, most usual first, then the consonants alone."""
    if _UYGHUR.search(text):
        spelt = " ".join(
            words_of(anyascii(_MARKS.sub("", text).translate(_UYGHUR_LETTERS)).lower())
        )
        return (spelt, spelt.replace("kh", "h").replace("gh", "g"))
    bare = _SERVANT_OF.sub(_SERVANT, _MARKS.sub("", text).translate(_SAME_LETTER))
    words = [_spellings(word) for word in re.findall(r"\w+", bare)]
    width = max((len(word) for word in words), default=1) - 1
    vowelled = [
        " ".join(word[min(place, len(word) - 2)] for word in words) for place in range(width)
    ]
    return tuple(dict.fromkeys([*vowelled, " ".join(word[-1] for word in words)]))


@lru_cache(maxsize=_CACHED_WORDS)
def _spellings(word: str) -> tuple[str, ...]:
    """Give known or guessed spellings and, last, the consonants."""
    skeleton = "".join(map(_consonant, word))
    known = _known_parts().get(word)
    if known is not None:
        return (*known[:_SPELLINGS], skeleton)
    for prefix, written in ((_SERVANT, "abdul"), (_ARTICLE, "al ")):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 1:
            return (*(f"{written}{part}" for part in _spellings(rest)[:-1]), skeleton)
    guessed = _guessed(word)
    persian = _guessed(word.translate(_READ_IN_PERSIAN))
    return (*dict.fromkeys((guessed, persian)), skeleton)


def _guessed(word: str) -> str:
    """Put an `a` between consonants; و and ی are consonants at the start and after a vowel."""
    out: list[str] = []
    open_syllable = True
    for sign in word:
        if sign in _FULL_VOWELS:
            out.append((_GLIDES if open_syllable else _FULL_VOWELS)[sign])
            open_syllable = not open_syllable or sign == "ا"
            continue
        letter = _consonant(sign)
        out.append(letter if open_syllable else f"a{letter}")
        open_syllable = False
    return "".join(out)


def _consonant(sign: str) -> str:
    if sign in _FULL_VOWELS:
        return ""
    known = _CONSONANTS.get(sign)
    return "".join(words_of(anyascii(sign).lower())) if known is None else known


@cache
def _known_parts() -> Mapping[str, tuple[str, ...]]:
    pack = tomllib.loads(
        (files("undaunted.core.actors") / "packs" / "name_parts.toml").read_text("utf-8")
    )
    return {
        part.translate(_SAME_LETTER): tuple(spellings)
        for part, spellings in pack["arabic_script"].items()
    }
