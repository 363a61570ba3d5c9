"""A practice as it is read, kept and shown: every claim names the sources that carry it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from undaunted.core.practices.rules.terms import (
        Aim,
        Condition,
        Grade,
        Instrument,
        PracticeSourceStatus,
        PracticeStage,
        PracticeTlp,
    )

__all__ = ["Claim", "Effect", "Entry", "Implementation", "Precondition", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document: who published it, when, and how it was read."""

    id: str
    title: str
    publisher: str
    date: str
    url: str
    status: PracticeSourceStatus
    read_on: str = ""
    read_in: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A risk or a way to fail; without a source it is the judgement of authors and reviewers."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precondition:
    """What must hold before the practice can be used."""

    kind: Condition
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Implementation:
    """Once it was done: when (EDTF), where (codes of countries), by whom, with what result."""

    when: str
    where: tuple[str, ...]
    by: str
    text: str
    result: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What was seen together with the practice: an association, graded, never a cause."""

    text: str
    grade: Grade
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one practice."""

    reference: str
    aim: Aim
    instrument: Instrument
    stages: tuple[PracticeStage, ...]
    language: str
    tlp: PracticeTlp
    route_in_use: bool
    title: str
    summary: str
    preconditions: tuple[Precondition, ...]
    implementations: tuple[Implementation, ...]
    effects: tuple[Effect, ...]
    risks: tuple[Claim, ...]
    failures: tuple[Claim, ...]
    sources: tuple[Source, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """Where it was done, each country once, in the order of the implementations."""
        return tuple(dict.fromkeys(code for each in self.implementations for code in each.where))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What must hold, each kind once."""
        return tuple(dict.fromkeys(each.kind for each in self.preconditions))

    @property
    def digest(self) -> str:
        """Name this text: the same for the same text, other for any other."""
        text = json.dumps(self.as_data(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def source(self, id: str) -> Source:  # noqa: A002 - the source's own word for its name
        """Give the source of that name."""
        return next(each for each in self.sources if each.id == id)

    def as_data(self) -> dict[str, Any]:
        """Give the entry as `read_entry` takes it: plain values, as JSON keeps them."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return found
