"""`undaunted names` tells what it passes over, sums up and shows what is hidden."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.test_names import names, rows_of, told

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["names"]


def test_an_organisation_is_found_though_nobody_said_that_it_is_one(
    names: Path, tmp_path: Path
) -> None:
    found = told("search", "Velgant Trading Limited", "--against", str(names))
    assert "Velgant Trading Ltd (L3)" in found.stdout
    asked, out = tmp_path / "asked.csv", tmp_path / "hits.csv"
    asked.write_text("name\nVelgant Trading Limited\n", encoding="utf-8")
    told("screen", str(asked), "--against", str(names), "--out", str(out))
    assert [row["found_id"] for row in rows_of(out) if row["outcome"] == "hit"] == ["L3"]


def test_who_is_passed_over_for_common_words_is_counted_with_what_tells_of_them(
    tmp_path: Path,
) -> None:
    names, out = tmp_path / "list.csv", tmp_path / "hits.csv"
    many = [f"Muhammad Ali Vel{one}{two}ant" for one in "bdfgklmnprst" for two in "bdfgklmnprst"]
    names.write_text("name\n" + "\n".join(many), encoding="utf-8")
    asked = tmp_path / "asked.csv"
    asked.write_text("name\nMuhammad Ali\nVelbbant\n", encoding="utf-8")
    found = told("search", "Muhammad Ali", "--against", str(names))
    assert "many on the list bear their words; --threshold 0.69" in found.stdout
    assert json.loads(told("search", "Muhammad Ali", "--against", str(names), "--json").stdout)[
        "common"
    ]
    words = ("--against", str(names), "--out", str(out), "--most", "1")
    assert "many on the list" in told("screen", str(asked), *words).stdout
    assert {row["asked_row"] for row in rows_of(out) if row["outcome"] == "not told"} == {"2"}
    named = ("search", "Muhammad Ali", "--against", str(names), "--threshold", "0.69")
    assert "beyond the most" in told(*named).stdout


def test_what_commands_a_terminal_or_turns_writing_is_shown_and_not_done(tmp_path: Path) -> None:
    names, out = tmp_path / "list.csv", tmp_path / "hits.csv"
    names.write_text(
        "name,id\n\x1b[31mZarina\x1b[0m \u202eVelgant\u202c,\x9b7m\u2066A\U000e0041\n",
        encoding="utf-8",
    )
    shown = ("\\u001b[31mZarina", "\\u202e", "\\u009b7m\\u2066A\\udb40\\udc41")
    hidden = ("\x1b", "\u202e", "\x9b", "\u2066", "\U000e0041")
    words = ("--against", str(names), "--threshold", "0.3")
    found = told("search", "Zarina Velgant", *words).stdout
    program = told("search", "Zarina Velgant", *words, "--json").stdout
    told("screen", str(names), "--against", str(names), "--out", str(out))
    for text in (found, program, out.read_text(encoding="utf-8")):
        assert not [sign for sign in hidden if sign in text]
        assert all(each in text for each in shown)
    assert json.loads(program)["hits"][0]["id"] == "\x9b7m\u2066A\U000e0041"
    refused = told("compare", "Zarina", "Zarina\x1b[31m" + "y" * 2_000)
    assert "\x1b" not in refused.output


def test_rows_of_one_fault_are_summed_up_behind_those_that_are_not_used(tmp_path: Path) -> None:
    names = tmp_path / "list.csv"
    rows = [f"Zarina Velgant,{day:02}/10/1976" for _ in range(20) for day in range(1, 10)]
    names.write_text("\n".join(["name,birth", *rows, "Q,"]), encoding="utf-8")
    found = told("search", "Zarina Velgant", "--against", str(names))
    first, *others = found.stderr.splitlines()
    assert "row 182: a name to search for has two letters" in first
    assert len(others) == 4
    assert "177 more rows of the same fault, up to row 181" in others[-1]


def test_a_list_of_halves_of_names_is_refused(tmp_path: Path) -> None:
    names = tmp_path / "list.csv"
    names.write_text("name,surname\nRamzan,Velgantov\n", encoding="utf-8")
    result = told("search", "Ramzan Velgantov", "--against", str(names))
    assert result.exit_code == 2
    assert "holds a part of the name" in " ".join(result.output.split())
