"""Measures of an episode as a CSV file: one row a measure; what is wrong is told by row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from undaunted.coercion.response.readers.episode_checks import measure_problems
from undaunted.coercion.response.readers.scenario import ScenarioRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COLUMNS", "MOST_MEASURES", "read_measures"]

MOST_MEASURES = 100
LARGEST = 256 * 1024
COLUMNS = (
    "kind", "by", "on", "began", "ended", "goods", "sectors", "text", "confidence", "sources",
)  # fmt: skip
NEEDED = frozenset(COLUMNS) - {"ended", "goods", "sectors"}
LISTS = ("sectors", "sources")
DELIMITERS = ",;\t"


def read_measures(content: bytes, *, where: str) -> list[dict[str, Any]]:
    """Give the measures of a file, in the form of the packs. Raises `ScenarioRefused`.

    The first row names the columns, in any order; `sectors` and `sources` hold words with spaces
    between them. Commas, semicolons or tabs separate; the text is UTF-8.
    """
    text = _decoded(content, where)
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        problems = list(_head_problems(names))
        if problems:
            raise ScenarioRefused(where, problems)
        numbered = [(rows.line_num, cells) for cells in rows if any(map(str.strip, cells))]
    except csv.Error as fault:
        problem = f"row {rows.line_num}: {fault}; close each quotation mark"
        raise ScenarioRefused(where, [problem]) from fault
    return _checked(names, numbered, where)


def _checked(
    names: list[str], rows: list[tuple[int, list[str]]], where: str
) -> list[dict[str, Any]]:
    if not rows or len(rows) > MOST_MEASURES:
        raise ScenarioRefused(where, [f"rows: {len(rows)}; give 1 to {MOST_MEASURES} measures"])
    problems: list[str] = []
    measures = []
    for number, cells in rows:
        if len(cells) != len(names):
            problems.append(f"row {number}: {len(cells)} cells, where {len(names)} are named")
            continue
        measure = _measure(dict(zip(names, map(str.strip, cells), strict=True)))
        problems += measure_problems(f"row {number}", measure)
        measures.append(measure)
    if problems:
        raise ScenarioRefused(where, problems)
    return measures


def _measure(told: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: value for name, value in told.items() if value or name in NEEDED}
    for name in LISTS:
        if name in made:
            made[name] = made[name].split()
    return made


def _head_problems(names: list[str]) -> Iterator[str]:
    for name in sorted(set(names) - set(COLUMNS)):
        yield f"column {name!r}: there is none of that name; use {', '.join(COLUMNS)}"
    for name in sorted(NEEDED - set(names)):
        yield f"column {name!r}: it is missing; name it in the first row"
    if len(set(names)) < len(names):
        yield "columns: one is named twice; leave one of them out"


def _decoded(content: bytes, where: str) -> str:
    if len(content) > LARGEST:
        raise ScenarioRefused(where, [f"file: it is larger than {LARGEST // 1024} KiB; cut it"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScenarioRefused(where, ["file: it is no UTF-8 text; save it as UTF-8"]) from fault
