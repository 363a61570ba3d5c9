"""How much a workbook may hold, and what is told where one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SENTENCES", "WORKBOOK_LIMITS", "WorkbookLimits", "WorkbookRefused"]


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """Bounds of one workbook; all are generous for lists and small for attacks."""

    rows: int = 2_000_000
    columns: int = 702
    repeats: int = 1_000
    archive_entries: int = 2_000
    archive_bytes: int = 1024**3
    archive_ratio: int = 200
    archive_free_bytes: int = 10 * 1024**2
    sheet_cells: int = 40_000_000
    text_characters: int = 256 * 1024**2


WORKBOOK_LIMITS: Final = WorkbookLimits()
"""The bounds in force unless a caller passes others."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is told."""
    return sentence


SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "damaged_archive": (
        _("The workbook is damaged or was cut off: {detail}."),
        _("Download or export it again."),
    ),
    "not_a_workbook": (
        _("This file is neither XLSX nor ODS."),
        _("Save the list as XLSX, ODS or CSV."),
    ),
    "old_or_locked_workbook": (
        _("This is an old or password-protected workbook."),
        _("Open it, remove the password, and save it as XLSX."),
    ),
    "archive_bomb": (
        _("The file unpacks to far more than a list can be: {detail}."),
        _("Do not open it by hand either; ask its sender."),
    ),
    "forbidden_xml": (
        _("The workbook declares a document type or entities in {entry}, which no list needs."),
        _("Do not trust this file; ask its sender."),
    ),
    "row_repeated": (
        _("Line {line} says that it repeats itself {times} times."),
        _("Delete that row in the spreadsheet, or save the list as CSV and look at its end."),
    ),
    "sheet_missing": (
        _("The workbook has no sheet {sheet}; it has {sheets}."),
        _("Name one of these sheets in the mapping."),
    ),
    "too_many_columns": (
        _("The table has {columns} columns; {limit} is the most."),
        _("Delete columns that the import does not need."),
    ),
    "too_many_rows": (
        _("The table has more than {limit} rows."),
        _("Split the list into several files."),
    ),
}
"""What is wrong, and what to do about it, by code."""


class WorkbookRefused(ValueError):
    """The workbook as a whole cannot be read; its text says why, and what to do, in English."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(" ".join(SENTENCES[code]).format(**self.params))
