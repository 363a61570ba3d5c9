"""What was known at a moment: the view a court asks for when it looks at a decision."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = ["FIRST_YEAR", "LAST_YEAR", "Recorded", "added_later", "as_known", "moment_in_utc"]

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years that a question about a case can be about; periods that begin in them can be reckoned."""


class Recorded(Protocol):
    """Anything with the moment of its recording and, once replaced or withdrawn, of its end."""

    @property
    def recorded_at(self) -> datetime:
        """Give when it was recorded."""
        ...

    @property
    def replaced_at(self) -> datetime | None:
        """Give when it was replaced or withdrawn; nothing while it stands."""
        ...


Entry = TypeVar("Entry", bound=Recorded)


def as_known(entries: Iterable[Entry], at: datetime) -> tuple[Entry, ...]:
    """Give what stood at a moment: recorded by then, and not replaced or withdrawn by then."""
    return tuple(
        each
        for each in entries
        if each.recorded_at <= at and (each.replaced_at is None or each.replaced_at > at)
    )


def added_later(entries: Iterable[Entry], at: datetime) -> tuple[Entry, ...]:
    """Give what was recorded only afterwards, so that nobody holds it against the decision."""
    return tuple(each for each in entries if each.recorded_at > at)


def moment_in_utc(said: datetime) -> datetime | None:
    """Give a moment in UTC, where none is said in that; nothing for one outside the years."""
    if not FIRST_YEAR <= said.year <= LAST_YEAR:
        return None
    return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
