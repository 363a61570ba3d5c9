"""Consolidated List of Australia: a row a name, joined by number (101, 101a, 101b).

Rows of one entry need not stand together. What was listed, amended and listed anew stands in words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.dates import DateUnknown, day_of
from undaunted.core.listings.readers.joining import best_first
from undaunted.core.listings.readers.tables import table_of
from undaunted.core.listings.readers.words import (
    births_of,
    event_on,
    lettered,
    name_of,
    nationalities_of,
    text_cell,
    unique,
)
from undaunted.core.listings.rules import (
    Address,
    Birth,
    Entry,
    Event,
    EventKind,
    FaultRule,
    Imposed,
    Kind,
    Measure,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.readers.tables import Row

__all__ = ["read_australia"]

_NEEDED: Final = ("Reference", "Name of Individual or Entity", "Type", "Name Type")
_REFERENCE = re.compile(r"(\d+)([a-z]*\d*)", re.IGNORECASE)
_KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.BODY, "vessel": Kind.SHIP}
_QUALITIES: Final = {
    "primary name": Quality.PRIMARY,
    "original script": Quality.PRIMARY,
    "formerly known as": Quality.FORMER,
    "previously listed as": Quality.FORMER,
}
_MEASURES: Final = (
    ("Targeted Financial Sanction", Measure.ASSET_FREEZE),
    ("Travel Ban", Measure.ENTRY_BAN),
    ("Arms Embargo", Measure.ARMS),
    ("Maritime Restriction", Measure.TRANSPORT),
)
_DAY: Final = re.compile(
    r"(\d{1,2}\s{0,9}[A-Z][a-z]{2,8}\.?\s{1,9}\d{4}|\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_SAID: Final = (
    (
        EventKind.DESIGNATED,
        re.compile(
            r"(?:^\s{0,9}|(?<!re)(?:listed|designated)(?:(?:on\b)?:?\s{1,9}|"
            r"\b(?:(?!amended)[^();.]|\([^()]{1,60}\)){0,300}?\b(?:on:?\s{0,9}|committee\s{1,9})))"
            r"(\d{1,2}\s{0,9}[A-Z][a-z]{2,8}\.?\s{1,9}\d{4}|\d{1,2}/\d{1,2}/\d{4})",
            re.IGNORECASE,
        ),
    ),
    (
        EventKind.RE_ENACTED,
        re.compile(
            r"re-?listed(?:\s{1,9}on)?:?\s{1,9}"
            r"(\d{1,2}\s{0,9}[A-Z][a-z]{2,8}\.?\s{1,9}\d{4}|\d{1,2}/\d{1,2}/\d{4})",
            re.IGNORECASE,
        ),
    ),
)
_AMENDED = re.compile(r"\(?amended\s+(?:on\s*)?([^()]*)", re.IGNORECASE)


def read_australia(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the sheet."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row, cells in table_of(path, told, _NEEDED):
        reference = _REFERENCE.fullmatch(text_cell(cells["Reference"]))
        if reference is None:
            told.find(row, "Reference", FaultRule.NO_KEY, cells["Reference"], said=cells)
        else:
            held[reference[1]].append((row, cells))
    for key, rows in held.items():
        entry = _entry(key, rows, told)
        if entry is not None:
            yield entry


def _entry(key: str, rows: list[Row], told: Reading) -> Entry | None:
    names = _names(rows, told)
    main = next((each for each in rows if _quality(each[1]) is Quality.PRIMARY), rows[0])
    row, first = main
    if not names:
        told.find(row, "Name of Individual or Entity", FaultRule.NO_NAME, key, key=key)
        return None
    said = {name: text_cell(value) for name, value in first.items()}
    kind = _KINDS.get(said["Type"].lower())
    if kind is None:
        told.find(row, "Type", FaultRule.WORD, said["Type"])
    return Entry(
        key=key,
        kind=kind or Kind.OTHER,
        names=names,
        ids=(("DFAT", key),),
        births=_births([main, *rows], told),
        nationalities=unique(
            each
            for text in _said_in([main, *rows], "Citizenship")
            for each in nationalities_of(text)
        ),
        addresses=unique(
            Address(part) for text in _said_in([main, *rows], "Address") for part in lettered(text)
        ),
        programmes=unique(
            Programme(text) for _row, cells in rows if (text := text_cell(cells.get("Committees")))
        ),
        measures=tuple(
            Imposed(measure, column)
            for column, measure in _MEASURES
            if said.get(column, "").lower() in {"true", "yes", "1"}
        ),
        events=_events(row, first, told),
        remarks="\n".join(
            filter(None, (said.get("Additional Information"), said.get("Listing Information")))
        ),
        rows=tuple(number for number, _cells in rows),
    )


def _quality(cells: Mapping[str, Any]) -> Quality:
    words = text_cell(cells.get("Name Type")).lower()
    weak = text_cell(cells.get("Alias Strength")).lower() in {"weak", "low"}
    return _QUALITIES.get(words, Quality.WEAK if weak else Quality.ALIAS)


def _names(rows: list[Row], told: Reading) -> tuple[Name, ...]:
    found = [
        name_of(cells["Name of Individual or Entity"], _quality(cells), row, told)
        for row, cells in rows
    ]
    return best_first(list(filter(None, found)))


def _said_in(rows: list[Row], column: str) -> tuple[str, ...]:
    """Give what the rows of an entry say in a column, each once: an alias may say more."""
    return unique(filter(None, (text_cell(cells.get(column)) for _row, cells in rows)))


def _births(rows: list[Row], told: Reading) -> tuple[Birth, ...]:
    """Give every birth that a row of the entry tells; the primary name's stand first."""
    found: dict[tuple[str, str], tuple[Birth, ...]] = {}
    for row, cells in rows:
        said = text_cell(cells.get("Date of Birth")), text_cell(cells.get("Place of Birth"))
        if said in found or text_cell(cells["Type"]).lower() != "individual":
            continue
        places = lettered(said[1]) or [""]
        born = births_of(cells.get("Date of Birth"), row, told, place=places[0])
        found[said] = born + tuple(Birth("", place) for place in places[1:])
    return unique(each for born in found.values() for each in born)


def _events(row: int, cells: Mapping[str, Any], told: Reading) -> tuple[Event, ...]:
    """Give the days that the words tell; where they tell none, it was on or before the control."""
    words = cells.get("Listing Information")
    if not isinstance(words, str) or _day(words):
        return event_on(EventKind.DESIGNATED, words, row, told)
    found = [
        Event(kind, _day(day)) for kind, said in _SAID for day in said.findall(words) if _day(day)
    ]
    found += [
        Event(EventKind.AMENDED, _day(day))
        for part in _AMENDED.findall(words)
        for day in _DAY.findall(part)
        if _day(day)
    ]
    if not any(each.kind is EventKind.DESIGNATED for each in found):
        found += [
            Event(EventKind.DESIGNATED, f"../{each.day}")
            for each in event_on(EventKind.DESIGNATED, cells.get("Control Date"), row, told)
        ]
    return unique(found)


def _day(words: str) -> str:
    try:
        return day_of(words)
    except DateUnknown:
        return ""
