"""Arabic and Hebrew letters against sounds: consonants must meet, long vowels should.

Arabic covers Persian, Dari, Pashto, Urdu, Kurdish and Uyghur. Sources: ALA-LC, BGN/PCGN
1956 and 1958, the usage of the lists of the United Nations and the Union; from memory, unverified
at the publishers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, pairwise

__all__ = [
    "FIRST_SIGN", "FIRST_SOUNDS", "LAST_SIGN", "SILENT", "Y_BEFORE", "Units", "consonants",
    "heard_as", "loosely", "one_form", "units",
]  # fmt: skip

Unit = tuple[tuple[str, ...], float]
"""What a letter may sound like, and what it costs where it is not heard at all."""
Units = tuple[Unit, ...]

_ANY = ("a", "e", "i", "o", "u")
_VOWELS = frozenset(_ANY)
_ARABIC: dict[str, Unit] = {
    letter: (tuple(sounds.split()), cost)
    for letters, sounds, cost in (
        ("ا", "a e i o u", 0.3), ("آ", "a e", 0.5), ("أإءئٱ", "a e i o u", 0.1),
        ("ؤ", "u o v a", 0.3),
        ("بٻ", "b p", 1), ("پ", "p", 1), ("ت", "t", 1), ("ث", "t s", 1), ("ج", "J g Z C", 1),
        ("چ", "C S c", 1), ("ح", "h", 0.8), ("خ", "h k", 1), ("د", "d", 1), ("ذ", "d z t", 1),
        ("ر", "r", 1), ("ز", "z s", 1), ("ژ", "Z J z", 1), ("س", "s", 1), ("ش", "S C", 1),
        ("ص", "s", 1), ("ض", "d z", 1), ("ط", "t", 1), ("ظ", "z d", 1), ("ع", "a e i o u", 0.0),
        ("غ", "g h k", 1), ("ف", "f v", 1), ("ق", "k g", 1), ("كک", "k c", 1), ("گګ", "g k", 1),
        ("ل", "l", 1), ("م", "m", 1), ("ن", "n", 1), ("هہۀە", "h a e", 0.35), ("ةۃ", "a e t", 0.05),
        ("و", "v u o", 0.7), ("يیېۍے", "i e", 0.6), ("ى", "a i e", 0.5), ("ھ", "h", 0.0),
        ("ټٹ", "t", 1), ("ډڈ", "d", 1), ("ړڑ", "r", 1), ("ږ", "g Z z", 1), ("ښ", "S h k", 1),
        ("ۆۇۈۅۉ", "u o v", 0.7), ("ۋ", "v u o", 0.7), ("ێ", "e i", 0.6), ("ڵ", "l", 1),
        ("ڕ", "r", 1), ("ڭ", "n", 1), ("ځ", "z J", 1), ("څ", "c s", 1), ("ڼں", "n", 0.6),
        ("ڤ", "v f", 1), ("ݢ", "g", 1),
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
_BEHIND_AIN = 1.0
"""What a long vowel costs within a word behind a letter that is silent itself: Saud is not Said."""
_WITH_H = ("Z",)
"""What z and h sound like that stand together in Latin letters."""
_ROUNDING = 1e-9
_WITHIN: dict[str, Unit] = {"ا": (("a", "e", "o"), 0.3)}
"""What a letter may sound like behind the first: an alif is no i or u there; Tajiks write it o."""
_AT_END: dict[str, Unit] = {
    "ی": (("i", "e", "a"), 1.0), "ا": (("a", "e"), 0.7), "د": (("d", "t"), 1.0),
}  # fmt: skip
"""What a last letter may sound like, and what it costs unheard: Hasna is not Hassan.

