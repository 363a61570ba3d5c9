"""What reading any pack of this room needs: texts, days, sources, and everything wrong at once."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from undaunted.core.clocks.rules import PackBroken, Source, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from enum import StrEnum

__all__ = [
    "PackBroken",
    "choice_problems",
    "day_problems",
    "extra_problems",
    "parsed",
    "rows_of",
    "source_of",
    "source_problems",
    "text_problems",
]

_SOURCE = frozenset({"law", "article", "status", "read_on", "read_in", "url", "note"})


def parsed(where: str, text: str) -> dict[str, Any]:
    """Read TOML. Raises `PackBroken` with the line that cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackBroken(where, (f"not TOML: {error}; correct the line it names",)) from error


def source_of(row: Mapping[str, Any]) -> Source:
    """Give a source that was found to be whole."""
    return Source(**dict(row) | {"status": SourceStatus(row["status"])})


def rows_of(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Give the tables under a key; none where there is no list of tables."""
    rows = table.get(key, [])
    whole = isinstance(rows, list) and all(isinstance(each, dict) for each in rows)
    return rows if whole else []


def source_problems(place: str, source: object) -> Iterator[str]:
    """Give what is wrong with a source."""
    if not isinstance(source, dict):
        yield f"{place}: write a source table with law, article, status and read_on"
        return
    yield from extra_problems(place, source, _SOURCE)
    yield from text_problems(place, source, ("law", "article"))
    yield from choice_problems(place, source, "status", SourceStatus)
    if not isinstance(source.get("read_on"), date):
        yield f"{place}.read_on: write the day on which somebody last looked, as 2026-11-26"


def text_problems(place: str, row: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Give which texts are lacking."""
    for key in keys:
        if not isinstance(row.get(key), str) or not row[key].strip():
            yield f"{place}.{key}: write a text that is not empty"


def choice_problems(
    place: str, row: Mapping[str, Any], key: str, choices: type[StrEnum]
) -> Iterator[str]:
    """Give whether a word is none of those there are."""
    if row.get(key) not in set(choices):
        yield f"{place}.{key}: write one of " + ", ".join(choices)


def day_problems(place: str, row: Mapping[str, Any], first: str, last: str) -> Iterator[str]:
    """Give whether days are lacking or run backwards; the last may be left out."""
    begun, ended = row.get(first), row.get(last)
    if not isinstance(begun, date):
        yield f"{place}.{first}: write the first day in force, as 2028-01-17"
    elif ended is not None and (not isinstance(ended, date) or ended <= begun):
        yield f"{place}.{last}: write the first day no longer in force, after {first}, or nothing"


def extra_problems(place: str, table: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    """Give which keys say nothing here."""
    for key in sorted(set(table) - set(known)):
        yield f"{place}: {key!r} is no key here; remove it or use one of {', '.join(sorted(known))}"
