"""How much one import may hold: every reader refuses what lies beyond, with a clear reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from undaunted.core.workbooks.rules import WorkbookLimits

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits(WorkbookLimits):
    """Bounds of one file, those of a workbook among them."""

    file_bytes: int = 512 * 1024**2
    json_bytes: int = 128 * 1024**2
    cell_characters: int = 100_000
    line_characters: int = 16 * 1024**2


LIMITS: Final = Limits()
"""The bounds in force unless a caller passes tighter ones."""
