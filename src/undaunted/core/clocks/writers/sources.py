"""Deadlines that no clock holds: what their subjects give of them, for boards and calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.writers.calendar import FeedEvent

__all__ = ["Coming", "DaySource", "register_source", "sources"]


@dataclass(frozen=True, slots=True)
class Coming:
    """What ends ahead and no clock holds, since its subject reckons it anew: one line of a board.

    Attributes:
        at: when it ends, by which lines are sorted.
        ends: that, as people say it.
        code: four letters that stand for the subject, if it is a case.
        known: how it stands, or how well its day is known.
        address: the page that tells more.
    """

    title: str
    at: datetime
    ends: str
    code: str
    known: str
    address: str


@dataclass(frozen=True, slots=True)
class DaySource:
    """A subject whose days no clock holds, since it reckons them anew whenever somebody looks.

    Both give what the actor may see, and nothing else: they fetch it through the actor.

    Attributes:
        ahead: called as `ahead(actor, now, until)`; what ends after the one and by the other.
        events: called as `events(actor, now)`; what a calendar shows, opaque, for its address is
            read by whoever has it. What was called off stays for a while as cancelled.
    """

    ahead: Callable[[Actor, datetime, datetime], Iterable[Coming]]
    events: Callable[[Actor, datetime], Iterable[FeedEvent]]


_SOURCES: dict[str, DaySource] = {}


def register_source(name: str, source: DaySource) -> None:
    """Let a subject give deadlines of its own; called in `apps.py`, a second call replaces it."""
    _SOURCES[name] = source


def sources() -> tuple[DaySource, ...]:
    """Give every source that was registered."""
    return tuple(_SOURCES.values())
