"""When a file may take the place of the version in force, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Doubt", "Loaded", "doubts_of", "too_faulty"]

FEWEST_PARTS = 2
"""A list that shrinks to less than one part of these asks for confirmation."""
_FAULTS_OF_A_HUNDRED = 5
_ALWAYS_BORNE = 3


class Doubt(StrEnum):
    """Why a whole and readable file is not put in force without a person's word."""

    HALVED = "halved"
    OLDER = "older"
    REDATED = "redated"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many entries were added, amended, removed and left as they were."""

    source: str
    number: int
    entries: int
    added: int
    amended: int
    removed: int
    faults: int
    lost: int
    unchanged: bool = False


def doubts_of(before: int, after: int, *, older: bool, redated: bool = False) -> tuple[Doubt, ...]:
    """Give what asks for a word: half the entries gone, an earlier day, the same file anew."""
    halved = after * FEWEST_PARTS < before
    found = ((Doubt.HALVED, halved), (Doubt.OLDER, older), (Doubt.REDATED, redated))
    return tuple(doubt for doubt, is_so in found if is_so)


def too_faulty(lost: int, taken: int) -> bool:
    """Whether so many rows gave no entry that the file cannot be the list it should be."""
    return lost > _ALWAYS_BORNE and lost * 100 > _FAULTS_OF_A_HUNDRED * (lost + taken)
