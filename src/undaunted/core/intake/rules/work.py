"""How a mailbox moves, why somebody may open it, and what is kept in the clear."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from undaunted.core.intake.rules.questions import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = [
    "ANSWERS",
    "DRAFT",
    "DRAFT_DAYS",
    "LOOK_WITHIN",
    "MESSAGE",
    "REPLY",
    "VERSION",
    "State",
    "WhyOpened",
    "hour_of",
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

LOOK_WITHIN: Final[Mapping[Severity, timedelta]] = MappingProxyType(
    {
        Severity.RED: timedelta(hours=1),
        Severity.AMBER: timedelta(hours=24),
        Severity.GREEN: timedelta(days=5),
    }
)
"""How soon somebody must have looked (card 3.6, proposed there)."""


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
