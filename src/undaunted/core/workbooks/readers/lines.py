"""A sheet as the lines of a CSV, for what reads CSV: each row is the line of its number."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from undaunted.core.workbooks.readers.opening import open_workbook
from undaunted.core.workbooks.rules import (
    WORKBOOK_LIMITS,
    WorkbookLimits,
    WorkbookRefused,
)

__all__ = ["ENDINGS", "ZIP", "SheetLines", "is_workbook", "sheet_lines", "sheet_sent"]

ENDINGS = (".xlsx", ".xlsm", ".ods")
ZIP = b"PK\x03\x04"


class SheetLines(NamedTuple):
    """One sheet of a workbook.

    Attributes:
        sheet: its name.
        others: names of the sheets that are not read.
        text: its rows as CSV, separated by commas, with as many fields in each as in the first.
    """

    sheet: str
    others: tuple[str, ...]
    text: str


def is_workbook(name: str, first: bytes) -> bool:
    """Tell by its name and its first bytes whether a file is a workbook."""
    return first.startswith(ZIP) and name.lower().endswith(ENDINGS)


def sheet_sent(
    name: str, content: bytes, sheet: str = "", limits: WorkbookLimits = WORKBOOK_LIMITS
) -> SheetLines | None:
    """Give a sheet of a workbook that was sent as bytes; None where it is none.

    Raises `WorkbookRefused`.
    """
    if not is_workbook(name, content[: len(ZIP)]):
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "given.xlsx"
        path.write_bytes(content)
        return sheet_lines(path, sheet, limits)


def sheet_lines(
    path: Path, sheet: str = "", limits: WorkbookLimits = WORKBOOK_LIMITS
) -> SheetLines:
    """Give a sheet, or the first where none is named. Raises `WorkbookRefused`.

    Cells beyond the header that say something are kept, so that a row that has them can be told.
    """
    book = open_workbook(path, limits)
    name = book.named(sheet)
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\n")
    width, line = 0, 0
    for number, cells in book.rows(name):
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if number > limits.rows:
            raise WorkbookRefused("too_many_rows", limit=limits.rows)
        if held.tell() + sum(map(len, cells)) > limits.text_characters:
            raise WorkbookRefused("archive_bomb", detail=f"> {limits.text_characters} characters")
        width = width or len(cells)
        held.write("\n" * (number - line - 1))
        # A cell of several lines would move the numbers of all rows behind it.
        writer.writerow([" ".join(each.split()) for each in cells] + [""] * (width - len(cells)))
        line = number
    return SheetLines(name, tuple(each for each in book.sheets if each != name), held.getvalue())
