"""What some lists write below their rows, and empty lines: neither is a cut file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.listings.factories import FILES, plain_list, read
from undaunted.core.listings.rules import FaultRule, ListRefused

if TYPE_CHECKING:
    from pathlib import Path

__all__: list[str] = []

TABLES = [("uk-fcdo", "uk_fcdo.csv"), ("uk-ofsi", "uk_ofsi.csv"), ("au-dfat", "australia.csv"),
          ("cn-counter", "china.csv")]  # fmt: skip


@pytest.mark.parametrize(("source", "file"), TABLES)
@pytest.mark.parametrize("end", ["\n", "\r\n\r\n"])
def test_short_row_below_a_table_that_ends_is_a_fault_and_no_cut(
    source: str, file: str, end: str, tmp_path: Path
) -> None:
    text = (FILES / file).read_text("utf-8").rstrip("\n")
    known, before = read(source, FILES / file)
    more = tmp_path / file
    more.write_text(f"{text}\nTotal: 1{end}", encoding="utf-8", newline="")
    entries, told = read(source, more)
    assert [each.digest for each in entries] == [each.digest for each in known]
    assert told.count == before.count + 1
    assert FaultRule.CELLS in {each.rule for each in told.faults}
    more.write_text(f"{text}\nTotal: 1", encoding="utf-8", newline="")
    with pytest.raises(ListRefused, match="the last row is cut"):
        read(source, more)


@pytest.mark.parametrize("end", ["\n", "\r\n \n"])
def test_empty_lines_of_the_own_form_are_no_cut(end: str, tmp_path: Path) -> None:
    file = plain_list(tmp_path / "x.jsonl", ["One", "Two"])
    head, one, two = file.read_text("utf-8").splitlines()
    file.write_text(f"{head}\n\n{one}\n{two}\n{end}", encoding="utf-8", newline="")
    entries, told = read("xf-invented", file)
    assert [each.key for each in entries] == ["One", "Two"]
    assert told.count == 0
