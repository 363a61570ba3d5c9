"""Files of stakes, whatever their format: a table of readers, chosen by what a file looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.engines.ownership import Finding, Stakes

__all__ = ["FORMATS", "FileRefused", "Format", "Loaded", "read_stakes"]

LOOKED_AT = 4096


class FileRefused(ValueError):
    """A file that cannot be taken at all; the message names the place, the rule and the remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What a file holds: its stakes, what is wrong with them, and what was not looked at."""

    stakes: Stakes
    findings: tuple[Finding, ...]
    rows: int
    notes: tuple[str, ...] = field(default=())


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


FORMATS: tuple[Format, ...] = (
    Format("csv", (".csv", ".tsv", ".txt"), "undaunted.cli.ownership_table", "a row a stake"),
)


def read_stakes(path: Path, name: str | None = None) -> Loaded:
    """Read a file of stakes, as the format that is named or that it looks like."""
    chosen = _chosen(path, name)
    reader = import_module(chosen.module)
    loaded: Loaded = reader.read(path)
    return loaded


def _chosen(path: Path, name: str | None) -> Format:
    names = ", ".join(each.name for each in FORMATS)
    if name is not None:
        found = [each for each in FORMATS if each.name == name]
        if not found:
            raise FileRefused(f"{name}: no such format; there is {names}")
        return found[0]
    try:
        with path.open("rb") as held:
            first = held.read(LOOKED_AT)
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None
    for each in FORMATS:
        if path.suffix.lower() in each.endings and import_module(each.module).knows(first):
            return each
    raise FileRefused(f"{path.name}: of no format that is known; name one: {names}")
