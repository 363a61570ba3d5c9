"""Files of capacities, CSV or a sheet: a row an asset, with company, sector, capacity and unit.

Every row that cannot be read is told, and then nothing is answered: a part of a sector is wrong
where one row of it is missing.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.readers import FileRefused, sheet_of
from undaunted.coercion.screening.rules import LARGEST_CAPACITY
from undaunted.engines.ownership import Assets, one_form

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.ownership import Parties

__all__ = ["Capacities", "read_assets"]

COLUMNS = ("company", "sector", "capacity")
SHOWN = 20
"""So many rows, and so many sectors, are told by name."""


@dataclass(frozen=True, slots=True)
class Capacities:
    """Capacities of a sector; how much of them no company is named for; and what is to be told."""

    assets: Assets
    unnamed: float
    notes: list[str]


@dataclass(slots=True)
class _Read:
    """What is gathered of a file, row by row."""

    name: str
    company: list[str] = field(default_factory=list)
    capacity: list[float] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    seen: dict[tuple[str, ...], tuple[int, float]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, row: int, sentence: str, column: str = "") -> None:
        place = f"row {row}, column {column}" if column else f"row {row}"
        self.wrong.append((row, f"{self.name}, {place}: {sentence}"))

    def note(self, row: int, sentence: str) -> None:
        self.notes.append(f"{self.name}, row {row}: {sentence}")


def read_assets(path: Path, sector: str, parties: Parties) -> Capacities:
    """Read capacities of one sector, whatever the case and the spaces it is written with.

    An asset that stands twice counts once. One whose company is not named, or is named by no stake,
    is in the total, and controlled by nobody named. Raises `FileRefused` with every bad row.
    """
    read = _Read(path.name)
    asked = _plain(sector)
    rows, unended, last = _rows(path, read)
    for row, told in rows:
        cut = row == unended and last == "sector"
        if not cut and _plain(told["sector"]) != asked:
            read.others[" ".join(told["sector"].split())] += 1
            continue
        _take(read, row, told, ended=row != unended)
    _demand_whole(read, sector)
    numbers = [parties.number_of(each) if each in parties else -1 for each in read.company]
    capacity = np.array(read.capacity)
    named = np.array([bool(each) for each in read.company])
    unknown = int(((np.array(numbers) < 0) & named).sum())
    if unknown:
        read.notes.append(f"{unknown} assets belong to companies that no stake names")
    assets = Assets(np.array(numbers, np.int64), capacity, read.units.pop())
    return Capacities(assets, float(capacity[~named].sum()), read.notes)


def _take(read: _Read, row: int, told: dict[str, str], *, ended: bool) -> None:
    """Take one asset of the sector, or note what is wrong with it."""
    if not ended:
        read.refuse(
            row,
            "the last row has no end of line, and its last field may be cut; check that the file "
            "is whole and end its last line",
        )
        return
    capacity = _capacity(told["capacity"])
    if capacity is None:
        read.refuse(
            row,
            f"{told['capacity'][:40]!r} is no capacity; write a number from 0 to "
            f"{LARGEST_CAPACITY:g}",
            "capacity",
        )
        return
    company = one_form(told["company"])
    if _stood_before(read, row, {**told, "company": company}, capacity):
        return
    if not company:
        read.note(row, "no company is named; it is in the total, and told apart [company_missing]")
    read.company.append(company)
    read.capacity.append(capacity)
    read.units.add(told.get("unit", "").strip())


def _stood_before(read: _Read, row: int, told: dict[str, str], capacity: float) -> bool:
    """Tell whether an asset stands in an earlier row: by its name if it has one, or in all."""
    asset = _plain(told.get("asset", ""))
    others = (_plain(value) for name, value in told.items() if name not in {"capacity", "company"})
    key = (told["company"], asset) if asset else (told["company"], repr(capacity), *others)
    first, earlier = read.seen.setdefault(key, (row, capacity))
    if first == row:
        return False
    if earlier == capacity:
        read.note(
            row,
            f"says the same as row {first}, and is not counted again; remove it, or tell two "
            "assets apart in a column asset [repeated]",
        )
    else:
        read.refuse(row, f"tells another capacity of the asset of row {first}; correct one of both")
    return True


def _demand_whole(read: _Read, sector: str) -> None:
    """Refuse a file of which a row was not read, or none was; tell the sectors passed over."""
    if read.wrong:
        more = len(read.wrong) - SHOWN
        rest = [f"and {more} rows more"] if more > 0 else []
        raise FileRefused("\n".join([*(each for _, each in sorted(read.wrong)[:SHOWN]), *rest]))
    passed = _passed(read)
    if not read.company:
        beside = f"; {passed}" if passed else ""
        raise FileRefused(f"{read.name}: holds no asset of the sector {sector}{beside}")
    if len(read.units) > 1:
        raise FileRefused(f"{read.name}: capacities of {sector} have {len(read.units)} units")
    if passed:
        read.notes.append(f"{read.name}: {passed}")


def _passed(read: _Read) -> str:
    """Tell the sectors that were not asked for, with their rows; nothing where there is none."""
    rows = Counter[str]()
    names: dict[str, str] = {}
    for name, number in sorted(read.others.items()):
        plain = _plain(name)
        names.setdefault(plain, name or "none")
        rows[plain] += number
    told = [f"{names[each]} (rows: {rows[each]})" for each in sorted(rows)]
    more = f", and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return f"sectors passed over: {', '.join(told[:SHOWN])}{more}" if told else ""


def _rows(path: Path, read: _Read) -> tuple[list[tuple[int, dict[str, str]]], int, str]:
    """Give the rows by line, each with every field; the line of one without end; the last column.

    Of a row without end that column may be cut, and no other.
    """
    sheet = sheet_of(path)
    if sheet is not None and sheet.others:
        others = ", ".join(sheet.others)
        raise FileRefused(f"{path.name}: has further sheets ({others}); save the one that is meant")
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            text = held.read() if sheet is None else sheet.text
        told = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [each.strip().lower() for each in next(told, [])]
        missing = [each for each in COLUMNS if each not in header]
        if missing:
            raise FileRefused(
                f"{path.name}, row 1: no column {missing[0]}; columns are {', '.join(COLUMNS)}"
            )
        rows = [(told.line_num, fields) for fields in told if fields]
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise FileRefused(f"{path.name}: {reason}; fetch the file again or correct it") from None
    for row, fields in rows:
        if len(fields) != len(header):
            read.refuse(
                row,
                f"{len(fields)} in place of {len(header)} fields; fetch the file again or correct "
                "the row",
            )
    whole = [(row, dict(zip(header, fields, strict=True))) for row, fields in rows
             if len(fields) == len(header)]  # fmt: skip
    ended = not rows or text.endswith(("\n", "\r"))
    return whole, 0 if ended else rows[-1][0], header[-1]


def _capacity(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= LARGEST_CAPACITY else None


def _plain(text: str) -> str:
    return "".join(one_form(text).split()).casefold()
