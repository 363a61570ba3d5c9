"""Words in names that are no names: titles, particles, marks of descent.

Written for this engine from common usage; unverified. Latin words are in plain letters.
"""

from __future__ import annotations

__all__ = ["ARTICLES", "DESCENT", "NOTES", "PARTICLES", "TITLES"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "mr mrs ms miss mister madam madame monsieur dr doctor prof professor sir dame lord lady hon honourable"
    " honorable rev reverend father sheikh shaikh shaykh sheik cheikh sayyid sayed syed hajji haji hadji"
    " hajj mullah mulla mola maulavi mawlawi maulana mawlana molvi mufti imam ayatollah qari hafiz general"
    " gen brigadier brig colonel col lieutenant lt major maj captain capt commander admiral sergeant marshal"
    " president prime minister senator governor king queen prince princess emir amir sultan his her"
    " excellency ing eng engineer dipl phd jr sr junior senior herr frau senor senora don dona pan pani"
    " prasident prezident gospodin gospozha tovarishch ustad alhaj alhaji former deputy"
    " г господин госпожа президент генерал полковник др проф"
    " الشيخ شيخ السيد سيد الحاج حاجي حاجی ملا مولوي مولوی مفتي مفتی الدكتور دكتور دکتر المهندس مهندس"
    " العميد اللواء العقيد عميد لواء عقيد سردار آیت‌الله الرئيس الملك الأمير"
    " 씨 박사 대통령 장군 先生 女士 博士 主席 将军 様 さん 氏 มร"
)

ARTICLES = _set("al el ul ال")

DESCENT = _set("bin ibn ben bint binti bente b. بن ابن بنت ould ولد wald aït ait بِن бин ибн бен")
"""Between a name and the name of the father or the mother's line."""

PARTICLES = _set(
    "al el ul il von van der den de del della di da das do dos du des la le les las los lo zu zum zur af"
    " av y e i u o the of and und et ten ter op vd ap mac st san santa ا آل al'"
)

NOTES = _set(
    "birth name alias aka nee né née previously formerly dit dite detto known as nom guerre"
)
"""Words in brackets that say what sort of name this is."""
