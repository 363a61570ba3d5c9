"""Between which days what happened about a listing can lie."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules import EventKind
from undaunted.repression.coordination.rules.refusals import CoordinationRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.listings.rules import Entry

__all__ = ["EARLIEST", "check_listed_by", "checked_due", "listed_since"]

AHEAD: Final = 2
"""Years ahead or back that a preparation can be due; a moment lies no further ahead."""
EARLIEST: Final = date(1946, 1, 1)
"""A bound of our own, for entries of lists that give no day: what lies before is a slip."""


def listed_since(forms: Iterable[Entry]) -> date:
    """Give the first day on which an entry can have been listed, out of every form of it."""
    told = [
        (PartialDate.parse(event.day).earliest if event.day else None) or EARLIEST
        for form in forms
        for event in form.happened(EventKind.DESIGNATED)
    ]
    return max(EARLIEST, min(told, default=EARLIEST))


def check_listed_by(field: str, day: date, since: date) -> None:
    """Raise `CoordinationRefused` for a day on which the entry cannot have been listed yet."""
    if day < since:
        raise CoordinationRefused(
            f"{field}: {day} lies before {since}, the first day on which the entry can have been "
            "listed; correct the day, or name the entry that was listed then"
        )


def checked_due(due: date | None, today: date) -> date | None:
    """Give the day on which a preparation is due, as it is kept. Raises `CoordinationRefused`.

    It lies as far ahead as a moment may, and as far back as one can have begun to prepare.
    """
    if due is None:
        return None
    furthest = AHEAD * 366
    if abs((due - today).days) > furthest:
        raise CoordinationRefused(
            f"due: {due} lies more than {AHEAD} years from today; correct it, or leave it empty"
        )
    return due
