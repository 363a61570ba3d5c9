"""Workbooks as tables: the sheet that a mapping names, under its header."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from undaunted.core.workbooks.readers import open_workbook as opened
from undaunted.core.workbooks.rules import WorkbookRefused
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.readers.tables import RawRow, Table
from undaunted.prisoners.registry.rules.import_rows import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.prisoners.registry.readers.limits import Limits
    from undaunted.prisoners.registry.rules.mapping import FormatRule

__all__ = ["open_workbook"]


def open_workbook(path: Path, rule: FormatRule, limits: Limits) -> Table:
    """Open the sheet the mapping names, or the first visible one that is not empty."""
    with _told():
        book = opened(path, limits)
        sheet = book.named(rule.sheet)

    def numbered() -> Iterator[RawRow]:
        with _told():
            for line, cells in book.rows(sheet):
                if any(cells):
                    yield line, cells, None

    def body() -> Iterator[RawRow]:
        return (row for row in numbered() if row[0] > header_line)

    found = next((row for row in numbered() if row[0] >= rule.header_line), None)
    if found is None:
        raise UnreadableFile("no_header", line=rule.header_line)
    header_line, header = found[0], _trimmed(found[1])
    if len(header) > limits.columns:
        raise UnreadableFile("too_many_columns", columns=len(header), limit=limits.columns)
    return Table(book.kind, sheet, tuple(header), body, _notes(rule, sheet, book.sheets))


def _notes(rule: FormatRule, sheet: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    others = [name for name in names if name != sheet]
    if rule.sheet or not others:
        return ()
    params = (("sheet", sheet), ("sheets", ", ".join(others)))
    return (Finding(Severity.WARNING, "other_sheets", params),)


@contextmanager
def _told() -> Iterator[None]:
    """Tell what is wrong with a workbook as what is wrong with a list."""
    try:
        yield
    except WorkbookRefused as refused:
        raise UnreadableFile(refused.code, **refused.params) from refused


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
