"""Whoever waits sees what is being done: a line a step, or a bar at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.config.progress import told_by_steps

if TYPE_CHECKING:
    import pytest

__all__: list[str] = []


def test_elsewhere_than_at_a_terminal_each_step_is_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said: list[str] = []
    with told_by_steps(said.append) as step:
        step("importing the [first] list", 0, 3)
        step("comparing", 1, 3)
    assert said == ["  1 of 3: importing the [first] list", "  2 of 3: comparing"]
    assert capsys.readouterr() == ("", "")


def test_at_a_terminal_a_bar_stands_beside_the_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    said: list[str] = []
    with told_by_steps(said.append) as step:
        step("importing the [first] list", 2, 7)
    told = capsys.readouterr()
    assert (said, told.out) == ([], "")
    assert "importing the [first] list" in told.err
    assert "2/7" in told.err
