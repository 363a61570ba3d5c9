"""The words of a case: how it came, who is in it, what is said of them, how things were found."""

from __future__ import annotations

from enum import StrEnum
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING
from unicodedata import category

from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.core.places.rules import UnknownCountry, country

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "BY_HAND",
    "LONGEST_KEY",
    "LONGEST_NAME",
    "LONGEST_SOURCE",
    "LONGEST_TEXT",
    "OPEN",
    "CommentKind",
    "EvidenceKind",
    "FactKind",
    "Judgement",
    "ListStanding",
    "PartyRole",
    "RecourseResult",
    "ScreeningOrigin",
    "checked_country",
    "checked_day",
    "checked_key",
    "checked_text",
    "needed_text",
]

LONGEST_KEY, LONGEST_NAME, LONGEST_SOURCE, LONGEST_TEXT = 60, 160, 400, 8000
BY_HAND = "by_hand"
"""Method of a look at a list that a person did."""
_SIGNS = frozenset(ascii_lowercase + digits + "-")


class ScreeningOrigin(StrEnum):
    """How an investment came before the authority."""

    FILED = "filed"
    UNFILED = "unfiled"
    EX_OFFICIO = "ex_officio"
    PARTNER = "partner"


class PartyRole(StrEnum):
    """What somebody does in an investment."""

    ACQUIRER = "acquirer"
    TARGET = "target"
    SELLER = "seller"
    INTERMEDIATE = "intermediate"
    ULTIMATE_OWNER = "ultimate_owner"
    OTHER = "other"


OPEN = frozenset({PartyRole.ACQUIRER, PartyRole.TARGET})
"""Parties that every notification names in the open."""


class FactKind(StrEnum):
    """What a source can say about a party."""

    STATE = "state"
    MILITARY = "military"
    SPECIAL_RIGHTS = "special_rights"
    FUNDING = "funding"
    CONDUCT = "conduct"


class Judgement(StrEnum):
    """What a person judged of a look at a list; none of them says anything of other lists."""

    NOTHING_FOUND = "nothing"
    SAME = "same"
    ANOTHER = "another"
    UNCLEAR = "unclear"
    NOT_COMPARED = "not_compared"


SILENT = frozenset({Judgement.NOTHING_FOUND, Judgement.NOT_COMPARED})
"""What is said where no entry came up: that is no judgement of an entry."""


class ListStanding(StrEnum):
    """Where a party stands: not held against any list yet, waiting for a judgement, looked at.

    Who could not be compared with some list was not looked at: a person looks by hand.
    """

    NOT_SCREENED = "not_screened"
    OPEN = "open"
    MATCHED = "matched"
    LOOKED_AT = "looked_at"
    NOT_COMPARED = "not_compared"


class RecourseResult(StrEnum):
    """What a court or a body of review made of a decision: it stands, or the case is open again."""

    DISMISSED = "dismissed"
    ANNULLED = "annulled"
    SENT_BACK = "sent_back"


class EvidenceKind(StrEnum):
    """What a factor can rest on: a row of the case."""

    FILE = "file"
    STAKE = "stake"
    FACT = "fact"
    ANALYSIS = "analysis"
    ANSWER = "answer"
    LIST = "list"
    COMMENT = "comment"


class CommentKind(StrEnum):
    """What another authority says."""

    INTENTION = "intention"
    COMMENT = "comment"
    OPINION = "opinion"
    QUESTION = "question"


def checked_text(name: str, text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text without space around it. Raises `ScreeningRefused` for one that is not kept."""
    told = text.strip()
    if len(told) > most:
        raise ScreeningRefused(f"{name}: it has {len(told)} letters; write {most} at most")
    if any(_unkept(sign) for sign in told):
        raise ScreeningRefused(f"{name}: it holds signs that cannot be kept; write it anew")
    return told


def _unkept(sign: str) -> bool:
    """Whether a sign prints nothing, or turns around what stands beside it."""
    return sign not in "\n\r\t" and (category(sign) in {"Cc", "Cs"} or sign in "\u202d\u202e")


def needed_text(name: str, text: str, most: int = LONGEST_TEXT) -> str:
    """Give a text that must say something. Raises `ScreeningRefused`."""
    told = checked_text(name, text, most)
    if not told:
        raise ScreeningRefused(f"{name}: it is empty; say it")
    return told


def checked_day(name: str, day: date, *, first: date | None, last: date | None) -> date:
    """Give a day that lies between two others. Raises `ScreeningRefused` for one that does not."""
    if last is not None and day > last:
        raise ScreeningRefused(f"{name}: {day} lies after {last}; give a day up to then")
    if first is not None and day < first:
        raise ScreeningRefused(f"{name}: {day} lies before {first}; give a day from then on")
    return day


def checked_country(name: str, said: str) -> str:
    """Give the code of a country. Raises `ScreeningRefused` for what is none."""
    try:
        return country(said).code
    except UnknownCountry:
        raise ScreeningRefused(f"{name}: {said!r} is none; give two letters") from None


def checked_key(name: str, key: str) -> str:
    """Give a short name, as it stands in addresses. Raises `ScreeningRefused` for what is none."""
    if not key or len(key) > LONGEST_KEY or not set(key) <= _SIGNS or key == "new":
        raise ScreeningRefused(
            f"{name}: {LONGEST_KEY} small letters, figures and hyphens at most; write it anew"
        )
    return key
