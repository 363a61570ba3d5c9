"""Words in names that are no names: titles, particles, marks of descent.

Written for this engine from common usage; unverified. Latin words are in plain letters.
"""

from __future__ import annotations

__all__ = [
    "ARTICLES",
    "ASSIMILATED",
    "CROWNED",
    "DESCENT",
    "GRADES",
    "HONORIFICS",
    "NOTES",
    "PARTICLES",
    "TITLES",
    "TITLES_OR_NAMES",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "mr mrs ms miss mister madam madame monsieur dr doctor prof professor sir dame lady hon"
    " honourable honorable rev reverend father general gen brigadier brig colonel col lieutenant lt"
    " major maj captain capt commander admiral sergeant marshal president prime minister senator"
    " governor king queen prince princess his her excellency ing engineer dipl phd jr sr junior"
    " senior herr frau senor senora don dona pan pani prasident prezident gospodin gospozha ustad"
    " former deputy präsident président presidente señor señora doña"
    " младший молодший г господин госпожа президент генерал полковник др проф пан пані"
    " الدكتور دكتور دکتر المهندس مهندس العميد اللواء العقيد عميد لواء عقيد الرئيس الملك"
    " 씨 박사 대통령 장군 先生 女士 博士 主席 将军 様 さん 氏"
)
"""Set aside wherever they stand, unless nothing else is left."""

TITLES_OR_NAMES = _set(
    "pan pani hon gen ing ms miss dame lady don dona doña king queen prince princess major maj"
    " marshal general junior пан пані عميد لواء عقيد"
)
"""Titles that are names as well: set aside at the place of a title alone."""

GRADES = _set("general major marshal")
"""Those of them that no syllable of a Chinese, Korean or Burmese name is."""

CROWNED = _set("king queen prince princess")
"""Those of them that are given names beside initials alone."""

HONORIFICS = _set(
    "sheikh shaikh shaykh sheik cheikh sayyid sayed syed seyyed seyed sayyed hajji haji hadji"
    " hajj haj alhaj alhaji mullah mulla maulavi mawlawi maulana mawlana molvi molavi mufti imam"
    " ayatollah qari hafiz emir amir sultan lord shah khan agha akhund jan mir malik bey beg abu"
    " abou sardar sirdar"
    " الشيخ شيخ شیخ السيد سيد سید الحاج حاج حاجي حاجی ملا مولوي مولوی مفتي مفتی قاري قاری حافظ امیر"
    " سردار أمير امير الأمير سلطان شاه خان آغا آقا آخوند جان مير میر ملك ملک بیگ أبو ابو أبا ابا"
)
"""Honours that are names as well: weighed, but little."""

ARTICLES = _set("al el ul ال аль эль ал эл ел אל")

ASSIMILATED = {f"{vowel}{sun}": sun for vowel in "аэе" for sun in "дзнрстш"}
"""Articles that sound as the word behind them begins, and that word's letter: as-Sabah."""

DESCENT = _set("bin ibn ben bn bint binti bente b. بن ابن بنت ould ولد wald aït ait بِن бин ибн бен")
"""Between a name and the name of the father or the mother's line."""

PARTICLES = _set(
    "al el ul ud von van der den de del della di da dos du des la le zu zum zur af av y of the and"
    " und et ten ter op آل аль эль ал эл ел אל фон дер"
)

NOTES = _set(
    "birth name alias aka nee né née previously formerly dit dite detto known as nom guerre"
)
"""Words in brackets that say what sort of name this is."""
