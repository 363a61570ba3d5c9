"""Korean names: Revised Romanization, and as people spell their own.

Syllables of a name are romanised one by one: names are written without the sound changes between
syllables (Korean Ministry of Culture, notification 2000-8, article 3.4).
"""

from __future__ import annotations

from typing import Final

from undaunted.core.actors.rules.names.latin import romanise_by_table

__all__ = ["romanise_hangul"]

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_MEDIALS: Final = 21
_FINALS: Final = 28

_INITIAL: Final = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
)  # fmt: skip
_MEDIAL: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_FINAL: Final = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
# The spelling of the North and of the older press: Kim Jong Un, Ri Sol Ju.
_OLD_INITIAL: Final = ("k", *_INITIAL[1:7], "p", *_INITIAL[8:])
_OLD_MEDIAL: Final = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "u", "ui", "i",
)  # fmt: skip
# What bearers of a name prefer: Jung, Young, Soo.
_OWN_MEDIAL: Final = (
    "a", "ae", "ya", "yae", "u", "e", "you", "ye", "o", "wa", "wae", "oe", "yo", "oo", "wo", "we",
    "wi", "yoo", "u", "ui", "i",
)  # fmt: skip

_SURNAMES: Final = {
    "김": "kim", "이": "lee", "리": "ri", "박": "park", "최": "choi", "정": "jung", "강": "kang",
    "조": "cho", "윤": "yoon", "장": "jang", "임": "lim", "림": "rim", "오": "oh", "한": "han",
    "신": "shin", "서": "seo", "권": "kwon", "황": "hwang", "안": "ahn", "송": "song", "류": "ryu",
    "유": "yoo", "전": "jeon", "홍": "hong", "고": "ko", "문": "moon", "양": "yang", "손": "son",
    "배": "bae", "백": "baek", "허": "hur", "남": "nam", "심": "shim", "노": "noh", "로": "ro",
    "하": "ha", "곽": "kwak", "성": "sung", "차": "cha", "주": "joo", "우": "woo", "구": "koo",
    "민": "min", "나": "na", "지": "ji", "엄": "um", "원": "won", "천": "chun", "방": "bang",
    "공": "kong", "현": "hyun", "변": "byun", "여": "yeo", "태": "thae", "길": "gil", "연": "yeon",
}  # fmt: skip
_LONG_SURNAMES: Final = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방")


def romanise_hangul(text: str) -> tuple[str, ...]:
    """Give Revised Romanization, the older spelling, and the surname as its bearers spell it.

    Each is given with the syllables of the given name joined, and with them apart.
    """
    surname, given = _parted(text)
    found: list[str] = []
    for initials, medials in (
        (_INITIAL, _MEDIAL),
        (_OLD_INITIAL, _OLD_MEDIAL),
        (_INITIAL, _OWN_MEDIAL),
    ):
        syllables = [_syllable(sign, initials, medials) for sign in given]
        first = "".join(_syllable(sign, initials, medials) for sign in surname)
        for family in dict.fromkeys((first, _SURNAMES.get(surname, first))):
            found += (f"{family} {''.join(syllables)}", f"{family} {' '.join(syllables)}")
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


def _parted(text: str) -> tuple[str, str]:
    words = text.split()
    if len(words) > 1:
        return words[0], "".join(words[1:])
    whole = "".join(words)
    length = 2 if whole.startswith(_LONG_SURNAMES) else 1
    return whole[:length], whole[length:]


def _syllable(sign: str, initials: tuple[str, ...], medials: tuple[str, ...]) -> str:
    place = ord(sign) - _FIRST
    if not 0 <= place <= _LAST - _FIRST:
        return romanise_by_table(sign)[0]
    initial, rest = divmod(place, _MEDIALS * _FINALS)
    medial, final = divmod(rest, _FINALS)
    return initials[initial] + medials[medial] + _FINAL[final]
