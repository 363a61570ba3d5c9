"""Work in the background: lists are fetched once a day from the operator's addresses."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import user_named
from undaunted.core.listings.actions import fetch_list
from undaunted.core.listings.readers import read_addresses
from undaunted.core.listings.rules import ListRefused

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.listings.readers import Address

__all__ = ["refresh_lists"]

_LOG = logging.getLogger(__name__)


@app.periodic(cron="23 4 * * *")
@app.task(name="listings.refresh_lists", queueing_lock="listings.refresh_lists")
def refresh_lists(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Fetch every list that the operator named; gives how many have a new version.

    Off without a file of addresses. Each list in a transaction of its own: what one issuer sends
    keeps nothing from the others, and the version before stays in force.
    """
    if settings.LISTS_FILE is None:
        return 0
    try:
        held = read_addresses(settings.LISTS_FILE)
    except ListRefused as refusal:
        _LOG.error("%s", refusal)
        return 0
    user = user_named(held.user)
    if user is None:
        _LOG.error("%s: as: nobody active has the user name %s", settings.LISTS_FILE, held.user)
        return 0
    return sum(_refresh(each, user.pk) for each in held.lists)


def _refresh(address: Address, person: UUID) -> bool:
    try:
        with acting_as(person) as actor:
            now, clock = timezone.now(), time.monotonic
            return not fetch_list(address, actor=actor, at=now, clock=clock).unchanged
    except ListRefused as refusal:
        _LOG.error("List %s stays as it was: %s", address.source, refusal)
    except Exception:  # noqa: BLE001 - whatever breaks in one list, the others are fetched
        _LOG.exception("List %s stays as it was", address.source)
    return False
