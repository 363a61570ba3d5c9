"""The reject file: every refused row as it was, with its line, columns and reasons in front.

It can be corrected and imported again. Original values are made harmless for spreadsheets, which
would otherwise run what stands behind an equals sign.
"""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Final

from undaunted.prisoners.registry.rules.import_rows import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from undaunted.prisoners.registry.rules.import_rows import ImportRow, Problem

__all__ = ["ADDED_COLUMNS", "harmless", "write_rejects"]

ADDED_COLUMNS: Final = ("reject_sheet", "reject_line", "reject_column", "reject_reason")
"""Columns in front of the original ones."""

_LONGEST: Final = 32_000
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BEHIND: Final = re.compile(r"([;\t|] *)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet splits at another separator, what stands behind one begins a cell."""
_CONTROL: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


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


def harmless(text: str) -> str:
    """Give the text so that no spreadsheet runs it: an apostrophe in front, no control codes."""
    plain = text[:_LONGEST].translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")
    plain = _BEHIND.sub(r"\1'", plain)
    return f"'{plain}" if plain.lstrip(" ").startswith(_STARTS) else plain


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
