"""The words of the engine: a rule as it is written down, and what happened to a running clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

__all__ = [
    "LONG_UNITS",
    "Counting",
    "Events",
    "Extension",
    "Firmness",
    "Kind",
    "Lengthening",
    "Limit",
    "Period",
    "Roll",
    "Rule",
    "Source",
    "SourceStatus",
    "StartEvent",
    "Stop",
    "Unit",
]


class Kind(StrEnum):
    """What a rule binds: an authority or party by law, us by promise, us by purpose of the data."""

    LEGAL = "legal"
    SERVICE = "service"
    RETENTION = "retention"


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


LONG_UNITS = frozenset({Unit.MONTHS, Unit.YEARS})
"""Counted by the calendar's dates, not by days."""


class Counting(StrEnum):
    """Where counting begins: at the instant, the next full hour, the day after, the day itself."""

    MOMENT = "moment"
    NEXT_HOUR = "next_hour"
    DAY_AFTER = "day_after"
    SAME_DAY = "same_day"


class Roll(StrEnum):
    """What happens to a last day on which nobody works."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"


class Firmness(StrEnum):
    """A hard limit can be breached; a soft one ("normally") is only passed."""

    HARD = "hard"
    SOFT = "soft"


class StartEvent(StrEnum):
    """What sets a clock going."""

    ACCEPTANCE = "acceptance"
    ADMISSIBILITY = "admissibility"
    ADOPTION = "adoption"
    ALERT = "alert"
    CLOSURE = "closure"
    COMPLETE_FILING = "complete_filing"
    COMPLETION = "completion"
    DISCOVERY = "discovery"
    END_OF_LIMITS = "end_of_limits"
    END_OF_MEASURES = "end_of_measures"
    INFORMATION = "information"
    NOTICE = "notice"
    ORDER = "order"
    RECEIPT = "receipt"
    RECORDING = "recording"
    START_OF_EXAMINATION = "start_of_examination"
    SUBMISSION = "submission"
    TRANSMISSION = "transmission"


class SourceStatus(StrEnum):
    """Read at the source; read in a copy or a report; remembered; or our own, which is no law."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in one unit."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Limit:
    """One end that a rule sets. A long stop is moved by no stop and no extension.

    `whose`: for whom it is, in English, where each of several has an end of its own.
    """

    period: Period
    firmness: Firmness = Firmness.HARD
    long_stop: bool = False
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Lengthening:
    """How often, by how much at most and by whom a period may be extended."""

    most: int
    by: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands and how well that is known; shown to whoever reads a deadline."""

    law: str
    article: str
    status: SourceStatus
    read_on: date
    read_in: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one deadline. `valid_to` is the first day on which it no longer starts."""

    id: str
    version: int
    kind: Kind
    title: Mapping[str, str]
    short: Mapping[str, str]
    starts: StartEvent
    counting: Counting
    roll: Roll
    limits: tuple[Limit, ...]
    zone: str
    calendar: str
    valid_from: date
    source: Source
    valid_to: date | None = None
    stoppable: bool = False
    extension: Lengthening | None = None

    @property
    def reference(self) -> str:
        """Give id and version, as a running clock keeps them."""
        return f"{self.id}@{self.version}"

    def in_force(self, on: date) -> bool:
        """Whether a clock that starts on this day runs under this version."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which the clock stands still; without an end it still stands."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A period added to the limits of a running clock."""

    period: Period


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to a clock after its start."""

    stops: tuple[Stop, ...] = field(default=())
    extensions: tuple[Extension, ...] = field(default=())
    met_at: datetime | None = None
