"""What two people may decide about something that is kept for a time, and for which reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

__all__ = ["Asked", "WhyAsked", "keeping_facts"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Asked(StrEnum):
    """What is asked: that the clock is held, that it is let go, that it is erased at once."""

    HOLD = "hold"
    RELEASE = "release"
    ERASE = "erase"


class WhyAsked(StrEnum):
    """Reasons from a list: a free text would name people in a table that is read in the clear."""

    LITIGATION = "litigation"
    INVESTIGATION = "investigation"
    PERSON_ASKED = "person_asked"
    REASON_OVER = "reason_over"
    PURPOSE_OVER = "purpose_over"
    DANGER = "danger"


def keeping_facts(
    started_at: datetime,
    due_at: datetime,
    met_at: datetime | None,
    cancelled_at: datetime | None,
    sequence: int,
) -> tuple[str, ...]:
    """Give what a period of keeping states, as the database writes it: microseconds, or nothing."""
    moments = (started_at, due_at, met_at, cancelled_at)
    return (*(_moment(each) if each else "" for each in moments), str(sequence))


def _moment(at: datetime) -> str:
    return str((at - _EPOCH) // timedelta(microseconds=1))
