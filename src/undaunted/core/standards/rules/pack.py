"""A rule pack: one version of one standard, as it was laid down and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from undaunted.core.standards.rules.logic import Expression

__all__ = [
    "UNCLEAR",
    "Category",
    "Criterion",
    "OutcomeRule",
    "Pack",
    "PackBroken",
    "PackError",
    "PackUnknown",
    "Source",
    "SourceStatus",
    "Text",
    "Wording",
]

UNCLEAR = "unclear"
"""The result of every pack whose findings decide nothing yet; no outcome may take the name."""


class PackError(Exception):
    """Something about a rule pack is not as it must be."""


class PackUnknown(PackError, LookupError):
    """No pack of this name is in force on this day."""


class PackBroken(PackError, ValueError):
    """The data of a pack break its rules; the message names pack, place and remedy."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + " | ".join(problems))
        self.where = where
        self.problems = problems


class SourceStatus(StrEnum):
    """How a wording was checked; shown to whoever assesses."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Wording(StrEnum):
    """Whether a text is the standard's own words or our summary."""

    VERBATIM = "verbatim"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the standard is laid down, and where it was read."""

    citation: str
    url: str
    date: date
    status: SourceStatus
    read_in: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A criterion in one language."""

    text: str
    wording: Wording
    status: SourceStatus


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question an assessor answers: met, not met, or unclear."""

    id: str
    title: str
    texts: Mapping[str, Text]
    note: str = ""

    def text(self, language: str) -> Text:
        """Return the text in `language`, else in English."""
        return self.texts.get(language, self.texts["en"])


@dataclass(frozen=True, slots=True)
class Category:
    """A named part of the standard, such as "Category II", made of criteria."""

    code: str
    title: str
    when: Expression


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """An outcome and when it holds; the first in the pack that holds is the result."""

    code: str
    label: str
    qualifies: bool | None
    """Whether a person with it comes within the standard; None where it says neither."""
    when: Expression


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a standard, in force from `valid_from` until before `valid_to`."""

    id: str
    version: int
    valid_from: date
    valid_to: date | None
    title: str
    summary: str
    subject_kinds: frozenset[str]
    source: Source
    criteria: Mapping[str, Criterion]
    categories: tuple[Category, ...]
    outcomes: tuple[OutcomeRule, ...]
    snapshot: tuple[int, int] | None
    """Month and day of the year on which a census standard looks; None for the others."""

    def in_force(self, on: date) -> bool:
        """Tell whether this version is the law of `on`."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def reference(self) -> str:
        """How an assessment names the version it was made under, such as "pace-1900@1"."""
        return f"{self.id}@{self.version}"
