"""Saved mappings of tables of assets: which column of theirs says what, and what it is counted in.

title = "Plants of the energy agency"
[columns]          # ours = "theirs"
reference = "plant id"  # nothing in quotes: no column says it
[constants]        # what holds of every row
country = "XF"
[only]             # rows are read where a column of theirs says one of these
status = ["operating"]
[sectors]          # their word = "code of the list"
gas_plant = "energy"
[units]            # their word for the sector = "unit of its capacities"
gas_plant = "MW"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.loading import FileRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASSET_COLUMNS", "AssetMapping", "read_asset_mapping"]

ASSET_COLUMNS = (
    "reference", "name", "country", "sector", "taxonomy", "capacity", "unit", "valid_from",
    "valid_to", "source", "confidence", "owner", "owner_name", "owner_kind", "right", "share",
    "min", "max",
)  # fmt: skip
TABLES = ("columns", "constants", "only", "sectors", "units")
WORDS = ("title", "sheet")


@dataclass(frozen=True, slots=True)
class AssetMapping:
    """How a table of assets with columns of its own is read; each attribute is a table of it.

    The last is a word: the sheet of a workbook that is read, the first where none is named.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""

    def theirs(self, ours: str) -> str:
        """Give the name of their column for one of ours."""
        return self.columns.get(ours, ours)

    def told(self, row: Mapping[str, str]) -> dict[str, str]:
        """Give a row by our names, with what holds of every row."""
        said = {ours: row.get(self.theirs(ours), "").strip() for ours in ASSET_COLUMNS}
        for ours, constant in self.constants.items():
            said[ours] = said[ours] or constant
        sector = said["sector"]
        said["unit"] = said["unit"] or self.units.get(sector, "")
        said["sector"] = self.sectors.get(sector, sector)
        return said

    def passes_over(self, row: Mapping[str, str], cut: str = "") -> str:
        """Tell what keeps a row from being read; nothing where it is. A `cut` column does not."""
        for column, values in self.only.items():
            said = row.get(column, "").strip()
            if column != cut and said not in values:
                return f"{column} {said}".strip()
        return ""


def read_asset_mapping(name: str, text: str) -> AssetMapping:
    """Read a mapping. Raises `FileRefused`, naming key and rule."""
    try:
        told: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise FileRefused(f"{name}: is no mapping: {reason}") from None
    for key, value in told.items():
        if key in WORDS and isinstance(value, str):
            continue
        if key not in TABLES or not isinstance(value, dict):
            raise FileRefused(f"{name}, {key}: a mapping has {', '.join((*WORDS, *TABLES))}")
        _demand_words(name, key, value)
    for table in ("columns", "constants"):
        for ours in told.get(table, {}):
            if ours not in ASSET_COLUMNS:
                raise FileRefused(f"{name}, {table}: {ours} is none of {', '.join(ASSET_COLUMNS)}")
    only = {column: tuple(values) for column, values in told.pop("only", {}).items()}
    tables = {key: value for key, value in told.items() if key in TABLES}
    return AssetMapping(**tables, only=only, sheet=told.get("sheet", ""))


def _demand_words(name: str, key: str, table: dict[str, Any]) -> None:
    for word, value in table.items():
        values = value if key == "only" and isinstance(value, list) else [value]
        if key == "only" and not isinstance(value, list):
            raise FileRefused(f"{name}, {key}: {word} is a list of words")
        if not all(isinstance(each, str) for each in values):
            raise FileRefused(f"{name}, {key}: {word} is a word in quotes")
