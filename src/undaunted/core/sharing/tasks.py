"""Work in the background: what was shared ends when it runs out, on both sides."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import destroy_keys, drop_copies, end_arrival
from undaunted.core.sharing.queries import arrival_for, arrivals_due

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["end_what_ran_out"]

_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="sharing.end_what_ran_out", queueing_lock="sharing.end_what_ran_out")
def end_what_ran_out(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Erase every package received that has run out, and destroy our copies of those we sent.

    The keys go first, as nobody: the calendar decides. What came of a package goes in a transaction
    of its own, as anybody of the holder who records: one failure keeps nothing from the others, and
    what failed is tried again.
    """
    drop_copies(actor=PUBLIC, at=timezone.now())
    destroy_keys(None, actor=PUBLIC, at=timezone.now())
    return sum(_end(arrival, person) for arrival, person in arrivals_due(PUBLIC))


def _end(arrival: UUID, person: UUID | None) -> bool:
    if person is None:
        _LOG.error(
            "Package %s ran out and its keys are destroyed, but its organisation has nobody who "
            "records: make somebody a steward, and the records that came of it go too",
            arrival,
        )
        return False
    try:
        with acting_as(person) as actor:
            held = arrival_for(actor, arrival)
            if held is not None:
                end_arrival(held, actor=actor, at=timezone.now())
    except Exception:  # noqa: BLE001 - whatever breaks for one, the others must end
        _LOG.exception("Package %s ran out and could not be erased", arrival)
        return False
    return held is not None
