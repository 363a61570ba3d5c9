"""The file of an import that was turned down: kept for a while, then erased."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.clocks.actions import start_clock
from undaunted.prisoners.registry.models import ImportBatch

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["DECLINED_IMPORT", "erase_declined_import", "keep_declined_import"]

DECLINED_IMPORT = "declined_import"
"""The kind of subject under which the clock of such a file runs."""


def keep_declined_import(batch: ImportBatch, *, actor: Actor, at: datetime) -> None:
    """Start the clock that ends with the erasure of the file; part of turning an import down."""
    start_clock(
        "retention-declined-import",
        actor=actor,
        at=at,
        holder=batch.holder,
        subject_kind=DECLINED_IMPORT,
        subject_id=batch.pk,
        started_at=at,
    )


def erase_declined_import(
    subject_id: UUID, _clock: object, *, actor: Actor, at: datetime
) -> dict[str, object]:
    """Erase the file of an import that was turned down; gives its digest and how many files went.

    A file that another import brought in too, which was not turned down, stays for that one.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=subject_id, state="declined")
    require(actor, Verb.RECORD, Facts(holder=batch.holder))
    used = ImportBatch.objects.filter(file_path=batch.file_path).exclude(state="declined")
    file = Path(settings.DOCUMENTS_FOLDER) / batch.file_path
    done = {"file": batch.file_sha256, "files": 0}
    if file.is_file() and not used.exists():
        file.unlink()
        done["files"] = 1
    record_entry(
        "import_file.erased",
        actor=actor,
        subject_kind="import",
        subject_id=batch.pk,
        at=at,
        detail=done,
    )
    return done
