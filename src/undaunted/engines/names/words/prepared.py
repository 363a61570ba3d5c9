"""A name made ready to be compared: its words, what was set aside, and other readings of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from undaunted.engines.names.letters.keys import joined
from undaunted.engines.names.words.neighbours import Run

if TYPE_CHECKING:
    from undaunted.engines.names.typed.cleaning import Disguise
    from undaunted.engines.names.words.tokens import Kind, Token

__all__ = ["Prepared", "Runs", "Shape"]

Runs = tuple[tuple[int, int, int, int, Run], ...]
"""Runs, and before each its places as bits, of how many letters at least and at most a word is that
may be it, and how many words it has."""


@dataclass(slots=True, eq=False)
class Shape:
    """Words by their places, and runs of them: what aligning a name asks of it each time."""

    places: dict[str, int]
    """Places of words but initials, by their letters; nothing where not all are of letters,
    or one is there twice."""
    plain: bool
    words: tuple[tuple[int, Token, int], ...]
    """Places, words, and of how many letters; of other signs 0."""
    runs: Runs | None
    """Nothing until somebody asks for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A name made ready to be compared often."""

    text: str
    kind: Kind
    script: str
    tokens: tuple[Token, ...]
    asides: tuple[str, ...]
    """Titles, particles and legal forms: said, but not weighed as names."""
    forms: frozenset[str] = frozenset()
    """Legal forms, each by its class."""
    fathers: frozenset[int] = frozenset()
    """Places of tokens that follow a mark of descent such as bin."""
    family: frozenset[int] = frozenset()
    """Places of tokens that are marked as the family's: before a comma, or alone in capitals."""
    disguises: frozenset[Disguise] = frozenset()
    foreign: bool = False
    """Characters stand for the sounds of another language."""

    squashed: str = ""
    """All words but titles and legal forms in one, as written."""

    written: tuple[str, ...] = ()
    """Each token as it was written; nothing where all stand as they were: most of a long list."""

    also: tuple[Prepared, ...] = ()
    """Other readings: what stands behind a stroke, or in another romanisation."""

    by: str = ""
    """The standard by which a reading is one."""

    shape: Shape | None = None
    """What comparing it asks of it each time, kept where it is one of many names of a bearer."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Give each token as it was written."""
        return self.written or tuple(token.text for token in self.tokens)

    @property
    def keys(self) -> frozenset[str]:
        """Give the keys of every word, and of neighbours written as one."""
        found = {key for token in self.tokens for key in token.keys}
        for one, other in pairwise(self.tokens):
            if one.script == other.script:
                found.add(joined(one.keys[0], other.keys[0]))
        return frozenset(found.union(*(other.keys for other in self.also)))
