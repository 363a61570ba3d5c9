"""Hangul syllables in Latin letters: Revised Romanisation, McCune-Reischauer and what people use.

Sources: the Ministry of Culture's notice 2000-8 (RR), McCune and Reischauer 1939, the usage of
the North's news agency and of South Korean passports; from memory, unverified.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.names.characters.syllables import Spellings

__all__ = ["DOUBLE_SURNAMES", "Sign", "revised", "signs_of", "spellings"]

_ONSETS = (
    ("g", "k"), ("kk", "gg", "k", "g"), ("n", "r", ""), ("d", "t"), ("tt", "dd", "t", "d"),
    ("r", "l", "n", "", "rh"), ("m",), ("b", "p"), ("pp", "bb", "p", "b"), ("s", "sh"),
    ("ss", "s", "sh"), ("",), ("j", "ch", "z", "c", "dj", "tch"), ("jj", "tch", "j", "ch"),
    ("ch", "c", "tch"), ("k", "kh"), ("t", "th"), ("p", "ph", "f"), ("h",),
)  # fmt: skip
_VOWELS = (
    ("a", "ah"), ("ae", "ai", "e", "ay"), ("ya", "ia"), ("yae", "yai"),
    ("eo", "o", "u", "ou", "eu"), ("e", "ae", "eh"), ("yeo", "yo", "you", "yu", "ou", "u"),
    ("ye", "e", "ie"), ("o", "oh"),
    ("wa", "oa"), ("wae", "wai", "oae"), ("oe", "oi", "we", "wei"), ("yo", "io"),
    ("u", "oo", "ou", "woo", "wu"), ("wo", "weo", "won", "uo"), ("we", "wei"), ("wi", "ui", "wee"),
    ("yu", "yoo", "you", "iu"), ("eu", "u", "oo", "o"), ("ui", "eui", "ee", "i", "ue", "y"),
    ("i", "ee", "yi", "ie", "y"),
)  # fmt: skip
_CODAS = (
    ("",), ("k", "g", "ck"), ("k", "g"), ("k", "g"), ("n",), ("n",), ("n",), ("t", "d"),
    ("l", "r", "ll"), ("k", "lk", "lg"), ("m", "lm"), ("l",), ("l",), ("l",), ("l", "lp"), ("l",),
    ("m",), ("p", "b"), ("p",), ("t", "s", "d"), ("t", "ss", "d"), ("ng", "n"), ("t", "j"), ("t",),
    ("k",), ("t",), ("p",), ("", "h"),
)  # fmt: skip
_FIRST, _BLOCK, _PER_ONSET = 0xAC00, 11_172, 588
_AS_SURNAME = {
    "이": ("yi", "lee", "i", "ri", "rhee", "li", "rhie", "leigh", "yee"),
    "리": ("ri", "lee", "yi", "rhee", "li", "i"),
    "최": ("choe", "choi", "ch'oe", "che", "choy", "chwe"),
    "박": ("bak", "pak", "park", "bark", "pahk"),
    "정": ("jeong", "chong", "jung", "chung", "jong", "cheong"),
    "조": ("jo", "cho", "joe"),
    "노": ("no", "roh", "noh", "ro", "rho"),
    "로": ("ro", "roh", "no", "noh", "rho"),
    "임": ("im", "lim", "rim", "yim", "leem"),
    "림": ("rim", "lim", "im", "yim"),
    "유": ("yu", "yoo", "ryu", "you", "ryoo", "yoo", "lyu"),
    "류": ("ryu", "yu", "yoo", "lyu", "you", "ryoo"),
    "양": ("yang", "ryang", "lyang"),
    "여": ("yeo", "ryeo", "yo", "ryo", "lyo"),
    "나": ("na", "ra", "nah", "rah"),
    "오": ("o", "oh"),
    "우": ("u", "woo", "wu"),
    "허": ("heo", "ho", "hur", "huh", "her"),
    "서": ("seo", "so", "suh", "sur"),
    "어": ("eo", "o", "uh"),
    "구": ("gu", "ku", "koo", "goo"),
    "문": ("mun", "moon"),
    "신": ("sin", "shin"),
    "심": ("sim", "shim"),
    "강": ("gang", "kang"),
    "김": ("gim", "kim", "ghim"),
    "윤": ("yun", "yoon", "youn"),
    "성": ("seong", "song", "sung"),
    "전": ("jeon", "chon", "jon", "jun", "chun"),
    "연": ("yeon", "yon", "ryon", "youn"),
}  # fmt: skip
DOUBLE_SURNAMES = frozenset(
    {"남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절", "어금"}
)


@lru_cache(maxsize=16384)
def _spelt(syllable: str) -> tuple[str, ...]:
    place = ord(syllable) - _FIRST
    if not 0 <= place < _BLOCK:
        return ("",)
    onset, rest = divmod(place, _PER_ONSET)
    vowel, coda = divmod(rest, len(_CODAS))
    ways = [o + v + c for v in _VOWELS[vowel] for o in _ONSETS[onset] for c in _CODAS[coda]]
    return tuple(dict.fromkeys((*_AS_SURNAME.get(syllable, ()), *ways)))


def spellings(word: str) -> Spellings:
    """Give each syllable's spellings, those of surnames first."""
    return tuple(map(_spelt, word))


Sign = tuple[int, int, str]
"""An onset and a vowel by their places, and a coda by its first spelling."""


@lru_cache(maxsize=4096)
def signs_of(letters: str) -> frozenset[Sign]:
    """Give the syllables that Latin letters may spell; none where they are no single one."""
    found: set[Sign] = set()
    size = len(letters)
    if size > _LONGEST:
        return frozenset()
    for first in range(min(size, 3) + 1):
        onsets = _OF_ONSET.get(letters[:first], ())
        for last in range(first + 1, size + 1) if onsets else ():
            vowels, codas = _OF_VOWEL.get(letters[first:last], ()), _OF_CODA.get(letters[last:], ())
            found.update(product(onsets, vowels, codas))
    return frozenset(found)


_LONGEST = 7
"""Letters of a syllable at most."""


def _turned(parts: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, ways in enumerate(parts):
        for way in ways:
            found.setdefault(way, []).append(place)
    return found


_OF_ONSET, _OF_VOWEL = _turned(_ONSETS), _turned(_VOWELS)
_OF_CODA: dict[str, list[str]] = {
    way: sorted({_CODAS[place][0] for place in places}) for way, places in _turned(_CODAS).items()
}


def revised(word: str) -> str:
    """Give a word in the Revised Romanisation, syllable by syllable."""
    found = []
    for syllable in word:
        place = ord(syllable) - _FIRST
        if 0 <= place < _BLOCK:
            onset, rest = divmod(place, _PER_ONSET)
            vowel, coda = divmod(rest, len(_CODAS))
            found.append(_ONSETS[onset][0] + _VOWELS[vowel][0] + _CODAS[coda][0])
    return "".join(found)
