"""Critical assets from CSV or JSON: what each is, and who owns it where a row says so.

A row that cannot be taken is a problem that names row, field, rule and remedy; nothing is dropped
in silence. Several rows of one reference tell several owners of one asset.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.asset_fields import asset_of, holding_of
from undaunted.coercion.screening.readers.asset_mapping import AssetMapping, read_asset_mapping
from undaunted.coercion.screening.readers.loading import FileRefused
from undaunted.coercion.screening.rules import RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.screening.rules import AssetRow, HoldingRow

__all__ = ["AssetFile", "read_assets"]

MOST_FIELD = 100_000
"""Characters of one field; a longer one is a quotation mark that was never closed."""
SEPARATORS = ",;\t"


@dataclass(slots=True)
class AssetFile:
    """What a file of assets holds: assets, holdings in them, and what was not taken."""

    assets: dict[str, AssetRow] = field(default_factory=dict)
    holdings: list[HoldingRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Give every problem and everything passed over, as sentences."""
        left = [
            f"{number} rows are passed over by the mapping: {what}"
            for what, number in sorted(self.passed.items())
        ]
        return (*(str(each) for each in self.problems), *left)


def read_assets(name: str, content: bytes, mapping: str = "", source: str = "") -> AssetFile:
    """Read a file of assets; `source` is said of rows that name none. Raises `FileRefused`."""
    chosen = read_asset_mapping(f"{name}: mapping", mapping) if mapping else AssetMapping()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise FileRefused(
            f"{name}, byte {reason.start + 1}: is not UTF-8; save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise FileRefused(f"{name}: holds a NUL character; save the file as text")
    found = AssetFile()
    rows = _of_json(name, text) if text.lstrip()[:1] in {"[", "{"} else _of_csv(name, text, chosen)
    for row, told in rows:
        found.rows += 1
        other = chosen.passes_over(told)
        if other:
            found.passed[other] = found.passed.get(other, 0) + 1
        else:
            _take(found, row, chosen.told(told), source or name)
    return found


def _take(found: AssetFile, row: int, told: dict[str, str], source: str) -> None:
    asset, problems = asset_of(row, told, source)
    found.problems += problems
    if asset is None:
        return
    earlier = found.assets.setdefault(asset.reference, asset)
    if earlier != asset:
        found.problems.append(
            RowProblem(
                row, "reference", asset.reference,
                "says something else of this asset than an earlier row does",
                "make the rows agree; the earlier one is taken",
            )
        )  # fmt: skip
    if told["owner"]:
        holding, problems = holding_of(row, told, asset)
        found.problems += problems
        if holding is not None:
            found.holdings.append(holding)


def _of_csv(name: str, text: str, mapping: AssetMapping) -> Iterator[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_FIELD)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [each.strip() for each in next(table, [])]
    twice = next((each for each in header if each and header.count(each) > 1), None)
    if twice is not None:
        raise FileRefused(f"{name}, row 1: the column {twice} stands twice; keep one of both")
    for ours in ("reference", "name", "country", "sector"):
        if mapping.theirs(ours) not in header and ours not in mapping.constants:
            raise FileRefused(
                f"{name}, row 1: no column {mapping.theirs(ours)}; name it in a mapping's columns"
            )
    try:
        for values in table:
            if any(each.strip() for each in values):
                padded = [*values, *[""] * (len(header) - len(values))]
                yield table.line_num, dict(zip(header, padded, strict=False))
    except csv.Error as reason:
        raise FileRefused(f"{name}, row {table.line_num}: {reason}") from None


def _of_json(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise FileRefused(f"{name}: is no JSON: {reason}") from None
    items = told.get("assets") if isinstance(told, dict) else told
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise FileRefused(f'{name}: is a list of assets, or an object with such a list as "assets"')
    for number, item in enumerate(items, start=1):
        owners = item.get("owners") or [{}]
        if not isinstance(owners, list) or not all(isinstance(each, dict) for each in owners):
            raise FileRefused(f"{name}, asset {number}: owners is a list of objects")
        plain = _words({key: value for key, value in item.items() if key != "owners"})
        for owner in owners:
            yield number, plain | _owner(owner)


def _owner(owner: dict[str, Any]) -> dict[str, str]:
    """Give an owner by the columns of a table."""
    told = _words(owner)
    named = {"id": "owner", "name": "owner_name", "kind": "owner_kind"}
    return {named.get(key, key): value for key, value in told.items()}


def _words(item: dict[str, Any]) -> dict[str, str]:
    return {str(key): "" if value is None else str(value) for key, value in item.items()}
