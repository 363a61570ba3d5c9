"""Korean names in Cyrillic letters, as Kontsevich and others wrote them, in Hangul syllables.

Ким Чен Ын is any of the syllables that these letters may stand for: they tell no ㅗ from ㅓ. From
the tables of Kontsevich and Kholodovich and from the usage of newspapers, from memory, unverified
at the publishers; looked up on 2026-11-27 in encyclopaedias only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from undaunted.engines.names.characters.palladius import as_russian

__all__ = ["SURNAMES", "Syllable", "read_kontsevich"]

Syllable = tuple[str, ...]
"""The Hangul syllables that one in Cyrillic letters may be, the usual one first."""


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split(" "))


_ONSETS = _pairs(
    "=ㅇ к=ㄱㅋ г=ㄱ кк=ㄲ кх=ㅋ н=ㄴㄹ т=ㄷㅌ д=ㄷ тт=ㄸ тх=ㅌ р=ㄹ л=ㄹㅇ м=ㅁ п=ㅂㅍ"
    " б=ㅂ пп=ㅃ пх=ㅍ с=ㅅ ш=ㅅ сс=ㅆ ч=ㅈㅊ чж=ㅈ дж=ㅈ чх=ㅊ ц=ㅊ х=ㅎ"
)
_NUCLEI = _pairs(
    "а=ㅏ э=ㅐㅔㅓ я=ㅑ о=ㅗㅓ е=ㅓㅔㅕㅖㅐ ё=ㅕㅛ ве=ㅚㅞ ва=ㅘ вэ=ㅙㅚ ой=ㅚ у=ㅜ во=ㅝ ви=ㅟ"
    " ю=ㅠ ы=ㅡ ый=ㅢ и=ㅣㅢ йе=ㅖ йо=ㅕㅛ ьо=ㅕㅛ"
)
_CODAS = _pairs("= к=ㄱ г=ㄱ н=ㄴㅇ нъ=ㅇ нг=ㅇ ль=ㄹ л=ㄹ р=ㄹ м=ㅁ п=ㅂ б=ㅂ т=ㅅ")
_OF_ONSET, _OF_NUCLEUS = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
    "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
)
_OF_CODA = {"": 0, "ㄱ": 1, "ㄴ": 4, "ㄹ": 8, "ㅁ": 16, "ㅂ": 17, "ㅅ": 19, "ㅇ": 21}
_FIRST, _PER_ONSET, _PER_NUCLEUS = 0xAC00, 588, 28
_LONGEST = 6
"""Letters of a syllable at most."""
_NO_GLIDE = frozenset("ㅑㅕㅖㅛㅠ")
"""What is not said behind ㅈ and ㅊ."""
_SYLLABLE = re.compile(
    "(к[кх]|т[тх]|п[пх]|сс|ч[жх]|дж|[кгнтдрлмпбсшчцх])?"
    "(ый|ой|в[аеэои]|й[ео]|ьо|[аэяоеёуюыи])"
    "(н[ъг]|ль|[кгнлрмпбт])?"
)
SURNAMES = frozenset(
    "김이리박최정조강윤장임림한오서신권황안송유류노로홍전문손양량배백허남심구곽성차주우나라민진지엄원천방반공현함변"
    "염렴여려추도석선설마길위표명기옥육맹제탁국연태고편모봉사경채소어은인하용음예부두복왕금피감팽승간빈"
)
_FEWEST_WORDS, _MOST_WORDS, _MOST_READINGS = 2, 3, 3


def read_kontsevich(words: tuple[str, ...]) -> tuple[tuple[Syllable, ...], ...]:
    """Give what a name in Cyrillic may be, surname first and then one or two syllables.

    Nothing where its first word is no Korean surname, or others are no such syllables.
    """
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or len(words[0]) > _LONGEST:
        return ()
    first, *others = as_russian(words)
    surname = tuple(sign for sign in _heard(first) if sign in SURNAMES)
    if not surname:
        return ()
    given = _cut(others[0]) if len(others) == 1 else [tuple(map(_heard, others))]
    found = [(surname, *each) for each in given if all(each)]
    return tuple(found[:_MOST_READINGS])


def _cut(word: str) -> list[tuple[Syllable, ...]]:
    """Give every way to cut a word into two syllables, and the word as one."""
    if len(word) > 2 * _LONGEST:
        return []
    cuts = [(_heard(word[:at]), _heard(word[at:].removeprefix("ъ"))) for at in range(1, len(word))]
    return [*cuts, (_heard(word),)]


@lru_cache(maxsize=4096)
def _heard(word: str) -> Syllable:
    """Give the Hangul syllables that a Cyrillic one may be; none where it is none."""
    met = _SYLLABLE.fullmatch(word)
    if met is None:
        return ()
    onset, nucleus, coda = met.group(1) or "", met.group(2), met.group(3) or ""
    return tuple(
        chr(
            _FIRST
            + _OF_ONSET.index(one) * _PER_ONSET
            + _OF_NUCLEUS.index(other) * _PER_NUCLEUS
            + _OF_CODA[last]
        )
        for one, other, last in product(_ONSETS[onset], _NUCLEI[nucleus], _CODAS[coda] or ("",))
        if one not in "ㅈㅊ" or other not in _NO_GLIDE
    )
