"""Work in the background: registers are screened again day by day, as stakes begin and end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.coercion.screening.actions import screen_again
from undaunted.coercion.screening.queries import registers_due
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["screen_registers"]

_LOG = logging.getLogger(__name__)


@app.periodic(cron="41 * * * *")
@app.task(name="screening.screen_registers", queueing_lock="screening.screen_registers")
def screen_registers(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Screen every register that nobody has screened today; gives how many were."""
    return sum(_screen(holder, person) for holder, person in registers_due(PUBLIC))


def _screen(holder: UUID, person: UUID) -> bool:
    try:
        with acting_as(person) as actor:
            screen_again(holder, actor=actor, at=timezone.now())
    except Exception:  # noqa: BLE001 - whatever breaks in one register, the others are screened
        _LOG.exception("Register of %s could not be screened", holder)
        return False
    return True
