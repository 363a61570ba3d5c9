"""The seam to the areas: what can be shared, and what becomes of it where it arrives.

The core knows no case and no document. An area that holds something shareable hands in an
`ItemKind` when the process starts; the four functions do what only the area can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules.markings import Pap, Tlp

__all__ = ["ItemKind", "Offer", "Origin", "Place", "Taken", "nowhere"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What one recipient may have of a thing, and the consent it rests on.

    `subjects` are all whom it concerns: their news takes it back.
    """

    content: bytes
    media_type: str
    version: str
    subjects: frozenset[UUID]
    consents: tuple[UUID, ...]
    marked: bool
    """Whether the content is JSON in which the copy can be named."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something that arrived comes from, as its record must say for ever."""

    partner: str
    package: UUID
    tlp: Tlp
    pap: Pap
    until: datetime
    signing_key: str = ""
    """Who signed it, whatever the partner is called here."""
    item: UUID | None = None
    """The item that arrived, which says who accepted it."""

    def __str__(self) -> str:
        return f"received from {self.partner} under TLP:{self.tlp} until {self.until:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A record that came of an item."""

    subject_kind: str
    subject: UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record that came of an item can go, as the area calls it: a list of cases."""

    id: UUID
    name: str


def nowhere(_actor: Actor, _holder: UUID) -> tuple[Place, ...]:
    """Give no place: what comes of such an item stands by itself."""
    return ()


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How things of one kind are offered, looked at, taken in and given up.

    `offer(thing, *, holder, audience, fingerprint, purpose, tlp, actor, at)` gives an `Offer`, else
    `ItemRefused`;
    `look(content)` gives lines to review, or raises `ItemRefused` for bytes it cannot read;
    `take(content, *, holder, origin, into, actor, at)` gives the `Taken`, proposed for the place
    `into` where one was chosen;
    `give_up(subject_kind, subject, *, why, actor, at)` erases what was taken;
    `places(actor, holder)` gives the places to choose among.
    """

    name: str
    offer: Callable[..., Offer]
    look: Callable[[bytes], list[tuple[str, str]]]
    take: Callable[..., tuple[Taken, ...]]
    give_up: Callable[..., None]
    places: Callable[..., tuple[Place, ...]] = nowhere
