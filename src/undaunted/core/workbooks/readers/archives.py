"""What a compressed file really holds, looked at before any library opens it.

Declared sizes are not believed: every entry is unpacked once, in pieces, and stopped at the bound.
The same pass looks for document types and entities (XML bombs) and for cells placed so far out that
a dense table of the sheet would fill the memory.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from undaunted.core.workbooks.rules import WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.workbooks.rules import WorkbookLimits

__all__ = ["demand_ratio", "sheets_fit"]

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 64
_LOCAL_HEADER: Final = 30
_FORBIDDEN: Final = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY", "<!doctype")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_PLACE: Final = re.compile(rb"""\sr\s{0,4}=\s{0,4}["']([A-Za-z]{0,8})([0-9]{1,20})["']""")
"""Where a row, or a cell, says that it lies: as any reader takes it, whatever its quotation."""
_CELL: Final = re.compile(rb"<(?:[A-Za-z_]{1,20}:)?c[\s/>]")
_PLACED: Final = re.compile(
    rb"""<(?:[A-Za-z_]{1,20}:)?c(?=\s)[^<>]{0,200}?\sr\s{0,4}=\s{0,4}["'][A-Za-z]{1,8}[0-9]"""
)
_ROW: Final = re.compile(rb"<(?:[A-Za-z_]{1,20}:)?row[\s/>]")


@dataclass(slots=True)
class _Extent:
    """How far out a sheet's cells lie."""

    placed: int = 0
    rows: int = 0
    widest: int = 0
    """The most cells of a row."""
    unplaced: int = 0
    """The most cells of a row that say no place: each lies beside the one before it."""
    _row: tuple[int, int] = (0, 0)
    """Cells of the row that a piece ended in, and those of them that say a place."""

    @property
    def columns(self) -> int:
        """How far out a cell may lie: beside the farthest that says where."""
        return max(self.widest, self.placed + self.unplaced)

    def see(self, piece: bytes) -> None:
        """Widen the extent by the cells of a piece of the sheet, whether they say a place or not.

        Pieces overlap, so a cell may be counted twice; none is passed over.
        """
        places = _PLACE.findall(piece)
        for letters in {one[0] for one in places}:
            self.placed = max(self.placed, _column_number(letters.upper()))
        self.rows = max(self.rows, *map(int, {one[1] for one in places}), 0)
        cut = piece.rfind(b"<")  # a tag that ends in the next piece is read there
        first, *others = _ROW.split(piece if b">" in piece[cut:] else piece[:cut])
        self._see_row(first, *self._row)
        for each in others:
            self._see_row(each, 0, 0)

    def _see_row(self, cells: bytes, before: int, placed: int) -> None:
        count = before + len(_CELL.findall(cells))
        placed += len(_PLACED.findall(cells))
        self.widest = max(self.widest, count)
        self.unplaced = max(self.unplaced, count - placed)
        self._row = count, placed


def sheets_fit(path: Path, limits: WorkbookLimits) -> frozenset[str]:
    """Give the archive's entry names once all of it is known to be harmless."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size, limits)
            total = 0
            for entry in entries:
                total += _check_entry(entry, raw, total, limits)
            return frozenset(entry.filename for entry in entries)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError) as error:
        raise WorkbookRefused("damaged_archive", detail=error) from error
    except (NotImplementedError, UnicodeError, ValueError) as error:
        if isinstance(error, WorkbookRefused):
            raise
        raise WorkbookRefused("damaged_archive", detail=error) from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int, limits: WorkbookLimits) -> None:
    if len(entries) > limits.archive_entries:
        raise WorkbookRefused("archive_bomb", detail=f"{len(entries)} entries")
    if sum(entry.compress_size for entry in entries) > size:
        raise WorkbookRefused("archive_bomb", detail="overlapping entries")
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.archive_bytes:
        raise WorkbookRefused("archive_bomb", detail=f"{declared} bytes")
    for entry in entries:
        if entry.flag_bits & 1:
            raise WorkbookRefused("old_or_locked_workbook")
        demand_ratio(entry.file_size, max(entry.compress_size, 1), limits)


def _check_entry(
    entry: zipfile.ZipInfo, raw: IO[bytes], before: int, limits: WorkbookLimits
) -> int:
    """Unpack one entry to nowhere; give its true size."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    extent = _Extent()  # a workbook may keep its sheets under any name
    true_size, tail = 0, b""
    for piece in _pieces(entry, raw):
        true_size += len(piece)
        if before + true_size > limits.archive_bytes:
            raise WorkbookRefused("archive_bomb", detail=f"> {limits.archive_bytes} bytes")
        demand_ratio(true_size, max(entry.compress_size, 1), limits)
        seen = tail + piece
        if is_xml and any(mark in seen for mark in _FORBIDDEN):
            raise WorkbookRefused("forbidden_xml", entry=entry.filename)
        extent.see(seen)
        tail = piece[-_OVERLAP:]
    if true_size != entry.file_size:
        raise WorkbookRefused("damaged_archive", detail=f"{entry.filename}: {true_size} bytes")
    _check_extent(extent, limits)
    return true_size


def _check_extent(extent: _Extent, limits: WorkbookLimits) -> None:
    if extent.columns > limits.columns:
        raise WorkbookRefused("too_many_columns", columns=extent.columns, limit=limits.columns)
    if extent.columns * extent.rows > limits.sheet_cells:
        raise WorkbookRefused("archive_bomb", detail=f"{extent.columns} x {extent.rows} cells")


def _pieces(entry: zipfile.ZipInfo, raw: IO[bytes]) -> Iterator[bytes]:
    raw.seek(entry.header_offset)
    header = raw.read(_LOCAL_HEADER)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    raw.seek(name_length + extra_length, 1)
    left = entry.compress_size
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise WorkbookRefused("damaged_archive", detail=f"{entry.filename}: compression")
    unpacker = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = raw.read(min(_CHUNK, left))
        if not packed:
            raise WorkbookRefused("damaged_archive", detail=f"{entry.filename}: cut off")
        left -= len(packed)
        if unpacker is None:
            yield packed
            continue
        while packed:
            yield unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
    if unpacker is not None:
        yield unpacker.flush()


def demand_ratio(unpacked: int, packed: int, limits: WorkbookLimits) -> None:
    """Refuse what unpacks to far more than it is packed."""
    if unpacked > limits.archive_free_bytes and unpacked > packed * limits.archive_ratio:
        raise WorkbookRefused("archive_bomb", detail=f"1 : {unpacked // packed}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
