"""Work in the background: what was begun at the doors and never ended is deleted."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.intake.actions import drop_old_drafts, drop_unfinished, forget_spent

__all__ = ["drop_what_was_left"]


@app.periodic(cron="41 * * * *")
@app.task(name="intake.drop_what_was_left", queueing_lock="intake.drop")
def drop_what_was_left(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Delete old drafts, parts of files without an end, and marks of tickets; gives how many."""
    return drop_old_drafts() + drop_unfinished(at=timezone.now()) + forget_spent()
