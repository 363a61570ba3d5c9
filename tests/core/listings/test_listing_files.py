"""Each issuer's format with its traps, on invented people of the five states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from tests.core.listings.factories import FILES, main_checkout, plain_list, read
from undaunted.core.listings.readers import digest_of, published_day
from undaunted.core.listings.rules import (
    Birth,
    Entry,
    Event,
    EventKind,
    FaultRule,
    Identifier,
    Imposed,
    Kind,
    Measure,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.listings.readers import Reading

FREEZE = Imposed(Measure.ASSET_FREEZE, stated=False)


def _held(source: str, file: str) -> tuple[dict[str, Entry], Reading]:
    entries, told = read(source, FILES / file)
    return {each.key: each for each in entries}, told


def _texts(entry: Entry, quality: Quality) -> list[str]:
    return [each.text for each in entry.names if each.quality is quality]


def _days(entry: Entry) -> list[tuple[str, str]]:
    return [(each.kind.value, each.day) for each in entry.events]


def _faults(told: Reading) -> list[tuple[int, str]]:
    return [(each.row, each.rule.value) for each in told.faults]


def test_ofac_csv_joins_three_files_and_parts_programmes() -> None:
    held, told = _held("us-ofac-sdn", "ofac")
    strovik = held["101"]
    assert strovik.programmes == (Programme("XR-HR"), Programme("GLOMAG"))
    assert _texts(strovik, Quality.ALIAS) == ["STROWIK, Wiktor"]
    assert _texts(strovik, Quality.WEAK) == ["VITYA"]
    assert (strovik.names[1].family, strovik.names[1].given) == ("STROWIK", "Wiktor")
    assert [each.day for each in strovik.births] == ["1961-03-04", "1962"]
    assert strovik.nationalities == ("XR",)
    assert strovik.identifiers == (Identifier("passport", "RR0042117", "XR"),)
    assert strovik.measures == (FREEZE,)
    assert strovik.events == ()
    assert held["103"].kind is Kind.SHIP
    assert Identifier("imo", "0000019") in held["103"].identifiers
    assert _texts(held["102"], Quality.FORMER) == ["KARSK BUILDING COMPANY"]
    assert held["106"].births == (Birth("", "Szohod", text="unknown month 1984"),)
    assert _faults(told) == [(4, "no_name"), (5, "cells"), (6, "date"), (0, "orphan")]
    assert told.lost == 3


def test_ofac_advanced_xml_brings_days_programmes_and_papers_together() -> None:
    held, told = _held("us-ofac-sdn", "ofac_advanced.xml")
    strovik = held["101"]
    assert published_day(told) == "2026-04-30"
    assert strovik.kind is Kind.PERSON
    assert strovik.name == "Viktor Andreyevich STROVIK"
    assert _texts(strovik, Quality.PRIMARY)[1] == "Виктор СТРОВИК"
    assert _texts(strovik, Quality.WEAK) == ["Vitya"]
    assert [each.day for each in strovik.births] == ["1961-03-04", "1962~", "1960/1963"]
    assert strovik.programmes == (Programme("XR-HR"), Programme("GLOMAG"))
    assert [each.kind for each in strovik.measures] == [Measure.ASSET_FREEZE, Measure.OTHER]
    assert strovik.events == (
        Event(EventKind.DESIGNATED, "2024-02-15", "Executive Order 0001 (XR)"),
        Event(EventKind.AMENDED, "2025-06-01", "Executive Order 0002 (XR)"),
    )
    assert strovik.identifiers == (Identifier("passport", "RR0042117", "XR", "Passport"),)
    assert (strovik.nationalities, strovik.gender) == (("XR",), "Male")
    assert strovik.positions == ("Head of the prison of Karsk",)
    assert held["103"].identifiers[0].number == "0000019"
    assert _texts(held["102"], Quality.FORMER) == ["KARSK BUILDING COMPANY"]
    assert {rule for _, rule in _faults(told)} == {"no_name", "date"}


def test_eu_amendment_is_never_taken_for_the_designation() -> None:
    held, told = _held("eu-fsf", "eu_fsf.xml")
    assert _days(held["1"]) == [("designated", "2024-02-10")]
    assert held["2"].events == (
        Event(EventKind.DESIGNATED, "../2024-05-05", "XRH"),
        Event(EventKind.AMENDED, "2025-03-02", "2025/7 (OJ L2)"),
        Event(EventKind.DESIGNATED, "../2025-04-01", "XRC"),
        Event(EventKind.AMENDED, "2025-04-01", "2025/9 (OJ L3)"),
    )
    assert held["2"].programmes == (Programme("XRH"), Programme("XRC"))
    assert held["3"].events == ()
    assert [each.day for each in held["1"].births] == ["1961~", "1960/1962", "", ""]
    assert held["1"].measures == (Imposed(Measure.ASSET_FREEZE),)
    assert [each.quality for each in held["1"].names] == [
        Quality.PRIMARY,
        Quality.ALIAS,
        Quality.WEAK,
    ]
    assert _faults(told)[-3:] == [(4, "word"), (5, "no_name"), (6, "no_key")]


def test_eu_journal_joins_measures_and_lets_amendments_change_entries() -> None:
    held, told = _held("eu-journal", "journal")
    strovik = held["32024R0001:I:Person:1"]
    assert strovik.name == "Viktor A. STROVIK"
    assert {each.kind for each in strovik.measures} == {Measure.ASSET_FREEZE, Measure.FINANCE}
    assert _days(strovik) == [("designated", "2024-02-15"), ("amended", "2026")]
    assert held["32024R0001:I:Person:9"].events[0].day == "../2026"
    namesakes = [each for key, each in held.items() if "LegalEntity" in key]
    assert [each.countries for each in namesakes] == [("XR",), ("XS",)]
    assert _faults(told) == [(6, "word"), (6, "word"), (7, "no_name")]


def test_eu_journal_reads_cells_that_hold_several_values() -> None:
    entries, _ = read("eu-journal", FILES / "journal" / "consolidated" / "32024R0001.csv")
    assert [each.text for each in entries[0].addresses] == ["Karsk; 4 Mill Street", "Streltsin"]
    assert _texts(entries[0], Quality.ALIAS) == ["Виктор СТРОВИК", "V. Strovik"]
    assert [each.day for each in entries[0].births] == ["1961-03-04", "1962"]


def test_fcdo_sheet_joins_rows_that_stand_apart() -> None:
    held, told = _held("uk-fcdo", "uk_fcdo.csv")
    strovik = held["XRH0001"]
    assert published_day(told) == "2026-04-30"
    assert strovik.rows == (3, 5)
    assert strovik.births[0] == Birth("1961", "Streltsin", "XR", "dd/mm/1961")
    assert strovik.births[2].day == "1961-05"
    assert strovik.nationalities == ("XR", "XS")
    assert [each.kind for each in strovik.measures] == [
        Measure.ASSET_FREEZE,
        Measure.ENTRY_BAN,
        Measure.SERVICES,
    ]
    assert [(each.number, each.note) for each in strovik.identifiers] == [
        ("RR0042117", "old"),
        ("RR9", "new"),
    ]
    assert held["XRS0002"].measures[0].kind is Measure.TRANSPORT
    assert held["XRH0004"].measures == (Imposed(Measure.OTHER, "Nothing known"),)
    assert [rule for _, rule in _faults(told)] == ["no_key", "no_name", "word", "date"]


def test_fcdo_xml_says_the_same() -> None:
    held, told = _held("uk-fcdo", "uk_fcdo.xml")
    strovik = held["XRH0001"]
    assert published_day(told) == "2026-04-30"
    assert [each.text for each in strovik.names] == ["Viktor STROVIK", "Виктор СТРОВИК", "Karskski"]
    parts = [(each.family, each.given) for each in strovik.names]
    assert parts == [("STROVIK", "Viktor"), ("", ""), ("Karskski", "")]
    assert strovik.births == (Birth("1961", "Streltsin", "XR", "dd/mm/1961"),)
    assert _days(strovik) == [("designated", "2024-02-15"), ("amended", "2026-03-01")]
    assert strovik.addresses[0].country == "XR"
    assert _faults(told) == [(3, "no_key")]


def test_fcdo_xml_parts_no_name_of_an_organisation(tmp_path: Path) -> None:
    file = tmp_path / "uk_fcdo.xml"
    text = (FILES / "uk_fcdo.xml").read_text("utf-8")
    file.write_text(text.replace(">Individual<", ">Entity<"), encoding="utf-8")
    entry = read("uk-fcdo", file)[0][0]
    assert entry.kind is Kind.BODY
    assert not any(each.family or each.given for each in entry.names)


def test_ofsi_tells_designation_from_enactment_anew() -> None:
    held, told = _held("uk-ofsi", "uk_ofsi.csv")
    strovik = held["900"]
    assert published_day(told) == "2022-05-04"
    assert strovik.programmes == (Programme("Ruritania"), Programme("Human Rights"))
    assert strovik.ids == (("OFSI", "900"), ("FCDO", "XRH0001"), ("FCDO", "XRC0002"))
    assert (strovik.reasons, strovik.gender) == ("Beat prisoners.", "Male")
    assert strovik.events[:3] == (
        Event(EventKind.DESIGNATED, "2019-12-02", "Ruritania"),
        Event(EventKind.RE_ENACTED, "2020-12-31", "Ruritania"),
        Event(EventKind.AMENDED, "2022-02-14", "Ruritania"),
    )
    assert strovik.events[3] == Event(EventKind.DESIGNATED, "2021-06-02", "Human Rights")
    assert strovik.births == (Birth("1961", "Streltsin", "XR", "00/00/1961"),)
    assert [each.text for each in held["901"].names] == ["KARSK STROY", "KARSK BUILDING"]


def test_un_reads_partial_births_and_measures_that_a_comment_names() -> None:
    held, told = _held("un-sc", "un.xml")
    strovik = held["XRi.001"]
    assert [each.day for each in strovik.births] == ["1961~", "1960/1962", "", "1982-04", ""]
    assert strovik.births[-1] == Birth("", "Karsk")
    assert [each.kind for each in strovik.measures] == [Measure.ASSET_FREEZE, Measure.ENTRY_BAN]
    assert _days(strovik)[0] == ("designated", "2024-02-15")
    assert _texts(strovik, Quality.ALIAS) == ["WIKTOR STROWIK", "V. STROVIK"]
    assert held["4"].measures == ()
    assert _texts(held["4"], Quality.FORMER) == ["KARSK BUILDING"]
    assert _faults(told) == [(1, "date"), (2, "no_key"), (3, "no_name")]


def test_canada_is_keyed_by_regulations_and_name_and_flags_serial_days() -> None:
    entries, told = read("ca-sema", FILES / "canada.xml")
    strovik, stroy, again, dresk = entries
    assert strovik.births == (Birth("1961-03-04", text="22344"),)
    assert [each.script for each in strovik.names] == ["Latn", "Cyrl", "Latn", "Latn"]
    assert _texts(stroy, Quality.PRIMARY) == ["Karsk Stroy Ltd.", "Société Karsk"]
    assert again.key == f"{strovik.key}#2"
    assert dresk.births == (Birth(text="some day"),)
    assert _faults(told) == [(1, "serial"), (3, "twice"), (4, "no_name"), (5, "date")]


def test_canada_keeps_a_key_when_items_move(tmp_path: Path) -> None:
    text = (FILES / "canada.xml").read_text("utf-8")
    moved = tmp_path / "moved.xml"
    moved.write_text(text.replace("<Item>2</Item>", "<Item>77</Item>"), encoding="utf-8")
    keys = [each.key for each in read("ca-sema", FILES / "canada.xml")[0]]
    assert [each.key for each in read("ca-sema", moved)[0]] == keys


def test_australian_aliases_are_joined_wherever_they_stand() -> None:
    held, told = _held("au-dfat", "australia.csv")
    strovik = held["101"]
    assert strovik.rows == (2, 4, 6)
    assert [each.text for each in strovik.names] == ["Viktor STROVIK", "Виктор СТРОВИК", "Vitya"]
    assert sorted(_days(strovik)) == [
        ("amended", "2025-03-01"),
        ("amended", "2025-04-02"),
        ("designated", "2024-02-15"),
        ("re_enacted", "2026-02-14"),
    ]
    assert [each.day for each in strovik.births] == ["1960/1962", "1961-03-04", ""]
    assert _days(held["102"]) == [("designated", "../2025-03-25")]
    assert _days(held["104"]) == [("designated", "2025-04-01")]
    assert _faults(told) == [(7, "no_key"), (8, "no_name"), (9, "word")]


def test_australian_sheet_of_later_years_states_its_measures(tmp_path: Path) -> None:
    head = ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength",
            "Date of Birth", "Listing Information", "Control Date", "Targeted Financial Sanction",
            "Travel Ban", "Arms Embargo", "Maritime Restriction"]  # fmt: skip
    rows: list[list[Any]] = [
        [101, "Viktor STROVIK", "Individual", "Primary Name", "", date(1961, 3, 4), "soon", "later",
         "TRUE", "TRUE", "FALSE", "FALSE"],
        ["101a", "Vitya", "Individual", "Alias", "Weak", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    (strovik,), told = read("au-dfat", _book(tmp_path / "au.xlsx", {"Sheet1": [head, *rows]}))
    assert [each.kind for each in strovik.measures] == [Measure.ASSET_FREEZE, Measure.ENTRY_BAN]
    assert _texts(strovik, Quality.WEAK) == ["Vitya"]
    assert strovik.births == (Birth("1961-03-04", text="1961-03-04"),)
    assert [each.rule for each in told.faults] == [FaultRule.DATE]


def test_swiss_history_is_no_name_and_the_latest_modification_decides() -> None:
    held, told = _held("ch-seco", "switzerland.xml")
    strovik = held["100"]
    assert _texts(strovik, Quality.PRIMARY) == ["Viktor Andreyevich Strovik"]
    assert "Wrongname" not in str(strovik.as_data())
    assert _texts(strovik, Quality.ALIAS) == ["Виктор Стровик"]
    assert _days(strovik) == [
        ("designated", "2024-02-15"),
        ("amended", "2024-11-18"),
        ("delisted", "2025-03-01"),
    ]
    assert strovik.births[0] == Birth("1961-03-04", "Streltsin", "XR", "1961-3-4")
    assert strovik.addresses[0].text == "4 Mill Street, Karsk"
    assert [each.kind for each in held["200"].measures] == [Measure.FINANCE]
    assert _faults(told) == [(1, "date"), (1, "word"), (3, "no_name")]


def test_ukrainian_sheets_keep_decree_measures_and_end(tmp_path: Path) -> None:
    people = ["№ указу", "Дата указу", "Дія щодо об'єкту санкцій", "п/н", "Тип обмеження",  # noqa: RUF001 - Ukrainian
              "Термін обмеження", "Дата закінчення обмеження", "Назва укр.", "Назва ориг.",
              "Дата народження", "Громадянство"]  # fmt: skip
    bodies = [*people[:9], "ОКПО/ЄДРПОУ", "Місце діяльності"]
    measures = "1) блокування активів; 2) відмова в наданні віз; 3) заборона танців"
    start, end, born = date(2024, 2, 15), date(2027, 2, 15), date(1961, 3, 4)
    book: dict[str, list[list[Any]]] = {
        "Фізичні особи": [
            people,
            ["7-2024", start, "застосування", 1, measures, "Три роки", end, "Стровік Віктор",
             "Стровик Виктор", born, "XR, XS"],
            ["7-2024", start, "танець", 2, "", "", "", "Дреск Ілля", "", "", ""],
            ["", start, "застосування", 3, "", "", "", "Без указу", "", "", ""],
        ],
        "Юридичні особи": [
            bodies,
            ["7-2024", start, "застосування", 1, "обмеження торговельних операцій", "", "",
             "Карскстрой", "", "1044450021999", "Карськ"],
            ["7-2024", start, "застосування", 2, "", "", "", "", "", "", ""],
        ],
    }  # fmt: skip
    entries, told = read("ua-nsdc", _book(tmp_path / "ua.xlsx", book))
    strovik, dresk, stroy = entries
    assert strovik.key == "7-2024/person/1"
    assert [each.kind for each in strovik.measures] == [
        Measure.ASSET_FREEZE,
        Measure.ENTRY_BAN,
        Measure.OTHER,
    ]
    assert _days(strovik) == [("designated", "2024-02-15"), ("expires", "2027-02-15")]
    assert strovik.nationalities == ("XR", "XS")
    assert _days(dresk) == [("amended", "2024-02-15")]
    assert stroy.key == "7-2024/body/1"
    assert stroy.identifiers == (Identifier("registration", "1044450021999"),)
    assert {each.kind for each in stroy.measures} == {Measure.EXPORT, Measure.IMPORT}
    assert [each.rule.value for each in told.faults] == ["word", "no_key", "no_name"]


def test_chinese_rows_that_stand_twice_are_one_entry() -> None:
    entries, told = read("cn-counter", FILES / "china.csv")
    fellner, optics, nothing = entries
    assert _days(fellner) == [("designated", "2023-12-26")]
    assert fellner.measures == ()
    assert fellner.reasons == "Member of a parliament"
    assert optics.rows == (3, 4)
    assert optics.measures == (Imposed(Measure.EXPORT, "Export Control Watch List"),)
    assert _days(optics)[1] == ("expires", "2026-04-24")
    assert nothing.kind is Kind.OTHER
    assert _faults(told) == [(4, "twice"), (5, "word"), (6, "no_name")]


def test_folder_is_named_by_all_that_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12")
    first = digest_of(tmp_path)
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    assert digest_of(tmp_path)[0] != first[0]
    assert first[1] == digest_of(tmp_path)[1] == 2


@pytest.mark.parametrize("name", ["Ив", "İ", "ﷴ"])
def test_name_is_kept_in_its_own_script(name: str, tmp_path: Path) -> None:
    (entry,), _ = read("xf-invented", plain_list(tmp_path / "x.jsonl", [name]))
    assert entry.names[0] == Name(name)


def _book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_real_lists_are_looked_for_beside_the_main_checkout_of_a_work_tree(tmp_path: Path) -> None:
    main, tree = tmp_path / "main", tmp_path / "trees" / "one"
    for each in (main / ".git" / "worktrees" / "one", tree):
        each.mkdir(parents=True)
    (tree / ".git").write_text(f"gitdir: {main}/.git/worktrees/one\n", encoding="utf-8")
    assert main_checkout(tree) == main
    (tree / ".git").write_text("gitdir: ../../main/.git/worktrees/one\n", encoding="utf-8")
    assert main_checkout(tree) == main
    assert main_checkout(main) == main
    assert main_checkout(tmp_path) == tmp_path
