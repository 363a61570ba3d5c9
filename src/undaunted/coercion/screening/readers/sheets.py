"""Tables in workbooks: a sheet is read as the CSV that it would be saved as."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers import table
from undaunted.coercion.screening.readers.loading import FileRefused
from undaunted.coercion.screening.readers.mapping import AS_IT_IS
from undaunted.core.workbooks.readers import ENDINGS, ZIP, is_workbook, sheet_lines, sheet_sent
from undaunted.core.workbooks.rules import WorkbookRefused

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.coercion.screening.readers.loading import Loaded
    from undaunted.coercion.screening.readers.mapping import Mapping
    from undaunted.core.workbooks.readers import SheetLines

__all__ = ["ENDINGS", "ZIP", "knows", "others_told", "read", "sheet_in", "sheet_of"]


def knows(first: bytes) -> bool:
    """Tell whether a file of that ending begins as a workbook does."""
    return first.startswith(ZIP)


def read(path: Path, mapping: Mapping = AS_IT_IS) -> Loaded:
    """Give the stakes of a sheet with every finding; another is refused."""
    found = _sheet(path, path.name, mapping.sheet)
    gathered = table.gathered(path.name, io.StringIO(found.text, newline=""), mapping)
    gathered.notes += others_told(found, mapping.sheet)
    return gathered.loaded()


def sheet_of(path: Path) -> SheetLines | None:
    """Give the first sheet of a workbook; None where a file is none. Raises `FileRefused`."""
    try:
        with path.open("rb") as held:
            first = held.read(len(ZIP))
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None
    return _sheet(path, path.name) if is_workbook(path.name, first) else None


def sheet_in(name: str, content: bytes, sheet: str = "") -> SheetLines | None:
    """Give a sheet of a workbook that was sent; None where it is none. Raises `FileRefused`."""
    try:
        return sheet_sent(name, content, sheet)
    except WorkbookRefused as refused:
        raise FileRefused(f"{name}: {refused}") from None


def others_told(read: SheetLines, sheet: str) -> tuple[str, ...]:
    """Tell which sheets are not read, where nobody named the one that is."""
    if sheet or not read.others:
        return ()
    return (f"the sheet {read.sheet} is read, and not {', '.join(read.others)}",)


def _sheet(path: Path, name: str, sheet: str = "") -> SheetLines:
    try:
        return sheet_lines(path, sheet)
    except WorkbookRefused as refused:
        raise FileRefused(f"{name}: {refused}") from None
