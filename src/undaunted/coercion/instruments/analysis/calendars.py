"""Deadlines of a proceeding as a calendar, by which nobody finds the proceeding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.crypto import salted_hmac

from undaunted.coercion.instruments.queries import SUBJECT
from undaunted.core.clocks.queries import events_about
from undaunted.core.clocks.writers import write_calendar

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["deadlines_written"]

_LENGTH, _VERSION = 16, 5


def deadlines_written(actor: Actor, proceeding: Proceeding, *, name: str, at: datetime) -> bytes:
    """Write the deadlines as a calendar file.

    Its id is always the same and made with the server's secret: that of the proceeding is its
    public address once it is on the tracker, and whoever keeps the calendar could be asked.
    """
    events = events_about(actor, SUBJECT, proceeding.pk, at)
    return write_calendar(name, events, at=at, uid=_hidden(proceeding.pk))


def _hidden(proceeding: UUID) -> UUID:
    told = salted_hmac("instruments.calendar", str(proceeding), algorithm="sha256")
    return UUID(bytes=told.digest()[:_LENGTH], version=_VERSION)
