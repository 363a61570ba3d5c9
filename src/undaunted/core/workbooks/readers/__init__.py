"""A workbook as rows of text, once all of it is known to be harmless."""

from undaunted.core.workbooks.readers.apart import sheets_apart
from undaunted.core.workbooks.readers.archives import demand_ratio
from undaunted.core.workbooks.readers.lines import (
    ENDINGS,
    ZIP,
    SheetLines,
    is_workbook,
    sheet_lines,
    sheet_sent,
)
from undaunted.core.workbooks.readers.opening import Workbook, open_workbook

__all__ = [
    "ENDINGS",
    "ZIP",
    "SheetLines",
    "Workbook",
    "demand_ratio",
    "is_workbook",
    "open_workbook",
    "sheet_lines",
    "sheet_sent",
    "sheets_apart",
]
