"""What may be attached, and where it lies: sealed, under the id of its own record."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CLEAN",
    "FILE",
    "LARGEST_FILE",
    "LARGEST_IN_PARTS",
    "LARGEST_PART",
    "LARGEST_SEALED",
    "LEAST_ROOM",
    "MOST_FILES",
    "UNFINISHED_FOR",
]

FILE: Final = "intake.file"
CLEAN: Final = "intake.clean"
"""The clean copy of film or sound, sealed beside its original so that it can be wound."""
LARGEST_FILE: Final = 64 * 1024 * 1024 - 4096
"""Without script, in one piece; with its frame it is filled up to 64 MiB, not to the next step."""
LARGEST_IN_PARTS: Final = 256 * 1024 * 1024
"""With script, sealed in the browser and sent in parts; no larger clean copy can be made."""
LARGEST_SEALED: Final = 322 * 1024 * 1024
"""What a file of that length is once it is filled up and sealed."""
LARGEST_PART: Final = 1024 * 1024
LEAST_ROOM: Final = 1024 * 1024 * 1024
"""So much of the disk is left to everything else."""
UNFINISHED_FOR: Final = 48 * 3600
"""Seconds after which parts without an end are deleted."""
MOST_FILES: Final = 20
