"""Arabic and Hebrew letters against sounds: consonants must meet, long vowels should.

Arabic covers Persian, Dari, Pashto and Urdu. Sources: ALA-LC, BGN/PCGN 1956 and 1958, the usage of
the lists of the United Nations and the Union; from memory, unverified at the publishers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, pairwise

__all__ = ["FIRST_SOUNDS", "Units", "consonants", "heard_as", "loosely", "one_form", "units"]

Unit = tuple[tuple[str, ...], float]
"""What a letter may sound like, and what it costs where it is not heard at all."""
Units = tuple[Unit, ...]

_ANY = ("a", "e", "i", "o", "u")
_ARABIC: dict[str, Unit] = {
    letter: (tuple(sounds.split()), cost)
    for letters, sounds, cost in (
        ("ا", "a e i o u", 0.3), ("آ", "a e", 0.5), ("أإءئٱ", "a e i o u", 0.1),
        ("ؤ", "u o v a", 0.3),
        ("بٻ", "b p", 1), ("پ", "p", 1), ("ت", "t", 1), ("ث", "t s", 1), ("ج", "J g Z C", 1),
        ("چ", "C S c", 1), ("ح", "h", 0.8), ("خ", "h k", 1), ("د", "d t", 1), ("ذ", "d z t", 1),
        ("ر", "r", 1), ("ز", "z s", 1), ("ژ", "Z J z", 1), ("س", "s", 1), ("ش", "S C", 1),
        ("ص", "s", 1), ("ض", "d z", 1), ("ط", "t", 1), ("ظ", "z d", 1), ("ع", "a e i o u", 0.0),
        ("غ", "g h k", 1), ("ف", "f v", 1), ("ق", "k g", 1), ("كک", "k c", 1), ("گګ", "g k", 1),
        ("ل", "l", 1), ("م", "m", 1), ("ن", "n", 1), ("هہۀە", "h a e", 0.35), ("ةۃ", "a e t", 0.05),
        ("و", "v u o", 0.7), ("يیېۍے", "i e", 0.6), ("ى", "a i e", 0.5), ("ھ", "h", 0.0),
        ("ټٹ", "t", 1), ("ډڈ", "d", 1), ("ړڑ", "r", 1), ("ږ", "g Z z", 1), ("ښ", "S h k", 1),
        ("ځ", "z J", 1), ("څ", "c s", 1), ("ڼں", "n", 0.6), ("ڤ", "v f", 1), ("ݢ", "g", 1),
    )
    for letter in letters
}  # fmt: skip
_HEBREW: dict[str, Unit] = {
    letter: (tuple(sounds.split()), cost)
    for letters, sounds, cost in (
        ("אע", "a e i o u", 0.05), ("ב", "b v", 1), ("ג", "g J", 1), ("ד", "d", 1),
        ("ה", "h a e", 0.1), ("ו", "v u o", 0.5), ("ז", "z Z", 1), ("ח", "h C k", 1), ("ט", "t", 1),
        ("י", "i e", 0.3), ("כך", "k h C", 1), ("ל", "l", 1), ("מם", "m", 1), ("נן", "n", 1),
        ("ס", "s", 1), ("פף", "p f", 1), ("צץ", "c z s C", 1), ("ק", "k", 1), ("ר", "r", 1),
        ("ש", "S s", 1), ("ת", "t", 1),
    )
    for letter in letters
}  # fmt: skip
_GOD = re.compile("ا?لله")
_HEARD_FIRST = frozenset("اآعهحوی")
_FIRST = 0.8
"""What a first letter costs that is heard there, though it may be silent within a word."""
_SILENT_WAW = re.compile("(?<=^عمر)و$")
"""Amr is written with a letter that nobody says."""
_CARRIED: tuple[tuple[frozenset[str], frozenset[str], float], ...] = (
    (frozenset("عأإ"), frozenset("اوی"), 0.05),
    (frozenset("اآ"), frozenset("ی"), 0.2),
    (frozenset("زظذ"), frozenset("ه"), 0.1),
)
"""What a letter costs behind another that lends it its sound: aa, ai and zh are one sound each."""
_WITH_H = ("Z",)
"""What z and h sound like that stand together in Latin letters."""
_ROUNDING = 1e-9
_FINAL_YA: Unit = (("i", "e", "a"), 0.7)
_LOOSE: dict[str, Unit] = {
    letter: (tuple(sounds.split()), cost)
    for letters, sounds, cost in (
        ("aeiou", "a e i o u", 0.08), ("h", "h k f", 0.5),
        ("bp", "b p v f", 1), ("v", "v b f u", 1), ("f", "f p v h", 1), ("kgq", "k g h c s", 1),
        ("td", "t d S C", 1), ("lr", "l r", 1), ("m", "m n", 1), ("n", "n m", 0.8),
        ("szc", "s z S C c", 1), ("SCZJ", "S C J Z c s z t d", 1),
    )
    for letter in letters
}  # fmt: skip
_LETTERS = _ARABIC | _HEBREW
_LAST = 0.6
"""What a last i, o or u costs that no letter stands for: Hosseini is not Hossein.

