"""Japanese names in Cyrillic letters, as Polivanov wrote them, in Hepburn: Синдзо is Shinzo.

From the rules of his table of 1917, from memory, unverified; long vowels as one, as in passports.
"""

from __future__ import annotations

from undaunted.engines.names.characters.kana import short_vowels

__all__ = ["read_polivanov"]

_ROWS = (
    "а=a и=i у=u э=e о=o й=i",
    "ка=ka ки=ki ку=ku кэ=ke ко=ko кя=kya кю=kyu кё=kyo",
    "га=ga ги=gi гу=gu гэ=ge го=go гя=gya гю=gyu гё=gyo",
    "са=sa си=shi су=su сэ=se со=so ся=sha сю=shu сё=sho",
    "дза=za дзи=ji дзу=zu дзэ=ze дзо=zo дзя=ja дзю=ju дзё=jo",
    "та=ta ти=chi цу=tsu тэ=te то=to тя=cha тю=chu тё=cho",
    "да=da дэ=de до=do",
    "на=na ни=ni ну=nu нэ=ne но=no ня=nya ню=nyu нё=nyo",
    "ха=ha хи=hi фу=fu хэ=he хо=ho хя=hya хю=hyu хё=hyo",
    "ба=ba би=bi бу=bu бэ=be бо=bo бя=bya бю=byu бё=byo",
    "па=pa пи=pi пу=pu пэ=pe по=po пя=pya пю=pyu пё=pyo",
    "ма=ma ми=mi му=mu мэ=me мо=mo мя=mya мю=myu мё=myo",
    "я=ya ю=yu ё=yo ра=ra ри=ri ру=ru рэ=re ро=ro ря=rya рю=ryu рё=ryo",
    "ва=wa н=n нъ=n м=m",
)
_TABLE = {
    cyrillic: latin for row in _ROWS for cyrillic, latin in (p.split("=") for p in row.split())
}
_LONGEST = 3
_DOUBLED = {"кк": "k", "сс": "s", "тт": "t", "тц": "t", "пп": "p"}
_FEWEST_WORDS = 2


def read_polivanov(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Give a name in Hepburn; nothing where a word has a syllable that no Japanese one has."""
    if len(words) < _FEWEST_WORDS:
        return None
    found = [spelt for word in words if (spelt := _spelt(word.lower()))]
    return tuple(found) if len(found) == len(words) else None


def _spelt(word: str) -> str:
    """Give a word in Hepburn, the longest syllables first, or nothing."""
    said, place = "", 0
    while place < len(word):
        said += _DOUBLED.get(word[place : place + 2], "")
        place += word[place : place + 2] in _DOUBLED
        for size in range(_LONGEST, 0, -1):
            if syllable := _TABLE.get(word[place : place + size]):
                said, place = said + syllable, place + size
                break
        else:
            return ""
    return short_vowels(said)
