"""A case as it travels between instances: what one recipient may have, as rows without our ids.

Where no name may be given, the person has a code, days are cut to months, and places to the
country: somebody shown by code only is never counted to a day (decision 0012).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FORMAT",
    "GENDERS",
    "LONGEST_TEXT",
    "MOST_TEXT",
    "NAME_KINDS",
    "SharedAct",
    "SharedCase",
    "SharedName",
    "cut_to_month",
]

FORMAT = 1
MOST_TEXT = 300
LONGEST_TEXT = {
    "birth": 40,
    "start": 40,
    "end": 40,
    "language": 12,
    "city": 120,
    "facility": 200,
    "authority": 200,
}
"""Characters of the texts that are kept shorter than `MOST_TEXT`."""
NAME_KINDS = frozenset({"full", "native", "alias", "given", "family", "pseudonym"})
GENDERS = frozenset({"", "female", "male", "other", "unknown"})
_MONTH = len("2024-03")


@dataclass(frozen=True, slots=True)
class SharedName:
    """One name as written."""

    text: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class SharedAct:
    """What was done, when, where, as far as it may be told."""

    family: str
    type: str
    start: str = ""
    end: str = ""
    country: str = ""
    city: str = ""
    facility: str = ""
    authority: str = ""
    law: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class SharedCase:
    """One person's case."""

    code: str
    names: tuple[SharedName, ...] = ()
    gender: str = ""
    birth: str = ""
    nationalities: tuple[str, ...] = ()
    country: str = ""
    roles: tuple[str, ...] = ()
    acts: tuple[SharedAct, ...] = ()
    format: int = FORMAT


def cut_to_month(day: str) -> str:
    """Cut a plain day to its month; any other way of writing a date is left out."""
    head = day[:_MONTH]
    plain = len(head) == _MONTH and head[4] == "-" and head.replace("-", "").isdigit()
    return head if plain else ""
