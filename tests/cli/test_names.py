"""`undaunted names`: names and files in, scores and reasons out."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tests.core.workbooks.books import saved
from undaunted.cli.names import REVIEWED, commands
from undaunted.cli.names_told import SENTENCES
from undaunted.engines.names import REVIEW, Ground

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

LIST = """name,id,birth,kind
Рамзан Велгантов,L1,1980,person
Zarina Velgant,L2,,
Velgant Trading Ltd,L3,,organisation
X,L4,,
"""
PAIRS = """left,right,label,script
Рамзан Велгантов,Ramzan Velgantov,1,cyrillic
Рамзан Велгантов,Zarina Brackwater,0,cyrillic
محمد ترابي,Muhammad Turabi,1,arabic
محمد ترابي,Ottoline Brackwater,0,arabic
"""


def told(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words), env={"COLUMNS": "160"})


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS, encoding="utf-8")
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_two_names_are_compared_with_reasons() -> None:
    result = told("compare", "Рамзан Велгантов", "VELGANTOV, Ramzan")
    assert result.exit_code == 0, result.output
    assert "look at it" in result.output
    assert "Рамзан met Ramzan: BGN/PCGN" in result.output
    assert "unlike" in told("compare", "Zarina Velgant", "Ottoline Brackwater").output


def test_a_name_may_begin_with_a_hyphen() -> None:
    refused = told("compare", "---", "x")
    assert refused.exit_code == 2
    assert "No such option" not in refused.output
    assert "undaunted: " in refused.output
    assert told("compare", "-Ivan Sovdagar", "Ivan Sovdagar").exit_code == 0
    assert told("compare", "a", "b", "--jsonn").exit_code == 2


def test_a_name_that_is_searched_may_begin_with_a_hyphen(names: Path) -> None:
    result = told("search", "-Ramzan Velgantov", "--against", str(names))
    assert result.exit_code == 0, result.output
    assert "row 2: Рамзан Велгантов" in result.output
    assert told("search", "a", "--against", str(names), "--jsonn").exit_code == 2


def test_a_birth_under_another_heading_lowers_a_hit_and_what_is_not_read_is_told(
    tmp_path: Path,
) -> None:
    listed, asked, out = (tmp_path / name for name in ("list.csv", "asked.csv", "hits.csv"))
    listed.write_text("name,birth,programme\nZarina Velgant,1976,X\n", encoding="utf-8")
    asked.write_text("name,date_of_birth,Country\nZarina Velgant,05.10.1951,XR\n", encoding="utf-8")
    screened = ("screen", str(asked), "--against", str(listed), "--out", str(out))
    result = told(*screened, "--threshold", "0.3")
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    for sentence in (
        "asked.csv: column `date_of_birth` is read as `birth`",
        "asked.csv: column `Country` is read as `nationality`",
        "list.csv: not read: `programme`; what is read is called name, id,",
    ):
        assert sentence in said
    hit, *told_of = rows_of(out)
    assert hit["outcome"] == "hit"
    assert float(hit["score"]) < 1
    assert "other-birth" in hit["reasons"]
    assert [(row["outcome"], row["reasons"].split(";")[0]) for row in told_of] == [
        ("columns", "column `date_of_birth` is read as `birth`"),
        ("columns", "column `Country` is read as `nationality`"),
        ("columns on the list", "not read: `programme`"),
    ]
    words = ("search", "Zarina Velgant", "--json", "--against", str(listed))
    (note,) = json.loads(CliRunner().invoke(commands, list(words)).stdout)["notes"]
    assert note.startswith("not read: `programme`")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_table_may_have_another_separator(
    names: Path, pairs: Path, tmp_path: Path, separator: str
) -> None:
    for file, words in (
        (names, ("search", "Velgantow", "--json", "--against")),
        (pairs, ("evaluate", "--json")),
    ):
        other = tmp_path / f"other-{file.name}"
        other.write_text(file.read_text("utf-8").replace(",", separator), encoding="utf-8")
        read, same = (
            CliRunner().invoke(commands, [*words, str(each)]).stdout for each in (other, file)
        )
        assert json.loads(read) == json.loads(same)


def test_a_table_of_names_alone_has_no_separator(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name\nZarina Velgant; Otto\n", encoding="utf-8")
    result = told("search", "Zarina Velgant Otto", "--against", str(file))
    assert "row 2: Zarina Velgant; Otto" in result.output


@pytest.mark.parametrize(
    "text",
    [
        'name,id\nAda Roth,1\n"Zarina\nVelgant",2\n"Otto Brandt,3\nKarl Brandt,4\n',
        'name,id\nAda Roth,1\n"Zarina\nVelgant",2\n"Otto Brandt,3\n"Karl Brandt",4\n',
    ],
)
def test_a_quote_that_is_not_closed_is_told_with_the_row_in_which_it_opens(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    result = told("search", "Zarina Velgant", "--against", str(file))
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "list.csv: line 5: is no CSV" in said
    assert "close the quote that opens in the row beginning there" in said


def test_columns_without_heading_keep_no_table_out_and_are_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,,\nZarina Velgant,,x\n", encoding="utf-8")
    result = told("search", "Zarina Velgant", "--against", str(file))
    assert result.exit_code == 0, result.output
    assert "row 2: Zarina Velgant" in result.output
    assert "not read: a column without heading; what is read" in result.output


def test_two_columns_that_mean_the_same_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,dob,born\nAda Roth,1970,1971\n", encoding="utf-8")
    result = told("search", "Ada Roth", "--against", str(file))
    assert result.exit_code == 2
    assert "list.csv: columns `dob` and `born` both mean `birth`" in result.output


def test_a_comparison_for_programs() -> None:
    found = json.loads(told("compare", "Zarina Velgant", "Zarina Velgand", "--json").output)
    assert found["left"] == "Zarina Velgant"
    assert 0.7 < found["score"] < 1
    assert {"ground", "left", "right", "by", "likeness"} == set(found["reasons"][0])


def test_organisations_are_compared_as_such() -> None:
    words = ("compare", "Velgant Trading Ltd", "Velgant Trading Limited")
    assert told(*words, "--organisations").output.startswith("1.000")


def test_a_list_is_searched_and_its_rows_are_told(names: Path) -> None:
    result = told("search", "Ramsan Velgantow", "--against", str(names))
    assert result.exit_code == 0, result.output
    assert "row 2: Рамзан Велгантов (L1)" in result.output
    assert "row 5: a name to search for has two letters or more" in result.output


def test_a_search_for_programs(names: Path) -> None:
    words = ("search", "Velgant Trading", "--against", str(names), "--organisations", "--json")
    result = CliRunner().invoke(commands, list(words))
    found = json.loads(result.stdout)
    assert [(hit["row"], hit["id"], hit["kind"]) for hit in found["hits"]] == [
        (4, "L3", "organisation")
    ]


def test_a_table_is_screened_and_rows_not_screened_are_said(names: Path, tmp_path: Path) -> None:
    asked, out = tmp_path / "asked.csv", tmp_path / "hits.csv"
    asked.write_text(
        "Name,birth\n=Zarina Velgant,\nQ,\n\nOttoline Brackwater,\nRamzan Velgantov,1980-40\n",
        encoding="utf-8",
    )
    result = told("screen", str(asked), "--against", str(names), "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "2 hits of 2 rows in hits.csv" in result.output
    assert [
        (row["outcome"], row["asked_row"], row["found_row"], row["asked_name"])
        for row in rows_of(out)
    ] == [
        ("hit", "2", "3", "'=Zarina Velgant"),
        ("hit", "6", "2", "Ramzan Velgantov"),
        ("not screened", "3", "", "Q"),
        ("flagged", "6", "", "Ramzan Velgantov"),
        ("not searched", "", "5", ""),
    ]


def test_a_sheet_is_a_list_and_a_cut_one_is_refused(names: Path, tmp_path: Path) -> None:
    rows = [line.split(",") for line in LIST.splitlines()]
    book = saved(tmp_path / "list.xlsx", listed=rows)
    asked = ("search", "Ramsan Velgantow", "--json", "--against")
    found = CliRunner().invoke(commands, [*asked, str(book)])
    assert json.loads(found.stdout) == json.loads(
        CliRunner().invoke(commands, [*asked, str(names)]).stdout
    )
    two = saved(tmp_path / "two.xlsx", listed=rows, more=rows)
    result = told("search", "Ramsan Velgantow", "--against", str(two))
    assert result.exit_code == 2
    assert "has further sheets (more)" in " ".join(result.output.split())
    book.write_bytes(book.read_bytes()[:-30])
    result = told("search", "Ramsan Velgantow", "--against", str(book))
    assert result.exit_code == 2
    assert "damaged or was cut off" in " ".join(result.output.split())


def test_no_cell_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    names, out = tmp_path / "list.csv", tmp_path / "hits.csv"
    names.write_text("name,id\n@Zarina Velgant,+1\n=,-2\n", encoding="utf-8")
    told("screen", str(names), "--against", str(names), "--out", str(out))
    cells = [cell for row in rows_of(out) for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []
    assert "'@Zarina Velgant" in cells


def test_no_cell_runs_behind_spaces_or_where_a_spreadsheet_splits(tmp_path: Path) -> None:
    names, out = tmp_path / "list.csv", tmp_path / "hits.csv"
    with names.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["name", "id"], ["Zarina Velgant", "  =1+1"], ["Otto Roth", "a;=2+2"]])
        writer.writerow(["Karl Brandt", "\n=3+3"])
    told("screen", str(names), "--against", str(names), "--out", str(out))
    ids = {row["asked_name"]: row["asked_id"] for row in rows_of(out)}
    assert ids["Otto Roth"] == "a;'=2+2"
    assert not [told for told in ids.values() if told.lstrip().startswith("=")]


def test_what_was_written_before_stays_where_writing_fails(names: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "hits.csv"
    result = told("screen", str(names), "--against", str(names), "--out", str(out))
    assert result.exit_code == 2
    assert "No such file" in result.output
    folder = tmp_path / "folder"
    folder.mkdir()
    result = told("screen", str(names), "--against", str(names), "--out", str(folder))
    assert result.exit_code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "list.csv"]


def test_no_table_that_is_read_is_written_over(names: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("name\nZarina Velgant\n", encoding="utf-8")
    linked = tmp_path / "linked.csv"
    linked.symlink_to(names)
    for out in (names, table, linked, tmp_path / ".." / tmp_path.name / "table.csv"):
        result = told("screen", str(table), "--against", str(names), "--out", str(out))
        assert result.exit_code == 2
        assert "is read here, and would be lost; name another --out" in result.output
    assert names.read_text("utf-8") == LIST
    assert table.read_text("utf-8") == "name\nZarina Velgant\n"
    hits = tmp_path / "hits.csv"
    for _ in range(2):
        done = told("screen", str(table), "--against", str(names), "--out", str(hits))
        assert done.exit_code == 0, done.output


def test_pairs_are_evaluated_overall_and_by_script(pairs: Path) -> None:
    found = json.loads(told("evaluate", str(pairs), "--json").output)
    assert found["overall"]["pairs"] == 4
    assert set(found["scripts"]) == {"arabic", "cyrillic"}
    assert found["scripts"]["arabic"]["auc"] == 1.0
    shown = told("evaluate", str(pairs)).output
    for word in ("overall", "cyrillic", "AUC", "recall", "1.0000"):
        assert word in shown


def test_pairs_of_one_label_have_no_auc(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("left,right,label,kind\nVelgant Ltd,Velgant Limited,true,organisation\n")
    assert "none" in told("evaluate", str(file)).output


def test_precision_of_nothing_flagged_is_none(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("left,right,label\nZarina Velgant,Otto Roth,0\n,Otto Roth,1\n")
    shown = told("evaluate", str(file)).stdout
    assert shown.count("none") == 3
    found = json.loads(told("evaluate", str(file), "--json").output)
    assert found["overall"]["precision"] is None
    assert (found["overall"]["refused"], set(found["scripts"])) == (1, {"latin"})


def test_pairs_that_are_refused_are_told_by_row_and_rule(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    rows = ["Zarina Velgant,Otto Roth,0", "?!,Otto Roth,1", f"Otto Roth,{'x' * 2000},1"]
    file.write_text("\n".join(["left,right,label", *rows, *["Otto Roth,,1"] * 10]) + "\n")
    result = told("evaluate", str(file))
    said = result.stderr.splitlines()
    assert said[0].startswith(f"undaunted: {file}: row 3: '?!' is not compared: ")
    assert f"row 4: '{'x' * 100}' is not compared: " in said[1]
    assert said[2].startswith(f"undaunted: {file}: row 5: '' is not compared: ")
    assert said[10:] == [f"undaunted: {file}: 2 more pairs are not compared, up to row 14"]
    refused = json.loads(told("evaluate", str(file), "--json").stdout)["refused"]
    assert [each["row"] for each in refused] == list(range(3, 15))
    assert refused[0]["name"] == "?!"
    assert refused[0]["why"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "is empty; a header with left, right, label"),
        (b"left,right\na,b\n", "there is no column label; its columns are left, right"),
        (b"left,right,label\nAa,Bb,maybe\n", "line 2, label: 'maybe'; write 1"),
        (b"left,right,label,kind\nAa,Bb,1,ship\n", "line 2, kind: 'ship'; write person"),
        (b"left,right,label\nAa,Bb\n", "line 2: 2 fields where the header has 3"),
        (b"left,right,label,label\nAa,Bb,1,1\n", "two columns are called 'label'"),
        (b"left,right,label\n", "there is no pair"),
        (b"left,right,label\n\xd0\xe0\xec\xe7,Bb,1\n", "is no text in UTF-8"),
        (b'left,right,label\n"a"b,c,1\n', "is no CSV"),
    ],
)
def test_bad_pairs_name_line_column_and_remedy(tmp_path: Path, text: bytes, words: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_bytes(text)
    result = told("evaluate", str(file))
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"who,id\nZarina,1\n", "there is no column name; its columns are who, id; call the one"),
        (b"who;id\nZarina;1\n", "there is no column name; its columns are who, id; call the one"),
        (b"name\n", "has a header and no row"),
        (b"\xff\xfen\x00a\x00", "is no text in UTF-8"),
    ],
)
def test_a_list_without_names_is_refused(tmp_path: Path, text: bytes, words: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text)
    result = told("search", "Zarina Velgant", "--against", str(file))
    assert result.exit_code == 2
    assert words in result.output


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = told("search", "Zarina Velgant", "--against", str(tmp_path / "none.csv"))
    assert result.exit_code == 2
    assert "none.csv: No such file" in result.output


@pytest.mark.parametrize("name", ["", "x", "\u202e\u202d", "y" * 10_000])
def test_what_is_no_name_is_refused(names: Path, name: str) -> None:
    result = told("search", name, "--against", str(names))
    assert result.exit_code == 2
    assert "undaunted: a name" in result.output


def test_too_many_rows_are_refused(names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undaunted.cli.names_tables.MOST_ROWS", 2)
    result = told("search", "Zarina Velgant", "--against", str(names))
    assert "more than 2 rows" in result.output


def test_every_reason_has_its_words_and_the_threshold_is_the_engines() -> None:
    assert set(SENTENCES) == set(Ground)
    assert REVIEWED == REVIEW
