"""A calendar that other programs subscribe to (RFC 5545, RFC 7986), without a name in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from icalendar import Event
    from icalendar.enums import STATUS

__all__ = ["REFRESH", "FeedEvent", "subject_code", "write_calendar"]

PRODID = "-//Undaunted//clocks//EN"
REFRESH = timedelta(hours=1)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One end of one clock as a calendar shows it: a whole day, or a moment."""

    uid: UUID
    sequence: int
    summary: str
    description: str
    when: date
    whole_day: bool
    cancelled: bool
    tentative: bool
    changed_at: datetime


def write_calendar(
    name: str, events: Iterable[FeedEvent], *, at: datetime, uid: UUID | None = None
) -> bytes:
    """Give the calendar as bytes; cancelled events stay in it, so that readers take them out.

    With a `uid` of its own the same events give the same bytes.
    """
    from icalendar import Calendar  # noqa: PLC0415 - a quarter of a second, for this alone

    calendar = Calendar.new(
        name=name, prodid=PRODID, method="PUBLISH", refresh_interval=REFRESH, uid=uid
    )
    calendar.add("X-PUBLISHED-TTL", "PT1H")  # what Outlook reads instead of REFRESH-INTERVAL
    for each in events:
        calendar.add_component(_event(each, at))
    return bytes(calendar.to_ical())


def subject_code(subject_id: UUID) -> str:
    """Give four letters that stand for a subject in a calendar; they lead back to nobody."""
    digest = hashlib.sha256(f"clock-code:{subject_id}".encode()).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:4])


def _event(each: FeedEvent, at: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above
    from icalendar.enums import TRANSP  # noqa: PLC0415 - as above

    return Event.new(
        uid=each.uid,
        sequence=each.sequence,
        summary=each.summary,
        description=each.description,
        start=each.when,
        end=each.when + timedelta(days=1) if each.whole_day else None,  # later than the start
        stamp=at,
        last_modified=each.changed_at,
        status=_status(each),
        transparency=TRANSP.TRANSPARENT,
    )


def _status(each: FeedEvent) -> STATUS:
    from icalendar.enums import STATUS  # noqa: PLC0415 - as above

    if each.cancelled:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if each.tentative else STATUS.CONFIRMED
