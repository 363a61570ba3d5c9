"""Work of campaigns in the background: what the beginning of a month does."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.access.rules import PUBLIC
from undaunted.prisoners.campaigns.actions import freeze_private

__all__ = ["count_private_raises"]


@app.periodic(cron="3 * * * *")
@app.task(name="campaigns.count_private_raises", queueing_lock="campaigns.count_private_raises")
def count_private_raises(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Count private raises once a month; every other hour of it finds that this was done.

    A worker that starts does this at once for the tick it missed. It is in no one's name.
    """
    return freeze_private(actor=PUBLIC, at=timezone.now())
