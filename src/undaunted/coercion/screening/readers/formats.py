"""Files of stakes, whatever their format: a table of readers, chosen by what a file looks like."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers import sheets, table
from undaunted.coercion.screening.readers.loading import FileRefused
from undaunted.coercion.screening.readers.mapping import read_mapping

if TYPE_CHECKING:
    from undaunted.coercion.screening.readers.loading import Loaded
    from undaunted.coercion.screening.readers.mapping import Mapping

__all__ = ["FORMATS", "Format", "format_named", "read_as", "read_mapped", "read_stakes"]

LOOKED_AT = 4096
WIDE = (b"\xff\xfe", b"\xfe\xff")
PACKED = (sheets.ZIP, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what its files end in, and where its reader is; that one is loaded when asked.

    The reader is a function `read(path) -> Loaded`; `knows(first bytes) -> bool` tells a format
    apart from another of the same ending.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    says: str


ROOM = "undaunted.coercion.screening.readers"
JSON = (".json", ".jsonl", ".ndjson")

FORMATS: tuple[Format, ...] = (
    Format("csv", (".csv", ".tsv", ".txt"), f"{ROOM}.table", "a row a stake"),
    Format("sheet", sheets.ENDINGS, f"{ROOM}.sheets", "a row a stake, in a sheet of a workbook"),
    Format("bods", JSON, f"{ROOM}.bods", "Beneficial Ownership Data Standard, 0.1 to 0.4"),
    Format("gleif", (*JSON, ".xml"), f"{ROOM}.gleif", "GLEIF levels 1 and 2, and exceptions"),
    Format("psc", (*JSON, ".txt"), f"{ROOM}.psc", "UK persons with significant control"),
    Format("ftm", JSON, f"{ROOM}.followthemoney", "FollowTheMoney entities, a line each"),
)
MAPPED = ".toml"


def read_stakes(path: Path, name: str | None = None) -> Loaded:
    """Read a file of stakes, as the format that is named or that it looks like.

    A name that ends in `.toml` is a saved mapping of a table's columns.
    """
    if name is not None and name.endswith(MAPPED):
        return read_mapped(path, read_mapping(Path(name)))
    return read_as(path, name)


def read_mapped(path: Path, mapping: Mapping) -> Loaded:
    """Read a table by a mapping of its columns: a sheet of a workbook, or else a text."""
    read = sheets.read if path.suffix.lower() in sheets.ENDINGS else table.read
    return read(path, mapping)


def read_as(path: Path, name: str | None = None, *, whole: bool = False) -> Loaded:
    """Read a file of stakes that somebody sent: a name is that of a format, and opens nothing.

    Where only a `whole` file is wanted, rows are looked over first, one at a time: of a large file
    that was cut nothing is gathered. Raises `FileRefused`.
    """
    reader = import_module(_chosen(path, name).module)
    cut = reader.cut_in(path) if whole and hasattr(reader, "cut_in") else None
    if cut is not None:
        raise FileRefused(f"{path.name}, {cut}")
    loaded: Loaded = reader.read(path)
    return loaded


def format_named(name: str) -> Format:
    """Give a format by its name. Raises `FileRefused`."""
    found = next((each for each in FORMATS if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in FORMATS)
        raise FileRefused(f"{name[:40]}: no such format; there is {names}")
    return found


def _chosen(path: Path, name: str | None) -> Format:
    if name is not None:
        return format_named(name)
    try:
        with path.open("rb") as held:
            first = held.read(LOOKED_AT)
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None
    if first.startswith(PACKED) and path.suffix.lower() not in sheets.ENDINGS:
        raise FileRefused(f"{path.name}: is packed; unpack it first")
    if first.startswith(WIDE):
        raise FileRefused(f"{path.name}: is UTF-16; save the file as UTF-8")
    for each in FORMATS:
        if path.suffix.lower() in each.endings and import_module(each.module).knows(first):
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise FileRefused(f"{path.name}: of no format that is known; name one: {names}")
