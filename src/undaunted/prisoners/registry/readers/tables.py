"""A table from outside, whatever file it came in: a header, rows of text, and where each stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.prisoners.registry.rules.import_rows import Finding

__all__ = ["RawRow", "Table"]

RawRow = tuple[int, "list[str]", "Finding | None"]
"""Line on which the row starts, its cells as text, and what was wrong with the line itself."""


@dataclass(frozen=True, slots=True)
class Table:
    """One opened table; `rows` starts reading anew each time it is called."""

    format: str
    sheet: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[RawRow]]
    notes: tuple[Finding, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    records: str = ""
