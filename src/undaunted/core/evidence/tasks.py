"""Work in the background: sweeping away what killed processes left half written."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.evidence.actions import sweep_drafts

__all__ = ["sweep_old_drafts"]

ABANDONED = timedelta(days=1)
"""No upload takes that long; a younger draft may still be growing."""


@app.periodic(cron="*/10 * * * *")
@app.task(name="evidence.sweep_old_drafts", queueing_lock="evidence.sweep_old_drafts")
def sweep_old_drafts(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its tick
    """Remove drafts older than a day; a worker that starts does this for the tick it missed."""
    return sweep_drafts(timezone.now() - ABANDONED)
