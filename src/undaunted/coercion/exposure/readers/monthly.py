"""Monthly sales from a CSV file: date, reporter (who sells), partner (who buys), product, value."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers.refusals import FileRefused
from undaunted.coercion.exposure.rules.warning import Monthly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["MOST_MONTHS", "is_monthly", "read_monthly"]

COLUMNS = ("date", "reporter", "partner", "product", "value")
MOST_MONTHS = 600
MONTHS = 12
EARLIEST = 1962

Cell = tuple[int, str, str, str]


def read_monthly(path: Path) -> Monthly:
    """Give the sales of a file, month by month.

    A seller that reports nothing at all in some month of the span is left out, and this is said:
    the month is unknown and not zero. Raises `FileRefused` naming file, row, column and rule.
    """
    cells: dict[Cell, float] = {}
    for number, row in _rows(path):
        cell, value = _cell(path, number, row)
        if cell in cells:
            raise FileRefused(path.name, "this flow stands there twice in one month", row=number)
        cells[cell] = value
    if not cells:
        raise FileRefused(path.name, "holds no rows")
    first, last = min(cell[0] for cell in cells), max(cell[0] for cell in cells)
    if last - first >= MOST_MONTHS:
        raise FileRefused(path.name, f"spans {last - first + 1} months; {MOST_MONTHS} are taken")
    return _monthly(cells, first, last)


def is_monthly(content: bytes) -> bool:
    """Tell by the head of a file whether it means months of sellers, or is of another layout."""
    head = content[: content.find(b"\n") + 1 or None].decode("utf-8-sig", "replace")
    return {"date", "reporter", "partner"} <= {each.strip(' "\r\n') for each in head.split(",")}


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each row that holds anything: its line, and its cells in the order of `COLUMNS`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            told = csv.reader(held)
            head = next(told, [])
            missing = [each for each in COLUMNS if each not in head]
            if missing:
                raise FileRefused(
                    path.name,
                    f"is missing; the columns {', '.join(COLUMNS)} are asked for",
                    column=missing[0],
                )
            places = [head.index(each) for each in COLUMNS]
            for row in told:
                if row:
                    yield told.line_num, [row[at].strip() if at < len(row) else "" for at in places]
    except OSError as fault:
        raise FileRefused(path.name, fault.strerror or "cannot be read") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise FileRefused(path.name, "cannot be read as CSV in UTF-8 with commas") from fault


def _cell(path: Path, number: int, row: Sequence[str]) -> tuple[Cell, float]:
    day, reporter, partner, product, value = row
    seller, buyer = _code(reporter), _code(partner)
    for column, told, code in (("reporter", reporter, seller), ("partner", partner, buyer)):
        if code is None:
            raise FileRefused(
                path.name, f"{told!r}: three letters of ISO 3166 are asked for", row=number,
                column=column,
            )  # fmt: skip
    if seller == buyer:
        raise FileRefused(path.name, "a country does not trade with itself", row=number)
    if not product:
        raise FileRefused(path.name, "a code is asked for", row=number, column="product")
    month = _month(day)
    if month is None:
        raise FileRefused(
            path.name, f"{day!r}: a month such as 2021-12 is asked for, from {EARLIEST} on",
            row=number, column="date",
        )  # fmt: skip
    return (month, str(seller), str(buyer), product), _value(path, number, value)


@lru_cache(maxsize=4096)
def _code(text: str) -> str | None:
    fits = len(text) == len("ISO") and text.isascii() and text.isalpha()
    return text.upper() if fits else None


@lru_cache(maxsize=4096)
def _month(text: str) -> int | None:
    try:
        day = date.fromisoformat(text if len(text) > len("2021-12") else f"{text}-01")
    except ValueError:
        return None
    return day.year * MONTHS + day.month - 1 if day.year >= EARLIEST else None


def _value(path: Path, number: int, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise FileRefused(
            path.name, f"{text!r}: a number that is not below zero is asked for", row=number,
            column="value",
        )  # fmt: skip
    return value


def _monthly(cells: Mapping[Cell, float], first: int, last: int) -> Monthly:
    span = last - first + 1
    reported: dict[str, set[int]] = defaultdict(set)
    for month, seller, _, _ in cells:
        reported[seller].add(month)
    absent = {seller: span - len(held) for seller, held in reported.items() if len(held) < span}
    sales: dict[tuple[str, str, str], np.ndarray] = {}
    for (month, seller, buyer, product), value in cells.items():
        if seller not in absent:
            row = sales.setdefault((seller, buyer, product), np.zeros(span))
            row[month - first] = value
    return Monthly(
        months=tuple(
            f"{month // MONTHS}-{month % MONTHS + 1:02d}" for month in range(first, last + 1)
        ),
        sales=sales,
        said=tuple(
            f"{seller} was left out: it reports nothing in {months} of {span} months."
            for seller, months in sorted(absent.items())
        ),
    )
