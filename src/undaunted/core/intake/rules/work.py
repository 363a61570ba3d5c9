"""How a mailbox moves, why somebody may open it, and what is kept in the clear."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.core.clocks.rules import due, rule_for
from undaunted.core.intake.rules.questions import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = [
    "ANSWERS",
    "DRAFT",
    "DRAFT_DAYS",
    "EXPORTED",
    "INCOMING",
    "MESSAGE",
    "REDACTED",
    "REPLY",
    "SAFETY",
    "VERSION",
    "State",
    "WhyOpened",
    "hour_of",
    "look_by",
    "may_become",
]

ANSWERS: Final = "intake.answers"
MESSAGE: Final = "intake.message"
DRAFT: Final = "intake.draft"
DRAFT_DAYS: Final = 7
"""How long somebody may take until they hand in what they saved."""
REPLY: Final = "intake.reply"
VERSION: Final = 1
"""Version of what is sealed under these kinds."""

SAFETY: Final = "intake.safety"
"""A note of the team about dangers to whoever works on it."""
REDACTED: Final = "intake.redacted"
EXPORTED: Final = "intake.export"
INCOMING: Final = (ANSWERS, MESSAGE)
"""What a reporter has sent."""

_CLOCKS: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        Severity.RED: "alert-red",
        Severity.AMBER: "alert-amber",
        Severity.GREEN: "alert-green",
    }
)
"""Rules of `core/clocks`. No clock is stored: its row would tell other teams of the mailbox."""


def look_by(severity: Severity, since: datetime) -> datetime:
    """Give until when somebody must look at what came at `since` (card 3.6, proposed there)."""
    rule = rule_for(_CLOCKS[severity], since.date())
    end = due(rule, since, now=since).due_at
    assert end is not None  # noqa: S101 - a clock that has begun ends
    return end


class State(StrEnum):
    """How far the work on a mailbox is."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


class WhyOpened(StrEnum):
    """Why somebody opens a mailbox; the reporter reads it."""

    FIRST_LOOK = "first_look"
    CASEWORK = "casework"
    HANDOVER = "handover"
    SECOND_OPINION = "second_opinion"
    EMERGENCY = "emergency"
    EXPORT = "export"


_NEXT: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        State.NEW: frozenset({State.OPEN}),
        State.OPEN: frozenset({State.CLOSED}),
        State.CLOSED: frozenset({State.OPEN}),
    }
)


def may_become(now: State, then: State) -> bool:
    """Tell whether a mailbox may move from one state to another."""
    return then in _NEXT[now]


def hour_of(at: datetime) -> datetime:
    """Give the hour, which is all that is kept of a time."""
    return at.replace(minute=0, second=0, microsecond=0)
