"""A CSV file of overlapping lists as a table for the engine."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from undaunted.engines.census.overlap import OverlapTable

__all__ = ["OverlapFileRefused", "read_overlaps"]

MOST_ROWS = 2_000_000
MOST_DIGITS = 9


class OverlapFileRefused(Exception):
    """The file is no table of overlaps; the message names line, column, rule and remedy."""


def read_overlaps(file: Path, count: str) -> OverlapTable:
    """Return the table in ``file``: its columns are lists, but for the column ``count``."""
    from undaunted.engines.census.overlap import overlap_table  # noqa: PLC0415 - starts faster

    header, rows = _rows(file)
    lists = [name for name in header if name != count]
    places = [header.index(name) for name in lists]
    counted = header.index(count) if count in header else None
    patterns, counts = [], []
    for line, row in rows:
        if len(row) != len(header):
            raise OverlapFileRefused(
                f"line {line}: {len(row)} fields where the header has {len(header)}"
            )
        patterns.append([_mark(row[place], line, header[place]) for place in places])
        counts.append(1 if counted is None else _persons(row[counted], line, count))
    return overlap_table(lists, patterns, counts)


def _rows(file: Path) -> tuple[list[str], Sequence[tuple[int, list[str]]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = [name.strip() for name in next(reader, [])]
            rows = []
            for row in reader:
                if row:
                    rows.append((reader.line_num, row))
                if len(rows) > MOST_ROWS:
                    raise OverlapFileRefused(
                        f"more than {MOST_ROWS:,} rows; add up rows with one pattern"
                    )
    except OSError as problem:
        raise OverlapFileRefused(problem.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise OverlapFileRefused("is no text in UTF-8; save it so") from None
    except csv.Error as problem:
        raise OverlapFileRefused(f"is no CSV: {problem}") from None
    if not header or not rows:
        raise OverlapFileRefused("is empty; a header with the names of the lists comes first")
    return header, rows


def _mark(text: str, line: int, column: str) -> int:
    if text.strip() not in {"0", "1"}:
        raise OverlapFileRefused(
            f"line {line}, {column}: {text!r}; write 1 for on the list and 0 for not on it"
        )
    return int(text)


def _persons(text: str, line: int, column: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise OverlapFileRefused(
            f"line {line}, {column}: {text!r}; a whole number of persons is needed"
        )
    return int(digits)
