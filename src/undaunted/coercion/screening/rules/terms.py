"""The words of a screening regime, as its pack writes them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.clocks.rules import Source, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "SOURCED",
    "ClockMove",
    "Effect",
    "Factor",
    "Field",
    "Filing",
    "Phase",
    "Recourse",
    "Regime",
    "RegimeKind",
    "ScopeRow",
    "SectorItem",
    "SectorList",
    "Source",
    "SourceStatus",
    "Step",
    "TransactionKind",
    "Turn",
]

SOURCED = (SourceStatus.VERIFIED, SourceStatus.SECONDARY, SourceStatus.UNVERIFIED)
"""How well what a source says is known; a proposal of ours has no source."""


class RegimeKind(StrEnum):
    """A law in force; a frame over national laws; or our model, which a state can adopt."""

    LAW = "law"
    FRAMEWORK = "framework"
    MODEL = "model"


class TransactionKind(StrEnum):
    """What the investor does."""

    ACQUISITION = "acquisition"
    GREENFIELD = "greenfield"
    ASSET = "asset"
    LAND = "land"
    RESTRUCTURING = "restructuring"


class Filing(StrEnum):
    """Who must file: the investor; the investor if it wants to; as national law says; nobody."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    NATIONAL = "national"
    NONE = "none"


class Effect(StrEnum):
    """What a row of the scope test says of a transaction that it describes.

    One that is `told` brings nothing in: other authorities are notified of what is in scope.
    """

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    NATIONAL = "national"
    OUTSIDE = "outside"
    TOLD = "told"


class Step(StrEnum):
    """What happens in a case that a regime's clocks know."""

    DRAFTED = "drafted"
    DECLARED = "declared"
    ACCEPTED = "accepted"
    NOTIFIED = "notified"
    INTENT = "intent"
    REQUESTED = "requested"
    ANSWERED = "answered"
    PARTNERS_ASKED = "partners_asked"
    PARTNERS_ANSWERED = "partners_answered"
    COMMENTED = "commented"
    COMMENTS_OVER = "comments_over"
    OPINION = "opinion"
    CALLED_IN = "called_in"
    IN_DEPTH = "in_depth"
    EXTENDED = "extended"
    REPORTED = "reported"
    INTERIM_ORDER = "interim_order"
    DECIDED = "decided"
    COMPLETED_UNSCREENED = "completed_unscreened"
    NOTICED_UNSCREENED = "noticed_unscreened"


class Turn(StrEnum):
    """What a step does to a clock; one that it lets `keep` its end never stood still for it."""

    START = "start"
    STOP = "stop"
    RESUME = "resume"
    KEEP = "keep"
    MEET = "meet"


@dataclass(frozen=True, slots=True)
class ClockMove:
    """One clock and what a step does to it.

    `rows` are those of the scope test of which one must not say no, for the clock to start.
    """

    on: Step
    clock: str
    does: Turn
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One rule of who is screened.

    Attributes:
        says: the rule in English.
        when: tests and what they ask, all of which must hold (see `conditions`).
        excludes: of a row with effect `outside`, the rows it takes away; every one where empty.
    """

    id: str
    says: str
    effect: Effect
    when: Mapping[str, object]
    source: Source
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a regime that takes time; `clock` names its rule among the deadlines."""

    id: str
    title: str
    clock: str
    stops: str
    source: Source


@dataclass(frozen=True, slots=True)
class Recourse:
    """Where a decision can be attacked; `within` is in English, empty where no time was read.

    `days` are those after the day on which the decision was received.
    """

    body: str
    within: str
    source: Source
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """Something a decision may rest on; `about` is the target, the investor or the deal."""

    code: str
    title: str
    about: str
    source: Source


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of a notification.

    Attributes:
        required: a notification without it is not complete.
        disclosed: it belongs in the version without secrets, unless its filer asks otherwise.
    """

    code: str
    title: str
    required: bool
    disclosed: bool
    source: Source


@dataclass(frozen=True, slots=True)
class SectorItem:
    """One sector of a list; `within` is the wider word that leaves open whether this is meant."""

    code: str
    title: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class SectorList:
    """One version of a list of sectors.

    Attributes:
        valid_from: nothing where the version was announced and the day in force was not read.
        valid_to: the first day on which it no longer holds.
        announced: when it was announced, as its source says.
    """

    key: str
    version: int
    title: str
    items: tuple[SectorItem, ...]
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    announced: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether this version is known to hold on a day."""
        return (
            self.valid_from is not None
            and self.valid_from <= on
            and (self.valid_to is None or on < self.valid_to)
        )

    def pending(self, on: date) -> bool:
        """Whether this version was announced and may or may not hold on a day."""
        return self.valid_from is None and self.announced is not None and self.announced <= on


@dataclass(frozen=True, slots=True)
class Regime:
    """One screening law, or our model of one.

    Attributes:
        jurisdiction: whose it is: a code of a country, or EU; empty for the model.
        valid_from: the first day on which it applies.
        valid_to: the first day on which it applies no longer.
        moves: what each step of a case does to which clock.
        cooperation: it lets other authorities comment.
        ex_post: ids of the deadlines up to which what was not filed can be screened; all bind.
        ex_post_unless_due: of these, those that bind only where nobody had to file.
        ex_post_from: the day before which none of them begins, of a law that reaches back.
        caveat: what was not read, in English; shown wherever an answer is.
        measure: the test of control that its law sets, as the engine calls it; empty for none.
    """

    key: str
    title: str
    kind: RegimeKind
    jurisdiction: str
    valid_from: date
    source: Source
    scope: tuple[ScopeRow, ...]
    phases: tuple[Phase, ...]
    recourse: tuple[Recourse, ...]
    moves: tuple[ClockMove, ...] = ()
    valid_to: date | None = None
    cooperation: bool = False
    ex_post: tuple[str, ...] = field(default=())
    ex_post_unless_due: tuple[str, ...] = field(default=())
    ex_post_from: date | None = None
    caveat: str = ""
    measure: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it applies to what starts on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def ex_post_begins(self, day: date) -> date:
        """Give the day on which a period for what was not filed begins that would on `day`."""
        return max(day, self.ex_post_from or day)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Give the sources of all its rows."""
        rows: tuple[ScopeRow | Phase | Recourse, ...] = (*self.scope, *self.phases, *self.recourse)
        return (self.source, *(each.source for each in rows))