So does a first y before a vowel: Yasir is not Asra.
"""
_SILENT = {"a": 0.04, "e": 0.04, "i": 0.06, "o": 0.06, "u": 0.08, "h": 0.3}
_ONE_FORM = str.maketrans(
    {c: one for letters, one in (("يىېۍے", "ی"), ("ك", "ک"), ("ةۃہھۀە", "ه"), ("أإآٱ", "ا"),
                                 ("ؤ", "و"), ("ئ", "ی"), ("ء", None)) for c in letters}
)  # fmt: skip


@lru_cache(maxsize=8192)
def units(word: str) -> Units:
    """Give each letter with what it may sound like; signs that are no letters are left out."""
    split = _SILENT_WAW.sub("", _GOD.sub("اله", unicodedata.normalize("NFC", word)))
    split = "".join(letter for letter in split if letter in _LETTERS)
    found = [_LETTERS[letter] for letter in split]
    _carry(split, found)
    if len(found) > 1 and split[-1:] == "ی":
        found[-1] = _FINAL_YA
    if found and split[0] in _HEARD_FIRST:
        found[0] = (found[0][0], _FIRST)
    return tuple(found)


def _carry(word: str, found: list[Unit]) -> None:
    """Let letters cost less that one before them lends its sound."""
    for at, (one, other) in enumerate(pairwise(word)):
        for before, behind, cost in _CARRIED:
            if one in before and other in behind:
                found[at + 1] = (found[at + 1][0], cost)
                if other == "ه":
                    found[at] = (found[at][0] + _WITH_H, found[at][1])
        if other == one == "ی":
            found[at] = (found[at][0], _CARRIED[1][2])


@lru_cache(maxsize=8192)
def loosely(letters: str) -> Units:
    """Give units for letters of a script that another language's sounds had to be fitted into."""
    return tuple(_LOOSE[letter] for letter in letters if letter in _LOOSE)


def consonants(word: str) -> str:
    """Give letters by their first sound, those that may be silent left out: for looking up."""
    return "".join(sounds[0] for sounds, cost in units(word) if cost >= 0.8)  # noqa: PLR2004


FIRST_SOUNDS = {letter: sounds[0] for letter, (sounds, _) in _LETTERS.items()}


def one_form(word: str) -> str:
    """Give letters that Arabic, Persian and Urdu keyboards write differently in one form."""
    return word.translate(_ONE_FORM)


@lru_cache(maxsize=8192)
def _signs_of(fold: str) -> tuple[tuple[float, ...], float, frozenset[str]]:
    """Give what each sign of a fold costs unheard, all of them together, and which there are."""
    spared = [_SILENT.get(sign, 1.0) for sign in fold]
    if len(fold) > 1 and fold[-1] in "iuo":
        spared[-1] = _LAST
    if fold[:1] == "i" and fold[1:2] in _ANY:
        spared[0] = _LAST
    return tuple(spared), sum(spared), frozenset(fold)


def heard_as(letters: Units, fold: str, least: float = 0.0) -> float:
    """Give how well a fold is what some letters sound like, 0 to 1; below `least` it is 0."""
    width = len(fold)
    spared, spare, signs = _signs_of(fold)
    most = max(sum([cost for _, cost in letters]), spare, 1.0)
    allowed = (1.0 - least) * most + _ROUNDING
    if least and sum([cost for sounds, cost in letters if signs.isdisjoint(sounds)]) > allowed:
        return 0.0
    row = [0.0, *accumulate(spared)]
    for sounds, cost in letters:
        before, left = row[0], row[0] + cost
        below = [left]
        for j in range(width):
            above = row[j + 1]
            left += spared[j]
            left = min(left, above + cost)
            met = before if fold[j] in sounds else before + 1.0
            left = min(left, met)
            below.append(left)
            before = above
        row = below
        if min(row) > allowed:
            return 0.0
    return max(0.0, 1.0 - row[width] / most)
