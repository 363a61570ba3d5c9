"""Workbooks as somebody would save them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["saved"]


def saved(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Save a workbook with a sheet for each name, and give its path."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
