"""Where the searches of an organisation stand as files, and what each file holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["FAILED", "FRONT", "PROGRESS", "QUESTION", "STATE", "folder_of"]

QUESTION, PROGRESS, STATE = "question.json", "progress.json", "state.npz"
FRONT, FAILED = "front.json", "failed.txt"


def folder_of(holder: UUID, digest: str = "") -> Path:
    """Give where an organisation's searches stand, or one of them."""
    return Path(settings.DOCUMENTS_FOLDER) / "fronts" / str(holder) / digest
