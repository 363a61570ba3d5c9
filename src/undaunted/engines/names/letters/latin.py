"""Latin letters to sounds: one folding for every language's way of writing the same name.

A *fold* has one sign a sound, whatever the spelling: ``S`` for sh, sch, š, ş; ``C`` for ch, tch,
č; ``Z`` for zh, ž; ``J`` for dj, dzh; ``c`` for ts. A *skeleton* is a fold without its vowels and
with sounds made one that spellings confuse. The rules are ours, from memory of the tables of
BGN/PCGN, ICAO 9303, ALA-LC and ISO 9: unverified at the publishers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

__all__ = ["VOWELS", "bare", "folds_of", "plain", "skeleton_of", "undoubled"]

VOWELS = frozenset("aeiou")

_LETTERS = str.maketrans(
    {
        "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ž": "zh", "ź": "zh", "ż": "zh",
        "ł": "l", "đ": "dj", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o",
        "ı": "i", "ə": "a", "ħ": "h", "ŋ": "ng", "ţ": "ts", "ț": "ts", "ĸ": "k", "ǰ": "j",
        "ʼ": None, "ʹ": None, "ʺ": None, "ʿ": None, "ʾ": None,
    }
)  # fmt: skip

_BARE = str.maketrans("łđðøıəħŋþßæœ", "lddoiahntsao")

_SOUNDS = {
    "shtsh": "S", "schtsch": "S", "chtch": "S", "shch": "S", "stsch": "S",
    "tsch": "C", "tch": "C", "tsh": "C", "sch": "S", "sh": "S", "ch": "C", "cz": "C",
    "dzh": "J", "dsch": "J", "dj": "J", "dž": "J", "jh": "J",
    "zh": "Z", "kh": "h", "gh": "g", "ph": "f", "th": "t", "dh": "d", "bh": "b",
    "tz": "c", "ts": "c", "ck": "k", "cq": "k", "cc": "k", "qu": "k", "q": "k", "x": "ks", "w": "v",
    "ce": "se", "ci": "si", "cy": "si", "c": "k",
    "oou": "u", "ou": "u", "oo": "u", "eu": "eu",
    "iyy": "i", "iy": "i", "ij": "i", "ii": "i", "yi": "i", "yy": "i", "yj": "i", "ee": "i",
    "ay": "e", "ai": "e", "aj": "e", "ey": "e", "ei": "e", "ej": "e", "ae": "e", "ie": "e",
    "ye": "e", "je": "e", "y": "i",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1")
_TWO_SOUNDS = re.compile("([tdkgsb])(?=h)")
_SLAVIC = ("ov", "ova", "ev", "eva")
_LONG = 6
"""Letters of a word from which a Baltic ending may be cut."""
_BEFORE_H = VOWELS | {"k"}
"""Letters behind which a last h may be heard: Salih, Shaykh."""
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_SAME = str.maketrans("ZCJcfkqz", "SSSsvkks")
_NO_VOWEL = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Give a word of Latin letters in a to z and 0 to 9, in lower case."""
    low = word.lower()
    if low.isascii():
        return "".join(filter(str.isalnum, low))
    low = low.translate(_LETTERS)
    split = unicodedata.normalize("NFD", low)
    return "".join(c for c in split if c.isascii() and c.isalnum())


def bare(word: str) -> str:
    """Give a word as keyboards without signs write it: Şahin as sahin, Żółć as zolc."""
    split = unicodedata.normalize("NFD", word.lower().translate(_BARE))
    return "".join(c for c in split if c.isascii() and c.isalnum())


def undoubled(letters: str) -> str:
    """Give letters with one for each that stands twice or more."""
    if not _DOUBLE.search(letters):
        return letters
    return "".join(letter for letter, _ in groupby(letters))


def _folded(letters: str) -> str:
    if letters[:2] in ("ie", "ye", "je"):
        letters = letters[1:]
    sounds = _SOUND.sub(lambda met: _SOUNDS[met.group()], letters)
    found = undoubled(sounds)
    return (_FINAL_H.sub("", found) if found[-1:] == "h" else found) or sounds


@lru_cache(maxsize=1 << 10)
def folds_of(letters: str) -> tuple[str, ...]:
    """Give the ways to say some plain letters, the usual one first.

    A j is an i to Slavs and Germans and a dj to the English; a c may be a ts or, where its hook was
    lost, a ch, and to the French an s; an umlaut may be written with an e; th and the like may be
    two sounds; an h at the end may be heard, and an s there may be Latvian grammar.
    """
    ways = [_folded(letters.replace("j", "dj") if "j" in letters else letters)]
    if "j" in letters:
        ways.append(_folded(letters.replace("dj", "J").replace("j", "i")))
    if letters[:1] == "q" and letters.endswith(_SLAVIC):
        # as Azeris write Guliyev and Gasimov
        ways.append(_folded("g" + letters[1:]))
    if "dj" in letters:
        ways.append(_folded(letters.replace("dj", "d")))
    if "c" in letters and "c" in letters.replace("ch", "").replace("ck", ""):
        ways.append(_folded(re.sub("c(?![hkzq])", "ch", letters)))
        ways.append(_folded(re.sub("c(?![hkzq])", "s", letters)))
    if "h" in letters and _TWO_SOUNDS.search(letters):
        ways.append(
            _folded(_TWO_SOUNDS.sub(lambda met: met.group() + "\0", letters)).replace("\0", "")
        )
    if letters[-1:] == "h" and letters[-2:-1] in _BEFORE_H:
        heard = letters if "dj" in letters else letters.replace("j", "dj")
        ways.append(_folded(heard + "\0").replace("\0", ""))
    if len(letters) >= _LONG and letters[-1] == "s":
        ways.append(_folded(letters.rstrip("s")))
    if "ue" in letters or "oe" in letters:
        ways.append(_folded(letters.replace("ue", "u").replace("oe", "o")))
    return tuple(dict.fromkeys(ways))


@lru_cache(maxsize=1 << 10)
def skeleton_of(fold: str) -> str:
    """Give a fold without vowels but a first one, confusable sounds made one."""
    head = "a" if fold[:1] in VOWELS else ""
    return head + undoubled(fold.translate(_SAME).translate(_NO_VOWEL))
