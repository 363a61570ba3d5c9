"""A case as it travels between instances: what one recipient may have, as rows without our ids.

Where no name may be given, the person has a code, days are cut to months, and places to the
country: somebody shown by code only is never counted to a day (decision 0012).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FORMAT", "SharedAct", "SharedCase", "SharedName", "cut_to_month"]

FORMAT = 1
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
