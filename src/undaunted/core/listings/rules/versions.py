"""When a file may take the place of the version in force, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from undaunted.core.listings.rules.terms import Came, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

__all__ = [
    "Doubt",
    "Loaded",
    "brought_mark",
    "doubts_of",
    "halved_of",
    "renews",
    "too_faulty",
    "vouched_gone",
]

FEWEST_PARTS = 2
"""A list that shrinks to one part of these, or to less, asks for confirmation."""
RENEWED_AFTER = timedelta(days=7)
"""A list that is fetched unchanged for so long is kept anew, so that it does not grow old."""
ALL = ""
"""Entries of every kind."""
_COUNTED = (Kind.PERSON, Kind.BODY)
_FAULTS_OF_A_HUNDRED = 5
_ALWAYS_BORNE = 3


class Doubt(StrEnum):
    """Why a whole and readable file is not put in force without a person's word."""

    HALVED = "halved"
    REPLACED = "replaced"
    OLDER = "older"
    REDATED = "redated"
    WITHDRAWN = "withdrawn"


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


def halved_of(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[str, ...]:
    """Give of what half or fewer are left: of all entries, else of persons or of bodies.

    A list of bodies that lost its few persons is doubted as well: a part of its file may be gone.
    """
    if _halved(sum(before.values()), sum(after.values())):
        return (ALL,)
    return tuple(kind for kind in _COUNTED if _halved(before.get(kind, 0), after.get(kind, 0)))


def doubts_of(  # noqa: PLR0913 - each is asked about a file by itself
    before: Mapping[str, int],
    after: Mapping[str, int],
    *,
    removed: int,
    older: bool,
    redated: bool = False,
    withdrawn: bool = False,
) -> tuple[Doubt, ...]:
    """Give what asks for a word: half gone or replaced, an earlier day, the same file anew.

    `withdrawn` where it changes something and says what a version said that somebody took back.
    """
    halved, stood = halved_of(before, after), sum(before.values())
    replaced = bool(stood) and removed * FEWEST_PARTS >= stood and ALL not in halved
    found = (
        (Doubt.HALVED, bool(halved)),
        (Doubt.REPLACED, replaced),
        (Doubt.OLDER, older),
        (Doubt.REDATED, redated),
        (Doubt.WITHDRAWN, withdrawn),
    )
    return tuple(doubt for doubt, is_so in found if is_so)


def renews(  # noqa: PLR0913 - what is known of a version that stands
    came: Came,
    stood: Came,
    published: str,
    *,
    since: datetime,
    at: datetime,
    alone: bool = False,
) -> bool:
    """Whether an unchanged list is a version of its own, for nothing else tells that it holds.

    That is a fetched one without a day in its file, where the version that stands was fetched long
    `since`, or was brought by somebody; `published` is that version's day. `alone`: entries are
    missing of which one person's file alone says so; then any that is fetched is kept.
    """
    if came is not Came.FETCHED:
        return False
    if alone:
        return True
    if published and stood is not Came.DATED:
        return False
    return stood is not Came.FETCHED or at - since >= RENEWED_AFTER


def brought_mark(version: UUID, person: UUID) -> str:
    """Give the digest by which a version knows again who loaded it, and nobody else does."""
    return sha256(f"{version} {person}".encode()).hexdigest()


def vouched_gone(vouched: Iterable[int], gone: int, back: int | None = None) -> bool:
    """Whether more than one person's word says that what version `gone` dropped had left the list.

    `vouched` are versions that were fetched, or that a second person confirmed: one of them lacks
    the entry where it is `gone` or later and before `back`, the version that holds it again. Until
    one does the entry is missing from one person's file; `missing_from` asks the database the same.
    """
    return any(gone <= each and (back is None or each < back) for each in vouched)


def _halved(stood: int, left: int) -> bool:
    return stood > 0 and left * FEWEST_PARTS <= stood


def too_faulty(lost: int, taken: int) -> bool:
    """Whether so many rows gave no entry that the file cannot be the list it should be."""
    return lost > _ALWAYS_BORNE and lost * 100 > _FAULTS_OF_A_HUNDRED * (lost + taken)