Turks write a last d as t: Mehmet, Halit.
"""
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
LAST_SIGN = {"i": 0.9, "u": 0.9, "o": 0.9, "a": 0.2, "e": 0.2}
"""What a last vowel costs that no letter stands for: Hosseini is not Hossein."""
FIRST_SIGN = {"a": 0.25, "e": 0.25, "i": 0.25, "o": 0.25, "u": 0.25, "h": 1.0}
"""What a first sign costs that no letter stands for: Hala is not Ali, nor Abdi Badi."""
Y_BEFORE = 0.6
"""So a first y before a vowel: Yasir is not Asra."""
SILENT = {"a": 0.04, "e": 0.04, "i": 0.06, "o": 0.06, "u": 0.08, "h": 0.6}
_CARRIES = frozenset("اەىيیېێوۇۆۈ")
_ONE_FORM = str.maketrans(
    {c: one for letters, one in (("يىېۍے", "ی"), ("ك", "ک"), ("ةۃہھۀە", "ه"), ("أإآٱ", "ا"),
                                 ("ؤ", "و"), ("ئ", "ی"), ("ء", None)) for c in letters}
)  # fmt: skip


@lru_cache(maxsize=8192)
def units(word: str) -> Units:
    """Give each letter with what it may sound like; signs that are no letters are left out."""
    split = _SILENT_WAW.sub("", _GOD.sub("أله", unicodedata.normalize("NFC", word)))
    split = "".join(letter for letter in split if letter in _LETTERS)
    found = [_WITHIN.get(letter) or _LETTERS[letter] for letter in split]
    _carry(split, found)
    if len(found) > 1:
        found[-1] = _AT_END.get(split[-1]) or found[-1]
    if found and split[0] in _HEARD_FIRST:
        found[0] = (_LETTERS[split[0]][0], _FIRST)
    return tuple(found)


def _carry(word: str, found: list[Unit]) -> None:
    """Let letters cost less that one before them lends its sound."""
    for at, (one, other) in enumerate(pairwise(word)):
        for before, behind, cost in _CARRIED:
            if word[at + 2 : at + 3] == "ا" and (other == "ه" or (at == 0 and one == "ع")):
                # heard before a long vowel: Awad is not Iyad, nor Azhar Yasir
                continue
            if one in before and other in behind:
                silent = _BEHIND_AIN if at and one == "ع" and other != "ا" else cost
                found[at + 1] = (found[at + 1][0], silent)
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
    found = units(word)
    return "".join(
        sounds[0]
        for at, (sounds, cost) in enumerate(found)
        if cost >= 0.8  # noqa: PLR2004
        and (at in {0, len(found) - 1} or not _VOWELS.intersection(sounds))
    )


FIRST_SOUNDS = {letter: sounds[0] for letter, (sounds, _) in _LETTERS.items()}


def one_form(word: str) -> str:
    """Give letters that Arabic, Persian and Urdu keyboards write differently in one form.

    Uyghurs and Kurds write a sign without sound before a first vowel.
    """
    if word[:1] == "ئ" and word[1:2] in _CARRIES:
        word = ("ا" if word[1] in "ەا" else word[1]) + word[2:]
    return word.translate(_ONE_FORM)


@lru_cache(maxsize=8192)
def _signs_of(fold: str) -> tuple[tuple[float, ...], float, frozenset[str]]:
    """Give what each sign of a fold costs unheard, all of them together, and which there are."""
    spared = [SILENT.get(sign, 1.0) for sign in fold]
    if fold:
        spared[0] = FIRST_SIGN.get(fold[0], spared[0])
    if len(fold) > 1:
        spared[-1] = LAST_SIGN.get(fold[-1], spared[-1])
    if fold[:1] == "i" and fold[1:2] in _ANY:
        spared[0] = Y_BEFORE
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
        before = row[0]
        left = lowest = before + cost
        below = [left]
        for sign, unheard, above in zip(fold, spared, row[1:], strict=True):
            # without `min`, which would be called for each sign of each letter
            met = before if sign in sounds else before + 1.0
            left += unheard
            if above + cost < left:  # noqa: PLR1730
                left = above + cost
            if met < left:  # noqa: PLR1730
                left = met
            if left < lowest:  # noqa: PLR1730
                lowest = left
            below.append(left)
            before = above
        if lowest > allowed:
            return 0.0
        row = below
    return max(0.0, 1.0 - row[width] / most)
