"""A table screened in portions: hits go out as they come, and how far it is is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from undaunted.cli.names_tables import count_rows, read_in_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.engines.names import Flagged, Hit, Index, Kind, Passed

__all__ = ["Run"]

A_PORTION = 1_000
"""Rows that are read and screened at once: what a million of them takes in memory is no more."""
TOLD_EACH = 50_000
"""So many rows lie between two lines on how far it is, where they go to a file."""


@dataclass(slots=True)
class Run:
    """One screening while it goes on, and what it found besides hits."""

    file: Path
    kind: Kind | None
    index: Index
    threshold: float
    most: int
    unsearched: tuple[Flagged, ...] = ()
    notes: tuple[str, ...] = ()
    asked: int = 0
    hits: int = 0
    rows: int = 0
    """Rows with a hit."""
    common: int = 0
    more: int = 0
    flagged: list[Flagged] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)

    def screened(self) -> Iterator[Hit]:
        """Screen portion by portion; raises what the engine and the reader of tables raise."""
        from undaunted.engines.names import screen  # noqa: PLC0415 - starts faster

        whole = count_rows(self.file)
        for part in read_in_parts(self.file, self.kind, A_PORTION):
            found = screen(part, self.index, threshold=self.threshold, most=self.most)
            self.notes = part.notes
            self.asked += found.asked
            self.hits += len(found.hits)
            self.rows += len({hit.asked.row for hit in found.hits})
            self.common += sum(each.common for each in found.passed)
            self.more += sum(each.more for each in found.passed)
            self.flagged += sorted(found.flagged, key=lambda each: each.row)
            self.passed += found.passed
            _tell(self.asked, whole)
            yield from found.hits


def _tell(asked: int, whole: int) -> None:
    """Say on standard error how far it is: one line that changes, or a line now and then."""
    said = f"undaunted: {asked:,} of {whole:,} rows screened"
    if sys.stderr.isatty():
        typer.echo(f"\r{said}", err=True, nl=asked >= whole)
    elif asked % TOLD_EACH == 0 and asked < whole:
        typer.echo(said, err=True)
