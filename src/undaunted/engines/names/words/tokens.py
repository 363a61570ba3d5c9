"""A word of a name, with all that comparing it needs; made once for all names that have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from undaunted.engines.names.letters.keys import joined

if TYPE_CHECKING:
    from undaunted.engines.names.characters.syllables import Spellings
    from undaunted.engines.names.letters.abjads import Units
    from undaunted.engines.names.typed.cleaning import Disguise
    from undaunted.engines.names.words.shapes import Shape

__all__ = ["Kind", "Prepared", "Role", "System", "Token"]


class Kind(StrEnum):
    """What bears a name."""

    PERSON = "person"
    ORGANISATION = "organisation"


class System(StrEnum):
    """How signs stand for sounds."""

    LETTERS = "letters"
    ABJAD = "abjad"
    FITTED = "fitted"
    """Signs that fit another language's sounds as well as they can."""
    SYLLABLES = "syllables"


class Role(StrEnum):
    """What a word does in a name."""

    NAME = "name"
    """A word of a person's name."""
    WORD = "word"
    """A word of an organisation's name, or words read as one."""
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    ABBREVIATION = "abbreviation"
    """A few capitals that are all of an organisation's name but its legal form."""
    NUMBER = "number"
    GENERIC = "generic"
    """A word that many organisations have in their names."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word. Two tokens are the same when they are one object."""

    text: str
    script: str
    system: System
    plain: str
    folds: tuple[str, ...]
    skeletons: tuple[str, ...]
    role: Role
    weight: float
    letters: Units = ()
    syllables: Spellings = ()
    heard: Spellings = ()
    """Spellings by another language that has the same characters."""
    classes: frozenset[int] = frozenset()
    short: bool = False
    akin: tuple[str, ...] = ()
    """Forms that a custom of writing leaves the word."""
    keys: tuple[str, ...] = ()
    """By what an index finds the word, in whatever script it is asked for."""


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
