"""Stakes as registers of ownership write them, read by whoever hands a reader in.

Areas do not import each other. The readers of such formats are those of the screening of
investments; the floor above hands one in when the process starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.engines.ownership import Stakes

__all__ = ["RegisterReader", "reader_of", "register_reader"]


@dataclass(frozen=True, slots=True)
class RegisterReader:
    """A reader of files by what their names end in: `.json`, in small letters.

    `read` is given name and bytes, and gives what the file states now; it raises `refused`, with a
    line a fault, where one row of it cannot be read.
    """

    endings: frozenset[str]
    read: Callable[[str, bytes], Stakes]
    refused: type[ValueError]


_READERS: list[RegisterReader] = []


def register_reader(reader: RegisterReader) -> None:
    """Take a reader; a later one of the same ending takes its place."""
    _READERS.insert(0, reader)


def reader_of(ending: str) -> RegisterReader | None:
    """Give the reader of an ending; None where nobody handed one in."""
    return next((each for each in _READERS if ending in each.endings), None)
