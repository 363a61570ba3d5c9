"""Words that spell out numbers in the languages of the product, in small letters.

Cardinal numbers are those of Unicode CLDR 42 (rule-based number formats, `spellout-cardinal` in
every gender, as ICU 72 writes them; read on 2026-11-26), without one and without what mostly means
something else: French `neuf`, Persian `نه`, Vietnamese `không`, `năm`, `tư`, `mốt`, `lăm`. CLDR has
none of Uyghur. What stands behind a stroke (halves, dozens, oblique cases, Uyghur) was added by
hand and read by no native speaker.
"""

# ruff: noqa: RUF001 - words of several scripts

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["JOINING", "NUMBER_WORDS"]

JOINING: Final = frozenset({" ", "-", "\n", "\u00a0", " and ", " et ", " y ", " و ", " i ", " ir "})
"""What may stand between two words of one number."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.replace("|", " ").replace("\u200c", "").split())


NUMBER_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "fr": _words(
            "zéro deux trois quatre cinq six sept huit dix onze douze treize quatorze quinze seize "
            "vingt vingts trente quarante cinquante soixante cent cents mille million millions "
            "milliard milliards | demi demie moitié tiers quart quarts dizaine dizaines douzaine "
            "douzaines vingtaine trentaine quarantaine cinquantaine soixantaine centaine centaines "
            "millier milliers double triple décuple"
        ),
        "es": _words(
            "cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
            "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintiún veintiuna "
            "veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho "
            "veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento "
            "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
            "novecientos doscientas trescientas cuatrocientas quinientas seiscientas setecientas "
            "ochocientas novecientas mil millón millones | mitad tercio tercios cuarto cuartos "
            "decena decenas docena docenas centenar centenares miles millares doble triple décuplo"
        ),
        "tr": _words(
            "sıfır iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş "
            "seksen doksan yüz bin milyon milyar | yarım yarısı çeyrek düzine onlarca yüzlerce "
            "binlerce milyonlarca"
        ),
        "ru": _words(
            "ноль два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
            "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать "
            "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто "
            "двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот тысяча тысячи "
            "тысяч миллион миллиона миллионов миллиард миллиарда миллиардов | двух трёх трех "
            "четырёх четырех пяти шести семи восьми девяти десяти двадцати тридцати сорока "
            "двое трое четверо пятеро половина половины половину треть трети четверть четверти "
            "вдвое втрое впятеро вдесятеро десяток десятки десятков дюжина дюжины сотня сотни сотен"
        ),
        "be": _words(
            "нуль два дзве тры чатыры пяць шэсць сем восем дзевяць дзесяць адзінаццаць дванаццаць "
            "трынаццаць чатырнаццаць пятнаццаць шаснаццаць сямнаццаць васямнаццаць дзевятнаццаць "
            "дваццаць трыццаць сорак пяцьдзесят пяцьдзясят шэсцьдзесят семдзесят восемдзесят "
            "дзевяноста сто дзвесце трыста чатырыста пяцьсот шэсцьсот семсот сямсот восемсот "
            "васямсот дзевяцьсот тысяча тысячы тысяч мільён мільёны мільёнаў мільярд мільярды "
            "мільярдаў | шэсцьдзясят двух трох палова паловы палову траціна чвэрць удвая "
            "дзясятак дзясяткі дзясяткаў тузін сотня сотні соцень"
        ),
        "lt": _words(
            "nulis du dvi trys keturi keturios penki penkios šeši šešios septyni septynios aštuoni "
            "aštuonios devyni devynios dešimt vienuolika dvylika trylika keturiolika penkiolika "
            "šešiolika septyniolika aštuoniolika devyniolika dvidešimt trisdešimt keturiasdešimt "
            "penkiasdešimt šešiasdešimt septyniasdešimt aštuoniasdešimt devyniasdešimt šimtas "
            "šimtai tūkstantis tūkstančiai milijonas milijonų milijardas milijardų | dviejų trijų "
            "keturių penkių dešimties pusė trečdalis ketvirtadalis dvigubai trigubai dešimtys "
            "dešimtis tuzinas šimtų tūkstančių"
        ),
        "vi": _words(
            "hai ba bốn sáu bảy tám chín mười mươi trăm nghìn triệu tỷ | ngàn rưỡi nửa tá đôi"
        ),
        "ar": _words(
            "صفر إثنان إثنتان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشر إثنا إثنتا عشرون "
            "ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون مائة مائتان ألف ألفين ألفي آلاف مليون "
            "مليار | اثنان اثنين اثنتان اثنتين ثلاث أربع خمس ست سبع ثماني تسع عشرين ثلاثين أربعين "
            "خمسين ستين سبعين ثمانين تسعين مئة مئتان مئتين ألفان ملايين نصف ثلث ربع ضعف عشرات "
            "مئات عشرينات"
        ),
        "fa": _words(
            "صفر دو سه چهار پنج شش هفت هشت ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده "
            "نوزده بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد دویست سیصد چهارصد پانصد ششصد هفتصد "
            "هشتصد نهصد هزار میلیون میلیارد | نیم نیمی ثلث ربع دوبرابر ده‌ها صدها هزاران"
        ),
        "ug": _words(
            "| نۆل ئىككى ئۈچ تۆت بەش ئالتە يەتتە سەككىز توققۇز ئون يىگىرمە ئوتتۇز قىرىق ئەللىك "
            "ئاتمىش يەتمىش سەكسەن توقسان يۈز مىڭ مىليون مىليارد يېرىم چارەك"
        ),
    }
)
"""Language → its words; English and Chinese are found by rules of their own."""
