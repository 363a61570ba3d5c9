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

__all__ = [
    "Alikes",
    "Compared",
    "Follower",
    "Likeness",
    "alike_entries",
    "compared_lists",
    "register_follower",
    "tell_followers",
]


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a list was held against the others: when last, and how many entries wait for it."""

    at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like an entry is to what was asked, and by which of its names.

    In `part`, every word of what was asked is like one of the name's, of which more is left over.
    """

    score: float
    name: str
    part: bool = False

    @property
    def rank(self) -> tuple[bool, float]:
        """Orders likenesses, the least first: a whole name is more than any part."""
        return not self.part, self.score


@dataclass(frozen=True, slots=True)
class Alikes:
    """The entries of a list by key that are called like some words, in any script and spelling."""

    found: Mapping[str, Likeness]
    beyond: frozenset[str] = frozenset()
    """Those that are as like and beyond the most that is told."""
    heard: bool = True
    """Whether silence says something: the words are a name, in letters that are read whole."""


class Follower(Protocol):
    """Whoever follows the lists."""

    def entries_changed(self, actor: Actor) -> None:
        """Hear, within the transaction that changes them, that other entries will be in force."""
        ...

    def compared(self, actor: Actor, sources: Iterable[str]) -> Mapping[str, Compared]:
        """Give how far lists were compared, by source."""
        ...

    def alike(self, actor: Actor, source: str, words: str) -> Alikes | None:
        """Give the entries in force of a list that are called like words; None who seeks none."""
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


def alike_entries(actor: Actor, source: str, words: str) -> Alikes | None:
    """Give the entries in force of a list that are called like words; None where nobody seeks."""
    told = (each.alike(actor, source, words) for each in _FOLLOWERS.values())
    return next((each for each in told if each is not None), None)
