"""Saved mappings: which column of somebody's table says what, kept as TOML beside the table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.loading import DAYS, FileRefused

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AS_IT_IS", "COLUMNS", "REQUIRED", "SHARES", "Mapping", "read_mapping"]

REQUIRED = ("owner", "owned")
SHARES = ("share", "min", "max")
COLUMNS = (*REQUIRED, *SHARES, "kind", *DAYS, "source", "owner_kind", "owned_kind")
TABLES = {"columns", "constants", "only"}
LISTS = {"unknown", "several"}
UNITS = ("part", "percent")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table with columns of its own is read.

    Attributes:
        columns: our column, by the name of theirs.
        constants: what a column says where the table has none.
        only: rows are read where a column of theirs says one of these; others are counted.
        unknown: owners' names that name nobody.
        several: names of holders who cannot decide as one.
        percent: a number without a percent sign is a percentage.
        sheet: of a workbook this one is read; the first where none is named.
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    several: frozenset[str] = frozenset()
    percent: bool = False
    sheet: str = ""

    def named(self, header: list[str]) -> list[str]:
        """Give a header by our names; a column whose name a mapping gives to another is theirs."""
        taken = set(self.columns.values())
        return [self.columns.get(each) or self._unnamed(each, taken) for each in header]

    def column(self, ours: str) -> str:
        """Give the name of theirs for one of our columns."""
        return next((each for each, name in self.columns.items() if name == ours), ours)

    def passes_over(self, told: dict[str, str], cut: str = "") -> str:
        """Tell what keeps a row from being read; nothing where it is. A `cut` column does not."""
        for column, values in self.only.items():
            if column != cut and told.get(column, "") not in values:
                return f"{column} {told.get(column, '')}"
        return ""

    def _unnamed(self, column: str, taken: set[str]) -> str:
        if column in self.only:
            return column
        ours = column.lower()
        return f"their {ours}" if ours in taken else ours


AS_IT_IS = Mapping()
"""The columns of the reference, by their names."""


def read_mapping(path: Path) -> Mapping:
    """Read a mapping; one that says something else than mappings do is refused."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as reason:
        raise FileRefused(f"{path.name}: is no mapping: {reason}") from None
    _demand_form(path, told)
    columns = {theirs: ours for ours, theirs in told.get("columns", {}).items()}
    return Mapping(
        columns=columns,
        constants=told.get("constants", {}),
        only={column: tuple(values) for column, values in told.get("only", {}).items()},
        unknown=frozenset(told.get("unknown", ())),
        several=frozenset(told.get("several", ())),
        percent=told.get("unit", UNITS[0]) == UNITS[1],
        sheet=told.get("sheet", ""),
    )


def _demand_form(path: Path, told: dict[str, Any]) -> None:
    allowed = TABLES | LISTS | {"sheet", "title", "unit"}
    for key, value in told.items():
        if key not in allowed:
            raise FileRefused(f"{path.name}: no such key, {key}; keys are "
                              f"{', '.join(sorted(allowed))}")  # fmt: skip
        if not isinstance(value, dict if key in TABLES else list if key in LISTS else str):
            raise FileRefused(f"{path.name}, {key}: is of another form than a mapping's")
    for table in ("columns", "constants"):
        for ours, theirs in told.get(table, {}).items():
            if ours not in COLUMNS or not isinstance(theirs, str):
                raise FileRefused(f"{path.name}, {table}: {ours} is none of {', '.join(COLUMNS)}")
    lists = [*told.get("only", {}).values(), *(told.get(each, []) for each in LISTS)]
    if not all(isinstance(each, list) and set(map(type, each)) <= {str} for each in lists):
        raise FileRefused(f"{path.name}: only, unknown and several are lists of words")
    if told.get("unit", UNITS[0]) not in UNITS:
        raise FileRefused(f"{path.name}, unit: is one of {', '.join(UNITS)}")
