"""What a memo is asked for, checked once for page, program and terminal alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Audience,
    AudienceKind,
    AudienceUnreadable,
)
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.prisoners.memo.rules.refusals import MemoRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.practices.rules import Condition

__all__ = [
    "LONGEST_COUNTERPART",
    "MOST_PAGES",
    "MemoRequest",
    "Variant",
    "audience_for",
    "check_request",
    "plain_line",
]

LONGEST_COUNTERPART: Final = 160
MOST_PAGES: Final = 6
FIRST_YEAR: Final = 1800


class Variant(StrEnum):
    """For whose eyes: everybody's, or one government's or organisation's."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class MemoRequest:
    """One memo. Without a country it is about the world, and has no counterpart."""

    country: str
    counterpart: str
    meets_on: date
    as_of: date
    """The day that is counted."""
    known_at: datetime
    language: str
    newest: bool = True
    """`known_at` is the last entry of the ledger, so that all that is known counts."""
    variant: Variant = Variant.PUBLIC
    pages: int = 2
    conditions: tuple[Condition, ...] = ()
    """What the country and the counterpart offer, for the menu of practices."""
    reader: Audience = PUBLIC_AUDIENCE
    """As whom consent counts whoever reads it."""
    stays: bool = True
    """It is for the organisation that builds it, and for nobody else."""
    with_red: bool = False
    """Take practices marked RED, and let nobody but the builder read the memo."""

    @property
    def is_world(self) -> bool:
        """It is about no single country."""
        return not self.country


def check_request(asked: MemoRequest) -> MemoRequest:
    """Give the request in its one spelling. Raises `MemoRefused` and names field and remedy."""
    if not 1 <= asked.pages <= MOST_PAGES:
        raise MemoRefused("pages", f"{asked.pages} pages; choose 1 to {MOST_PAGES}")
    if asked.as_of > asked.known_at.date():
        raise MemoRefused(
            "as_of",
            f"{asked.as_of} lies after {asked.known_at:%Y-%m-%d}, the last day that is known; "
            "give an earlier day",
        )
    if asked.as_of.year < FIRST_YEAR:
        raise MemoRefused("as_of", f"the year {asked.as_of.year}; give one from {FIRST_YEAR}")
    if asked.variant is Variant.RESTRICTED and asked.is_world:
        raise MemoRefused("variant", "a memo about the world names nobody; choose public")
    if asked.with_red and asked.variant is not Variant.RESTRICTED:
        raise MemoRefused("with_red", "what is RED is in no public memo; choose restricted")
    if asked.is_world:
        if asked.counterpart:
            raise MemoRefused("counterpart", "a memo about the world has none; name a country")
        return asked
    _check_place(asked)
    return asked


def plain_line(field: str, text: str, most: int) -> str:
    """Give one line of plain letters. Raises `MemoRefused` where it is empty or too long."""
    told = " ".join(text.split())
    if not told:
        raise MemoRefused(field, "empty; write it in a line")
    if len(told) > most:
        raise MemoRefused(field, f"{len(told)} letters; shorten it to {most}")
    bad = next((each for each in told if unicodedata.category(each) in {"Cc", "Cs", "Cn"}), "")
    if bad:
        raise MemoRefused(field, f"U+{ord(bad):04X} cannot be printed; leave it out")
    return told


def audience_for(variant: Variant, reader: str, *, own: Audience, official: bool) -> Audience:
    """Give as whom consent counts whoever reads a memo of this variant.

    A public memo is for everybody. A restricted one is for `own`, the holder, unless a government
    is named; a government body (`official`) writes for itself alone. Raises `MemoRefused`.
    """
    if variant is Variant.PUBLIC:
        if reader:
            raise MemoRefused("reader", "everybody reads a public memo; leave it empty")
        return PUBLIC_AUDIENCE
    if not reader:
        return own
    try:
        named = Audience.parse(reader)
    except AudienceUnreadable as problem:
        raise MemoRefused("reader", f"{problem}") from None
    if named == own:
        return own
    if named.kind is not AudienceKind.GOVERNMENT:
        raise MemoRefused("reader", "name a government as government:CC, or leave it empty")
    if official:
        raise MemoRefused("reader", "a government writes memos for itself alone; leave it empty")
    return Audience(AudienceKind.GOVERNMENT, _code("reader", named.name))


def _check_place(asked: MemoRequest) -> None:
    if _code("country", asked.country) != asked.country:
        raise MemoRefused("country", f"write {_code('country', asked.country)}")
    plain_line("counterpart", asked.counterpart, LONGEST_COUNTERPART)
    if asked.reader.kind is AudienceKind.GOVERNMENT and asked.reader.name == asked.country:
        raise MemoRefused("reader", "the state the memo is about never gets it; name another")


def _code(field: str, text: str) -> str:
    try:
        return country(text).code
    except UnknownCountry as unknown:
        told = f"{text!r} is no ISO 3166 code; write one such as XR{unknown.remedy}"
        raise MemoRefused(field, told) from None
