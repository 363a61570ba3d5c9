"""`undaunted names screen`: countries in words, and tables that are screened in portions."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undaunted.cli import names_screening
from undaunted.cli.names import commands
from undaunted.cli.names_countries import coded

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


LISTED = "Рамзан Велгантов"


def screened(folder: Path, table: str, against: str) -> tuple[Result, list[dict[str, str]]]:
    asked, held, out = folder / "asked.csv", folder / "list.csv", folder / "out.csv"
    asked.write_text(table, encoding="utf-8")
    held.write_text(against, encoding="utf-8")
    words = ["screen", str(asked), "--against", str(held), "--out", str(out)]
    result = CliRunner().invoke(commands, words, env={"COLUMNS": "160"})
    if not out.exists():
        return result, []
    with out.open(encoding="utf-8", newline="") as lines:
        return result, list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Russia", "RU"),
        ("Россия", "RU"),
        ("Russian", "RU"),
        ("روسیه", "RU"),
        ("RUS", "RU"),
        ("ir", "IR"),
        ("UK", "GB"),
        ("Iran, Islamic Republic of; Belarus", "IR;BY"),
        ("RU/BY", "RU;BY"),
        ("Burma / Birmanie", "MM"),
        ("Atlantis", "Atlantis"),
        ("", ""),
    ],
)
def test_countries_are_read_as_people_write_them(cell: str, codes: str) -> None:
    assert coded(cell) == codes


def test_a_country_in_words_speaks_and_one_that_is_none_is_told_of_its_row(tmp_path: Path) -> None:
    table = "name,nationality\nRamzan Velgantov,Россия\nRamzan Velgantov,Atlantis\n"
    against = f"name,nationality\n{LISTED},Russia\n"
    _, rows = screened(tmp_path, table, against)
    hits = {each["asked_row"]: each["reasons"] for each in rows if each["outcome"] == "hit"}
    assert "same-country" in hits["2"]
    assert "country" not in hits["3"]
    (told,) = [each for each in rows if each["outcome"] == "flagged"]
    assert told["asked_row"] == "3"
    assert "ATLANTIS" in told["reasons"]


def test_rows_of_all_portions_are_screened_and_how_far_it_is_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_screening, "A_PORTION", 2)
    monkeypatch.setattr(names_screening, "TOLD_EACH", 4)
    people = ["Ramzan Velgantov", "Zarina Brackwater", "1", "Ramzan Velgantov", "Ottoline Marsh"]
    table = "name,shoe\n" + "".join(f"{each},44\n" for each in people)
    result, rows = screened(tmp_path, table, f"name\n{LISTED}\n")
    told = [(each["outcome"], each["asked_row"]) for each in rows]
    assert told == [("hit", "2"), ("hit", "5"), ("not screened", "4"), ("columns", "")]
    assert "5 rows against 1 name: 2 hits of 2 rows" in result.output
    assert "undaunted: 4 of 5 rows screened" in result.stderr
    assert "5 of 5" not in result.stderr


def test_a_table_that_breaks_in_its_last_portion_leaves_no_half_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_screening, "A_PORTION", 1)
    table = "name,birth\nRamzan Velgantov,1980\nZarina Brackwater\n"
    result, rows = screened(tmp_path, table, f"name\n{LISTED}\n")
    assert result.exit_code != 0
    assert "line 3: 1 fields where the header has 2" in result.output
    assert rows == []
