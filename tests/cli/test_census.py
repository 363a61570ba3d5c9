"""`undaunted census overlap`: a file in, two methods side by side out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from undaunted.cli.census import METHODS, REASONS, commands
from undaunted.engines.census.overlap.results import Method, NoEstimate
from undaunted.engines.census.overlap.tables import ThinOverlap

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

ROLLS = """clinic,court,press,n
0,0,1,63
0,1,0,55
0,1,1,18
1,0,0,69
1,0,1,17
1,1,0,21
1,1,1,28
"""


def told(*words: str) -> Result:
    return CliRunner().invoke(commands, ["overlap", *words], env={"COLUMNS": "160"})


@pytest.fixture
def rolls(tmp_path: Path) -> Path:
    file = tmp_path / "rolls.csv"
    file.write_text(ROLLS, encoding="utf-8")
    return file


def test_both_methods_stand_side_by_side(rolls: Path) -> None:
    result = told(str(rolls), "--replicates", "20")
    assert result.exit_code == 0, result.output
    assert "271 persons on 3 lists, 84 on more than one." in result.output
    for word in ("decomposable graphs", "AIC", "BIC", "experimental", "clinic, court"):
        assert word in result.output
    assert "388" in result.output


def test_json_holds_every_model(rolls: Path) -> None:
    result = told(str(rolls), "--replicates", "20", "--json", "--parametric")
    found = json.loads(result.output)
    assert found["observed"] == 271
    assert found["lists"] == {"clinic": 135, "court": 122, "press": 126}
    graphs, aic, bic = found["estimates"]
    assert (len(graphs["models"]), len(aic["models"]), len(bic["models"])) == (7, 8, 8)
    assert {each["label"] for each in found["estimates"]} == {"experimental"}
    assert (
        json.loads(told(str(rolls), "--replicates", "20", "--json", "--parametric").output) == found
    )


def test_no_samples_give_no_interval(rolls: Path) -> None:
    result = told(str(rolls), "--replicates", "0")
    assert result.exit_code == 0
    assert "not asked for" in result.output


def test_a_row_may_be_one_person(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("a,b,c\n" + "1,1,0\n0,1,1\n1,0,1\n1,0,0\n\n0,1,0\n0,0,1\n" * 20)
    assert json.loads(told(str(file), "--json", "--replicates", "0").output)["observed"] == 120


def test_a_model_that_cannot_be_fitted_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rolls.csv"
    file.write_text(ROLLS.replace("0,1,1,18", "0,1,1,0"))
    assert "not fitted" in told(str(file), "--replicates", "0").output


def test_a_thin_overlap_gives_a_reason_and_a_status(tmp_path: Path) -> None:
    file = tmp_path / "rolls.csv"
    file.write_text("a,b,n\n1,0,9\n0,1,9\n1,1,3\n")
    result = told(str(file))
    assert result.exit_code == 2
    assert "two lists cannot tell how much they lean on each other" in result.output
    assert result.output.count("No estimate") == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "is empty; a header"),
        (b"a,b,c\n", "is empty; a header"),
        (b"a,b,c,n\n1,0,yes,4\n", "line 2, c: 'yes'; write 1"),
        (b"a,b,c,n\n1,0,1,-4\n", "line 2, n: '-4'; a whole number"),
        (b"a,b,c,n\n1,0,1,99999999999\n", "line 2, n: '99999999999'; a whole number"),
        (b"a,b,c,n\n1,0,1\n", "line 2: 3 fields where the header has 4"),
        (b"a,b,c,n\n0,0,0,4\n", "row 1: persons on no list"),
        (b"a,a,c,n\n1,1,0,4\n", "lists: two or more are needed, each with a name of its own"),
        (b"\xff\xfe", "is no text in UTF-8"),
        (b'a,b\n"1"x,1\n', "is no CSV"),
    ],
)
def test_bad_input_names_line_column_and_remedy(tmp_path: Path, text: bytes, words: str) -> None:
    file = tmp_path / "rolls.csv"
    file.write_bytes(text)
    result = told(str(file))
    assert result.exit_code == 2
    assert words in result.output


def test_terms_of_three_lists_need_four(rolls: Path) -> None:
    result = told(str(rolls), "--order", "3")
    assert result.exit_code == 2
    assert "order: 3 with 3 lists" in result.output


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = told(str(tmp_path / "none.csv"))
    assert result.exit_code == 2
    assert "none.csv: No such file" in result.output


def test_too_many_rows_are_refused(rolls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.cli.overlap_file.MOST_ROWS", 3)
    assert "more than 3 rows" in told(str(rolls)).output


def test_every_reason_and_method_has_its_words() -> None:
    assert set(METHODS) == set(Method)
    assert set(REASONS) == {*ThinOverlap, *NoEstimate}
