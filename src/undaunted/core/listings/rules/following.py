"""Whoever has something to do when the entries in force change: told at each load, asked by pages.

Lists know nothing of what is made of them; a subject above follows them and is registered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["Compared", "Follower", "compared_lists", "register_follower", "tell_followers"]


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a list was held against the others: when last, and how many entries wait for it."""

    at: datetime | None
    waiting: int


class Follower(Protocol):
    """Whoever follows the lists."""

    def entries_changed(self, actor: Actor) -> None:
        """Hear, within the transaction that changes them, that other entries will be in force."""
        ...

    def compared(self, actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
        """Give how far lists were compared, by source."""
        ...


_FOLLOWERS: dict[str, Follower] = {}


def register_follower(name: str, follower: Follower) -> None:
    """Say who follows lists; called in `apps.py`, a second call of a name replaces the first."""
    _FOLLOWERS[name] = follower


def tell_followers(actor: Actor) -> None:
    """Tell whoever follows that other entries will be in force."""
    for each in _FOLLOWERS.values():
        each.entries_changed(actor)


def compared_lists(actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
    """Give how far lists were compared with each other, by source; nothing where nobody does."""
    wanted = tuple(sources)
    found: dict[str, Compared] = {}
    for each in _FOLLOWERS.values():
        found |= each.compared(actor, wanted)
    return found
