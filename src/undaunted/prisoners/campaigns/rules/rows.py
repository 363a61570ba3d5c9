"""A row of a sheet of raises as it was read, and what is wrong with it; no file, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from undaunted.prisoners.campaigns.rules.terms import Channel, Level, Reply

__all__ = ["FIELDS", "NEEDED", "RowProblem", "SheetRead", "SheetRow", "as_data", "from_data"]

FIELDS: Final = (
    "day", "case", "channel", "level", "counterpart", "counterpart_country", "place", "by",
    "by_country", "reply", "reply_day", "note",
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


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row: where, which rule, what to do."""

    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.problem}; {self.remedy}"


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
