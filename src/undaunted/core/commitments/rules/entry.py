"""A statement as it is read, kept and shown, and the catalogue of instruments it speaks of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.practices.rules import PracticeSourceStatus

if TYPE_CHECKING:
    from undaunted.core.commitments.rules.terms import Status
    from undaunted.core.practices.rules import Source

__all__ = ["Feature", "Instrument", "Statement", "Told"]


@dataclass(frozen=True, slots=True)
class Feature:
    """What an instrument may have, as a question; `model` where the model regime asks for it."""

    code: str
    question: str
    short: str
    model: bool
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A kind of law or promise that states can take on, with the features it may have."""

    code: str
    language: str
    title: str
    about: str
    model: str
    features: tuple[Feature, ...]
    sources: tuple[Source, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all features, in the catalogue's order."""
        return tuple(each.code for each in self.features)

    @property
    def asked(self) -> tuple[str, ...]:
        """The codes of the features that the model regime asks for."""
        return tuple(each.code for each in self.features if each.model)

    def feature(self, code: str) -> Feature:
        """Give the feature of that code."""
        return next(each for each in self.features if each.code == code)


@dataclass(frozen=True, slots=True)
class Told:
    """That a state's instrument has a feature or lacks it, by which clause, and who says so."""

    code: str
    has: bool
    sources: tuple[str, ...]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """From `since` on, a state stands so to an instrument; never changed, only followed."""

    instrument: str
    state: str
    status: Status
    since: str
    law: str
    text: str
    language: str
    features: tuple[Told, ...]
    sources: tuple[Source, ...]
    evidence: tuple[str, ...]
    """Ids of the sources that carry status and day."""

    @property
    def first_day(self) -> date:
        """The first day on which it surely holds: the last that its date allows."""
        return PartialDate.parse(self.since).latest or date.max

    @property
    def carriers(self) -> tuple[Source, ...]:
        """The sources that carry status and day."""
        return tuple(each for each in self.sources if each.id in self.evidence)

    @property
    def says_none(self) -> bool:
        """Whether a source that somebody read says that there is none; "not found" is no such."""
        return self.status.lacking and any(
            each.status is not PracticeSourceStatus.UNVERIFIED for each in self.carriers
        )

    @property
    def digest(self) -> str:
        """Name this text: the same for the same text, other for any other."""
        text = json.dumps(self.as_data(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Give the statement as `read_statement` takes it: plain values, as JSON keeps them."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return found
