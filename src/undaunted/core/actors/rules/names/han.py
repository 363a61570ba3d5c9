"""Chinese names: Pinyin and the older Wade-Giles of Taiwan, surname first."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from undaunted.core.actors.rules.names.latin import romanise_by_table

__all__ = ["romanise_han"]

_CACHED_SIGNS: Final = 32_768
_LONGEST_NAME: Final = 4
_SPLIT: Final = re.compile(r"[\s·•・‧.,]+")

# Signs that are read otherwise in a surname.
_SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou",
    "區": "ou", "任": "ren", "盖": "ge", "朴": "piao", "覃": "qin", "乐": "yue", "樂": "yue",
    "缪": "miao", "繆": "miao", "翟": "zhai", "华": "hua", "冼": "xian", "黑": "he", "种": "chong",
    "召": "shao", "员": "yun", "祭": "zhai", "尹": "yin", "宓": "mi", "訾": "zi", "佴": "nai",
}  # fmt: skip
_LONG_SURNAMES: Final = (
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲",
    "公孙", "公孫", "慕容", "司徒", "令狐", "夏侯", "长孙", "長孫", "宇文", "独孤", "獨孤", "南宫",
    "南宮", "东郭", "東郭", "西门", "西門", "呼延", "端木", "拓跋", "范姜", "張簡",
)  # fmt: skip
_LONG_READINGS: Final = {"尉迟": "yuchi", "尉遲": "yuchi", "长孙": "zhangsun", "長孫": "zhangsun"}

_WADE_INITIALS: Final = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"),
    ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip
_WADE_FINALS: Final = {
    "ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "ue": "ueh", "uo": "o", "yan": "yen",
    "ye": "yeh", "you": "yu", "yong": "yung", "yue": "yueh",
}  # fmt: skip
_WADE_WHOLE: Final = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu",
    "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo", "yi": "i", "er": "erh", "he": "ho",
    "ge": "ko", "ke": "ko", "e": "o", "gui": "kuei", "kui": "kuei", "zhe": "che", "che": "che",
}  # fmt: skip


def romanise_han(text: str) -> tuple[str, ...]:
    """Give Pinyin with the given name joined and apart, and Wade-Giles joined and apart."""
    words = [word for word in _SPLIT.split(text) if word]
    if len(words) > 2 or (words and len("".join(words)) > _LONGEST_NAME):  # noqa: PLR2004
        # A foreign name by its sound, or more than a name: word by word, nothing is a surname.
        parts = [[_reading(sign) for sign in word] for word in words]
        joined = " ".join("".join(part) for part in parts)
        return tuple(dict.fromkeys((joined, " ".join(" ".join(part) for part in parts))))
    surname, given = _parted(words)
    syllables = [_reading(sign) for sign in given]
    family = _LONG_READINGS.get(surname) or "".join(
        _SURNAMES.get(sign) or _reading(sign) for sign in surname
    )
    old_family = "".join(_wade(_SURNAMES.get(sign) or _reading(sign)) for sign in surname)
    old = [_wade(syllable) for syllable in syllables]
    found = (
        f"{family} {''.join(syllables)}",
        f"{family} {' '.join(syllables)}",
        f"{old_family} {''.join(old)}",
        f"{old_family} {' '.join(old)}",
    )
    return tuple(dict.fromkeys(one.strip() for one in found))


def _parted(words: list[str]) -> tuple[str, str]:
    if len(words) > 1:
        return words[0], words[1]
    whole = "".join(words)
    length = 2 if whole.startswith(_LONG_SURNAMES) else 1
    return whole[:length], whole[length:]


@lru_cache(maxsize=_CACHED_SIGNS)
def _reading(sign: str) -> str:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - a quarter of a second to load

    readings = PINYIN_DICT.get(ord(sign))
    if readings is None:
        return romanise_by_table(sign)[0].replace(" ", "")
    first = unicodedata.normalize("NFD", readings.split(",")[0].replace("ü", "u"))
    return "".join(letter for letter in first if letter.isascii())


@lru_cache(maxsize=1024)
def _wade(syllable: str) -> str:
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    if syllable in _WADE_FINALS:
        return _WADE_FINALS[syllable]
    for pinyin, wade in _WADE_INITIALS:
        if syllable.startswith(pinyin):
            final = syllable.removeprefix(pinyin)
            return wade + _WADE_FINALS.get(final, final)
    return syllable[:1] + _WADE_FINALS.get(syllable[1:], syllable[1:])
