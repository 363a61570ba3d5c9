"""`undaunted names` tells of letters that are not heard, and keeps the threshold it was given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_names import rows_of, told

if TYPE_CHECKING:
    from pathlib import Path

MUTE = "\u101e\u1014\u103a\u1038\u101b\u103d\u103e\u1031"
"""Letters of Burma."""
HAN = "\u5b89\u500d\u6649\u4e09"
"""A name of Japan in Chinese characters."""
ALONE, IN_PART = "compared with the same letters alone", "read in one way of several"
LIST = "name,birth\nMin Aung Vel,1956-07-03\nShinzo Velgant,1954\nRamzan Kadyrov,\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.mark.parametrize(("name", "why"), [(MUTE, ALONE), (HAN, IN_PART)])
def test_letters_that_are_not_heard_end_in_no_silence(
    names: Path, tmp_path: Path, name: str, why: str
) -> None:
    against = ("--against", str(names))
    assert f"{name}: its " in (plain := told("search", name, *against).stdout)
    assert why in plain
    (said,) = json.loads(told("search", name, *against, "--json").stdout)["unsure"]
    assert why in said
    asked, out = tmp_path / "asked.csv", tmp_path / "hits.csv"
    asked.write_text(f"name,birth\n{name},1956-07-03\nRamzan Kadyrov,\n", encoding="utf-8")
    result = told("screen", str(asked), *against, "--out", str(out))
    assert "row 2: its letters are" in result.stderr
    (row,) = [each for each in rows_of(out) if each["outcome"] == "flagged"]
    assert (row["asked_row"], row["asked_name"]) == ("2", name)
    assert why in row["reasons"]


@pytest.mark.parametrize(("name", "why"), [(MUTE, ALONE), (HAN, IN_PART)])
def test_two_names_of_which_one_is_not_heard_are_not_told_as_unlike(name: str, why: str) -> None:
    plain = told("compare", name, "Shinzo Velgant").stdout
    assert plain.startswith("0.000  unsure")
    assert why in plain
    (said,) = json.loads(told("compare", name, "Shinzo Velgant", "--json").stdout)["unsure"]
    assert said.startswith(f"{name}: its ")


def test_two_names_in_the_same_letters_are_unlike_where_they_are() -> None:
    for other in ("Zarina Brackwater", HAN):
        name = "Ramzan Kadyrov" if other != HAN else "\u674e\u5bb6\u8d85"
        plain = told("compare", name, other).stdout
        assert "unlike" in plain.splitlines()[0]
        assert json.loads(told("compare", name, other, "--json").stdout)["unsure"] == []


def test_a_listed_name_that_is_not_heard_is_told_unless_its_bearer_has_another(
    tmp_path: Path,
) -> None:
    names, out = tmp_path / "list.csv", tmp_path / "hits.csv"
    names.write_text(f"name,id\n{MUTE},A\nMin Aung Vel,A\n{HAN},B\n{MUTE},\n", encoding="utf-8")
    told("screen", str(names), "--against", str(names), "--out", str(out))
    rows = [each for each in rows_of(out) if each["outcome"] == "flagged on the list"]
    assert [each["found_row"] for each in rows] == ["4", "5"]
    said = told("search", "Min Aung", "--against", str(names)).stderr
    assert "row 4: its letters are read" in said


def test_a_threshold_is_kept_for_one_word_and_a_hit_below_the_usual_one_says_so(
    names: Path, tmp_path: Path
) -> None:
    asked, out = tmp_path / "asked.csv", tmp_path / "hits.csv"
    asked.write_text("name\nKadyrov\n", encoding="utf-8")
    screened = ("screen", str(asked), "--against", str(names), "--out", str(out))
    for threshold in ("0.71", "0.95", "1"):
        high = ("--threshold", threshold)
        assert "0 of 3" in told("search", "Kadyrov", "--against", str(names), *high).stdout
        told(*screened, *high)
        assert not rows_of(out)
    usual = told("search", "Kadyrov", "--against", str(names)).stdout
    assert "0.690  row 4" in usual
    assert "told below the threshold, since one word was asked for" in usual
    told(*screened)
    (row,) = rows_of(out)
    assert row["reasons"].endswith("told below the threshold, since one word was asked for")
    program = told("search", "Kadyrov", "--against", str(names), "--json").stdout
    assert json.loads(program)["hits"][0]["below_threshold"] is True
    low = told("search", "Kadyrov", "--against", str(names), "--threshold", "0.6").stdout
    assert "0.690  row 4" in low
    assert "below the threshold" not in low
    assert "one word alone; may be meant" in told("compare", "Kadyrov", "Ramzan Kadyrov").stdout
    assert "0.69" in " ".join(told("search", "--help").stdout.split())
