"""What an episode of economic coercion is made of, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undaunted.engines.trade.scenario import Shock

__all__ = [
    "Confidence",
    "Demand",
    "Deniability",
    "Episode",
    "EpisodeEvent",
    "EpisodeMeasure",
    "EpisodeSource",
    "MeasureKind",
    "Reading",
    "Stated",
]


class MeasureKind(StrEnum):
    """What was done to the target."""

    TARIFF = "tariff"
    CUSTOMS_DELISTING = "customs_delisting"
    SPS_PRETEXT = "sps_pretext"
    LICENCE = "licence"
    TOURISM = "tourism"
    BOYCOTT = "boycott"
    INVESTMENT = "investment"
    COMPANY_PRESSURE = "company_pressure"
    EXPORT_RESTRICTION = "export_restriction"
    DIPLOMATIC_FREEZE = "diplomatic_freeze"
    DETENTION = "detention"
    THREAT = "threat"


class Deniability(StrEnum):
    """How the coercer stood to its measures."""

    OPEN = "open"
    PRETEXT = "pretext"
    DENIED = "denied"
    COVERT = "covert"


class Confidence(StrEnum):
    """Rule K8: two independent sources, one of them primary; one reliable; reported; disputed."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Stated(StrEnum):
    """Whether the coercer told its demand."""

    STATED = "stated"
    IMPLIED = "implied"


class Reading(StrEnum):
    """How a source was read: itself, in a copy or in part, or not at all."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class EpisodeSource:
    """A document; `url` is empty only where it was not read."""

    id: str
    title: str
    publisher: str
    date: str
    status: Reading
    url: str = ""
    read_on: str = ""
    read_in: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What the coercer wanted to obtain or prevent."""

    text: str
    stated: Stated
    confidence: Confidence
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EpisodeMeasure:
    """One thing that was done; dates as well as they are known, sectors as OECD codes them."""

    kind: MeasureKind
    by: str
    on: str
    began: str
    text: str
    confidence: Confidence
    sources: tuple[str, ...]
    ended: str = ""
    goods: str = ""
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EpisodeEvent:
    """Something that happened on the way."""

    when: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode, countries as ISO3.

    Attributes:
        ended: empty where it has not ended or no source was read for it.
        replay_says: what is assumed in `replay`, or why there is none.
        replay: the coercer's measures as shocks of a scenario.
    """

    key: str
    title: str
    target: str
    coercer: str
    began: str
    ended: str
    deniability: Deniability
    demand: Demand
    measures: tuple[EpisodeMeasure, ...]
    events: tuple[EpisodeEvent, ...]
    replay_says: str
    replay: tuple[Shock, ...]
    sources: tuple[EpisodeSource, ...]
