"""A table that may be read more than once, also where it comes out of a pipe."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "Table", "TableRefused", "kept"]

MOST_BYTES = 2**30
"""What comes out of a pipe is kept up to here: five million names take half of it."""
_CHUNK = 2**20
_ZIP = b"PK\x03\x04"


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

    That is a pipe, or a terminal that somebody types at. Raises `TableRefused`.
    """
    try:
        regular = stat.S_ISREG(file.stat().st_mode)
    except OSError as problem:
        raise TableRefused(f"{file}: {problem.strerror or 'cannot be read'}") from None
    if regular:
        yield Table(file, file)
        return
    with TemporaryDirectory(prefix="undaunted-names-") as folder:
        try:
            with file.open("rb") as source:
                path = _spooled(source, Path(folder), file)
        except OSError as problem:
            raise TableRefused(f"{file}: {problem.strerror or 'cannot be read'}") from None
        yield Table(path, file)


def _spooled(source: BinaryIO, folder: Path, called: Path) -> Path:
    chunk = source.read(_CHUNK)
    path, size = folder / ("table.xlsx" if chunk.startswith(_ZIP) else "table.csv"), 0
    with path.open("xb") as held:
        while chunk:
            size += len(chunk)
            if size > MOST_BYTES:
                raise TableRefused(f"{called}: more than {MOST_BYTES:,} bytes; cut it in parts")
            held.write(chunk)
            chunk = source.read(_CHUNK)
    return path
