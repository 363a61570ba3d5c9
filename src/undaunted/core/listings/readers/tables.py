"""Sheets and CSV as rows of named cells with their numbers, as a spreadsheet counts them."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.readers.files import ending_of, text_lines, whole
from undaunted.core.listings.rules import LIMITS, FaultRule, ListRefused
from undaunted.core.workbooks.readers import sheets_apart
from undaunted.core.workbooks.rules import WorkbookLimits, WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["CsvRows", "Row", "headed", "sheets_of", "table_of"]

Row = tuple[int, dict[str, Any]]
_SEARCHED = 20
"""A head stands in one of so many first rows."""
_FIT = WorkbookLimits(
    rows=LIMITS["rows"], archive_bytes=LIMITS["file_bytes"], sheet_cells=10_000_000
)
"""Real sheets have half a million cells."""


def table_of(path: Path, told: Reading, needed: Iterable[str]) -> Iterator[Row]:
    """Give the rows of a CSV or of a workbook's first sheet under the head that names `needed`."""
    if ending_of(path) == "csv":
        yield from headed(CsvRows(path), path.name, told, needed)
        return
    first = next(iter(sheets_of(path)), None)
    if first is None:
        raise ListRefused(f"{path.name}: holds no sheet; fetch the file again")
    yield from headed(enumerate(first[1], start=1), path.name, told, needed)


class CsvRows:
    """The rows of a CSV with the line each ends on; `open_end` where no break ends the last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open_end = False

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        """Give the rows. Raises `ListRefused` for a file that is no CSV or cut in a quotation."""
        csv.field_size_limit(LIMITS["record_bytes"])
        with text_lines(self.path) as text:
            reader = csv.reader(self._noting(text), strict=True)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as reason:
                    raise ListRefused(
                        f"{self.path.name}, line {reader.line_num}: is cut or no CSV ({reason}); "
                        "fetch the file again"
                    ) from None
                yield reader.line_num, cells

    def _noting(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self.open_end = not line.endswith(("\n", "\r"))
            yield line


def headed(
    rows: Iterable[tuple[int, list[Any]]], name: str, told: Reading, needed: Iterable[str]
) -> Iterator[Row]:
    """Give each row under the head by the head's words; a row of another width is a fault.

    A last row of a CSV that is too short, and that no line break ends, was cut: a short one that
    ends is what some tables write below their rows.
    """
    wanted = set(needed)
    iterator = iter(rows)
    head: list[str] = []
    for _row, above in islice(iterator, _SEARCHED):
        words = [str(cell).strip() for cell in above]
        if wanted <= set(words):
            head = words
            break
        _note_day(words, told)
    if not head:
        raise ListRefused(
            f"{name}: no row names the columns {', '.join(sorted(wanted))}; "
            "name the source that the file is of"
        )
    while head and not head[-1]:
        head.pop()
    cut = 0
    for number, cells in iterator:
        if not any(str(cell).strip() for cell in cells):
            continue
        cut = number if len(cells) < len(head) else 0
        if len(cells) < len(head) or any(str(cell).strip() for cell in cells[len(head) :]):
            width = f"{len(cells)} / {len(head)}"
            told.find(number, "row", FaultRule.CELLS, width, said=cells)
            continue
        yield number, {word: _plain(cell) for word, cell in zip(head, cells, strict=False) if word}
    if cut and isinstance(rows, CsvRows) and rows.open_end:
        raise ListRefused(f"{name}, line {cut}: the last row is cut; fetch the file again")


def _note_day(words: list[str], told: Reading) -> None:
    """Keep what stands above a head, such as "Last Updated" and a day beside it."""
    label = words[0].lower() if words else ""
    if label.startswith(("last updated", "report date")):
        told.published = words[1] if len(words) > 1 and words[1] else words[0].partition(":")[2]


def sheets_of(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """Give name and rows of every sheet; a bomb, a damaged or another archive is refused.

    It is opened in a process apart: no size that it tells of itself is believed. ODS, which other
    tables may be, no list comes in, and none is read.
    """
    content = whole(path)
    _demand_small(path, content)
    try:
        yield from sheets_apart(content, _FIT)
    except WorkbookRefused as reason:
        if reason.code == "damaged_archive":
            detail = reason.params["detail"]
            raise ListRefused(
                f"{path.name}: is cut or no workbook ({detail}); fetch it again"
            ) from None
        if reason.code == "not_a_workbook":
            raise ListRefused(f"{path.name}: is no XLSX; save the list as XLSX") from None
        raise ListRefused(f"{path.name}: {reason}") from None


def _demand_small(path: Path, content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as reason:
        raise ListRefused(f"{path.name}: is cut or damaged ({reason}); fetch it again") from None
    if size > LIMITS["file_bytes"]:
        raise ListRefused(f"{path.name}: opens to {size // 2**20} MiB; no list is that large")


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a workbook's cells have types of their own
    return " ".join(cell.replace("\xa0", " ").split()) if isinstance(cell, str) else cell
