"""What materials are written from: plain values, cut down to what consent allows before they exist.

No contact of anybody is in them, and no case in silent mode ever becomes a `CaseSheet`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.prisoners.campaigns.rules.terms import (
        AdopterKind,
        Channel,
        Level,
        Mode,
        Reply,
        SourceStatus,
    )

__all__ = [
    "AdopterSheet",
    "CampaignSheet",
    "CaseSheet",
    "FollowUp",
    "NamePiece",
    "OccasionSheet",
    "RaiseLine",
    "SourceLine",
]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is printed: by whom, its title, of when, where; how it was read."""

    publisher: str
    title: str
    published: str = ""
    url: str = ""
    status: SourceStatus | None = None
    """Only of sources of the product itself; sources of cases are graded in the registry."""


@dataclass(frozen=True, slots=True)
class NamePiece:
    """A name in its own script, with its language where that is known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class OccasionSheet:
    """The day a campaign stands on, with what carries it and what is doubtful about it."""

    code: str
    title: str
    sources: tuple[SourceLine, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class CampaignSheet:
    """A campaign: its name as written, its day, its occasion if it has one, its languages."""

    id: UUID
    reference: str
    name: str
    day: date
    languages: tuple[str, ...]
    occasion: OccasionSheet | None = None
    summary: str = ""
    organisation: str = ""
    address: str = ""
    """Of its public page; empty where there is none."""
    invented: bool = False
    """All of it lies in the hypothetical states: every product says so."""


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case as far as consent reaches for its mode; without names only its reference is told.

    `country` is an ISO code, `roles` and `laws` are codes of the registry's vocabularies, `since`
    is EDTF, to the month at most.
    """

    subject: UUID
    reference: str
    mode: Mode
    country: str
    ask: str
    names: tuple[NamePiece, ...] = ()
    roles: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    since: str = ""
    held_now: bool = True
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AdopterSheet:
    """Who adopted a case: never how to reach them."""

    name: str
    kind: AdopterKind
    country: str
    office: str = ""
    """What they are called: Member of the Diet for the valley of Streva."""
    place: str = ""
    public: bool = False
    """They agreed to be named to everybody."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something done after a raise."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class RaiseLine:
    """One time that somebody raised a case, or the campaign as a whole, with what came back."""

    day: date
    channel: Channel
    level: Level
    counterpart: str
    counterpart_country: str
    by: str
    by_country: str
    case: str = ""
    """Reference of the case; empty where the campaign as a whole was raised."""
    names: tuple[NamePiece, ...] = ()
    country: str = ""
    """That holds the person of the case."""
    place: str = ""
    reply: Reply | None = None
    """None: nobody has looked yet. `Reply.NONE` says that no answer came."""
    reply_day: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    adopter: str = ""
    """Who of those who adopted a case raised it; at the desk also where they are not public."""
