"""CSV as people really send it: any separator, any usual encoding, streamed line by line."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Final

from undaunted.prisoners.registry.readers.encodings import check_encoding, detect_encoding
from undaunted.prisoners.registry.readers.problems import UnreadableFile
from undaunted.prisoners.registry.readers.tables import RawRow, Table
from undaunted.prisoners.registry.rules.import_rows import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper
    from pathlib import Path

    from undaunted.prisoners.registry.readers.limits import Limits
    from undaunted.prisoners.registry.rules.mapping import FormatRule

__all__ = ["open_delimited"]

_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS: Final = 64 * 1024
_SAMPLE_ROWS: Final = 50


def open_delimited(path: Path, rule: FormatRule, limits: Limits) -> Table:
    """Open a CSV file: find its encoding and separator, check all its bytes, read its header."""
    encoding = detect_encoding(path, rule.encoding)
    check_encoding(path, encoding.name)
    csv.field_size_limit(limits.line_characters)
    delimiter = rule.delimiter or _sniff(path, encoding.name)

    def rows() -> Iterator[RawRow]:
        with path.open(encoding=encoding.name, newline="") as stream:
            yield from _rows(stream, delimiter, limits)

    records = rows()
    header = next((cells for line, cells, _ in records if line >= rule.header_line), None)
    if header is None or not any(map(str.strip, header)):
        raise UnreadableFile("no_header", line=rule.header_line)
    if len(header) > limits.columns:
        raise UnreadableFile("too_many_columns", columns=len(header), limit=limits.columns)
    notes: tuple[Finding, ...] = ()
    if encoding.confidence < 1:
        notes = (
            Finding(
                Severity.WARNING,
                "encoding_guessed",
                (("encoding", encoding.name), ("confidence", f"{encoding.confidence:.0%}")),
            ),
        )

    def body() -> Iterator[RawRow]:
        found = rows()
        for line, _cells, _problem in found:
            if line >= rule.header_line:
                break
        return found

    return Table("csv", "", tuple(header), body, notes, encoding=encoding.name, delimiter=delimiter)


class _Lines:
    """Physical lines of bounded length; keeps those of the record now being read."""

    def __init__(self, stream: TextIOWrapper, limits: Limits) -> None:
        self._read = stream.readline
        self._longest = limits.line_characters
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._read(self._longest + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._longest:
            raise UnreadableFile("line_too_long", line=self.number, limit=self._longest)
        self.record.append(line)
        return line


def _rows(stream: TextIOWrapper, delimiter: str, limits: Limits) -> Iterator[RawRow]:
    lines = _Lines(stream, limits)
    reader = csv.reader(lines, delimiter=delimiter)
    count = 0
    start = 1
    while True:
        try:
            for cells in reader:
                if cells:
                    count += 1
                    if count > limits.rows:
                        raise UnreadableFile("too_many_rows", limit=limits.rows)
                    yield start, cells, _unclosed(lines.record)
                start = lines.number + 1
                lines.record.clear()
        except csv.Error as error:
            raise UnreadableFile(
                "line_too_long", line=start, limit=limits.line_characters
            ) from error
        return


def _unclosed(record: list[str]) -> Finding | None:
    """Say that a quotation mark swallowed lines: only possible where a record has several."""
    if len(record) == 1:
        return None
    if sum(line.count('"') for line in record) % 2 == 0:
        return None
    return Finding(Severity.ERROR, "unclosed_quote", (("lines", str(len(record) - 1)),))


def _sniff(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE_CHARACTERS)
    if len(sample) == _SAMPLE_CHARACTERS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(_DELIMITERS, key=lambda one: _evenness(sample, one))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Give how evenly the separator cuts the first rows, and into how many cells."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter):
            if row:
                widths[len(row)] += 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, times = widths.most_common(1)[0]
    return (times / widths.total() if width > 1 else 0.0), width
