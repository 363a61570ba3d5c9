"""What may be attached, and where it lies: sealed, under the id of its own record."""

from __future__ import annotations

from typing import Final

__all__ = ["FILE", "LARGEST_FILE", "MOST_FILES"]

FILE: Final = "intake.file"
LARGEST_FILE: Final = 64 * 1024 * 1024
MOST_FILES: Final = 20
