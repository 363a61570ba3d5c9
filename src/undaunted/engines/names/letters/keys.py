"""By what an index finds a word: consonants so coarse that every romanisation has them alike."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from undaunted.engines.names.letters.latin import undoubled

__all__ = ["coarse", "coarse_of_abjad", "joined"]

_ALIKE = str.maketrans("gqdbfrzcSCZJ", "kktppl" + "ssssss", "aeiouyhw'")
_MOST = 8
_HEARD = {
    "ج": ("s", "k"), "ث": ("t", "s"), "ذ": ("t", "s"), "ض": ("t", "s"), "ظ": ("s", "t"),
    "و": ("", "p"), "ۋ": ("p", ""), "ة": ("", "t"), "خ": ("", "k"), "غ": ("k",), "ح": ("",),
    "ه": ("",), "ڤ": ("p",),
    "چ": ("s",), "ש": ("s",), "ח": ("", "s"), "ו": ("", "p"), "ב": ("p",), "כ": ("k", ""),
    "ך": ("k", ""), "צ": ("s",), "ץ": ("s",), "ה": ("",),
}  # fmt: skip


@lru_cache(maxsize=1 << 10)
def coarse(fold: str) -> tuple[str, ...]:
    """Give coarse keys of a fold: one, or two where a v may be a vowel elsewhere."""
    if "v" not in fold:
        return (undoubled(fold.translate(_ALIKE)) or "." + fold[:1],)
    with_v = undoubled(fold.replace("v", "f").translate(_ALIKE))
    without = undoubled(fold.replace("v", "").translate(_ALIKE))
    return tuple(dict.fromkeys(key for key in (with_v, without) if key)) or ("." + fold[:1],)


def coarse_of_abjad(word: str, first_sounds: dict[str, str]) -> tuple[str, ...]:
    """Give coarse keys of a word of consonants, one for each way its letters may sound."""
    ways = [
        _HEARD.get(letter) or ("" if sound in "aeiou" else sound,)
        for letter in word
        if (sound := first_sounds.get(letter)) is not None
    ]
    found = dict.fromkeys(
        key for choice in product(*ways) if (key := undoubled("".join(choice).translate(_ALIKE)))
    )
    return tuple(found)[:_MOST] or (".a",)


def joined(one: str, other: str) -> str:
    """Give the key of two words written as one."""
    other = other.lstrip(".aeiou")
    one = one.lstrip(".aeiou")
    return one + (other[1:] if one[-1:] == other[:1] else other)
