"""Whether an entry stands on a day, as far as its own list says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules.terms import EventKind

if TYPE_CHECKING:
    from undaunted.core.listings.rules.entry import Event

__all__ = ["Dated", "stands_on"]

_BEGINS = frozenset({EventKind.DESIGNATED, EventKind.RE_ENACTED})


class Dated(Protocol):
    """Whatever has dated events as an entry has."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened on which day."""


def stands_on(entry: Dated, on: date) -> bool:
    """Whether an entry stands on a day: an entry leaves only where that is sure.

    It does not stand before the first day of all that is told, from its delisting until it is
    listed anew, and after the last day on which it ends. The day on which it ends still counts.
    """
    told = [(each.kind, PartialDate.parse(each.day)) for each in entry.events if each.day]
    begun = [day for kind, day in told if kind in _BEGINS]
    if begun and all(day.earliest is not None and day.earliest > on for day in begun):
        return False
    left = [day.latest for kind, day in told if kind is EventKind.DELISTED and day.latest]
    gone = max((day for day in left if day <= on), default=None)
    if gone is not None and not any(_between(day, gone, on) for day in begun):
        return False
    ends = [day.latest or date.max for kind, day in told if kind is EventKind.EXPIRES]
    return not ends or max(ends) >= on


def _between(day: PartialDate, gone: date, on: date) -> bool:
    """Whether a listing may have come after a delisting, up to the day that is asked about."""
    return (day.latest or date.max) > gone and (day.earliest or date.min) <= on
