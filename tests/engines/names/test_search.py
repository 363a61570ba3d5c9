"""A list is searched in any script; what cannot be searched for is said."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random

import numpy as np
import pandas as pd
import pytest

from undaunted.engines.names import (
    REVIEW,
    Entry,
    Facts,
    Kind,
    NameRefused,
    TableMalformed,
    build_index,
    compare,
    entries_of,
    prepare,
    screen,
    search,
)
from undaunted.engines.names.lists.shelves import Shelf

LIST = [
    "Рамзан Тестович Велгантов",
    "Zarina Velgant",
    "محمد بن سلمان الترابي",
    "陈全国",
    "Kim Jong-un",
    "Jean-Claude Mirvaux",
    "WALIJAN",
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Ramzan Velgantov", 0),
        ("VELGANTOW, Ramsan", 0),
        ("Зарина Велгант", 1),
        ("Muhammad bin Salman al-Turabi", 2),
        ("Chen Quanguo", 3),
        ("김정은", 4),
        ("Jeanclaude Mirvaux", 5),
        ("Zarinavelgant", 1),
        ("ولی جان", 6),
    ],
)
def test_a_name_is_found_in_another_script_or_spelling(asked: str, found: int) -> None:
    hits = search(asked, build_index(LIST))
    assert [hit.found.name for hit in hits][:1] == [LIST[found]]
    assert hits[0].score >= 0.7
    assert hits[0].found.row == found + 1
    assert hits[0].comparison.reasons


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Halit Omer", "خالد عمر"),
        ("Mahmut Ahmet", "محمود أحمد"),
        ("Mesut Barzani", "مسعود بارزانی"),
        ("Sait Halim", "سعيد حليم"),
        ("Nodir Shoh", "نادر شاه"),
        ("Omer Bekali", "ئۆمەر بېكالى"),
        ("Gulbahar Haitiwaji", "گۈلباھار خاتىۋاجى"),
        ("Rahile Dawut", "راھىلە داۋۇت"),
    ],
)
def test_turks_tajiks_and_uyghurs_are_found_in_either_writing(asked: str, listed: str) -> None:
    assert [hit.found.name for hit in search(asked, build_index([*LIST, listed]))] == [listed]
    assert [hit.found.name for hit in search(listed, build_index([*LIST, asked]))] == [asked]


MEANT = [
    ("نێچیرڤان بارزانی", "Nechirvan Barzani"),
    ("노무현", "Roh Moo-hyun"),
    ("金正恩", "Kim Jong Un"),
    ("אביחי סויסה", "Avichai SUISSA"),
    ("احمدعلی فیض اللهی", "Ahmad Ali FAIZULLAHI"),
    ("عزالدين الحداد", "Ezzedine Haddad"),
    ("이용호", "Ri Yong Ho"),
    ("김여정", "Kim Yo Jong"),
    ("محمدباقر قالیباف", "Mohammad Bagher Ghalibaf"),
    ("عیسی زارع پور", "ZAREPOUR Issa"),
    ("غلامرضا ضیایی", "ZIAEI Gholamreza"),
    ("Ahmet Kaya", "Ahmet Kara"),
    ("Putin", "Pugin"),
    ("Nguyen Van Minh", "Nguyen Van Linh"),
]
"""Names that compare scores enough, and that keys and letters alone promise little."""


def others(count: int) -> list[str]:
    """Make so many names of nobody."""
    chance = Random(1)  # noqa: S311 - no secret
    parts = ["bel", "dor", "fan", "gri", "hul", "kez", "lom", "mir", "nav", "pot", "rus", "tev"]
    made = [
        "".join(chance.choices(parts, k=chance.randint(1, 3))).title() for _ in range(2 * count)
    ]
    return [f"{one} {other}" for one, other in zip(made[::2], made[1::2], strict=True)]


@pytest.mark.parametrize(("one", "other"), [*MEANT, *(pair[::-1] for pair in MEANT)])
def test_whoever_compare_would_have_looked_at_is_found_among_some(one: str, other: str) -> None:
    score = compare(one, other).score
    assert score >= REVIEW
    hits = search(one, build_index([other, *others(200)]))
    assert (other, score) in [(hit.found.name, hit.score) for hit in hits]


ACROSS = [
    ("نێچیرڤان بارزانی", "Nechirvan Barzani"),
    ("عزالدين الحداد", "Ezzedine Haddad"),
    ("이용호", "Ri Yong Ho"),
    ("김여정", "Kim Yo Jong"),
    ("محمدباقر قالیباف", "Mohammad Bagher Ghalibaf"),
    ("عیسی زارع پور", "ZAREPOUR Issa"),
    ("سید علیرضا آوایی", "Ali-Reza Seyyed AVAEE"),
    ("장철희", "DJANG Tcheul Hy"),
    ("노무현", "Roh Moo-hyun"),
    ("金正恩", "Kim Jong Un"),
    ("אביחי סויסה", "Avichai SUISSA"),
    ("J. R. Smith", "John Smith"),
]


@pytest.mark.parametrize(("one", "other"), [*ACROSS, *(pair[::-1] for pair in ACROSS)])
def test_whoever_compare_would_have_looked_at_is_found_among_many_either_way(
    one: str, other: str
) -> None:
    hits = search(one, build_index([other, *others(3_000)]))
    assert other in [hit.found.name for hit in hits]


FOUR = ("a", "e", "i", "u")
NOBODY = [f"{a}{b}g {c}l{d}k" for a in "BDFGK" for b in FOUR for c in "BDFGK" for d in FOUR]
AMONG_LIKE = [
    ("노무현", "Roh Moo-hyun", [f"N{a}{b} M{c}hin" for a in FOUR for b in FOUR for c in FOUR]),
    ("金正恩", "Kim Jong Un", [f"K{a}m {b}{c}ngan" for a in FOUR for b in "SJ" for c in FOUR]),
    ("Путин В.В.", "Vladimir Putin", []),
    ("林鄭月娥", "Carrie Lam Cheng Yuet-ngor", []),
    (
        "Пак Чон Хи",
        "Park Chung-hee",
        [f"P{a}k S{b}nh{c}" for a in FOUR for b in FOUR for c in FOUR],
    ),
]
"""Names in two scripts, among many that share more letters with the one asked for."""


@pytest.mark.parametrize(("one", "other", "like"), AMONG_LIKE)
def test_whoever_is_meant_is_found_among_many_that_seem_nearer(
    one: str, other: str, like: list[str]
) -> None:
    for asked, listed in ((one, other), (other, one)):
        hits = search(asked, build_index([*NOBODY, *like, listed]))
        assert listed in [hit.found.name for hit in hits]


@pytest.mark.parametrize("asked", ["Ottoline Brackwater", "Chen Quan", "צבי"])
def test_who_is_not_on_the_list_is_not_found(asked: str) -> None:
    assert search(asked, build_index(LIST)) == []


@pytest.mark.parametrize(
    ("asked", "listed", "common"),
    [
        ("Faruk Velgantov", "F. Velgantov", "Velgantov"),
        ("ريان محمد علي جماز", "CHAMS, Mohamad", "Mohamad"),
    ],
)
def test_a_common_word_beside_an_initial_or_an_unsure_word_tells_nobody(
    asked: str, listed: str, common: str
) -> None:
    assert compare(asked, listed).score >= REVIEW
    rare, many = others(200), [f"{word.split()[0]} {common}" for word in others(200)]
    assert [hit.found.name for hit in search(asked, build_index([listed, *rare]))] == [listed]
    assert listed not in {hit.found.name for hit in search(asked, build_index([listed, *many]))}


def test_two_words_are_no_listed_single_one_by_consonants_that_are_unsure() -> None:
    assert compare("رواء مهنا", "ROMANA").score >= REVIEW
    assert search("رواء مهنا", build_index(["ROMANA"])) == []
    assert search("ROMANA", build_index(["رواء مهنا"]))


def test_hits_come_with_the_likeliest_first_and_no_more_than_asked_for() -> None:
    index = build_index(["Zarina Velgand", "Zarina Velgant", "Zarina Velgants", "Sarina Velgant"])
    hits = search("Zarina Velgant", index, most=2)
    assert [hit.found.row for hit in hits] == [2, hits[1].found.row]
    assert hits[0].score == 1.0 > hits[1].score
    assert len(search("Zarina Velgant", index, threshold=0.999)) == 1


def test_persons_and_organisations_are_apart() -> None:
    index = build_index([Entry("Velgant Trading Ltd", Kind.ORGANISATION), "Zarina Velgant"])
    assert len(index) == 2
    found = search(Entry("Velgant Trading Limited", Kind.ORGANISATION), index)
    assert [hit.found.kind for hit in found] == [Kind.ORGANISATION]
    assert search(Entry("Velgant", Kind.ORGANISATION), build_index(["Zarina Velgant"])) == []


def test_whoever_is_asked_for_by_name_alone_is_looked_for_among_all_kinds() -> None:
    band = Entry("Velgant Group", Kind.ORGANISATION)
    index = build_index([band, "Zarina Velgant"])
    assert [hit.found for hit in search("Velgant Group", index)] == [band]
    assert search(Entry("Velgant Group"), index) == []
    untold = entries_of({"name": ["Velgant Group"]}).entries
    assert [hit.found for hit in screen(untold, index).hits] == [band]
    told = entries_of({"name": ["Velgant Group"], "kind": ["person"]}).entries
    assert screen(told, index).hits == ()
    assert screen([band], build_index(untold)).hits
    assert screen([band], build_index(told)).hits == ()


def test_another_birth_lowers_a_hit_and_the_same_raises_it() -> None:
    index = build_index([Entry("Zarina Velgant", facts=Facts(born=("1970-01-02",)))])
    plain, same, other = (
        search(Entry("Sarina Velgand", facts=Facts(born=born)), index, threshold=0.3)[0].score
        for born in ((), ("1970-01-02",), ("1955-05-05",))
    )
    assert other < plain < same


def test_the_same_identifier_finds_whoever_changed_their_name() -> None:
    papers = Facts(identifiers=frozenset({("passport", "AB 12-3")}))
    index = build_index([*LIST, Entry("Ottoline Brackwater", facts=papers)])
    asked = Facts(identifiers=frozenset({("Passport", "ab123"), ("tax", "1")}))
    hits = search(Entry("Olga Petrovna Nemo", facts=asked), index)
    assert [hit.found.name for hit in hits] == ["Ottoline Brackwater"]


@pytest.mark.parametrize("asked", ["", "   ", "x", "\u202e", "y" * 10_000])
def test_what_is_no_name_to_search_for_is_refused(asked: str) -> None:
    with pytest.raises(NameRefused):
        search(asked, build_index(LIST))


def test_one_character_of_a_script_of_whole_words_is_a_name() -> None:
    assert len(build_index(["王"])) == 1


def test_a_row_that_is_no_name_is_flagged_and_the_others_stay() -> None:
    index = build_index(["Zarina Velgant", "", "Q", "Z" * 10_000])
    assert [each.row for each in index.flagged] == [2, 3, 4]
    assert "letter" in index.flagged[0].why
    assert "has one" in index.flagged[1].why
    assert "10,000" in index.flagged[2].why
    assert len(search("Zarina Velgant", index)) == 1


def test_an_empty_list_finds_nothing() -> None:
    assert search("Zarina Velgant", build_index([])) == []


def test_no_more_candidates_than_asked_for_the_nearest_first() -> None:
    names = [prepare(f"Zarina Velgant{end}") for end in ("", *("aeiou" * 120))]
    places, promise = Shelf(names).candidates(prepare("Zarina Velgant"), most=7)
    assert places[0] == 0
    assert len(places) == 7
    assert sorted(promise.tolist(), reverse=True) == promise.tolist()


def test_a_name_that_shares_no_key_has_no_candidate() -> None:
    places, promise = Shelf([prepare("Zarina Velgant")]).candidates(prepare("Bob"))
    assert places.tolist() == promise.tolist() == []


def test_tables_are_screened_with_the_rows_that_could_not_be() -> None:
    asked = entries_of(
        {
            "name": ["Зарина Велгант", "", "Ottoline Brackwater", "Zarina\u202e Velgant"],
            "birth": ["1970; 1971", None, float("nan"), ""],
            "nationality": ["xr;XS", "", "", ""],
            "identifiers": ["passport: A1", "", "", ""],
            "kind": ["Person", "", "", ""],
            "id": [17, "", "", ""],
        }
    )
    assert asked.flagged == ()
    first = asked.entries[0]
    assert first.facts == Facts(
        ("1970", "1971"), frozenset({"XR", "XS"}), "", frozenset({("passport", "A1")})
    )
    assert (first.id, first.row) == ("17", 1)
    found = screen(asked.entries, build_index(LIST))
    assert found.asked == 4
    assert [hit.asked.row for hit in found.hits] == [1, 4]
    assert [(each.row, each.used) for each in found.flagged] == [(2, False), (4, True)]


def test_births_of_a_frame_are_kept_as_years_and_days() -> None:
    """Where one year is missing, pandas holds all as 1980.0; days it holds as moments."""
    years = pd.DataFrame({"name": ["Ada", "Bo", "Cy"], "birth": [1980, None, 1971.5]})
    asked = entries_of(years)
    assert [each.facts.born for each in asked.entries] == [("1980",), (), ()]
    assert [(each.row, "1971.5" in each.why) for each in asked.flagged] == [(3, True)]
    days = pd.to_datetime(pd.Series(["1980-05-03", None, "1971-12-31"]))
    for column in (
        days,
        days.dt.tz_localize("UTC"),
        list(days.to_numpy()),
        [datetime(1980, 5, 3), pd.NaT, date(1971, 12, 31)],  # noqa: DTZ001 - as frames have it
    ):
        asked = entries_of({"name": ["Ada", "Bo", "Cy"], "birth": column})
        assert asked.flagged == ()
        assert [each.facts.born for each in asked.entries] == [("1980-05-03",), (), ("1971-12-31",)]


def test_gaps_of_frames_are_empty_and_whole_numbers_have_no_point() -> None:
    gaps = [None, float("nan"), pd.NA, pd.NaT, Decimal("NaN"), np.float32("nan")]
    asked = entries_of({"name": ["Ada"] * 6, "birth": gaps, "id": gaps})
    assert asked.flagged == ()
    assert {(each.id, each.facts.born) for each in asked.entries} == {("", ())}
    numbers = [17.0, np.float32(17), np.int64(17), 17, "17.0", float("inf")]
    told = entries_of({"name": ["Ada"] * 6, "id": numbers}).entries
    assert [each.id for each in told] == ["17", "17", "17", "17", "17.0", "inf"]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("birth", "12/05/70", "YYYY-MM-DD"),
        ("nationality", "Xerland", "two capital letters"),
        ("identifiers", "A123", "kind:value"),
        ("identifiers", "passport:", "kind:value"),
        ("kind", "ship", "person or organisation"),
        ("gender", "x", "female, male or other"),
    ],
)
def test_a_malformed_fact_is_flagged_and_the_name_used(column: str, value: str, words: str) -> None:
    asked = entries_of({"name": ["Zarina Velgant"], column: [value]}, rows=[9])
    assert [(each.row, each.used) for each in asked.flagged] == [(9, True)]
    assert asked.flagged[0].why.startswith(f"{column}: ")
    assert words in asked.flagged[0].why
    assert [(each.name, each.row) for each in asked.entries] == [("Zarina Velgant", 9)]


def test_a_malformed_value_leaves_the_others_of_its_row_in_force() -> None:
    """Who writes years short is still found by the passport, whatever they are called now."""
    row = {
        "name": ["Wholly Other"],
        "birth": ["12/05/45; 1946"],
        "nationality": ["Xerland; xr"],
        "gender": ["female"],
        "identifiers": ["A123; passport:A123"],
    }
    asked = entries_of(row)
    assert asked.entries[0].facts == Facts(
        ("1946",), frozenset({"XR"}), "female", frozenset({("passport", "A123")})
    )
    (flagged,) = asked.flagged
    for part in (
        "birth: ",
        "'12/05/45'",
        "nationality: ",
        "'XERLAND'",
        "identifiers: ",
        "'A123'",
    ):
        assert part in flagged.why
    listed = Entry("Zarina Velgant", facts=Facts(identifiers=frozenset({("passport", "A123")})))
    (hit,) = screen(asked.entries, build_index([listed])).hits
    assert hit.found.name == "Zarina Velgant"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"names": ["Zarina"]}, "no column `name`"),
        ({"name": ["Zarina"], "id": []}, "differ in length"),
    ],
)
def test_a_table_without_names_or_of_uneven_columns_is_refused(
    table: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(TableMalformed, match=words):
        entries_of(table)
