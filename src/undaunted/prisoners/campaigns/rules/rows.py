"""A row of a sheet of raises as it was read, and what is wrong with it; no file, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from undaunted.prisoners.campaigns.rules.terms import Channel, Level, Reply

__all__ = [
    "FIELDS",
    "NEEDED",
    "Fault",
    "KnownRow",
    "RowProblem",
    "SheetCheck",
    "SheetRead",
    "SheetRow",
    "TakenIn",
    "as_data",
    "from_data",
    "raise_key",
]

FIELDS: Final = (
    "day", "case", "channel", "level", "counterpart", "counterpart_country", "place", "by",
    "by_country", "adopter", "reply", "reply_day", "note",
)  # fmt: skip
NEEDED: Final = frozenset(
    {"day", "channel", "counterpart", "counterpart_country", "by", "by_country"}
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One raise as the sheet tells it; `case` is what is written there, empty for the campaign."""

    line: int
    day: date
    channel: Channel
    level: Level
    counterpart: str
    counterpart_country: str
    by: str
    by_country: str
    case: str = ""
    place: str = ""
    reply: Reply | None = None
    reply_day: date | None = None
    note: str = ""
    adopter: str = ""
    """Name or id of an adopter: whoever raised it is named publicly only as one."""


class Fault(StrEnum):
    """What can be wrong with a row; `writers.rows` says each in words, with its remedy."""

    EMPTY = "empty"
    NO_DAY = "no_day"
    TWO_DAYS = "two_days"
    AHEAD = "ahead"
    REPLY_EARLY = "reply_early"
    NO_COUNTRY = "no_country"
    TOO_LONG = "too_long"
    UNPRINTABLE = "unprintable"
    NOT_KNOWN = "not_known"
    NO_REPLY = "no_reply"
    OPEN_QUOTE = "open_quote"
    NO_CASE = "no_case"
    TWO_CASES = "two_cases"
    MODE = "mode"
    NOT_TOLD = "not_told"
    NO_ADOPTER = "no_adopter"
    TWO_ADOPTERS = "two_adopters"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row: where, what was read there, and what would do instead."""

    line: int
    field: str
    fault: Fault
    value: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that the log holds already, since an earlier sheet or by hand."""

    line: int
    earlier: UUID
    reply_is_new: bool = False
    """It brings a reply that the log does not hold: that is logged at the earlier entry."""


@dataclass(slots=True)
class SheetCheck:
    """What the rows of a sheet mean, by line, and what stands against taking them in."""

    cases: dict[int, UUID | None] = field(default_factory=dict)
    adopters: dict[int, UUID | None] = field(default_factory=dict)
    known: list[KnownRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many rows of a sheet came into the log, and which were there already."""

    made: int
    known: tuple[KnownRow, ...]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet that was read: its columns, how they were understood, rows and problems."""

    header: tuple[str, ...]
    columns: dict[str, str]
    rows: tuple[SheetRow, ...]
    problems: tuple[RowProblem, ...]


def as_data(row: SheetRow) -> list[str | int]:
    """Give a row as plain values, for what is shown first and taken in afterwards."""
    values = [getattr(row, name) for name in FIELDS]
    return [row.line, *("" if value is None else str(value) for value in values)]


def from_data(values: list[str | int]) -> tuple[int, dict[str, str]]:
    """Give the line and the texts that `as_data` wrote."""
    return int(values[0]), dict(zip(FIELDS, map(str, values[1:]), strict=True))


def raise_key(*parts: object) -> tuple[str, ...]:
    """Give what makes two raises the same, whatever capitals and blanks they are written with."""
    return tuple(" ".join(str(part or "").split()).casefold() for part in parts)
