"""Files that commands write: whole or not at all, whatever lies beside them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from undaunted.cli.outputs import demand_writable, drafted

if TYPE_CHECKING:
    from pathlib import Path


def test_draft_left_over_by_a_process_of_the_same_number_keeps_nothing_from_being_written(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out.csv"
    left = tmp_path / f".out.csv.{os.getpid()}.part"
    left.write_text("left", "utf-8")
    for words in ("first", "second"):
        with drafted(out) as draft:
            draft.write_text(words, "utf-8")
        assert out.read_text("utf-8") == words
    assert left.read_text("utf-8") == "left", "another's file stays"
    assert {each.name for each in tmp_path.iterdir()} == {out.name, left.name}


def test_name_that_is_taken_at_the_same_moment_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter(("taken", "taken", "free"))
    monkeypatch.setattr("undaunted.cli.outputs.secrets.token_hex", lambda _size: next(told))
    out = tmp_path / "out.csv"
    with drafted(out) as first, drafted(out) as second:
        assert first != second
        assert second.name.endswith(".free.part")
        first.write_text("first", "utf-8")
        second.write_text("second", "utf-8")


def test_name_as_long_as_a_file_system_takes_is_written_and_a_broken_one_is_gone(
    tmp_path: Path,
) -> None:
    out = tmp_path / ("n" * 251 + ".csv")
    with drafted(out) as draft:
        draft.write_text("whole", "utf-8")
    with pytest.raises(ValueError, match="broken"), drafted(out):
        raise ValueError("broken")
    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ["whole"]


def test_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before", "utf-8")
    link.symlink_to(real)
    demand_writable(link, refusal=ValueError)
    with drafted(link) as draft:
        draft.write_text("after", "utf-8")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "after"
    assert {each.name for each in tmp_path.iterdir()} == {"real.csv", "link.csv"}


def test_pipe_is_refused_and_stays(tmp_path: Path) -> None:
    """As root the place of a device, too, would be taken by a file."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for out in (pipe, link):
        with pytest.raises(ValueError, match="no file, but a device or a pipe; name a file"):
            demand_writable(out, refusal=ValueError)
        with pytest.raises(OSError, match="is no file"), drafted(out):
            pass
    assert pipe.is_fifo()


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(ValueError, match="is a link that leads in a circle; name a file"):
        demand_writable(one, refusal=ValueError)
