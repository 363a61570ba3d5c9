"""An injury that was calculated elsewhere, row by row: what, how much, how, and who says so.

Ends of intervals are added end to end, as those of effects are: all rows may be wrong the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules.injury import MeasuredInjury, check_injury
from undaunted.coercion.instruments.rules.proceedings import LONGEST_TEXT
from undaunted.coercion.instruments.rules.refusals import MeasureRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LARGEST_AMOUNT", "InjuryRow", "injury_of_rows"]

MOST_ROWS, LARGEST_AMOUNT = 5000, 1e12
_SHORTENED = " …"


@dataclass(frozen=True, slots=True)
class InjuryRow:
    """One row of a calculation: lowest, best and highest amount, and how they were found."""

    item: str
    low: float
    best: float
    high: float
    unit: str
    year: int
    method: str
    source: str


def injury_of_rows(name: str, rows: Sequence[InjuryRow], digest: str) -> MeasuredInjury:
    """Add rows up to an injury whose source names the file, its methods and its sources.

    Raises `MeasureRefused` with every row that is wrong; rows count from 2, below their heads.
    """
    problems = [
        f"row {number}, {each}"
        for number, row in enumerate(rows, 2)
        for each in _problems(row, rows[0])
    ]
    if not rows:
        problems.append("row 2: there is none; write a row for each part of the injury")
    if len(rows) > MOST_ROWS:
        problems.append(f"row {MOST_ROWS + 2}: there are more than {MOST_ROWS}; add some together")
    if problems:
        raise MeasureRefused(*problems)
    low, best, high = (
        math.fsum(getattr(each, end) for each in rows) for end in ("low", "best", "high")
    )
    injury = MeasuredInjury(
        low, best, high, rows[0].unit, rows[0].year, _source(name, rows), digest
    )
    check_injury(injury)
    return injury


def _problems(row: InjuryRow, first: InjuryRow) -> list[str]:
    problems = [
        f"{name}: is empty; write it" for name in ("item", "unit", "method", "source")
        if not getattr(row, name).strip()
    ]  # fmt: skip
    amounts = (row.low, row.best, row.high)
    if not all(math.isfinite(each) and 0 <= each <= LARGEST_AMOUNT for each in amounts):
        problems.append(f"low, best, high: write numbers from nought to {LARGEST_AMOUNT:g}")
    elif not row.low <= row.best <= row.high:
        problems.append("low, best, high: low is at most best, and best at most high; correct them")
    if row.unit.strip() != first.unit.strip():
        problems.append(f"unit: is {row.unit} and in row 2 {first.unit}; tell all rows in one unit")
    if row.year != first.year:
        problems.append(f"year: is {row.year} and in row 2 {first.year}; tell all in one year")
    return problems


def _source(name: str, rows: Sequence[InjuryRow]) -> str:
    methods = "; ".join(dict.fromkeys(each.method.strip() for each in rows))
    sources = "; ".join(dict.fromkeys(each.source.strip() for each in rows))
    called = PurePath(name.replace("\\", "/")).name
    told = f"{called}, {len(rows)} rows. Method: {methods}. Source: {sources}"
    if len(told) <= LONGEST_TEXT:
        return told
    return told[: LONGEST_TEXT - len(_SHORTENED)] + _SHORTENED
