"""How much one import may hold: every reader refuses what lies beyond, with a clear reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file; all are generous for lists of people and small for attacks."""

    file_bytes: int = 512 * 1024**2
    json_bytes: int = 128 * 1024**2
    rows: int = 2_000_000
    columns: int = 702
    repeats: int = 1_000
    cell_characters: int = 100_000
    line_characters: int = 16 * 1024**2
    archive_entries: int = 2_000
    archive_bytes: int = 1024**3
    archive_ratio: int = 200
    archive_free_bytes: int = 10 * 1024**2
    sheet_cells: int = 40_000_000


LIMITS: Final = Limits()
"""The bounds in force unless a caller passes tighter ones."""
