"""Numbers and days that a summary tells in words, in every language of the product."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import get_month_names

from tests.coercion.instruments.requests import exporter
from undaunted.coercion.instruments.rules import SummaryLeaks, leaks, secrets_of, summarise
from undaunted.coercion.instruments.rules.figures import days_in, days_of_no_year, figures_in
from undaunted.coercion.instruments.rules.folding import folded
from undaunted.coercion.instruments.rules.numerals import in_words
from undaunted.coercion.instruments.rules.tongues import months, months_of_two, tongues

LANGUAGES = ("en", "fr", "es", "lt", "ru", "ar", "fa", "tr", "vi", "be", "ug", "zh_Hans")
SPELLED = {
    "en": "two million, three hundred and eighteen thousand, four hundred and seventy-two",
    "fr": "deux millions trois cent dix-huit mille quatre cent soixante-douze",
    "es": "dos millones trescientos dieciocho mil cuatrocientos setenta y dos",
    "lt": "du milijonai trys šimtai aštuoniolika tūkstančių keturi šimtai septyniasdešimt du",
    "ru": "двух миллионов трёхсот восемнадцати тысяч четырёхсот семидесяти двух",
    "ar": "مليونان وثلاثمئة وثمانية عشر ألفا وأربعمئة واثنان وسبعون",
    "fa": "دو میلیون و سیصد و هجده هزار و چهارصد و هفتاد و دو",
    "tr": "iki milyon üç yüz on sekiz bin dört yüz yetmiş iki",
    "vi": "hai triệu ba trăm mười tám nghìn bốn trăm bảy mươi hai",
    "be": "два мільёны трыста васямнаццаць тысяч чатырыста семдзесят два",
    "ug": "ئىككى مىليون ئۈچ يۈز ئون سەككىز مىڭ تۆت يۈز يەتمىش ئىككى",
    "zh": "二百三十一万八千四百七十二",
}


def values(text: str) -> set[Decimal]:
    return {each.value for each in in_words(text) if not each.lone_order}


@pytest.mark.parametrize("code", SPELLED)
def test_a_number_in_words_is_found_in_every_language(code: str) -> None:
    assert Decimal(2318472) in values(SPELLED[code])
    assert Decimal(2318472) in figures_in(f"… {SPELLED[code]}. …")


def test_every_language_of_the_product_is_held() -> None:
    held = {each.code for each in tongues()} | {"zh"}
    assert held == set(SPELLED) == {each.partition("_")[0] for each in LANGUAGES}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("twenty-three hundred", 2300), ("two dozen lorries", 24), ("forty-third", 43),
        ("quatre-vingt-dix-sept", 97), ("trois cent quatre-vingts", 380), ("septante-deux", 72),
        ("mil millones", 10**9), ("veintitrés", 23), ("doscientas", 200),
        ("2 million 318 thousand", 2318000), ("2,5 milijono", 2500000), ("3 triệu", 3000000),
        ("ikiyüzelli bin", 250000), ("ikiyüzelli", 250), ("dosmil", 2000),
        ("một nghìn không trăm mười bốn", 1014), ("hai mươi mốt", 21),
        ("二〇二六", 2026), ("贰佰叁拾壹万", 2310000), ("三千零五", 3005), ("两百", 200),
        ("ثمانية عشر", 18), ("ألفين وثمانمئة", 2800), ("سیصد و پنج", 305),
        ("тремястами сорока пятью", 345), ("nineteen", 19), ("seventeen", 17),
    ],
)  # fmt: skip
def test_ways_of_writing_a_number(text: str, number: int) -> None:
    assert Decimal(number) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "The third country acts on one of the goods for a second time.",
        "14 per cent of it", "It was once sold on the border; bin it.", "un des uns", "نه",
        "Lorries, tenders and millet", "tháng 3 năm nay", "一些公司", "a tenor of Rome",
        "thousandfold", "20 May", "2026",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_numbers(text: str) -> None:
    assert values(text) == set()


def test_a_word_of_two_languages_counts_where_its_own_is_spoken() -> None:
    assert values("on the road") == set()
    assert values("on kamyon ve bir gemi") == {Decimal(10)}
    assert values("fourteen, five and two million") >= {Decimal(14), Decimal(5), Decimal(2000000)}
    assert values("twenty, five lorries") == {Decimal(20), Decimal(5)}


@pytest.mark.parametrize(
    "text",
    [
        "the fourteenth of March 2026", "14 March 2026", "fourteen March two thousand twenty-six",
        "le 14 mars 2026", "quatorze mars deux mille vingt-six", "14 de marzo de 2026",
        "el catorce de marzo de dos mil veintiséis", "2026 m. kovo 14 d.", "14 марта 2026 года",
        "четырнадцатого марта 2026 года", "14 сакавіка 2026", "14 Mart 2026",
        "on dört Mart iki bin yirmi alt\u0131", "١٤ مارس ٢٠٢٦", "14 آذار 2026", "۱۴ مارس ۲۰۲۶",
        "14-مارت 2026", "ngày 14 tháng 3 năm 2026",
        "ngày mười bốn tháng ba năm hai nghìn không trăm hai mươi sáu", "2026年3月14日",
        "二〇二六年三月十四日", "\uff12\uff10\uff12\uff16年\uff13月\uff11\uff14日",
        "14 березня 2026",
    ],
)  # fmt: skip
def test_a_day_is_found_in_every_language(text: str) -> None:
    assert date(2026, 3, 14) in days_in(text), days_in(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le premier mars", (3, 1)), ("1er mars", (3, 1)), ("kovo 14 d.", (3, 14)),
        ("March the fourteenth", (3, 14)), ("14 марта", (3, 14)), ("3月14日", (3, 14)),
        ("三月十四日", (3, 14)), ("14 tháng 3", (3, 14)), ("14 كانون الثاني", (1, 14)),
        ("14 mart", (3, 14)), ("fourteenth of March twenty twenty-six", (3, 14)),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_found(text: str, day: tuple[int, int]) -> None:
    assert day in days_of_no_year(text)


@pytest.mark.parametrize("language", [*LANGUAGES, "ar_SY", "uk"])
def test_every_month_of_the_languages_is_held(language: str) -> None:
    for context in ("format", "stand-alone"):
        for number, name in get_month_names("wide", context, language).items():
            if re.fullmatch(r"[^\W\d]+", name) and not name.endswith("月"):
                assert months()[folded(name)] == number, name
            elif " " in name and language == "ar_SY":
                assert months_of_two()[folded(name)] == number, name


def test_powers_do_not_go_backwards_and_signs_without_end_are_no_number() -> None:
    assert values("two million five thousand thousand") == {Decimal(2005000), Decimal(1000)}
    assert values("two million") == {Decimal(2000000)}, "a French million is a part of it"
    assert values("二" * 81) == set()
    assert values("a" * 81) == set()


def test_figures_of_every_script_are_figures() -> None:
    for text in (
        "٢٣١٨٤٧٢",
        "۲۳۱۸۴۷۲",
        "\uff12\uff13\uff11\uff18\uff14\uff17\uff12",
        "২৩১৮৪৭২",
        "٢٬٣١٨٬٤٧٢",
    ):
        assert Decimal(2318472) in figures_in(text), text


def test_a_telephone_in_other_figures_is_the_same_one() -> None:
    request = exporter(contact={"value": "Jana, +37 061 234 567"})
    assert leaks(secrets_of(request), [("x", "+۳۷ ۰۶۱ ۲۳۴ ۵۶۷")])


@pytest.mark.parametrize(
    "text",
    ["TEUR 2,318.4 were lost", "EUR million 2.3184", "(in EUR million) 2.3184", "Mio. EUR 2,3184",
     "M€ 2.3184", "2318.4 T€", "2.3184e6", "2,318.4 TEUR", "2.3184 MEUR", "EUR 2.3184 m"],
)  # fmt: skip
def test_a_word_of_size_beside_a_figure_counts_on_either_side(text: str) -> None:
    assert any(abs(each - 2318400) < 100 for each in figures_in(text)), figures_in(text)


def test_a_number_that_two_languages_read_from_different_words_is_told_once() -> None:
    """English reads twenty-six, French six cent: what begins within the first is left out."""
    text = "Held on May twenty-six cent fois"
    assert [each.value for each in in_words(text)] == [26, 600]
    assert days_of_no_year(text) == {(5, 26)}


def test_the_size_in_a_unit_counts() -> None:
    request = exporter(loss={"value": "2.3184", "unit": "EUR million", "confidential": True})
    assert leaks(secrets_of(request), [("x", "EUR 2,318,400 was lost")])
    assert not leaks(secrets_of(request), [("x", "EUR 2,618,400 was lost")])


@pytest.mark.parametrize(
    ("name", "told"),
    [("H&M", "H&M lost its orders"), ("P&O", "of P & O"), ("1&1 AG", "1&1 lost"),
     ("Z Inc", "Z Inc."),
     ("Port AG", "the Port AG"), ("Tax Co.", "TAX CO"), ("Altmoor Planks AG", "Alt-moor"),
     ("Altmoor Planks and Boards AG", "alt moor"), ("SeaGoose 900", "the Sea-Goose"),
     ("360 AG", "360 AG lost it")],
)  # fmt: skip
def test_short_names_and_names_that_are_parted_are_found(name: str, told: str) -> None:
    request = exporter(requester={"value": name})
    assert leaks(secrets_of(request), [("x", told)])
    assert not leaks(secrets_of(request), [("x", "A port, its tax and a company lost orders.")])


@pytest.mark.parametrize(
    "text",
    [
        "Orders of four million two hundred thirty-seven thousand were lost.",
        "Было потеряно четыре миллиона двести тридцать семь тысяч.",
        "损失四百二十三万七千五百一十二欧元。", "Perduti: ٤٬٢٣٧٬٥١٢ €.",
    ],
)  # fmt: skip
def test_a_summary_that_tells_in_words_is_refused(text: str) -> None:
    facts = exporter(injury={
        "value": "Orders of EUR 4,237,512 were lost.", "confidential": True, "summary": text,
    })  # fmt: skip
    with pytest.raises(SummaryLeaks, match="summary, injury: tells '4237"):
        summarise(facts)
