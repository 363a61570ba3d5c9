"""Han characters in Latin letters: every reading of pinyin, Wade-Giles, and surnames overseas.

Readings are pypinyin's table (MIT). Wade-Giles and Tongyong are made from pinyin by their rules;
the Hokkien and Korean spellings of surnames are ours, from common usage: unverified.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate
from typing import TYPE_CHECKING, cast

from undaunted.engines.names.characters.han_surnames import DOUBLE_SURNAMES, OVERSEAS

if TYPE_CHECKING:
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

    from undaunted.engines.names.characters.syllables import Spellings

__all__ = ["DOUBLE_SURNAMES", "pinyin", "spellings", "tongyong_of", "wade_giles", "wade_of"]

_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k",
    "j": "ch", "q": "ch", "x": "hs", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_FINALS = {
    "ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ve": "ueh", "ue": "ueh",
    "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "you": "yu", "uo": "o",
}  # fmt: skip
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu",
    "si": "szu", "shuo": "shuo", "er": "erh", "yi": "i", "you": "yu", "xu": "hsu", "xi": "hsi",
    "guo": "kuo", "huo": "huo", "he": "ho", "ke": "ko", "ge": "ko", "gui": "kuei", "kui": "kuei",
    "hui": "hui", "nuo": "no", "luo": "lo", "zuo": "tso", "cuo": "tso", "suo": "so", "yan": "yen",
    "ye": "yeh", "yue": "yueh", "yong": "yung", "zhou": "chou", "jiang": "chiang",
}  # fmt: skip

_TONGYONG = {"zh": "jh", "q": "c", "x": "s", "wen": "wun", "weng": "wong", "feng": "fong"}
_TONGYONG_FINALS = {"iu": "iou", "ui": "uei", "v": "yu", "ve": "yue", "iong": "yong"}
_BUZZING, _SOFT_ONES = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"}), frozenset("jqx")


@lru_cache(maxsize=1)
def _readings() -> tuple[array[int], array[int], str]:
    """Give characters, where the readings of each begin and end, and all readings in one text.

    The table of characters alone is loaded, and not kept: the package would take fifty megabytes,
    a dictionary of forty thousand strings seven.
    """
    locations = cast("ModuleSpec", find_spec("pypinyin")).submodule_search_locations
    spec = cast("ModuleSpec", PathFinder.find_spec("pinyin_dict", locations))
    table = module_from_spec(spec)
    cast("Loader", spec.loader).exec_module(table)
    found: dict[int, str] = table.pinyin_dict
    characters = sorted(found)
    told = [found[character] for character in characters]
    ends = accumulate(map(len, told), initial=0)
    return array("I", characters), array("I", ends), "".join(told)


def _readings_of(character: str) -> str:
    """Give the readings of a character with their tones, parted by commas; none of an unknown."""
    characters, ends, told = _readings()
    at = bisect_left(characters, ord(character))
    if at == len(characters) or characters[at] != ord(character):
        return ""
    return told[ends[at] : ends[at + 1]]


def _toneless(reading: str) -> str:
    split = unicodedata.normalize("NFD", reading)
    letters = "".join(c for c in split if c == "\u0308" or not unicodedata.combining(c))
    return letters.replace("u\u0308", "v")


def wade_of(syllable: str) -> str:
    """Give a syllable of pinyin in Wade-Giles without its signs."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    size = 2 if syllable[:2] in _INITIALS else 1
    initial, final = syllable[:size], syllable[size:]
    if initial not in _INITIALS:
        return _FINALS.get(syllable, initial + _FINALS.get(final, final))
    return _INITIALS[initial] + _FINALS.get(final, final).replace("v", "u")


def tongyong_of(syllable: str) -> str:
    """Give a syllable of pinyin in Tongyong, the spelling of Taiwan from 2002 to 2008."""
    size = 2 if syllable[:2] in _INITIALS else 1
    initial, final = syllable[:size], syllable[size:]
    if final == "i" and initial in _BUZZING:
        final = "ih"
    elif initial in _SOFT_ONES and final[0] == "u":
        final = "y" + final
    whole = _TONGYONG.get(initial, initial) + _TONGYONG_FINALS.get(final, final)
    return _TONGYONG.get(syllable, whole)


def _spelt_as_in(syllable: str) -> tuple[str, ...]:
    ways = [syllable.replace("v", "u"), syllable.replace("v", "yu")] if "v" in syllable else []
    return (syllable, *ways, wade_of(syllable), tongyong_of(syllable))


@lru_cache(maxsize=16384)
def _spelt(character: str) -> tuple[str, ...]:
    readings = filter(None, _readings_of(character).split(","))
    syllables = dict.fromkeys(map(_toneless, readings))
    ways = [way for syllable in syllables for way in _spelt_as_in(syllable)]
    return tuple(dict.fromkeys((*ways, *OVERSEAS.get(character, ())))) or ("",)


def spellings(word: str) -> Spellings:
    """Give each character's spellings, the usual pinyin first."""
    return tuple(map(_spelt, word))


def wade_giles(word: str) -> str:
    """Give a word in Wade-Giles without its signs, each character by its usual reading."""
    return "".join(wade_of(_spelt(character)[0]) for character in word)


def pinyin(word: str) -> str:
    """Give a word in pinyin without tones, each character by its usual reading."""
    return "".join(_spelt(character)[0] for character in word)
