"""The key of a number: table, row, column, and the day or period that it speaks of.

`by-country/XR/persons@2025-12-31` is in a table of countries, `xr.by-year/2025/persons` in one
about a country.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WHOLE", "DrawnByLot", "KeyUnreadable", "NumberKey", "Origin", "Value", "read_key"]

WHOLE = "all"
"""The row of all countries together."""
_PARTS = 3

Value = int | float | None


class KeyUnreadable(ValueError):
    """This is no key of a number in a report; the message says what one looks like."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"key: {text[:80]!r} is none; write TABLE/ROW/COLUMN, such as "
            "by-country/XR/persons@2025-12-31"
        )


class DrawnByLot(ValueError):
    """The number counts people who are not published, and is not asked again."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"key: {text[:80]!r} counts people by lot who are not published; it is not asked "
            "again, because consent may have ended since; its column `published` is"
        )


@dataclass(frozen=True, slots=True)
class NumberKey:
    """`place` is the country that the table is about, or `all`; `when` the words after the @."""

    table: str
    place: str
    row: str
    column: str
    when: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A number with the query that gives it, and what the query was asked."""

    key: str
    query: str
    arguments: Mapping[str, str]
    value: Value

    def as_json(self) -> dict[str, object]:
        """Give it as plain values."""
        return {
            "key": self.key,
            "query": self.query,
            "arguments": dict(self.arguments),
            "value": self.value,
        }


def read_key(text: str) -> NumberKey:
    """Read a key. Raises `KeyUnreadable`."""
    parts = text.split("/")
    if len(parts) != _PARTS or not all(parts):
        raise KeyUnreadable(text)
    table, row, last = parts
    column, _at, when = last.partition("@")
    code, dot, name = table.partition(".")
    place = code.upper() if dot else WHOLE
    return NumberKey(name if dot else table, place, row, column, when)
