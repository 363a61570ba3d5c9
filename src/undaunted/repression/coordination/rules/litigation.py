"""A court case about a listing, as two people enter it from a public source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unicodedata import category

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

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")
"""Unseen as well, and part of how Persian and the languages of India are written."""
_FORMULA: Final = ("=", "+", "-", "@")
"""With what a spreadsheet begins to reckon; no court's number begins so."""


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
    number = needed_text("number", _line("number", case.number), 80)
    if number.startswith(_FORMULA):
        raise CoordinationRefused(
            f"number: it begins with {number[0]!r}; write it as the court does, with a letter or a "
            "figure first"
        )
    return replace(
        case,
        number=number,
        court=needed_text("court", _line("court", case.court), LONGEST_NAME),
        source=needed_text("source", _line("source", case.source), 400),
        address=checked_address("address", _line("address", case.address)),
    )


def _line(name: str, text: str) -> str:
    """Give what everybody will read in one line, where nothing in it is unseen or turns it."""
    for sign in text.strip():
        if category(sign) in _UNSEEN and sign not in _JOINERS:
            raise CoordinationRefused(
                f"{name}: it holds the sign U+{ord(sign):04X}, which nobody sees and which can "
                "turn the text around; write it anew"
            )
    return text
