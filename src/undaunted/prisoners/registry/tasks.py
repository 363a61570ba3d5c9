"""Work of the registry in the background: accepted imports, and what the calendar changes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from undaunted.core.access.rules import PUBLIC, Forbidden
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.registry.actions.comparing import (
    MOST_KEPT,
    ask_comparison,
    keep_candidates,
    record_comparison_failure,
)
from undaunted.prisoners.registry.actions.downloads import renew_downloads
from undaunted.prisoners.registry.actions.imports import (
    ImportNotReady,
    record_import_failure,
    write_import,
)
from undaunted.prisoners.registry.actions.projecting import pass_time
from undaunted.prisoners.registry.analysis.candidates import found_among, gathered
from undaunted.prisoners.registry.queries.candidates import narrowed
from undaunted.prisoners.registry.queries.imports import batch_for

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = [
    "compare_records",
    "let_time_pass",
    "progress_of",
    "renew_prepared_downloads",
    "run_import",
    "start_comparison",
]


@app.task(name="registry.run_import", queue="imports")
def run_import(batch_id: str, user_id: str) -> None:
    """Write an accepted import as the steward who accepted it; all of it or nothing.

    A second run finds nothing to write and changes nothing.
    """
    user = UUID(user_id)
    batch = UUID(batch_id)
    try:
        with acting_as(user, kind="job") as actor:
            held = batch_for(actor, batch)
            if held is not None:
                write_import(
                    held,
                    actor=actor,
                    at=timezone.now(),
                    progress=lambda done, _all: _note_progress(batch, done),
                )
    except ImportNotReady:
        return
    except (OSError, ValueError, DatabaseError, Forbidden) as error:
        _fail(user, batch, error)
        raise
    finally:
        _progress_file(batch).unlink(missing_ok=True)
    if held is not None:
        with acting_as(user, kind="job") as actor:
            start_comparison(held.holder, actor=actor, at=timezone.now())


def start_comparison(holder: UUID, *, actor: Actor, at: datetime) -> None:
    """Let the worker hold an organisation's records against each other, for whoever asks now."""
    ask_comparison(holder, actor=actor, at=at)
    job = compare_records.configure(queueing_lock=f"registry.compare_records {holder}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(holder=str(holder), user_id=str(actor.person))


@app.task(name="registry.compare_records", queue="imports")
def compare_records(holder: str, user_id: str) -> None:
    """Hold the records that an organisation reads against each other, and keep what may be one.

    Nothing is held in the database while they are compared, which takes minutes where there are
    many. Whatever breaks is told; where whoever asked may no longer say so, time ends it.
    """
    user, organisation = UUID(user_id), UUID(holder)
    try:
        with acting_as(user, kind="job") as actor:
            held = gathered(narrowed(actor, organisation))
        found = found_among(held, limit=MOST_KEPT)
        with acting_as(user, kind="job") as actor:
            keep_candidates(organisation, found, actor=actor, at=timezone.now())
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        with suppress(Forbidden), acting_as(user, kind="job") as actor:
            record_comparison_failure(organisation, told, actor=actor, at=timezone.now())
        raise


@app.periodic(cron="*/5 * * * *")
@app.task(name="registry.let_time_pass", queueing_lock="registry.let_time_pass")
def let_time_pass(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its tick
    """Show and hide what the calendar says: consent begun or ended, an embargo over, days passed.

    Readers do not depend on it (`middleware`); it spares the first of them the wait.
    """
    pass_time(actor=PUBLIC, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="registry.renew_downloads", queueing_lock="registry.renew_downloads")
def renew_prepared_downloads(timestamp: int) -> bool:  # noqa: ARG001 - when it was due
    """Write the open data anew where anything published changed in the last minutes."""
    return renew_downloads()


def progress_of(batch: UUID) -> int:
    """Give how many rows the running import has written.

    The import is one transaction, which nobody else can look into; its progress stands in a file.
    """
    try:
        return int(_progress_file(batch).read_text("ascii"))
    except (OSError, ValueError):
        return 0


def _fail(user: UUID, batch: UUID, error: Exception) -> None:
    with suppress(ImportNotReady), acting_as(user, kind="job") as actor:
        held = batch_for(actor, batch)
        if held is not None:
            told = f"{type(error).__name__}: {error}"
            record_import_failure(held, told, actor=actor, at=timezone.now())


def _note_progress(batch: UUID, done: int) -> None:
    file = _progress_file(batch)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.write_text(str(done), "ascii")
    draft.replace(file)


def _progress_file(batch: UUID) -> Path:
    return Path(settings.DOCUMENTS_FOLDER) / "imports" / "progress" / str(batch)
