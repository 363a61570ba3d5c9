"""Work in the background: erasing what has been kept for long enough."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.accounts.actions import acting_as
from undaunted.core.clocks.actions import EraserMissing, erase_expired
from undaunted.core.clocks.queries import clock_for, erasures_due

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["erase_what_has_expired"]

BEFORE_ALL_ELSE = 100
"""Erasure waits for no job that came before it and has not begun."""
_LOG = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(
    name="clocks.erase_what_has_expired", queueing_lock="clocks.erase", priority=BEFORE_ALL_ELSE
)
def erase_what_has_expired(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Erase everything whose retention has run out, hour by hour; gives how many were erased.

    Each in a transaction of its own, as somebody of the holder: one failure keeps nothing from the
    others, and what failed stays on the board and is tried again.
    """
    return sum(_erase(clock, person) for clock, person in erasures_due())


def _erase(clock: UUID, person: UUID) -> bool:
    try:
        with acting_as(get_user_model()(pk=person)) as actor:
            held = clock_for(actor, clock)
            receipt = held and erase_expired(held, actor=actor, at=timezone.now())
    except EraserMissing as missing:
        _LOG.warning("Clock %s ran out, but %s", clock, missing)
        return False
    except Exception:  # noqa: BLE001 - whatever one eraser breaks, the others must erase
        _LOG.exception("Clock %s ran out and could not be erased", clock)
        return False
    return receipt is not None
