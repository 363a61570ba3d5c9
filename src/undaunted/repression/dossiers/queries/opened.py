"""What of a submission somebody has not opened, who may release it once everything was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.audit.queries import entries_about
from undaunted.core.audit.rules import digest_of
from undaunted.repression.dossiers.queries.kept import files_of
from undaunted.repression.dossiers.rules import DRAFT, PAPERS, SEALED, opening_told

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Submission

__all__ = ["OPENED", "files_unopened"]

OPENED: Final = "submission.opened"
"""By which word the record tells that somebody opened a file."""


def files_unopened(actor: Actor, submission: Submission) -> tuple[str, ...]:
    """Give which files one has not opened of those that can be read: the draft and each annex."""
    opened = {
        entry.digest
        for entry in entries_about("dossier", str(submission.dossier_id))
        if entry.actor == actor.id and entry.verb == OPENED
    }
    files = {
        each.name: digest_of(opening_told(submission.pk, each.sha256))
        for each in files_of(actor, submission)
    }
    read = sorted({DRAFT, *files} - {*PAPERS, *SEALED})
    return tuple(name for name in read if files.get(name) not in opened)
