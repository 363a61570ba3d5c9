"""Chinese, Korean and Japanese names in Cyrillic letters: by Palladius, Kontsevich, Polivanov."""

from __future__ import annotations

import pytest
from pypinyin.style.cyrillic import converter
from pypinyin.style.wadegiles import _convert_table

from undaunted.engines.names import REVIEW, Ground, Kind, build_index, compare, prepare, search
from undaunted.engines.names.characters.kontsevich import read_kontsevich
from undaunted.engines.names.characters.palladius import palladius_of, read_palladius
from undaunted.engines.names.characters.polivanov import read_polivanov

__all__: list[str] = []

SAME = [
    # Palladius; Ukrainian and Belarusian letters
    ("Си Цзиньпин", "Xi Jinping"),
    ("Си Цзиньпин", "习近平"),
    ("СИ Цзиньпин", "XI Jinping"),
    ("Сі Цзіньпін", "Xi Jinping"),
    ("Сі Цзіньпін", "Си Цзиньпин"),
    ("Чжу Хайлунь", "Zhu Hailun"),
    ("Чжу Хайлунь", "朱海仑"),
    ("Ху Цзиньтао", "Hu Jintao"),
    ("Цзян Цзэминь", "Jiang Zemin"),
    ("Мао Цзэдун", "Mao Tse-tung"),
    ("Чжоу Эньлай", "周恩来"),
    ("Люй Сюнь", "Lü Xun"),
    ("Люй Сюнь", "Lyu Xun"),
    ("Люй Сяобо", "LYU Xiaobo"),
    ("Люй Сяобо", "Lv Xiaobo"),
    ("Ван Сяолюй", "Wang Xiaolyu"),
    ("Сыма Цянь", "Sima Qian"),
    ("Цюй Юань", "Qu Yuan"),
    ("Чжан Сюэлян", "Zhang Xueliang"),
    ("Сунь Ятсен", "Sun Yatsen"),
    ("Чанъань Ли", "Chang'an Li"),
    # Kontsevich, and as newspapers wrote before him
    ("Ким Чен Ын", "Kim Jong Un"),
    ("Ким Чен Ын", "김정은"),
    ("Ким Чонын", "김정은"),
    ("Кім Чен Ин", "Kim Jong-un"),
    ("Кім Чэн Ын", "김정은"),
    ("Ким Ир Сен", "김일성"),
    ("Ким Ир Сен", "Kim Il-sung"),
    ("Но Му Хён", "Roh Moo-hyun"),
    ("Но Му Хён", "노무현"),
    ("Пак Чон Хи", "Park Chung-hee"),
    ("Пан Ги Мун", "Ban Ki-moon"),
    ("Ли Сын Ман", "이승만"),
    ("Цой Ен Ген", "Choe Yong Gon"),
    ("Чхве Рён Хэ", "Choe Ryong Hae"),
    ("Ким Ё Чжон", "김여정"),
    ("О Ён Хо", "O Yong Ho"),
    # Polivanov
    ("Синдзо Абэ", "Shinzo Abe"),
    ("Мацуо Басё", "Matsuo Basho"),
    ("Дзюнъитиро Танидзаки", "Junichiro Tanizaki"),
    ("Сиро Исии", "Shiro Ishii"),
    ("Хоккэ Цутия", "Hokke Tsuchiya"),
    ("やまもと しろう", "Ямамото Сиро"),
]

