"""Whoever mends a file reads what is wrong, in which file, in the letters that stand there."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from tests.core.listings.factories import FILES
from undaunted.core.listings.commands import commands
from undaunted.core.listings.readers import Reading, read_list
from undaunted.core.listings.readers.words import name_of
from undaunted.core.listings.rules import FaultRule, Quality

if TYPE_CHECKING:
    from pathlib import Path

NORNA = "".join(map(chr, (0x0646, 0x0648, 0x0631, 0x0646, 0x0627)))
TURN = chr(0x202E)


def _hidden(raw: str) -> str:
    told = Reading("a.csv")
    assert name_of(raw, Quality.PRIMARY, 7, told) is not None
    (fault,) = (each for each in told.faults if each.rule is FaultRule.HIDDEN)
    return fault.value


def test_sign_that_nobody_sees_is_told_by_its_number_and_letters_stay_letters() -> None:
    assert _hidden(f"{NORNA}{TURN} {NORNA}") == f"{NORNA}\\u202e {NORNA}"
    assert _hidden(f"A{chr(0xE0041)}B") == "A\\ue0041B"


def test_long_name_is_shown_from_before_the_sign_and_no_number_is_cut() -> None:
    shown = _hidden(" ".join([NORNA] * 60) + TURN * 40)
    assert shown.startswith("…")
    assert shown.count("\\u202e") > 10
    assert shown.replace("\\u202e", "").isprintable()
    assert "\\" not in shown.replace("\\u202e", "")


def _journal(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / "journal"
    shutil.copytree(FILES / "journal", folder)
    head, row = (folder / "consolidated" / "32024R0001.csv").read_text("utf-8").splitlines()[:2]
    cells = next(csv.reader([row]))
    cells[head.split(",").index("name")] = name
    with (folder / "consolidated" / "z.csv").open("w", encoding="utf-8", newline="") as bad:
        bad.write(f"{head}\n")
        csv.writer(bad).writerow(cells)
    return folder


def test_fault_of_a_folder_names_its_file(tmp_path: Path) -> None:
    told = Reading("journal")
    list(read_list("eu-journal", _journal(tmp_path, f"Nor{TURN}na Norna"), told))
    hidden = [each.field for each in told.faults if each.rule is FaultRule.HIDDEN]
    assert hidden == ["z.csv: name"]


def test_terminal_shows_letters_and_does_nothing_that_a_field_says(tmp_path: Path) -> None:
    folder = _journal(tmp_path, f"{NORNA}{TURN} {chr(27)}[31m{NORNA}")
    done = CliRunner().invoke(commands, ["check", "eu-journal", str(folder)])
    assert "z.csv: name: " in done.output
    assert f"{NORNA}\\u202e" in done.output
    assert chr(27) not in done.output
