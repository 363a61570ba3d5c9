"""A word of a name, with all that comparing it needs; made once for all names that have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.engines.names.characters.syllables import Spellings
    from undaunted.engines.names.letters.abjads import Units

__all__ = ["Kind", "Role", "System", "Token"]


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
