"""What two people may decide about something that is kept for a time, and for which reasons."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Asked", "WhyAsked"]


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
