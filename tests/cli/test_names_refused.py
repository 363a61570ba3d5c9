"""`undaunted names`: what is refused before anybody waits for it, and comments above a header."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_names import LIST, PAIRS, told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.mark.parametrize("words", [("A", "A"), ("Zarina Velgant", "A"), ("A.", "Zarina Velgant")])
@pytest.mark.parametrize("option", [(), ("--json",), ("--organisations",)])
def test_one_letter_is_compared_no_more_than_it_is_searched(
    words: tuple[str, ...], option: tuple[str, ...]
) -> None:
    result = told("compare", *words, *option)
    assert result.exit_code == 2, result.output
    assert "is not compared: a name to search for has two letters or more" in result.output
    assert "score" not in result.output
    assert "look at it" not in result.output


def test_one_character_that_is_a_word_is_compared() -> None:
    assert told("compare", "李", "李").output.startswith("1.000")


@pytest.mark.parametrize("ending", ["xlsx", "ODS", "json", "pdf"])
def test_csv_is_not_written_under_the_name_of_another_format(
    names: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"hits.{ending}"
    result = told("screen", str(names), "--against", str(names), "--out", str(out))
    assert result.exit_code == 2
    assert "what is written is CSV; name it hits.csv" in " ".join(result.output.split())
    assert not out.exists()


def test_where_nothing_can_be_written_is_told_before_anything_is_read(
    names: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr("undaunted.cli.names.read_entries", read)
    (tmp_path / "folder").mkdir()
    for place, why in (
        ("folder", "folder: is a folder; name a file in it"),
        ("nowhere/hits.csv", "No such file"),
        ("list.csv/hits.csv", "Not a directory"),
    ):
        out = tmp_path / place
        result = told("screen", str(names), "--against", str(names), "--out", str(out))
        assert result.exit_code == 2
        assert why in result.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "list.csv"]


def test_comments_above_the_header_are_passed_over_and_lines_counted_with_them(
    tmp_path: Path,
) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"# Test pairs, invented\n#\n{PAIRS}", encoding="utf-8")
    assert json.loads(told("evaluate", str(pairs), "--json").output)["overall"]["pairs"] == 4
    pairs.write_text(f"# Test pairs\n#\n{PAIRS}a b,c d,9,latin\n", encoding="utf-8")
    assert "line 8, label: '9'" in told("evaluate", str(pairs)).output
    pairs.write_text(f"# Test pairs\n{PAIRS}a b,c d,1\n", encoding="utf-8")
    assert "line 7: 3 fields where the header has 4" in told("evaluate", str(pairs)).output


def test_a_first_column_may_be_called_by_the_sign_of_a_comment(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("#,name\n#1,Zarina Velgant\n", encoding="utf-8")
    result = told("search", "Zarina Velgant", "--against", str(file))
    assert "row 2: Zarina Velgant" in result.output
    file.write_text("# of 2026\n#,name\n#1,Zarina Velgant\n", encoding="utf-8")
    result = told("search", "Zarina Velgant", "--against", str(file))
    assert "row 3: Zarina Velgant" in result.output
