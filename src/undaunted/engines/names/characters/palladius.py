"""Chinese names in Cyrillic letters, as Palladius wrote them, in pinyin: Чжу Хайлунь is Zhu Hailun.

The table is made by rules; they give what pypinyin 0.55.0 (MIT licence, looked up on 2026-11-27)
gives in Cyrillic, and read besides what newspapers write otherwise. Ukrainian and Belarusian
letters are read as the Russian ones that stand for the same sounds.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["as_russian", "palladius_of", "read_palladius"]


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INITIALS = _pairs(
    "b=б p=п m=м f=ф d=д t=т n=н l=л g=г k=к h=х j=цз q=ц x=с zh=чж ch=ч sh=ш r=ж z=цз c=ц s=с"
)
_FINALS = _pairs(
    "a=а ai=ай an=ань ang=ан ao=ао e=э ei=эй en=энь eng=эн o=о ong=ун ou=оу i=и ia=я ian=янь"
    " iang=ян iao=яо ie=е in=инь ing=ин iong=юн iu=ю u=у ua=уа uai=уай uan=уань uang=уан ui=уй"
    " un=унь uo=о v=юй ve=юэ van=юань vn=юнь"
)
_ALONE = _pairs(
    "a=а ai=ай an=ань ang=ан ao=ао e=э ei=эй en=энь eng=эн er=эр o=о ou=оу yi=и ya=я yan=янь"
    " yang=ян yao=яо ye=е yin=инь ying=ин yong=юн you=ю wu=у wa=ва wai=вай wan=вань wang=ван"
    " wei=вэй wen=вэнь weng=вэн wo=во yu=юй yue=юэ yuan=юань yun=юнь"
)
_LIPS, _SOFT, _HISSING = frozenset("bpmf"), frozenset("jqx"), frozenset("zcs")
"""Initials before o; those after which pinyin writes u for ü; those after which an i is an ы."""
_HARD_ONES = frozenset({"zh", "ch", "sh", "r", "z", "c", "s", "g", "k", "h", "f"})
_OF_U = frozenset({"u", "ue", "uan", "un"})
_WRITTEN = {"hui": "хуэй"}
_ALSO = _pairs(
    "хой=hui дуо=duo туо=tuo суо=suo шуо=shuo чжуо=zhuo чуо=chuo чжы=zhi чы=chi шы=shi жы=ri"
)
"""What is written beside the rules; an ы also where Ukrainians have one letter for и and ы."""
_DOUBLE = _words(
    "оуян сыма чжугэ шангуань сяхоу дунфан хуанфу юйчи гунсунь мужун линху юйвэнь чжансунь сыту"
    " сыкун дуаньму сюаньюань дугу наньгун"
)
"""Surnames of two syllables."""
_LONGEST, _MOST_SYLLABLES, _FEWEST_WORDS = 6, 4, 2
_VOWELS = frozenset("аэоуиеёюя")
_SIGN = "ъ"
_UKRAINIAN = str.maketrans({"и": "ы", "і": "и", "ї": "и", "є": "е"})


def as_russian(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give words in small Russian letters; an і in one tells that и is ы in all."""
    low = tuple(word.lower() for word in words)
    if any("і" in word or "ї" in word for word in low):
        return tuple(word.translate(_UKRAINIAN) for word in low)
    return low


def palladius_of(syllable: str) -> str:
    """Give a syllable of pinyin in Cyrillic letters; v stands for ü."""
    if found := _WRITTEN.get(syllable) or _ALONE.get(syllable):
        return found
    size = 2 if syllable[:2] in _INITIALS else 1
    initial, final = syllable[:size], syllable[size:]
    if final == "i" and initial in _HISSING:
        return _INITIALS[initial] + "ы"
    if (initial in _SOFT and final in _OF_U) or final == "ue":
        final = final.replace("u", "v")
    return _INITIALS[initial] + _FINALS[final]


def _goes(initial: str, final: str) -> bool:
    """Say whether a final stands behind an initial, so far as others would be written so."""
    if initial in _SOFT:
        return final in _OF_U or final[0] == "i"
    if final[0] == "v":
        return initial in ("n", "l")
    if final in ("o", "uo"):
        return (initial in _LIPS) is (final == "o")
    return final != "ue" and (final == "i" or final[0] != "i" or initial not in _HARD_ONES)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Give pinyin by Cyrillic syllables; an е for an э is read where nothing else is so written."""
    finals = (*_FINALS, "ue")
    made = [one + other for one in _INITIALS for other in finals if _goes(one, other)]
    found = {palladius_of(syllable): syllable for syllable in (*made, *_ALONE)}
    for written, syllable in tuple(found.items()):
        found.setdefault(written.replace("э", "е"), syllable)
    return _ALSO | found


def read_palladius(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give a name in pinyin; nothing where a word is not Chinese, or no surname is at an end."""
    if len(words) < _FEWEST_WORDS:
        return None
    told = as_russian(words)
    if not (_may_be_surname(told[0]) or _may_be_surname(told[-1])):
        return None
    found = [cut for word in told if (cut := _cut(word, _MOST_SYLLABLES))]
    if len(found) < len(told) or sum(map(len, found)) > _MOST_SYLLABLES:
        return None
    return tuple("".join(cut).replace("v", "ü") for cut in found)


def _may_be_surname(word: str) -> bool:
    return word in _table() or word in _DOUBLE


def _cut(word: str, most: int) -> tuple[str, ...] | None:
    """Cut a word into syllables; behind н one with a vowel at its head needs a sign before it."""
    if not word:
        return ()
    for size in range(min(_LONGEST, len(word)), 0, -1) if most else ():
        syllable, rest = _table().get(word[:size]), word[size:]
        if syllable is None or (word[size - 1] == "н" and rest[:1] in _VOWELS):
            continue
        behind = _cut(rest.removeprefix(_SIGN), most - 1)
        if behind is not None:
            return (syllable, *behind)
    return None
