"""A file that somebody sent, read in a folder that is gone afterwards; nothing of it is kept."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers.formats import read_as

if TYPE_CHECKING:
    from undaunted.coercion.screening.readers.loading import Loaded

__all__ = ["plain_name", "read_given"]

NAMELESS = "stakes.csv"
STEM, ENDING = 50, 10
"""Letters of a name that are kept: no file system takes more than 255 bytes."""


def read_given(
    content: bytes, name: str, format_name: str | None = None, *, whole: bool = False
) -> Loaded:
    """Read what was sent, or only a `whole` one. Raises `FileRefused`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(name)
        path.write_bytes(content)
        return read_as(path, format_name, whole=whole)


def plain_name(name: str) -> str:
    """Give a name that is one in every folder, as much of it as is kept."""
    last = PurePath(name.replace("\\", "/")).name.replace("\x00", "").lstrip(".")
    if not last:
        return NAMELESS
    path = PurePath(last)
    return path.stem[:STEM] + path.suffix[:ENDING]
