"""Tables at a terminal: what somebody copies out of one is whole, however narrow it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from undaunted.cli.names_told import show_evaluation
from undaunted.engines.names import LabelledPair, evaluate
from undaunted.repression.sanctions.commands import commands
from undaunted.repression.sanctions.rules import authorities
from undaunted.site.terminal import print_table

SOURCES = Path(__file__).parents[2] / "src" / "undaunted"
HEADS = ("code", "where", "who it is", "known")
ROWS = (
    ("gb-ghrsr-2020-and-more", "GB", "Oszkar Tarlenheim of Strelsau, the elder", "0.974"),
    ("au-dfat-1234", "AU", "Оскар Тарленгейм [red]", "12,345"),
    ("", "AU", "", "a-word-of-forty-letters-that-nobody-cuts"),
)


def _printed(width: int, **more: object) -> str:
    screen = Console(width=width)
    with screen.capture() as told:
        print_table(HEADS, ROWS, console=screen, **more)  # type: ignore[arg-type]
    return told.get()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_no_word_is_cut_at_any_width(width: int) -> None:
    told = _printed(width, title="What is there [and where]")
    assert "…" not in told
    words = {word for row in (HEADS, *ROWS) for cell in row for word in cell.split()}
    assert words - set(re.split(r"[\s│┃]+", told)) == set()
    assert "there [and where]" in " ".join(told.split())


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(map(len, _printed(width).split("\n"))) <= width


def test_frame_stands_where_there_is_room_and_rows_stand_apart_where_there_is_none() -> None:
    assert "┃" in _printed(120)
    assert "┃" not in _printed(80)
    assert "code       gb-ghrsr-2020-and-more\nwhere      GB\n" in _printed(60)


def test_a_screen_of_no_width_is_one_of_eighty() -> None:
    assert _printed(0) == _printed(80)


def test_numbers_end_at_the_same_side() -> None:
    assert re.search(r" {7}0\.974 │$", _printed(140, numbers=("known",)), re.MULTILINE)


@pytest.mark.parametrize("width", [8, 30, 80])
def test_what_a_list_says_commands_no_terminal_and_turns_no_line(width: int) -> None:
    screen = Console(width=width)
    with screen.capture() as told:
        rows = [("\x1b[2J\x1b]0;all well\x07 Strelsau\u202eQI-DEIL\u2066\rRX", "on\ttwo\r\nlines")]
        print_table(("name", "known"), rows, title="a \x9b31m title", console=screen)
    printed = told.get()
    assert not set("\x1b\x07\x9b\r\t\u202e\u2066") & set(printed)
    for sign in ("\\u001b", "\\u0007", "\\u202e", "\\u2066", "\\u000d", "\\u009b"):
        assert sign in printed


@pytest.mark.parametrize("columns", ["60", "80"])
def test_codes_of_laws_are_whole(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    told = CliRunner().invoke(commands, ["authorities"]).stdout
    codes = {each.code for each in authorities().values() if not each.invented}
    assert codes - set(re.split(r"[\s│┃]+", told)) == set()
    assert "…" not in told


@pytest.mark.parametrize("columns", ["60", "80"])
def test_figures_of_names_are_whole(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    found = evaluate([LabelledPair("Ivan Ivanov", "Ivan Ivanov", same=True, script="cyrillic")])
    show_evaluation(found)
    told = capsys.readouterr().out
    assert {"overall", "precision", "recall"} <= set(re.split(r"[\s│┃]+", told))


def test_one_place_draws_tables() -> None:
    own = [
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if re.search(r"from rich\.table import .{0,40}\bTable\b", path.read_text(encoding="utf-8"))
    ]
    assert own == ["site/terminal.py"]
