"""Devanagari in Latin letters as passports of India and Nepal spell it: with the unwritten vowel.

Each consonant bears a short a that no sign writes, and that Hindi leaves unspoken at the end of a
word and between two that are spoken: राजेश is Rajesh, कमला is Kamla, and Kamala where it is spoken.
Letters are those of the Hunterian system, which the Survey of India uses, without its long marks;
where the short a falls silent is the rule of M. Ohala, Aspects of Hindi Phonology, 1983.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from undaunted.engines.names.letters.latin import plain

__all__ = ["romanised"]

_CONSONANTS: Final = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "chh", "ज": "j",
    "झ": "jh", "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th",
    "द": "d", "ध": "dh", "न": "n", "ऩ": "n", "प": "p", "फ": "ph", "ब": "b", "भ": "bh", "म": "m",
    "य": "y", "र": "r", "ऱ": "r", "ल": "l", "ळ": "l", "ऴ": "l", "व": "v", "श": "sh", "ष": "sh",
    "स": "s", "ह": "h",
}  # fmt: skip
_DOTTED: Final = {"k": "q", "kh": "kh", "g": "gh", "j": "z", "d": "r", "dh": "rh", "ph": "f"}
"""What a dot below makes of a letter: sounds of Persian and Arabic, and the flapped r."""
_VOWELS: Final = {
    "अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ऌ": "li", "ए": "e",
    "ऐ": "ai", "ओ": "o", "औ": "au", "ऑ": "o", "ऍ": "e", "ऎ": "e", "ऒ": "o",
}  # fmt: skip
_SIGNS: Final = {
    "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o",
    "ौ": "au", "ॉ": "o", "ॅ": "e", "ॆ": "e", "ॊ": "o",
}  # fmt: skip
_SILENT, _DOT, _BREATH = "्", "़", "ः"
_NASAL: Final = frozenset("ंँ")
_NASALS: Final = {"p": "m", "b": "m", "m": "m", "h": "ng"}
"""How a vowel that is spoken through the nose ends, by the sound that follows: Singh, Sambhu."""
_UNWRITTEN = "\0"
"""Stands for the short a that no sign writes, until it is known whether it is spoken."""


def romanised(word: str) -> tuple[str, ...]:
    """Give a word in Latin letters: as Hindi speaks it, and with each short a but the last.

    A sign that no name in Hindi, Marathi or Nepali has is left out.
    """
    sounds = _sounds(unicodedata.normalize("NFD", word))
    whole = "".join("a" if each == _UNWRITTEN else each for each in _without_last(sounds))
    spelt = (_spoken(sounds), whole, _spoken(sounds, cluster=True))
    return tuple(dict.fromkeys(map(plain, spelt)))


def _sounds(signs: str) -> list[str]:
    """Give consonants, vowels and unwritten vowels in their order."""
    found: list[str] = []
    for at, sign in enumerate(signs):
        if sign == "ञ" and found[-1:] == ["j"]:
            found[-1:] = ["g", "y", _UNWRITTEN]
        elif sign in _CONSONANTS:
            found += [_CONSONANTS[sign], _UNWRITTEN]
        elif sign == _DOT and len(found) > 1:
            found[-2] = _DOTTED.get(found[-2], found[-2])
        elif sign in _SIGNS and found:
            found[-1] = _SIGNS[sign]
        elif sign == _SILENT and found:
            found.pop()
        elif sign in _VOWELS:
            found.append(_VOWELS[sign])
        elif found and (sign in _NASAL or sign == _BREATH):
            vowel = "a" if found[-1] == _UNWRITTEN else found[-1]
            behind = _CONSONANTS.get(signs[at + 1 : at + 2], "")[:1]
            found[-1] = vowel + ("h" if sign == _BREATH else _NASALS.get(behind, "n"))
    return found


def _without_last(sounds: list[str]) -> list[str]:
    """Leave out an unwritten vowel at the end, but after several consonants: Chandra, Krishna."""
    if sounds[-1:] != [_UNWRITTEN] or len(sounds) == len(("b", _UNWRITTEN)):
        return sounds
    before = sounds[-3] if len(sounds) > len(("b", _UNWRITTEN)) else ""
    return sounds if _is_consonant(before) else sounds[:-1]


def _spoken(sounds: list[str], *, cluster: bool = False) -> str:
    """Leave out, from the end, unwritten vowels between consonants that stand between vowels.

    Before a `cluster`, too, if asked for: Manpreet and Bhardwaj, but Ananya.
    """
    left = _without_last(sounds)
    for at in range(len(left) - 3, 1, -1):
        around = (left[at - 2], left[at - 1], left[at + 1], left[at + 2])
        kinds = [_is_consonant(each) for each in around]
        between = kinds[:3] == [False, True, True] and (cluster or not kinds[3])
        if left[at] == _UNWRITTEN and between and around[3]:
            left = [*left[:at], *left[at + 1 :]]
    return "".join("a" if each == _UNWRITTEN else each for each in left)


def _is_consonant(sound: str) -> bool:
    return bool(sound) and sound != _UNWRITTEN and sound[0] not in "aeiou"
