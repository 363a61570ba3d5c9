"""A table screened in portions: hits go out as they come, and how far it is is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from undaunted.cli.names_tables import read_in_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.cli.names_kept import Table
    from undaunted.engines.names import Asked, Entry, Flagged, Hit, Index, Kind, Passed

__all__ = ["Run"]

A_PORTION = 1_000
"""Rows that are read and screened at once: what a million of them takes in memory is no more."""
TOLD_EACH = 50_000
"""So many rows lie between two lines on how far it is, where they go to a file."""
_FEWEST, _LONG = 2, 100
"""Letters and characters: between them a name is refused by no engine unless it holds others."""


@dataclass(slots=True)
class Run:
    """One screening while it goes on, and what it found besides hits."""

    table: Table
    kind: Kind | None
    threshold: float
    most: int
    unsearched: tuple[Flagged, ...] = ()
    notes: tuple[str, ...] = ()
    whole: int = 0
    """Rows of the table."""
    asked: int = 0
    hits: int = 0
    rows: int = 0
    """Rows with a hit."""
    common: int = 0
    more: int = 0
    wrong: list[Flagged] = field(default_factory=list)
    """What is known of rows before the first is screened."""
    flagged: list[Flagged] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)

    def check(self) -> None:
        """Read the table whole before a row is screened: what is wrong with it is known then.

        Raises what the reader of tables raises.
        """
        for part in read_in_parts(self.table, self.kind, A_PORTION):
            self.notes = part.notes
            self.whole += len(part.entries)
            found = (*part.flagged, *_refused(part.entries))
            self.wrong += sorted(found, key=lambda each: each.row)

    def screened(self, index: Index) -> Iterator[Hit]:
        """Screen portion by portion; raises what the engine and the reader of tables raise."""
        for part in read_in_parts(self.table, self.kind, A_PORTION):
            yield from self._screened(part, index)

    def _screened(self, part: Asked, index: Index) -> tuple[Hit, ...]:
        from undaunted.engines.names import screen  # noqa: PLC0415 - starts faster

        found = screen(part, index, threshold=self.threshold, most=self.most)
        self.asked += found.asked
        self.hits += len(found.hits)
        self.rows += len({hit.asked.row for hit in found.hits})
        self.common += sum(each.common for each in found.passed)
        self.more += sum(each.more for each in found.passed)
        self.flagged += sorted(found.flagged, key=lambda each: each.row)
        self.passed += found.passed
        _tell(self.asked, self.whole)
        return found.hits

    @property
    def since(self) -> tuple[Flagged, ...]:
        """What was found of rows only when they were screened."""
        known = set(self.wrong)
        return tuple(each for each in self.flagged if each not in known)


def _refused(entries: Iterable[Entry]) -> Iterator[Flagged]:
    """Give the names that will not be searched for: an empty one, a letter, a whole text."""
    from undaunted.engines.names import (  # noqa: PLC0415 - as above
        Flagged,
        NameRefused,
        are_too_many,
        prepare,
        refusal_of,
    )

    for each in entries:
        long = sum(map(str.isalnum, each.name[:_LONG])) >= _FEWEST
        if long and len(each.name) <= _LONG and not are_too_many(each.name):
            continue
        try:
            why = refusal_of(prepare(each.name, each.kind))
        except NameRefused as refusal:
            why = str(refusal)
        if why:
            yield Flagged(each.row, each.name, why)


def _tell(asked: int, whole: int) -> None:
    """Say on standard error how far it is: one line that changes, or a line now and then."""
    said = f"undaunted: {asked:,} of {whole:,} rows screened"
    if sys.stderr.isatty():
        typer.echo(f"\r{said}", err=True, nl=asked >= whole)
    elif asked % TOLD_EACH == 0 and asked < whole:
        typer.echo(said, err=True)
