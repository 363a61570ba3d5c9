"""The rule packs this copy knows, read once; the version is chosen by a day.

The day is the day of the assessment, not of the detention: a standard of 2012 can be applied
to an arrest of 1952, and the assessment names the version it was made under.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from undaunted.core.standards.rules.pack import Pack, PackBroken, PackUnknown
from undaunted.core.standards.rules.reading import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["choose", "pack", "pack_version", "packs", "read_packs"]


@cache
def packs() -> tuple[Pack, ...]:
    """Return every version of every pack, by id and version."""
    folder = files("undaunted.core.standards").joinpath("packs")
    return read_packs(
        (path.name, path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    )


def pack(id: str, on: date) -> Pack:  # noqa: A002 - the pack's own word for its name
    """Return the version of a pack that is in force on a day."""
    return choose(packs(), id, on)


def pack_version(reference: str) -> Pack:
    """Return the version that an assessment names, such as "pace-1900@1"."""
    for held in packs():
        if held.reference == reference:
            return held
    known = ", ".join(held.reference for held in packs())
    raise PackUnknown(f"No pack is {reference!r}; there are: {known}.")


def choose(held: Iterable[Pack], name: str, on: date) -> Pack:
    """Return the version of `name` in force on `on`, out of `held`."""
    versions = [version for version in held if version.id == name]
    for version in versions:
        if version.in_force(on):
            return version
    if not versions:
        raise PackUnknown(f"No standard is called {name!r}.")
    first = min(version.valid_from for version in versions)
    raise PackUnknown(f"{name} has no version in force on {on}; the first begins on {first}.")


def read_packs(texts: Iterable[tuple[str, str]]) -> tuple[Pack, ...]:
    """Return the packs written in (file name, TOML) pairs; their periods must not overlap."""
    found: list[Pack] = []
    for where, text in sorted(texts):
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PackBroken(where, (f"not TOML: {error}; correct the line it names",)) from error
        version = read_pack(data, where=where)
        _refuse_overlap(version, found, where)
        found.append(version)
    return tuple(sorted(found, key=lambda version: (version.id, version.version)))


def _refuse_overlap(new: Pack, earlier: Iterable[Pack], where: str) -> None:
    for other in earlier:
        if other.id != new.id:
            continue
        if other.version == new.version:
            raise PackBroken(where, (f"version: {new.reference} exists twice; raise one",))
        if other.in_force(new.valid_from) or new.in_force(other.valid_from):
            raise PackBroken(
                where,
                (f"valid_from, valid_to: overlaps {other.reference}; end one where one begins",),
            )
