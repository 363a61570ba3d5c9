"""Submissions of dossiers as a proposal names them: by title and mark, to who may read the dossier.

The subject that keeps dossiers registers how one is described; without it, or where whoever asks
may not read it, the id alone is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["SubmissionTold", "register_submissions", "submission_told"]


@dataclass(frozen=True, slots=True)
class SubmissionTold:
    """A submission as who may read its dossier sees it named."""

    title: str
    mark: str
    address: str


_DESCRIBED: list[Callable[[Actor, UUID], SubmissionTold | None]] = []


def register_submissions(describe: Callable[[Actor, UUID], SubmissionTold | None]) -> None:
    """Say who describes submissions; called in `apps.py`, a second call replaces it."""
    _DESCRIBED[:] = [describe]


def submission_told(actor: Actor, submission: UUID) -> SubmissionTold | None:
    """Give how a submission is named for whoever asks; None where they may not read it."""
    return _DESCRIBED[0](actor, submission) if _DESCRIBED else None
