"""A listed person's petition: what is there before it is answered, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules import rules
from undaunted.repression.coordination.rules.limits import LONGEST_NAME, checked_text, needed_text
from undaunted.repression.coordination.rules.refusals import PetitionRefused
from undaunted.repression.coordination.rules.terms import Asked, CoordinationReply, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from undaunted.repression.coordination.rules.proposals import EntryKey

__all__ = [
    "CLOCKS",
    "RETENTION",
    "OtherLaw",
    "Petitioner",
    "came_after",
    "check_acknowledged",
    "check_answerable",
    "check_last",
    "check_pending",
    "checked_law",
    "checked_petitioner",
    "clock_begins",
    "petitioner_data",
]

CLOCKS = ("petition-acknowledgement", "petition-reply")
"""The clocks that run from the day on which a petition came in."""
RETENTION = "retention-petition"


@dataclass(frozen=True, slots=True)
class Petitioner:
    """Who asks for what; sealed to the authority's own team."""

    name: str
    represented_by: str
    entry: EntryKey
    asks: str


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """A law that is not in the register of laws: as it is named, and where it was read."""

    name: str
    source: str


def checked_law(law: OtherLaw) -> OtherLaw:
    """Give a law outside the register as it is kept, unverified. Raises `CoordinationRefused`."""
    return OtherLaw(
        name=needed_text("law", law.name, LONGEST_NAME),
        source=needed_text("law_source", law.source, 400),
    )


def checked_petitioner(told: Petitioner) -> Petitioner:
    """Give who asks as it is kept. Raises `CoordinationRefused` naming the field."""
    return Petitioner(
        name=needed_text("name", told.name, LONGEST_NAME),
        represented_by=checked_text("represented_by", told.represented_by, LONGEST_NAME),
        entry=told.entry,
        asks=needed_text("asks", told.asks),
    )


def petitioner_data(told: Petitioner) -> dict[str, object]:
    """Give who asks as plain values."""
    return {
        "name": told.name,
        "represented_by": told.represented_by,
        "entry": ":".join(told.entry),
        "asks": told.asks,
    }


def clock_begins(rule: str, received_on: date) -> date:
    """Give the day from which a clock of a petition runs.

    That is the day on which it came, or the first day of the rule where it came before.
    """
    return max(received_on, min(each.valid_from for each in rules() if each.id == rule))


def check_pending(closed_on: date | None) -> None:
    """Raise `PetitionRefused` where a petition was answered."""
    if closed_on is not None:
        raise PetitionRefused("petition: it was answered; a new request is a petition of its own")


def check_acknowledged(received_on: date, day: date, today: date) -> None:
    """Raise `PetitionRefused` for a day on which a petition cannot have been acknowledged."""
    if not received_on <= day <= today:
        raise PetitionRefused("on: give a day from that on which it came until today")


def check_answerable(asked: Asked, reply: CoordinationReply, parts: Collection[Part]) -> None:
    """Raise `PetitionRefused` unless what must be looked at was looked at.

    Whoever decides on a listing has looked at the evidence anew and at what speaks for the person;
    access to the file and what is not the authority's affair can be answered without.
    """
    if reply is CoordinationReply.NOT_COMPETENT or asked is Asked.ACCESS_TO_FILE:
        return
    if Part.REVIEW not in parts:
        raise PetitionRefused(
            "review: look at the evidence anew first, and write what is left of it"
        )
    if Part.EXCULPATORY not in parts:
        raise PetitionRefused(
            "exculpatory: write down what speaks for the person, or where you looked in vain"
        )


def came_after(answered: datetime, papers: Iterable[datetime]) -> bool:
    """Tell whether one of the papers came after the answer, which has not weighed it then."""
    return any(each > answered for each in papers)


def check_last(answered: datetime, papers: Iterable[datetime]) -> None:
    """Raise `PetitionRefused` where a paper came after the answer that is to be let out."""
    if came_after(answered, papers):
        raise PetitionRefused(
            "answer: something came after this answer was drawn up; draw it up anew"
        )
