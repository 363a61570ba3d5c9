"""Opening a file from outside: plain or gzip, never more than a list may hold, UTF-8 or refused."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from undaunted.core.listings.rules import LIMITS, ListRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MeteredFile", "ending_of", "is_empty", "opened", "text_lines", "whole"]

_CHUNK = 2**16
_AGAIN = "fetch the file again"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class MeteredFile(io.RawIOBase):
    """A file that gives up where it holds more than a list may."""

    def __init__(self, held: BinaryIO, name: str, most: int = LIMITS["file_bytes"]) -> None:
        self._held, self._name, self._left = held, name, most

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        given = self._held.read(size if size >= 0 else self._left + 1)
        self._left -= len(given)
        if self._left < 0:
            limit = LIMITS["file_bytes"] // 2**20
            raise ListRefused(f"{self._name}: holds more than {limit} MiB; no list is that large")
        return given

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, as text readers ask for it."""
        given = self.read(len(buffer))
        buffer[: len(given)] = given
        return len(given)


@contextmanager
def opened(path: Path) -> Iterator[MeteredFile]:
    """Open a file, or what a gzip holds; whatever is wrong with the bytes is told as a refusal."""
    try:
        with path.open("rb") as held:
            zipped = held.read(2) == b"\x1f\x8b"
            held.seek(0)
            inner = gzip.GzipFile(fileobj=held) if zipped else held
            yield MeteredFile(inner, path.name)  # type: ignore[arg-type]
    except (gzip.BadGzipFile, zlib.error, EOFError) as reason:
        raise ListRefused(f"{path.name}: is cut or damaged ({reason}); {_AGAIN}") from None
    except OSError as reason:
        raise ListRefused(f"{path.name}: {reason.strerror or reason}") from None


def is_empty(path: Path) -> bool:
    """Say whether a file holds nothing, or a gzip of nothing."""
    with opened(path) as held:
        return not held.read(1)


def whole(path: Path) -> bytes:
    """Give all bytes of a file that has to be read at once, such as a workbook."""
    with opened(path) as held:
        return held.read()


@contextmanager
def text_lines(path: Path) -> Iterator[io.TextIOWrapper]:
    """Open a text; one that is not UTF-8 is refused with the place."""
    with opened(path) as held:
        mark = held.read(2)
    if mark in _OTHER_MARKS:
        kind = _OTHER_MARKS[mark]
        raise ListRefused(f"{path.name}: is {kind} and not UTF-8; save it as UTF-8")
    with opened(path) as held:
        text = io.TextIOWrapper(io.BufferedReader(held), encoding="utf-8-sig", newline="")
        try:
            yield text
        except UnicodeDecodeError:
            raise ListRefused(f"{path.name}: {_not_utf8(path)}") from None


def _not_utf8(path: Path) -> str:
    """Say where a text that is not UTF-8 stops to be; it is read anew, for blocks tell no place."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    row = 1
    with opened(path) as held:
        while chunk := held.read(_CHUNK):
            try:
                row += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as reason:
                row += reason.object[: reason.start].count(b"\n")
                break
    return f"line {row} is not UTF-8; save the file as UTF-8, or name the source that it is of"


def ending_of(path: Path) -> str:
    """Give what a name ends in, without the ending of a gzip."""
    return path.name.lower().removesuffix(".gz").rpartition(".")[2]
