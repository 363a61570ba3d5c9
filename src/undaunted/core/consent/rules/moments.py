"""When news of consent is handed over again, and how exactly its moment is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["hour_of", "moment_kept", "next_try"]


def next_try(tries: int, at: datetime) -> datetime:
    """Return when news that a holder failed to deal with is handed over again.

    A minute after the first failure, twice as long after each further one, six hours at most.
    """
    return at + timedelta(minutes=min(2 ** min(max(tries, 1) - 1, 9), 6 * 60))


def hour_of(at: datetime) -> datetime:
    """Return the hour of a moment."""
    return at.replace(minute=0, second=0, microsecond=0)


def moment_kept(detail: Mapping[str, Any], at: datetime) -> datetime:
    """Return what is kept of the moment at which news was dealt with.

    Of a withdrawal by receipt it is the hour: the minute could be laid beside what a network saw.
    """
    return hour_of(at) if detail.get("by") == "receipt" else at
