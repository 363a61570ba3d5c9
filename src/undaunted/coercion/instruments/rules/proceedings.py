"""The words of a proceeding as a case: who opened it, its papers, its evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "LONGEST_KEY",
    "LONGEST_NAME",
    "LONGEST_PAPER",
    "LONGEST_TEXT",
    "InjuryKind",
    "InstrumentChannel",
    "Opening",
    "PaperKind",
    "ReferenceTaken",
    "checked_day",
    "checked_text",
]

LONGEST_KEY, LONGEST_NAME, LONGEST_TEXT, LONGEST_PAPER = 60, 160, 4000, 40_000


class Opening(StrEnum):
    """What a proceeding rests on: a request that somebody made, or the own initiative."""

    REQUEST = "request"
    OWN = "own"


class PaperKind(StrEnum):
    """What a document is for; each has a confidential and a non-confidential version."""

    REQUEST = "request"
    SUBMISSION = "submission"
    EVIDENCE = "evidence"
    REPLY = "reply"


class InjuryKind(StrEnum):
    """What an injury was read from: a result that is kept, another calculation, or none.

    Of a front, a scenario's result or months of trade the product reads the amounts; of another
    calculation it adds the rows of its file. Typed amounts rest on what somebody says.
    """

    FRONT = "front"
    SCENARIO = "scenario"
    EXPOSURE = "exposure"
    OTHER = "other"
    TYPED = "typed"


class InstrumentChannel(StrEnum):
    """How the third country was engaged."""

    CONSULTATION = "consultation"
    MEDIATION = "mediation"
    ADJUDICATION = "adjudication"
    FORUM = "forum"
    LETTER = "letter"


class ReferenceTaken(InstrumentRefused):
    """Another proceeding of the authority has this short name."""


def checked_text(name: str, text: str, most: int = LONGEST_TEXT, *, needed: bool = False) -> str:
    """Give a text without space around it. Raises `InstrumentRefused` for one that is not kept."""
    told = text.strip()
    if needed and not told:
        raise InstrumentRefused(f"{name}: it is empty; write it")
    if len(told) > most:
        raise InstrumentRefused(f"{name}: it has {len(told)} letters; write {most} at most")
    if "\x00" in told or any("\ud800" <= sign <= "\udfff" for sign in told):
        raise InstrumentRefused(f"{name}: it holds signs that cannot be kept; write it anew")
    return told


def checked_day(name: str, day: date, today: date, *, since: date | None = None) -> date:
    """Give a day that has come, and is not before another. Raises `InstrumentRefused`."""
    if day > today:
        raise InstrumentRefused(f"{name}: {day} has not come; record it on that day or later")
    if since is not None and day < since:
        raise InstrumentRefused(f"{name}: {day} lies before {since}; correct the day")
    return day
