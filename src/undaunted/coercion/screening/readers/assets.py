"""Critical assets from CSV, a sheet or JSON: what each is, and who owns it where a row says so.

A row that cannot be taken is a problem that names row, field, rule and remedy; nothing is dropped
in silence. Several rows of one reference tell several owners of one asset.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.readers.asset_fields import asset_of, holding_of
from undaunted.coercion.screening.readers.asset_mapping import AssetMapping, read_asset_mapping
from undaunted.coercion.screening.readers.loading import DAYS, FileRefused, Gathered
from undaunted.coercion.screening.readers.shares import finer
from undaunted.coercion.screening.readers.sheets import others_told, sheet_in
from undaunted.coercion.screening.readers.table import UNNAMED
from undaunted.coercion.screening.rules import RowProblem
from undaunted.engines.ownership import WHOLE, Finding, PartyKind, Right, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.screening.rules import AssetRow, HoldingRow

__all__ = ["AssetFile", "read_assets"]

MOST_FIELD = 100_000
"""Characters of one field; a longer one is a quotation mark that was never closed."""
SEPARATORS = ",;\t"


@dataclass(slots=True)
class AssetFile:
    """What a file of assets holds: assets, holdings in them, and what was not taken.

    `stakes` are the holdings once more, held against the rules of every file of stakes.
    """

    stakes: Gathered
    assets: dict[str, AssetRow] = field(default_factory=dict)
    holdings: list[HoldingRow] = field(default_factory=list)
    problems: list[RowProblem | Finding] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    unended: int = 0
    beside: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Give every problem and everything passed over, as sentences."""
        left = [
            f"{number} rows are passed over by the mapping: {what}"
            for what, number in sorted(self.passed.items())
        ]
        return (*(str(each) for each in self.problems), *left, *self.beside)


def read_assets(name: str, content: bytes, mapping: str = "", source: str = "") -> AssetFile:
    """Read a file of assets; `source` is said of rows that name none. Raises `FileRefused`."""
    chosen = read_asset_mapping(f"{name}: mapping", mapping) if mapping else AssetMapping()
    text, notes = _text(name, content, chosen.sheet)
    found = AssetFile(Gathered(name), beside=notes)
    in_json = text.lstrip()[:1] in {"[", "{"}
    rows = _of_json(name, text) if in_json else _of_csv(found, text, chosen)
    for row, told in rows:
        found.rows += 1
        # Of a row without its end the last field may have been cut: what that says is not taken.
        cut = list(told)[-1] if row == found.unended else ""
        other = chosen.passes_over(told, cut)
        if other:
            found.passed[other] = found.passed.get(other, 0) + 1
        else:
            if cut:
                told |= {cut: ""}
            _take(found, row, chosen.told(told), source or name)
    _settle(found)
    return found


def _text(name: str, content: bytes, sheet: str) -> tuple[str, tuple[str, ...]]:
    """Give a file's text, and what is told of the sheets of a workbook that are not read."""
    read = sheet_in(name, content, sheet)
    if read is not None:
        return read.text, others_told(read, sheet)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise FileRefused(
            f"{name}, byte {reason.start + 1}: is not UTF-8; save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise FileRefused(f"{name}: holds a NUL character; save the file as text")
    return text, ()


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
            _hold(found, holding, [told["share"] or "", told["min"], told["max"]])


def _hold(found: AssetFile, holding: HoldingRow, said: list[str]) -> None:
    """Take an owner's stake, and gather it as a file of stakes would."""
    gathered, register, row = found.stakes, found.stakes.register, holding.row
    if holding.owner.casefold() in UNNAMED:
        gathered.find(Rule.OWNER, row, holding.owner)
        nobody = f"unknown owner, {gathered.name} row {row}"
        holding = replace(holding, owner=nobody, owner_name="", owner_kind="unknown")
    kind = PartyKind[holding.owner_kind.upper()]
    owner = register.number(holding.owner, kind, holding.owner_name)
    owned = register.number(holding.owned, PartyKind.COMPANY, holding.owned_name)
    stated = any(each.strip() for each in said)
    span = (holding.lowest / WHOLE, holding.highest / WHOLE)
    gathered.read_as(row, [each for each in said if each.strip()], span)
    told = {"valid_from": holding.valid_from, "valid_to": holding.valid_to}
    days = DAYS | {name: day.toordinal() for name, day in told.items() if day is not None}
    gathered.read_finer(row, [each for each in said if finer(each)])
    gathered.stake(
        row, owner, owned, Right[holding.right.upper()], span if stated else None, days=days,
        source=holding.source,
    )  # fmt: skip
    found.holdings.append(holding)


def _settle(found: AssetFile) -> None:
    """Hold all stakes of the file against each other; a repeated row may be another lot."""
    if not found.holdings:
        return
    loaded = found.stakes.loaded()
    found.problems += loaded.findings
    lowest = loaded.stakes.lo.tolist()
    found.holdings = [
        replace(row, lowest=least) if least < row.lowest else row
        for row, least in zip(found.holdings, lowest, strict=True)
    ]


def _of_csv(
    found: AssetFile, text: str, mapping: AssetMapping
) -> Iterator[tuple[int, dict[str, str]]]:
    name, first = found.stakes.name, text.partition("\n")[0]
    unended = not text.endswith(("\n", "\r"))
    lines = sum(1 for _ in io.StringIO(text, newline="")) if unended else 0
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_FIELD)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = _heads(name, table, whole=not unended)
    twice = next((each for each in names if each and names.count(each) > 1), None)
    if twice is not None:
        raise FileRefused(f"{name}, row 1: the column {twice} stands twice; keep one of both")
    for ours in ("reference", "name", "country", "sector"):
        if mapping.theirs(ours) not in names and ours not in mapping.constants:
            raise FileRefused(
                f"{name}, row 1: no column {mapping.theirs(ours)}; name it in a mapping's columns"
            )
    try:
        for values in table:
            if not any(each.strip() for each in values):
                continue
            if len(values) == len(names):
                found.unended = lines
                yield table.line_num, dict(zip(names, values, strict=True))
                continue
            shape = f"{len(values)} in place of {len(names)} fields"
            if table.line_num == lines:
                raise FileRefused(f"{name}, {Finding(Rule.CUT, (lines,), shape)}")
            found.rows += 1
            found.problems.append(Finding(Rule.FIELDS, (table.line_num,), shape))
    except csv.Error as reason:
        raise _misread(name, table.line_num, reason, whole=not unended) from None
    if lines:
        found.problems.append(Finding(Rule.UNENDED, (table.line_num,)))


def _heads(name: str, table: Iterator[list[str]], *, whole: bool) -> list[str]:
    try:
        return [each.strip() for each in next(table, [])]
    except csv.Error as reason:
        raise _misread(name, 1, reason, whole=whole) from None


def _misread(name: str, row: int, reason: csv.Error, *, whole: bool) -> FileRefused:
    """Give why a row cannot be read; a `whole` file ends with a line: its quotation does not."""
    rule = Rule.FIELDS
    if "end of data" in str(reason):
        rule = Rule.QUOTE if whole else Rule.CUT
    return FileRefused(f"{name}, {Finding(rule, (row,), str(reason))}")


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
