"""The practices that come with this copy, and any file written in the same way."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.core.practices.rules.reading import EntryBroken, read_entry

if TYPE_CHECKING:
    from undaunted.core.practices.rules.entry import Entry

__all__ = ["read_entries", "shipped_entries"]


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """Give every practice of the shipped packs, by reference."""
    folder = files("undaunted.core.practices").joinpath("packs")
    found = [
        entry
        for path in sorted(folder.iterdir(), key=lambda each: each.name)
        for entry in read_entries(path.read_text("utf-8"), where=path.name)
    ]
    return tuple(sorted(found, key=lambda entry: entry.reference))


def read_entries(text: str, *, where: str) -> tuple[Entry, ...]:
    """Give the practices of a TOML text with one [[practices]] table each, or all that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EntryBroken(where, (f"not TOML: {error}; correct the line it names",)) from error
    rows = data.pop("practices", None)
    if data or not isinstance(rows, list) or not rows:
        raise EntryBroken(where, ("write one [[practices]] table a practice, and nothing else",))
    found: list[Entry] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            entry = read_entry(row, where=f"practice {number}")
        except EntryBroken as broken:
            problems += [f"{broken.where}: {each}" for each in broken.problems]
            continue
        if any(entry.reference == other.reference for other in found):
            problems.append(f"practice {number}: reference: {entry.reference} stands twice")
        found.append(entry)
    if problems:
        raise EntryBroken(where, tuple(problems))
    return tuple(found)
