"""Work in the background: what replaces a withdrawn edition is built again.

What waits for a person is told once, and again where the reason is another or the worker starts
anew; who looks at editions sees it there at any time.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from procrastinate.contrib.django import app

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.editions.actions import rebuild_edition
from undaunted.core.editions.queries import edition_for, editions_due
from undaunted.core.editions.rules import FileWanted

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["build_what_waits"]

_LOG = logging.getLogger(__name__)
_TOLD: Final[dict[UUID, str]] = {}
"""Editions that wait, with the reason that was told of each."""


@app.periodic(cron="*/10 * * * *")
@app.task(name="editions.build_what_waits", queueing_lock="editions.build_what_waits")
def build_what_waits(timestamp: int) -> int:  # noqa: ARG001 - the queue tells when it was due
    """Build every edition that replaces a withdrawn one; two people publish it then.

    Each in a transaction of its own, so that one failure keeps nothing from the others.
    """
    due = editions_due(PUBLIC)
    for gone in _TOLD.keys() - {edition for edition, _ in due}:
        del _TOLD[gone]
    return sum(_build(edition, person) for edition, person in due)


def _build(edition: UUID, person: UUID | None) -> bool:
    if person is None:
        _tell_once(
            edition,
            "replaces a withdrawn one and waits, but its organisation has nobody who "
            "may build it: make somebody a documenter",
        )
        return False
    try:
        with acting_as(person) as actor:
            held = edition_for(actor, edition)
            if held is not None:
                rebuild_edition(held, actor=actor, at=timezone.now())
    except FileWanted as wanted:
        _tell_once(edition, f"waits for somebody to build it with --again: {wanted}")
        return False
    except Exception:  # noqa: BLE001 - whatever breaks for one, the others must be built
        _LOG.exception("Edition %s could not be built again", edition)
        return False
    return held is not None


def _tell_once(edition: UUID, words: str) -> None:
    if _TOLD.get(edition) != words:
        _TOLD[edition] = words
        _LOG.error("Edition %s %s", edition, words)
