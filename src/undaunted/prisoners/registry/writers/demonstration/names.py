"""Names of people who do not exist, in the scripts of the five hypothetical states.

Given and family names are put together from invented parts; whoever bears one in the real world
does so by chance, and no record here is about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

__all__ = ["InventedName", "invent_name"]


@dataclass(frozen=True, slots=True)
class InventedName:
    """A name in Latin letters, another spelling of it, and as its bearer writes it."""

    latin: str
    variant: str
    native: str
    language: str


_LATIN_GIVEN = {
    "female": "Alvine Berta Cosima Detta Elfride Fenja Gisa Hedda Ilka Jorun Klea Lioba Malwine "
    "Nele Ottilie Runa Sunniva Thora Ulrika Wiebke",
    "male": "Anselm Bodo Caspar Detlev Ekkehard Falk Gero Hasso Ivo Jost Konrad Ludo Meinrad "
    "Notker Osric Ruprecht Sigbert Tilo Udo Wenzel",
}
_LATIN_FIRST = "Strel Hent Zend Tarl Rass Fritz Hofb Eber Bersen Lauen Festen Modenst Kra Wald"
_LATIN_LAST = "hofen mark egger lin sau burger stein eck rode weiler brandt mann au"
_SOUTH_GIVEN = {
    "female": "Amadora Belisa Corvina Delmira Esmina Florenza Grazela Ilaria Jovita Lisandra",
    "male": "Aurelio Bastiano Corvo Delmiro Eliseo Firmino Graziano Isandro Jovan Lisandro",
}
_SOUTH_FIRST = "Fire Tren Rufu Chico Vera Marg Pinc Bara Tea Bob Roma Velaz"
_SOUTH_LAST = "fly tino ssi lini dale velli ver monte quen zari guez dorra"
_CYRILLIC_GIVEN = {
    "female": "Злата Мирена Драгана Велимира Цвета Яромира Станка Ружена Божана Любица",
    "male": "Мусклер Владко Остоя Борвин Трифун Жарко Мильван Саво Димитар Радич",
}
_CYRILLIC_FIRST = "Стасс Клов Бордур Плек Тапи Йорг Халам Шпон Трав Зило Добр Ныро"
_CYRILLIC_LAST = "анов ович енко ский ев ар ичев уков илло ян"  # noqa: RUF001  (Cyrillic)
_ARABIC_GIVEN = {
    "female": "سلمى هالة رنيم لمياء شذا وجد نوار ريما سجى ديمة",
    "male": "سيف كنان رائد تيم غيث نزار وائل مجد هادي عاصم",
}
_ARABIC_FAMILY = "الرملي القناطري الساحلي الحوراني البحري الواحي الصخري النخلي المينائي الجسري"
_HAN_FAMILY = "虞 茅 滕 殷 邬 柏 窦 臧 伏 戚"
_HAN_GIVEN = "岚 澄 霁 砚 昀 舟 珩 溪 榆 霖 芷 朔"
_ROMAN = {
    "虞": "Yu", "茅": "Mao", "滕": "Teng", "殷": "Yin", "邬": "Wu", "柏": "Bai", "窦": "Dou",
    "臧": "Zang", "伏": "Fu", "戚": "Qi", "岚": "lan", "澄": "cheng", "霁": "ji", "砚": "yan",
    "昀": "yun", "舟": "zhou", "珩": "heng", "溪": "xi", "榆": "yu", "霖": "lin", "芷": "zhi",
    "朔": "shuo",
}  # fmt: skip
_ARABIC_ROMAN = {
    "سلمى": "Salma", "هالة": "Hala", "رنيم": "Ranim", "لمياء": "Lamya", "شذا": "Shadha",
    "وجد": "Wajd", "نوار": "Nawar", "ريما": "Rima", "سجى": "Saja", "ديمة": "Dima",
    "سيف": "Sayf", "كنان": "Kinan", "رائد": "Raed", "تيم": "Taym", "غيث": "Ghayth",
    "نزار": "Nizar", "وائل": "Wael", "مجد": "Majd", "هادي": "Hadi", "عاصم": "Asim",
    "الرملي": "al-Ramli", "القناطري": "al-Qanatiri", "الساحلي": "al-Sahili",
    "الحوراني": "al-Hawrani", "البحري": "al-Bahri", "الواحي": "al-Wahi", "الصخري": "al-Sakhri",
    "النخلي": "al-Nakhli", "المينائي": "al-Minai", "الجسري": "al-Jisri",
}  # fmt: skip
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ROMANISED = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_CYRILLIC_ROMAN = dict(zip(_CYRILLIC, _ROMANISED.split(), strict=True))


def invent_name(random: Random, *, country: str, gender: str) -> InventedName:
    """Give a name that fits `country` (XR, XS, XB, XF, XZ) and `gender`."""
    if country in {"XS", "XB"} and random.random() < 0.85:  # noqa: PLR2004
        return _cyrillic(random, gender)
    if country == "XZ" and random.random() < 0.4:  # noqa: PLR2004
        return _han(random)
    if country == "XF" and random.random() < 0.5:  # noqa: PLR2004
        return _arabic(random, gender)
    if country == "XF":
        return _latin(random, _SOUTH_GIVEN[gender], _SOUTH_FIRST, _SOUTH_LAST)
    return _latin(random, _LATIN_GIVEN[gender], _LATIN_FIRST, _LATIN_LAST)


def _pick(random: Random, words: str) -> str:
    return random.choice(words.split())


def _latin(random: Random, given: str, first: str, last: str) -> InventedName:
    one = _pick(random, given)
    family = _pick(random, first) + _pick(random, last)
    if random.random() < 0.3:  # noqa: PLR2004
        one = f"{one} {_pick(random, given)}"
    return InventedName(f"{one} {family}", f"{family}, {one}", "", "")


def _cyrillic(random: Random, gender: str) -> InventedName:
    given = _pick(random, _CYRILLIC_GIVEN[gender])
    family = _pick(random, _CYRILLIC_FIRST) + _pick(random, _CYRILLIC_LAST)
    native = f"{given} {family}"
    latin = " ".join(_romanised(part) for part in (given, family))
    variant = latin.replace("y", "i").replace("kh", "h").replace("ts", "c")
    return InventedName(latin, variant, native, "ru")


def _romanised(word: str) -> str:
    letters = (_CYRILLIC_ROMAN.get(letter, letter) for letter in word.lower())
    return "".join(letters).replace("_", "").capitalize()


def _arabic(random: Random, gender: str) -> InventedName:
    given, family = _pick(random, _ARABIC_GIVEN[gender]), _pick(random, _ARABIC_FAMILY)
    latin = f"{_ARABIC_ROMAN[given]} {_ARABIC_ROMAN[family]}"
    variant = latin.replace("al-", "el ").replace("ay", "ai").replace("gh", "g")
    return InventedName(latin, variant, f"{given} {family}", "ar")


def _han(random: Random) -> InventedName:
    family = _pick(random, _HAN_FAMILY)
    given = [_pick(random, _HAN_GIVEN) for _ in range(random.choice((1, 2)))]
    roman = "".join(_ROMAN[letter] for letter in given).capitalize()
    latin = f"{_ROMAN[family]} {roman}"
    return InventedName(latin, f"{roman} {_ROMAN[family]}", family + "".join(given), "zh-hans")