OTHER = [
    ("Си Цзиньпин", "Xi Jinquan"),
    ("Чжу Хайлунь", "Zhu Hailong"),
    ("Чжу Хайлунь", "Hai Zhulun"),
    ("Ван Мин", "Wang Jun"),
    ("Люй Сяобо", "Liu Xiaobo"),
    ("Ким Чен Ын", "Kim Jong Nam"),
    ("Ким Чен Ын", "김정남"),
    ("Ким Чен Ын", "김정"),
    ("Ким Чен Ын", "陈全国"),
    ("Пак Чон Хи", "Pak Chol Su"),
    ("Синдзо Абэ", "Sinan Abay"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_in_two_writings_is_looked_at(one: str, other: str) -> None:
    assert compare(one, other).score == compare(other, one).score >= REVIEW


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert compare(one, other).score < REVIEW


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("Чжу Хайлунь", "Zhu Hailun", "Palladius"),
        ("Ким Чен Ын", "Kim Jong Un", "Kontsevich"),
        ("Синдзо Абэ", "Shinzo Abe", "Polivanov"),
        ("Mao Tse-tung", "Mao Zedong", "Wade-Giles"),
    ],
)
def test_the_standard_is_named_and_words_stand_as_they_were_written(
    one: str, other: str, by: str
) -> None:
    met = [each for each in compare(one, other).reasons if each.ground is Ground.MET]
    assert {each.by for each in met} == {by}
    shown = " ".join(each.left for each in met).split()
    assert sorted(shown) == sorted(one.replace("-", " ").split())


@pytest.mark.parametrize(("one", "other"), SAME)
def test_either_writing_is_found_in_a_long_list(one: str, other: str) -> None:
    nobody = [f"{a}{b}in {b}{c}or" for a in "BDFGK" for b in "aeiou" for c in "lmnprstvz" * 2]
    for asked, listed in ((one, other), (other, one)):
        hits = search(asked, build_index([*nobody, listed]))
        assert listed in [hit.found.name for hit in hits]


def test_syllables_are_those_of_a_table_made_by_others() -> None:
    """But for a few that its makers write otherwise; who reads knows both."""
    syllables = {each.replace("ü", "v") for each, _ in _convert_table} - {"yai", "yo", "lo"}
    told = {each: converter.to_cyrillic(each) for each in sorted(syllables - {"lue", "nue"})}
    differing = {each for each, written in told.items() if palladius_of(each) != written}
    assert differing == {"chuo", "duo", "shuo", "suo", "tuo"}
    for each, written in told.items():
        for spelt in (written, palladius_of(each)):
            assert read_palladius((spelt, "ли")) == (each.replace("v", "ü"), "li")
    assert palladius_of("lue") == palladius_of("lve") == "люэ"


@pytest.mark.parametrize(
    "words",
    [("Ли",), ("Анна", "Нина"), ("Борис", "Ли"), ("Ли", "Ли" * 4), ("Ли", "Ли", "Ли" * 3)],
)
def test_what_is_not_read_as_chinese(words: tuple[str, ...]) -> None:
    assert read_palladius(words) is None


def test_behind_a_bare_n_no_syllable_begins_with_a_vowel() -> None:
    assert read_palladius(("Ван", "Сунань")) == ("wang", "sunan")
    assert read_palladius(("Ван", "Сунъань")) == ("wang", "songan")


@pytest.mark.parametrize(
    "words",
    [
        ("Ким",),
        ("Ким", "Чен", "Ын", "Ир"),
        ("Иван", "Чен"),
        ("Ким", "Владимир"),
        ("Ким", "Ч" * 40),
        ("К" * 40, "Чен"),
        ("Тю", "Чен"),
        ("Ким", "Чен", "Ынир"),
    ],
)
def test_what_is_not_read_as_korean(words: tuple[str, ...]) -> None:
    assert read_kontsevich(words) == ()


@pytest.mark.parametrize("words", [("Синдзо",), ("Синдзо", "Лаптев"), ("Синдзо", "Ж")])
def test_what_is_not_read_as_japanese(words: tuple[str, ...]) -> None:
    assert read_polivanov(words) is None


def test_names_that_read_alike_in_every_standard_have_no_reading_more() -> None:
    assert prepare("Никита Михалков").also == ()
    assert prepare("Нана Мамара").also == ()
    assert prepare("Ли Пэн", Kind.ORGANISATION).also == ()
    assert prepare("Ким Jong Un").also == ()
