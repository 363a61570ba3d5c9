"""The reject file: every refused row as it was, with its line, columns and reasons in front.

It can be corrected and imported again. Original values are made harmless for spreadsheets, which
would otherwise run what stands behind an equals sign.
"""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Final

from undaunted.core.evidence.rules import harmless
from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from undaunted.prisoners.registry.rules.import_rows import ImportRow, Problem

__all__ = ["ADDED_COLUMNS", "write_rejects"]

ADDED_COLUMNS: Final = ("reject_sheet", "reject_line", "reject_column", "reject_reason")
"""Columns in front of the original ones."""


def write_rejects(
    rows: Iterable[ImportRow],
    stream: IO[str],
    *,
    header: Sequence[str],
    explain: Callable[[Problem], tuple[str, str]],
) -> int:
    """Write the rejected rows among `rows` as CSV; give how many there were.

    Open the stream with `encoding="utf-8-sig", newline=""`, so that spreadsheets read all scripts.
    """
    writer = csv.writer(stream)
    writer.writerow([*ADDED_COLUMNS, *map(harmless, header)])
    written = 0
    for row in rows:
        if row.outcome is Outcome.REJECTED:
            writer.writerow(_told(row, explain))
            written += 1
    return written


def _told(row: ImportRow, explain: Callable[[Problem], tuple[str, str]]) -> list[str]:
    columns = dict.fromkeys(one.column for one in row.errors if one.column)
    reasons = []
    for problem in row.errors:
        reason, advice = explain(problem)
        where = f"{problem.column}: " if problem.column else ""
        reasons.append(f"{where}{reason} {advice}".strip())
    return [
        harmless(row.sheet),
        str(row.line),
        harmless("; ".join(columns)),
        harmless(" | ".join(reasons)),
        *map(harmless, row.cells),
    ]
