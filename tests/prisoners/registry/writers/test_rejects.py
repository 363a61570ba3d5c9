"""The reject file: refused rows only, with line, column and reason, harmless for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.prisoners.registry.readers.lists import (
    HEADER,
    ROW,
    changed,
    csv_text,
    mapping,
    read,
    write,
)
from undaunted.core.evidence.rules import harmless
from undaunted.prisoners.registry.readers import explain
from undaunted.prisoners.registry.writers.rejects import ADDED_COLUMNS, write_rejects

if TYPE_CHECKING:
    from pathlib import Path


def test_only_rejected_rows_are_written_with_line_column_and_reason(tmp_path: Path) -> None:
    text = csv_text(
        ROW, changed(ID="K2", Country="Rovena", Arrested="31.02.2020", Name="=cmd|'/C calc'!A0")
    )
    stream = io.StringIO()
    written = write_rejects(
        read(write(tmp_path, text), mapping()), stream, header=HEADER, explain=explain
    )
    header, row = csv.reader(io.StringIO(stream.getvalue()))
    assert written == 1
    assert header == [*ADDED_COLUMNS, *HEADER]
    assert row[:3] == ["", "3", "Country; Arrested"]
    assert "There is no such day" in row[3]
    assert row[5] == "'=cmd|'/C calc'!A0"


@given(st.text())
def test_no_value_is_left_that_a_spreadsheet_would_run(text: str) -> None:
    safe = harmless(text)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\0" not in safe
    assert len(safe) <= 32_001
