"""Drafts of mappings: valid, commented, and never turning totals or the dead into prisoners."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.prisoners.registry.readers.lists import (
    HEADER,
    ROW,
    changed,
    csv_text,
    find_country,
    json_text,
    read,
    write,
    xlsx_bytes,
)
from undaunted.prisoners.registry.readers import UnreadableFile, parse_mapping, suggest_mapping
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (ROW, changed(ID="K2", Name="Bo Berg"), changed(ID="K3", Sentence="life"))


def suggested(path: Path) -> dict[str, str]:
    found = parse_mapping(suggest_mapping(path, find_country=find_country))
    return {rule.column: rule.field for rule in found.columns}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_draft_reads_the_very_file_it_was_made_from(tmp_path: Path, kind: str) -> None:
    contents: dict[str, str | bytes] = {
        "csv": csv_text(*ROWS),
        "xlsx": xlsx_bytes(HEADER, *ROWS),
        "json": f'{{"people": {json_text(*ROWS)}}}',
    }
    path = write(tmp_path, contents[kind])
    draft = parse_mapping(suggest_mapping(path, find_country=find_country))
    assert draft.keys.columns == ("ID",)
    assert [row.outcome for row in read(path, draft)] == [Outcome.OK] * 3


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("ФИО;Дата ареста;Страна", ("person.name.full", "spell.start", "spell.country")),
        ("姓名;被捕日期;国家", ("person.name.full", "spell.start", "spell.country")),
        (
            "Nom complet;Date d'arrestation;Pays",
            ("person.name.full", "spell.start", "spell.country"),
        ),
        ("الاسم;تاريخ الاعتقال;البلد", ("person.name.full", "spell.start", "spell.country")),
        ("نام;تاریخ بازداشت;کشور", ("person.name.full", "spell.start", "spell.country")),
        ("FULL_NAME;Arrest Date;COUNTRY", ("person.name.full", "spell.start", "spell.country")),
    ],
)
def test_headers_are_known_in_several_languages(
    tmp_path: Path, header: str, fields: tuple[str, ...]
) -> None:
    path = write(tmp_path, f"{header}\nAna Lund;2020-03-05;Rovenia\n")
    assert tuple(suggested(path).values()) == fields


def test_shape_of_values_helps_where_the_header_does_not(tmp_path: Path) -> None:
    text = "Name,A,B,C,Sentence\nAna,https://example.org/1,M,Rovenia,2031-05\n"
    assert suggested(write(tmp_path, text)) == {
        "Name": "person.name.full",
        "A": "source.url",
        "B": "person.gender",
        "C": "spell.country",
        "Sentence": "spell.expected_release",
    }


def test_order_of_dates_is_found_from_days_beyond_twelve(tmp_path: Path) -> None:
    for day, order in (("25/3/2020", "dmy"), ("3/25/2020", "mdy"), ("3/4/2020", "")):
        path = write(tmp_path, f"Name,Arrested\nAna,{day}\n")
        draft = parse_mapping(suggest_mapping(path, find_country=find_country))
        assert draft.dates.order == order


def test_killed_people_are_passed_over_by_the_draft(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Status\nAna,Killed\nBo,Held\n")
    draft = parse_mapping(suggest_mapping(path, find_country=find_country))
    assert [row.outcome for row in read(path, draft)] == [Outcome.SKIPPED, Outcome.OK]


def test_table_of_totals_gets_no_draft(tmp_path: Path) -> None:
    path = write(tmp_path, "COUNTRY,YEAR,Total\nRovenia,2020,5\n")
    with pytest.raises(UnreadableFile) as error:
        suggest_mapping(path, find_country=find_country)
    assert error.value.code == "no_person_column"


_CELLS = st.text(max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(_CELLS, min_size=1, max_size=5), st.lists(_CELLS, min_size=1, max_size=5))
def test_draft_is_a_valid_mapping_whatever_the_file_holds(
    tmp_path: Path, header: list[str], cells: list[str]
) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([["Name", *header], ["Ana", *cells]])
    path = write(tmp_path, stream.getvalue().encode("utf-8", "replace"))
    try:
        text = suggest_mapping(path, find_country=find_country)
    except UnreadableFile:
        return
    assert parse_mapping(text).columns
