"""What a count, its flows and its series look like when they leave the registry.

Everything carries what it takes to repeat it: standard, day, data cut, version of the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from undaunted.engines.census import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = [
    "DEFAULT_STANDARD",
    "EVERYWHERE",
    "RULE",
    "SERIES_YEARS",
    "BandCount",
    "Breakdown",
    "BreakdownUnknown",
    "CountResult",
    "FlowResult",
    "PanelBreak",
    "SeriesPoint",
    "SeriesResult",
    "bands_of",
    "breakdowns_of",
    "first_days",
]

DEFAULT_STANDARD = "pace-1900"
EVERYWHERE = "*"
SERIES_YEARS = 30
"""Years of a series and of the trend in it, the last among them: in memos and reports alike."""
_TIERS = "ABCD"


class Breakdown(StrEnum):
    """By what a count can be broken down."""

    ROLE = "role"
    LAW = "law"
    GENDER = "gender"
    TIER = "tier"
    LIST = "list"


class BreakdownUnknown(ValueError):
    """A count cannot be broken down by this; `word` is what was asked for."""

    def __init__(self, word: str) -> None:
        known = ", ".join(each.value for each in Breakdown)
        super().__init__(f"{word!r} is no breakdown; choose among {known}.")
        self.word = word


def breakdowns_of(words: Iterable[str]) -> tuple[Breakdown, ...]:
    """Read breakdowns, several in one word with commas or in several, each once.

    Raises `BreakdownUnknown`.
    """
    asked = [each.strip() for word in words for each in word.split(",")]
    known = {each.value for each in Breakdown}
    for word in asked:
        if word and word not in known:
            raise BreakdownUnknown(word)
    return tuple(dict.fromkeys(Breakdown(word) for word in asked if word))


@dataclass(frozen=True, slots=True)
class BandCount:
    """A number of persons and the bands around it; `value` names the part it counts.

    The value "" of a breakdown holds those without any value; `None` stands for everybody.
    """

    persons: int
    low: int
    high: int
    tiers: tuple[int, int, int, int]
    held_unverified: int
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values, in the order in which it is read."""
        told: dict[str, Any] = {} if self.value is None else {"value": self.value}
        return told | {
            "persons": self.persons,
            "range": {"low": self.low, "high": self.high},
            "tiers": dict(zip(_TIERS, self.tiers, strict=True)),
            "held_unverified": self.held_unverified,
        }


@dataclass(frozen=True, slots=True)
class PanelBreak:
    """Lists that began to contribute: a step there may come from the sources (rule K7)."""

    at: date
    lists: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "at": self.at.isoformat(),
            "changed": ["panel"],
            "sources_gained": list(self.lists),
        }


@dataclass(frozen=True, slots=True)
class CountResult:
    """How many published persons are held on a day."""

    country: str | None
    standard: str
    as_of: date
    known_at: datetime
    bands: BandCount
    by: tuple[BandCount, ...] = ()
    breakdown: Breakdown | None = None
    break_flags: tuple[PanelBreak, ...] = ()
    breakdowns: tuple[tuple[Breakdown, tuple[BandCount, ...]], ...] = ()
    """Every breakdown that was asked for, beside each other and not crossed."""
    rule: str = field(default=RULE)

    @property
    def persons(self) -> int:
        """The headline number."""
        return self.bands.persons

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "country": self.country,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(),
            "standard": self.standard,
            "rule": self.rule,
            **self.bands.as_json(),
            "breakdown": self.breakdown.value if self.breakdown else None,
            "by": [part.as_json() for part in self.by],
            "breakdowns": {
                each.value: [part.as_json() for part in parts] for each, parts in self.breakdowns
            },
            "break_flags": [flag.as_json() for flag in self.break_flags],
        }


@dataclass(frozen=True, slots=True)
class FlowResult:
    """What made one published number into another; always balances."""

    country: str | None
    standard: str
    since: date
    since_known: datetime
    until: date
    known_at: datetime
    before: int
    after: int
    backlog: int
    corrected: int
    new: int = 0
    redetained: int = 0
    reclassified_in: int = 0
    released: int = 0
    died: int = 0
    reclassified_out: int = 0
    break_flags: tuple[PanelBreak, ...] = ()
    rule: str = field(default=RULE)

    @property
    def residual(self) -> int:
        """What the lines fail to explain: nought, always."""
        entered = self.backlog + self.new + self.redetained + self.reclassified_in
        left = self.corrected + self.released + self.died + self.reclassified_out
        return self.after - (self.before + entered - left)

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        lines = (
            "before", "backlog", "corrected", "new", "redetained", "reclassified_in", "released",
            "died", "reclassified_out", "after", "residual",
        )  # fmt: skip
        return {
            "country": self.country,
            "standard": self.standard,
            "rule": self.rule,
            "since": self.since.isoformat(),
            "since_known": self.since_known.isoformat(),
            "until": self.until.isoformat(),
            "known_at": self.known_at.isoformat(),
            **{line: getattr(self, line) for line in lines},
            "break_flags": [flag.as_json() for flag in self.break_flags],
        }


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """The stock on one day of a series."""

    day: date
    bands: BandCount


@dataclass(frozen=True, slots=True)
class SeriesResult:
    """The stock on the first day of each month."""

    country: str | None
    standard: str
    known_at: datetime
    points: tuple[SeriesPoint, ...]
    break_flags: tuple[PanelBreak, ...] = ()
    rule: str = field(default=RULE)

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "country": self.country,
            "standard": self.standard,
            "rule": self.rule,
            "known_at": self.known_at.isoformat(),
            "points": [
                {"day": point.day.isoformat(), **point.bands.as_json()} for point in self.points
            ],
            "break_flags": [flag.as_json() for flag in self.break_flags],
        }


def bands_of(rows: Iterable[tuple[str, bool, bool, int]], *, value: str | None = None) -> BandCount:
    """Give the bands from rows of (tier, verified, certain, persons)."""
    tiers = dict.fromkeys(_TIERS, 0)
    low = high = unverified = 0
    for tier, verified, certain, persons in rows:
        if tier != "D":
            high += persons
        if certain:
            tiers[tier] += persons
            if tier in "AB":
                low += persons if verified else 0
                unverified += 0 if verified else persons
    a, b, c, d = (tiers[tier] for tier in _TIERS)
    return BandCount(a + b, low, high, (a, b, c, d), unverified, value)


def first_days(since: date, until: date) -> Iterable[date]:
    """Give the first day of every month of the period."""
    year, month = since.year, since.month
    if since.day > 1:
        year, month = year + month // 12, month % 12 + 1
    while year <= MAXYEAR and date(year, month, 1) <= until:
        yield date(year, month, 1)
        year, month = year + month // 12, month % 12 + 1
