"""Consent runs out by itself: news of it is announced and delivered, again where it failed."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.access.rules import PUBLIC
from undaunted.core.consent.actions import announce_expiries, deliver_news, follow_ledger
from undaunted.core.consent.rules import LedgerRefused, LedgerTampered

__all__ = ["tell_what_ran_out"]

_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="consent.tell_what_ran_out", queueing_lock="consent.tell_what_ran_out")
def tell_what_ran_out(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is told its tick
    """Announce what ran out, follow the ledger, hand over what waits; it is in no one's name.

    A worker that starts does this at once for the tick it missed.
    """
    at = timezone.now()
    announce_expiries(actor=PUBLIC, at=at)
    try:
        follow_ledger(actor=PUBLIC, at=at)
    except (LedgerRefused, LedgerTampered, OSError):
        _LOG.exception("The ledger of withdrawals is not written")
    deliver_news(actor=PUBLIC, at=at)
