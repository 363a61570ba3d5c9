"""The file of an injury that was calculated elsewhere: a sheet (CSV) with a row for each part."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.readers.refusals import FileRefused
from undaunted.coercion.instruments.rules import InjuryRow, MeasureRefused, injury_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.instruments.rules import MeasuredInjury

__all__ = ["LARGEST_CALCULATION", "injury_of_file", "rows_of_file"]

LARGEST_CALCULATION: Final = 2_000_000
_LARGEST_CELL: Final = 100_000
_COLUMNS: Final = ("item", "low", "best", "high", "unit", "year", "method", "source")
_AMOUNTS: Final = ("low", "best", "high")


def injury_of_file(name: str, content: bytes) -> MeasuredInjury:
    """Give the injury that a file tells, row by row; its digest is that of the file.

    Raises `FileRefused` with every row that is wrong, by column and rule.
    """
    rows = rows_of_file(name, content)
    try:
        return injury_of_rows(name, rows, sha256(content).hexdigest())
    except MeasureRefused as refused:
        raise FileRefused(name, *refused.problems) from refused


def rows_of_file(name: str, content: bytes) -> tuple[InjuryRow, ...]:
    """Give the rows of a file. Raises `FileRefused` for what is no sheet, and by row and column."""
    if len(content) > LARGEST_CALCULATION:
        raise FileRefused(name, f"is larger than {LARGEST_CALCULATION:,} bytes; add rows together")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            name, f"is not UTF-8 at byte {error.start}; save it as CSV UTF-8"
        ) from error
    first = text.partition("\n")[0]
    csv.field_size_limit(_LARGEST_CELL)  # of the process: other readers set their own
    sheet = csv.DictReader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    missing = [each for each in _COLUMNS if each not in (sheet.fieldnames or ())]
    if missing:
        raise FileRefused(
            name, f"row 1: has no column {', '.join(missing)}; write {', '.join(_COLUMNS)}"
        )
    try:
        told = list(sheet)
    except csv.Error as error:
        raise FileRefused(name, f"row {sheet.line_num + 1}: cannot be read: {error}") from error
    problems = [each for number, row in enumerate(told, 2) for each in _strange(number, row)]
    if problems:
        raise FileRefused(name, *problems)
    return tuple(_row(each) for each in told)


def _row(row: Mapping[str, str]) -> InjuryRow:
    cells = {name: row[name].strip() for name in _COLUMNS}
    amounts = {name: float(cells[name]) for name in _AMOUNTS}
    return InjuryRow(**{**cells, **amounts, "year": int(cells["year"])})  # type: ignore[arg-type]


def _strange(number: int, row: Mapping[str | None, str | None]) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"row {number}: has not as many cells as row 1; put texts with commas in quotes"
        return
    for name in _AMOUNTS:
        if not _is_number(row[name] or ""):
            yield (
                f"row {number}, {name}: {row[name]!r} is no number; write it with a point and "
                "without spaces, as 2318.4"
            )
    year = (row["year"] or "").strip()
    if not (year.isascii() and year.isdigit()):
        yield f"row {number}, year: {row['year']!r} is no year; write one, as 2025"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text and text.isascii()
