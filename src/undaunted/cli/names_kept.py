"""A table that may be read more than once, also where it comes out of a pipe, or packed."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import RawIOBase

__all__ = ["MOST_BYTES", "Table", "TableRefused", "kept"]

MOST_BYTES = 2**30
"""What comes out of a pipe is kept up to here: five million names take half of it."""
_CHUNK = 2**20
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"


class TableRefused(Exception):
    """The file is no table of names; the message names file, line, column, rule and remedy."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies, and how whoever gave it calls it, as messages do."""

    path: Path
    called: Path

    def __str__(self) -> str:
        return str(self.called)


@contextmanager
def kept(file: Path) -> Iterator[Table]:
    """Give a file as it lies; what can be read once alone is kept meanwhile, for us alone.

    That is a pipe, or a terminal that somebody types at. What gzip packed is unpacked beside, up to
    what a list may hold. Raises `TableRefused`.
    """
    with TemporaryDirectory(prefix="undaunted-names-") as folder:
        try:
            path = file
            if not stat.S_ISREG(file.stat().st_mode):
                with file.open("rb") as source:
                    path = _spooled(source, Path(folder, "piped"), file)
            path = _unpacked(path, Path(folder, "unpacked"), file)
        except OSError as problem:
            raise TableRefused(f"{file}: {problem.strerror or 'cannot be read'}") from None
        yield Table(path, file)


def _unpacked(path: Path, folder: Path, called: Path) -> Path:
    """Give what gzip packed as a file of its own, within the bounds of a list."""
    with path.open("rb") as packed:
        if packed.read(len(_GZIP)) != _GZIP:
            return path
    from undaunted.core.listings.readers import opened  # noqa: PLC0415 - starts faster
    from undaunted.core.listings.rules import ListRefused  # noqa: PLC0415 - as above

    try:
        with opened(path) as source:
            return _spooled(source, folder, called)
    except ListRefused as refused:
        raise TableRefused(f"{called}{str(refused).removeprefix(path.name)}") from None


def _spooled(source: BinaryIO | RawIOBase, folder: Path, called: Path) -> Path:
    chunk, size = source.read(_CHUNK) or b"", 0
    folder.mkdir()
    path = folder / ("table.xlsx" if chunk.startswith(_ZIP) else "table.csv")
    with path.open("xb") as held:
        while chunk:
            size += len(chunk)
            if size > MOST_BYTES:
                raise TableRefused(f"{called}: more than {MOST_BYTES:,} bytes; cut it in parts")
            held.write(chunk)
            chunk = source.read(_CHUNK) or b""
    return path
