"""The strict reading of lists of sectors written as data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.rules.pack_reading import (
    PackBroken,
    day_problems,
    extra_problems,
    parsed,
    rows_of,
    source_of,
    source_problems,
    text_problems,
)
from undaunted.coercion.screening.rules.terms import SectorItem, SectorList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["read_sector_packs"]

_PACK = frozenset({"key", "title", "versions"})
_VERSION = frozenset(
    {"version", "valid_from", "valid_to", "announced", "source", "items", "adds", "drops"}
)
_ITEM = frozenset({"code", "title", "within"})


def read_sector_packs(texts: Iterable[tuple[str, str]]) -> tuple[SectorList, ...]:
    """Give the lists of (file name, TOML) pairs. Raises `PackBroken` with all that is wrong."""
    told: list[SectorList] = []
    for where, text in sorted(texts):
        data = parsed(where, text)
        problems = tuple(_problems(data))
        if problems:
            raise PackBroken(where, problems)
        told.extend(_versions(data))
    return tuple(sorted(told, key=lambda each: (each.key, each.version)))


def _versions(data: Mapping[str, Any]) -> Iterator[SectorList]:
    before: tuple[SectorItem, ...] = ()
    for row in data["versions"]:
        dropped = set(row.get("drops", ()))
        kept = tuple(each for each in before if each.code not in dropped)
        before = (
            *kept,
            *(SectorItem(**each) for name in ("items", "adds") for each in row.get(name, ())),
        )
        yield SectorList(
            key=data["key"],
            version=row["version"],
            title=data["title"],
            items=before,
            source=source_of(row["source"]),
            valid_from=row.get("valid_from"),
            valid_to=row.get("valid_to"),
            announced=row.get("announced"),
        )


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("the pack", data, _PACK)
    yield from text_problems("the pack", data, ("key", "title"))
    versions = rows_of(data, "versions")
    if not versions:
        yield "versions: write at least one [[versions]] table"
    for number, row in enumerate(versions, start=1):
        place = f"versions[{number}]"
        yield from extra_problems(place, row, _VERSION)
        if row.get("version") != number:
            yield f"{place}.version: write {number}; versions are numbered in order"
        yield from _day_problems(place, row)
        yield from source_problems(f"{place}.source", row.get("source"))
        yield from _item_problems(place, row, first=number == 1)


def _day_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    if "valid_from" in row:
        yield from day_problems(place, row, "valid_from", "valid_to")
    elif not isinstance(row.get("announced"), date):
        yield f"{place}.valid_from: write the first day in force or, if unknown, announced"


def _item_problems(place: str, row: Mapping[str, Any], *, first: bool) -> Iterator[str]:
    name = "items" if first else "adds"
    if not rows_of(row, name) and not row.get("drops"):
        yield f"{place}.{name}: write at least one sector"
    for number, item in enumerate(rows_of(row, name), start=1):
        here = f"{place}.{name}[{number}]"
        yield from extra_problems(here, item, _ITEM)
        yield from text_problems(here, item, ("code", "title"))
