"""A draft for the UN Working Group on Arbitrary Detention: its parts, its words, what is asked.

The words stand in a pack in the three languages of the procedure, apart from the catalogues: the
language of the draft is that of the procedure, whoever writes it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.core.consent.rules import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LANGUAGES",
    "Answer",
    "Draft",
    "Fact",
    "Line",
    "Procedure",
    "Section",
    "SubmissionRefused",
    "audience",
    "facts",
    "word",
]

LANGUAGES = ("en", "fr", "es")


class Procedure(StrEnum):
    """Two procedures that do not mix: a draft is for one of them."""

    REGULAR = "regular"
    URGENT = "urgent"


class SubmissionRefused(ValueError):
    """No draft can be made of this case; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that is said, with the sources that carry it."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One question with what is recorded; no answer means that it is missing.

    `withheld` tells that nobody agreed to this part, which is not the same as not knowing.
    """

    label: str
    answers: tuple[Answer, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the questionnaire."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the procedure, where it was read and how."""

    text: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft, as it is written down."""

    title: str
    language: str
    made_on: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Which questions nobody has answered, by section."""
        return tuple(
            f"{section.heading}: {line.label}"
            for section in self.sections
            for line in section.lines
            if not line.answers and not line.withheld
        )


def audience() -> Audience:
    """Give whom consent must name."""
    return Audience.parse(_pack()["audience"]["text"])


def facts(language: str) -> tuple[Fact, ...]:
    """Give what is known of the procedure, in a language of it."""
    return tuple(Fact(row[language], row["source"], row["status"]) for row in _pack()["facts"])


def word(name: str, language: str, **values: object) -> str:
    """Give a heading, label or sentence of the draft."""
    text: str = _pack()["words"][name][language]
    return text.format(**values) if values else text


@cache
def _pack() -> Mapping[str, Any]:
    pack = files("undaunted.prisoners.registry").joinpath("packs/wgad_submission.toml")
    return tomllib.loads(pack.read_text("utf-8"))
