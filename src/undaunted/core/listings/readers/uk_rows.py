"""British sheets: a row a name and address, many rows an entry, which need not stand together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.joining import best_first
from undaunted.core.listings.readers.words import (
    births_of,
    country_of,
    lettered,
    name_of,
    named_parts,
    nationalities_of,
    text_cell,
    unique,
)
from undaunted.core.listings.rules import (
    Address,
    Birth,
    FaultRule,
    Identifier,
    Kind,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.readers.tables import Row

__all__ = ["Columns", "grouped", "kind_told", "parts_of", "quality_told"]

_KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.BODY, "ship": Kind.SHIP}
_NAMES: Final = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a format keeps what both have."""

    key: str
    kind: str
    name_type: str
    strength: str
    script_name: str
    birth: str
    town: str
    nationality: str
    passport: str
    passport_note: str
    national: str
    national_note: str
    address: str
    postcode: str
    country: str
    regime: str


def grouped(rows: Iterable[Row], key: str, told: Reading) -> Iterator[tuple[str, list[Row]]]:
    """Give the rows of each entry in the order in which entries first appear."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row, cells in rows:
        name = text_cell(cells.get(key))
        if name:
            held[name].append((row, cells))
        else:
            told.find(row, key, FaultRule.NO_KEY, cells.get("Name 6", ""), said=cells)
    yield from held.items()


def kind_told(words: str, row: int, field: str, told: Reading) -> Kind:
    """Give what an entry is about; an unknown word is told and gives "other"."""
    kind = _KINDS.get(words.strip().lower())
    if kind is None:
        told.find(row, field, FaultRule.WORD, words)
    return kind or Kind.OTHER


def quality_told(name_type: str, strength: str) -> Quality:
    """Give how good a name is, as its type and the strength of an alias say."""
    words = name_type.lower()
    if words == "primary name":
        return Quality.PRIMARY
    if words in {"fka", "formerly known as"}:
        return Quality.FORMER
    return Quality.WEAK if strength.lower().startswith(("low", "weak")) else Quality.ALIAS


def parts_of(rows: list[Row], at: Columns, told: Reading) -> dict[str, Any]:
    """Give what the rows of an entry say of names, births, papers, addresses and regimes."""
    names: list[Name] = []
    births: list[Birth] = []
    papers: list[Identifier] = []
    addresses: list[Address] = []
    seen: set[str] = set()
    for row, cells in rows:
        names += _names(row, cells, at, told)
        if text_cell(cells.get(at.birth)) + text_cell(cells.get(at.town)) not in seen:
            seen.add(text_cell(cells.get(at.birth)) + text_cell(cells.get(at.town)))
            births += _births(row, cells, at, told)
        papers += _papers(cells, at)
        addresses += _addresses(cells, at)
    every = [cells for _row, cells in rows]
    return {
        "names": best_first(names),
        "births": unique(births),
        "identifiers": unique(papers),
        "addresses": unique(addresses),
        "nationalities": unique(
            code
            for cells in every
            for code in nationalities_of(text_cell(cells.get(at.nationality)))
        ),
        "programmes": unique(
            Programme(regime) for cells in every if (regime := text_cell(cells.get(at.regime)))
        ),
        "positions": unique(p for cells in every for p in lettered(cells.get("Position"))),
        "rows": tuple(row for row, _cells in rows),
    }


def _names(row: int, cells: Mapping[str, Any], at: Columns, told: Reading) -> list[Name]:
    quality = quality_told(text_cell(cells.get(at.name_type)), text_cell(cells.get(at.strength)))
    person = text_cell(cells.get(at.kind)).lower() == "individual"
    family = text_cell(cells.get("Name 6")) if person else ""
    given = text_cell(cells.get("Name 1")) if person else ""
    parts = named_parts(*(cells.get(each) for each in _NAMES))
    found = [
        name_of(parts, quality, row, told, family=family, given=given),
        name_of(cells.get(at.script_name), quality, row, told),
    ]
    return [each for each in found if each]


def _births(row: int, cells: Mapping[str, Any], at: Columns, told: Reading) -> tuple[Birth, ...]:
    places = lettered(cells.get(at.town)) or [""]
    countries = lettered(cells.get("Country of Birth") or cells.get("Country of birth")) or [""]
    first = births_of(cells.get(at.birth), row, told, place=places[0], country=countries[0])
    more = zip(places[1:], [*countries[1:], *[""] * len(places)], strict=False)
    return first + tuple(Birth("", place, country_of(country)) for place, country in more)


def _papers(cells: Mapping[str, Any], at: Columns) -> list[Identifier]:
    found = []
    for kind, number, note in (
        ("passport", at.passport, at.passport_note),
        ("national", at.national, at.national_note),
    ):
        notes = lettered(cells.get(note))
        numbers = lettered(cells.get(number))
        notes = notes if len(notes) == len(numbers) else [" ".join(notes)] * len(numbers)
        found += [
            Identifier(kind, each, "", said) for each, said in zip(numbers, notes, strict=True)
        ]
    for column, kind in (
        ("IMO number", "imo"),
        ("Business registration number (s)", "registration"),
    ):
        found += [Identifier(kind, each) for each in lettered(cells.get(column))]
    return found


def _addresses(cells: Mapping[str, Any], at: Columns) -> list[Address]:
    lines = (text_cell(cells.get(f"{at.address} {number}")) for number in range(1, 7))
    text = ", ".join(filter(None, (*lines, text_cell(cells.get(at.postcode)))))
    country = country_of(text_cell(cells.get(at.country)))
    return [Address(text, country)] if text or country else []
