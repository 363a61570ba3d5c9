"""The preview: every row of a file, read through a mapping, with all its problems.

`read_rows` opens the file, refuses it where the mapping cannot be applied safely, and streams
frozen rows. Nothing is written anywhere; reading twice gives the same rows.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from undaunted.prisoners.registry.readers.converters import Context
from undaunted.prisoners.registry.readers.files import open_table
from undaunted.prisoners.registry.readers.hygiene import clean_text
from undaunted.prisoners.registry.readers.limits import LIMITS, Limits
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.readers.row_reader import RowReader
from undaunted.prisoners.registry.rules.import_rows import (
    Finding,
    ImportRow,
    Problem,
    RecordKind,
    Severity,
    shortened,
)
from undaunted.prisoners.registry.rules.mapping import (
    FIELDS,
    FieldKind,
    Mapping,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from undaunted.prisoners.registry.readers.tables import Table

__all__ = ["Preview", "open_preview", "read_rows"]


class Preview:
    """An opened file seen through a mapping; iterate it for the rows, as often as wanted."""

    def __init__(self, table: Table, mapping: Mapping, context: Context) -> None:
        self.header = table.header
        self.sheet = table.sheet
        self.format = table.format
        self.encoding = table.encoding
        self._table = table
        self._mapping = mapping
        self._context = context
        self._indexes: dict[str, int] = {}
        for index, name in enumerate(table.header):
            self._indexes.setdefault(_plain(name), index)
        self._refuse_wrong_table()
        read = {one.column for one in mapping.columns} | mapping.needed_columns
        self.unmapped = tuple(
            name for name in map(_plain, table.header) if name and name not in read | mapping.ignore
        )
        self.notes = tuple(self._problem(one) for one in (*table.notes, *self._findings()))

    def __iter__(self) -> Iterator[ImportRow]:
        reader = RowReader(self._mapping, self._indexes, self._table, self._context)
        return map(reader.read, self._table.rows())

    def _refuse_wrong_table(self) -> None:
        found = ", ".join(shortened(name, 30) for name in self.header[:20])
        names = [
            one.column for one in self._mapping.columns if FIELDS[one.field].kind is FieldKind.NAME
        ]
        if not any(name in self._indexes for name in names):
            raise UnreadableFile("no_person_column", found=found)
        missing = sorted(self._mapping.needed_columns - self._indexes.keys())
        if missing:
            raise UnreadableFile("columns_missing", missing=", ".join(missing), found=found)

    def _findings(self) -> Iterator[Finding]:
        plain = [_plain(name) for name in self.header]
        mapped = {one.column for one in self._mapping.columns}
        for code, columns in (
            ("columns_unmapped", self.unmapped),
            ("columns_absent", sorted(mapped - self._indexes.keys())),
            ("columns_repeated", sorted({one for one in plain if one and plain.count(one) > 1})),
        ):
            if columns:
                shown = ", ".join(shortened(one, 40) for one in columns)
                yield Finding(Severity.WARNING, code, (("columns", shown),))
        if not self._mapping.keys.columns:
            yield Finding(Severity.WARNING, "no_source_key")
        starts = {one.field for one in self._mapping.columns} | self._mapping.constants.keys()
        if "spell.start" not in starts and self._mapping.kind is RecordKind.DETENTION:
            yield Finding(Severity.WARNING, "no_start_column")

    def _problem(self, finding: Finding) -> Problem:
        return Problem(finding.severity, finding.code, params=finding.params, sheet=self.sheet)


@contextmanager
def open_preview(  # noqa: PLR0913 (what a reader needs from outside is passed in)
    path: Path,
    mapping: Mapping,
    *,
    today: date,
    find_country: Callable[[str], str | None],
    near_countries: Callable[[str], Sequence[str]] = lambda _text: (),
    limits: Limits = LIMITS,
) -> Iterator[Preview]:
    """Open a file for preview: its header, notes and rows; raise `UnreadableFile` at once."""
    context = Context(today, find_country, near_countries, limits)
    with open_table(path, mapping.format, limits) as table:
        yield Preview(table, mapping, context)


def read_rows(  # noqa: PLR0913
    path: Path,
    mapping: Mapping,
    *,
    today: date,
    find_country: Callable[[str], str | None],
    near_countries: Callable[[str], Sequence[str]] = lambda _text: (),
    limits: Limits = LIMITS,
) -> Iterator[ImportRow]:
    """Give every row of the file with its problems; use `open_preview` to see the notes too."""
    with open_preview(
        path,
        mapping,
        today=today,
        find_country=find_country,
        near_countries=near_countries,
        limits=limits,
    ) as preview:
        yield from preview


def _plain(name: str) -> str:
    return clean_text(name)[0]
