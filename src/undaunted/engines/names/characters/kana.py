"""Kana in Latin letters, by Hepburn: long vowels as one, since passports drop them."""

from __future__ import annotations

import unicodedata

__all__ = ["hepburn", "short_vowels"]

_ROWS = (
    ("アイウエオ", "a i u e o"), ("カキクケコ", "ka ki ku ke ko"), ("ガギグゲゴ", "ga gi gu ge go"),
    ("サシスセソ", "sa shi su se so"), ("ザジズゼゾ", "za ji zu ze zo"),
    ("タチツテト", "ta chi tsu te to"), ("ダヂヅデド", "da ji zu de do"),
    ("ナニヌネノ", "na ni nu ne no"), ("ハヒフヘホ", "ha hi fu he ho"),
    ("バビブベボ", "ba bi bu be bo"), ("パピプペポ", "pa pi pu pe po"),
    ("マミムメモ", "ma mi mu me mo"), ("ヤユヨ", "ya yu yo"), ("ラリルレロ", "ra ri ru re ro"),
    ("ワヰヱヲンヴ", "wa i e o n vu"),
)  # fmt: skip
_KANA = {k: v for kana, ways in _ROWS for k, v in zip(kana, ways.split(), strict=True)}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_TO_KATAKANA = {c: c + 0x60 for c in range(0x3041, 0x3097)}


def hepburn(word: str) -> str:
    """Give kana in Hepburn without long vowels; what is no kana is left out."""
    said: list[str] = []
    for sign in unicodedata.normalize("NFKC", word).translate(_TO_KATAKANA):
        if sign in _SMALL and said:
            said[-1] = _joined(said[-1], _SMALL[sign])
        elif sign in _KANA:
            said.append(_KANA[sign])
    return short_vowels("".join(said))


def short_vowels(letters: str) -> str:
    """Give Hepburn with long vowels as one."""
    for long, short in (("ou", "o"), ("oo", "o"), ("uu", "u")):
        letters = letters.replace(long, short)
    return letters


def _joined(before: str, small: str) -> str:
    if before.endswith(("shi", "chi", "ji")):
        return before[:-1] + small.lstrip("y")
    return before[:-1] + small
