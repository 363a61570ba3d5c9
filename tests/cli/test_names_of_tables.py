"""`undaunted names screen`: countries in words, and tables that are screened in portions."""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undaunted.cli import names_kept, names_screening
from undaunted.cli.names import commands
from undaunted.cli.names_countries import coded

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@contextmanager
def _pipe(folder: Path, content: bytes) -> Iterator[Path]:
    """Give a pipe out of which a table comes once."""
    path = folder / "pipe"
    os.mkfifo(path)

    def write() -> None:
        try:
            path.write_bytes(content)
        except BrokenPipeError:
            return

    writer = Thread(target=write)
    writer.start()
    yield path
    writer.join()


def _from_a_pipe(folder: Path, content: bytes, *, against: str = LISTED) -> Result:
    held, out = folder / "list.csv", folder / "out.csv"
    held.write_text(f"name\n{against}\n", encoding="utf-8")
    with _pipe(folder, content) as pipe:
        words = ["screen", str(pipe), "--against", str(held), "--out", str(out)]
        return CliRunner().invoke(commands, words, env={"COLUMNS": "160"})


def test_a_table_out_of_a_pipe_is_screened_as_a_file_is(tmp_path: Path) -> None:
    table = "name;birth\nRamzan Velgantov;\nZarina Brackwater;1980\n"
    result = _from_a_pipe(tmp_path, b"# made by a program\n" + table.encode())
    assert result.exit_code == 0, result.output
    assert "2 rows against 1 name: 1 hit of 1 row" in result.output


def test_a_list_and_pairs_may_come_out_of_a_pipe_too(tmp_path: Path) -> None:
    with _pipe(tmp_path, f"name\n{LISTED}\n".encode()) as pipe:
        words = ["search", "Ramzan Velgantov", "--against", str(pipe)]
        assert "1 of 1 name may be meant" in CliRunner().invoke(commands, words).output
    (tmp_path / "pipe").unlink()
    pairs = f"left,right,label\nRamzan Velgantov,{LISTED},1\nRamzan Velgantov,Olga Marsh,0\n"
    with _pipe(tmp_path, pairs.encode()) as pipe:
        assert CliRunner().invoke(commands, ["evaluate", str(pipe)]).exit_code == 0


def test_what_comes_out_of_a_pipe_has_an_end_and_is_called_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_kept, "MOST_BYTES", 64)
    result = _from_a_pipe(tmp_path, b"name\n" + b"Ramzan Velgantov\n" * 8)
    assert result.exit_code == 2
    assert f"{tmp_path / 'pipe'}: more than 64 bytes; cut it in parts" in result.output
    (tmp_path / "pipe").unlink()
    result = _from_a_pipe(tmp_path, b"called\nRamzan\n")
    assert f"{tmp_path / 'pipe'}: there is no column name" in result.output


def test_a_table_is_checked_whole_and_its_wrong_rows_said_before_the_list_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_screening, "A_PORTION", 1)
    table = "name,birth\nRamzan Velgantov,1980\nQ,\nZarina Brackwater,never\n"
    result, rows = screened(tmp_path, table, "called\nnobody\n")
    assert result.exit_code == 2
    said = result.stderr.splitlines()
    assert ["row 3" in said[0], "row 4" in said[1], "list.csv" in said[2]] == [True] * 3
    assert rows == []
    halves = "name,surname\nRamzan Velgantov,Velgantov\nZarina,Brackwater\n"
    result, _ = screened(tmp_path, halves, "called\nnobody\n")
    assert "`surname` holds a part of the name" in result.stderr
    result, rows = screened(tmp_path, table, f"name\n{LISTED}\n")
    assert [each["outcome"] for each in rows] == ["hit", "not screened", "flagged"]
    assert result.stderr.count("row 3") == result.stderr.count("row 4") == 1
