"""A court case about a listing, as two people enter it from a public source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from undaunted.repression.coordination.rules.limits import (
    LONGEST_NAME,
    checked_address,
    needed_text,
)
from undaunted.repression.coordination.rules.refusals import CoordinationRefused

if TYPE_CHECKING:
    from datetime import date

    from undaunted.repression.coordination.rules.proposals import EntryKey
    from undaunted.repression.coordination.rules.terms import Court

__all__ = ["CourtCase", "checked_case"]


@dataclass(frozen=True, slots=True)
class CourtCase:
    """Case number, court, how it stands since when, and where that is published."""

    entry: EntryKey
    number: str
    court: str
    outcome: Court
    day: date
    source: str
    address: str = ""
    read_at_publisher: bool = False


def checked_case(case: CourtCase, today: date) -> CourtCase:
    """Give a case as it is kept. Raises `CoordinationRefused` naming the field."""
    if case.day > today:
        raise CoordinationRefused("day: it is to come; give that of the latest decision or filing")
    return replace(
        case,
        number=needed_text("number", case.number, 80),
        court=needed_text("court", case.court, LONGEST_NAME),
        source=needed_text("source", case.source, 400),
        address=checked_address("address", case.address),
    )
