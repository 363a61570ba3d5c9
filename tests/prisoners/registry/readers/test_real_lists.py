"""Real lists, read where they are; every row accounted for, none in the repository."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.prisoners.registry.readers.lists import summary
from undaunted.core.places.rules import find_country
from undaunted.prisoners.registry.readers import (
    UnreadableFile,
    open_preview,
    read_mapping,
    suggest_mapping,
)
from undaunted.prisoners.registry.rules.import_rows import ImportRow, Outcome
from undaunted.prisoners.registry.rules.mapping import FormatRule

ROOT = Path(__file__).parents[4]
HERE = ROOT.parent / "shared" / "data" / "cases"
CASES = Path(os.environ.get("REAL_LISTS") or HERE)
MAPPINGS = ROOT / "docs" / "examples" / "mappings"
TAIWAN = CASES / "taiwan_white_terror_jcr" / "modData.csv.gz"
KILLED = CASES / "cpj_killed_journalists" / "cpj-people-list-2026-02-24_05-44-51.csv"
WORKBOOK = CASES / "cpj_killed_journalists" / "cpi_cpj_country_year.xlsx"
CHINESE = CASES / "china_political_prisoners_zh" / "chinese-political-prisoners.csv"
HUB = CASES / "anti_ccp_hub" / "political_prisoners_research.json"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not CASES.is_dir(),
        reason="the lists in ../shared/data are not here; REAL_LISTS names another folder",
    ),
]


def rows_of(path: Path, mapping: str) -> tuple[list[ImportRow], list[str]]:
    with open_preview(
        path,
        read_mapping(MAPPINGS / f"{mapping}.toml"),
        today=dt.date(2026, 11, 23),
        find_country=find_country,
    ) as preview:
        return list(preview), [note.code for note in preview.notes]


def test_taiwan_rejects_the_five_impossible_years_and_every_repeated_key() -> None:
    rows, notes = rows_of(TAIWAN, "taiwan-white-terror")
    found = summary(rows)
    assert found.outcomes == {
        Outcome.OK: 7512,
        Outcome.FLAGGED: 248,
        Outcome.REJECTED: 60,
        Outcome.SKIPPED: 20,
    }
    assert found.rows == 7840
    assert found.errors == {"year_too_early": 5, "duplicate_key": 55}
    assert found.skipped == {"identical_row": 20}
    assert found.warnings == {
        "no_start_date": 210,
        "invisible_characters": 39,
        "mixed_scripts": 3,
        "question_mark_in_name": 2,
        "conflicting_values": 1,
    }
    years = {
        problem.value
        for row in rows
        for problem in row.problems
        if problem.code == "year_too_early"
    }
    assert years == {"1922.0", "1941.0", "1943.0", "1944.0"}
    assert notes == []


def test_killed_journalists_never_become_prisoners() -> None:
    rows, notes = rows_of(KILLED, "cpj-killed")
    found = summary(rows)
    assert found.outcomes == {Outcome.SKIPPED: 1402}
    assert found.skipped == {"killed_not_detained": 1402}
    assert not any(row.values for row in rows)
    assert notes == []


@pytest.mark.parametrize("sheet", ["cpi&cpj", "pivot-table", "cpi-0125-rawdata"])
def test_workbook_of_country_totals_is_refused(sheet: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        suggest_mapping(WORKBOOK, find_country=find_country, rule=FormatRule(sheet=sheet))
    assert error.value.code == "no_person_column"


def test_sheet_of_killed_without_a_status_is_refused_by_the_mapping() -> None:
    with pytest.raises(UnreadableFile) as error:
        rows_of(WORKBOOK, "cpj-killed")
    assert error.value.code in {"wrong_format", "columns_missing"}


def test_chinese_list_reads_han_names_and_expected_releases() -> None:
    rows, notes = rows_of(CHINESE, "chinese-list")
    found = summary(rows)
    assert found.outcomes == {Outcome.OK: 205, Outcome.FLAGGED: 718, Outcome.REJECTED: 3}
    assert found.errors == {
        "no_such_date": 1,
        "unreadable_date": 1,
        "spreadsheet_day_number": 1,
    }
    assert found.warnings == {"expected_release_passed": 721}
    assert [row.line for row in rows if row.outcome is Outcome.REJECTED] == [6, 331, 651]
    assert {row.values["person.names"][0].script for row in rows} == {"Hani"}  # type: ignore[index, union-attr]
    assert notes == ["no_start_column"]


def test_hub_reads_nested_records_and_leaves_exiles_out() -> None:
    rows, notes = rows_of(HUB, "hub-json")
    found = summary(rows)
    assert found.outcomes == {Outcome.OK: 33, Outcome.FLAGGED: 23, Outcome.SKIPPED: 8}
    assert found.skipped == {"exile_not_detained": 7, "at_risk_not_detained": 1}
    assert found.warnings == {"ended_without_date": 23}
    assert notes == ["no_start_column"]


@pytest.mark.parametrize(
    ("path", "good", "lines"),
    [
        (TAIWAN, 7700, ['columns = ["ID"]', 'duplicates = "skip_identical"', 'language = "zh"']),
        (KILLED, 0, ['equals = ["Killed"]', 'field = "spell.start"', 'columns = ["cpj.org URL"]']),
        (CHINESE, 915, ['columns = ["Source"]', 'field = "spell.expected_release"', '"life" = ""']),
        (HUB, 60, ['records = "results[].output"', 'column = "prisoner_name"']),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_every_list_gets_a_draft_that_reads_it(
    path: Path, good: int, lines: list[str], tmp_path: Path
) -> None:
    draft = suggest_mapping(path, find_country=find_country)
    assert [line for line in lines if line not in draft] == []
    (tmp_path / "draft.toml").write_text(draft, encoding="utf-8")
    with open_preview(
        path,
        read_mapping(tmp_path / "draft.toml"),
        today=dt.date(2026, 11, 23),
        find_country=find_country,
    ) as preview:
        found = summary(list(preview))
    assert found.outcomes[Outcome.OK] + found.outcomes[Outcome.FLAGGED] >= good
    if path == KILLED:
        assert found.outcomes == {Outcome.SKIPPED: 1402}
