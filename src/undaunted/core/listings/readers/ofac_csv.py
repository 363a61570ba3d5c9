"""SDN list of the United States as CSV: sdn, add and alt beside each other, joined by number.

An entry may carry several programmes ("IRAN] [IRAN-EO13902"). The files carry no day of listing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.dates import DateUnknown, day_of
from undaunted.core.listings.readers.tables import CsvRows
from undaunted.core.listings.readers.words import (
    country_of,
    name_of,
    nationalities_of,
    text_cell,
    unique,
)
from undaunted.core.listings.rules import (
    Address,
    Birth,
    Entry,
    FaultRule,
    Identifier,
    Kind,
    ListRefused,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["FILES", "is_part_of_ofac", "read_ofac_csv"]

_KINDS: Final = {"individual": Kind.PERSON, "vessel": Kind.SHIP, "aircraft": Kind.AIRCRAFT}
_WIDTHS: Final = {"sdn": 12, "add": 6, "alt": 5}
FILES: Final = frozenset(f"{name}{ending}" for name in _WIDTHS for ending in (".csv", ".csv.gz"))
"""Names of the files that are read; of a folder with these, any other file is none of the list."""
_QUALITIES: Final = {"aka": Quality.ALIAS, "fka": Quality.FORMER, "nka": Quality.ALIAS}
_PAPERS: Final = (
    ("passport", re.compile(r"Passport (\S+)(?: \(([^)]*)\))?")),
    ("national", re.compile(r"(?:National ID No\.|Cedula No\.|D\.N\.I\.) (\S+)(?: \(([^)]*)\))?")),
    ("tax", re.compile(r"(?:Tax ID No\.|NIT #|RFC) (\S+)(?: \(([^)]*)\))?")),
    ("registration", re.compile(
        r"(?:Registration (?:ID|Number)|Commercial Registry Number|Company Number) (\S+)"
        r"(?: \(([^)]*)\))?"
    )),
    ("imo", re.compile(r"Vessel Registration Identification IMO (\d+)()")),
    ("swift", re.compile(r"SWIFT/BIC (\S+)()")),
)  # fmt: skip
_BORN = re.compile(r"^(?:alt\. )?DOB (.+)$")
_PLACE = re.compile(r"^(?:alt\. )?POB (.+)$")
_BELONGS = re.compile(r"^(?:alt\. )?(?:nationality|citizen) (.+)$")
_GENDER = re.compile(r"^Gender (.+)$")
_WEAK = re.compile(r"^a\.k\.a\. '(.+)'$")


def read_ofac_csv(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of `sdn.csv`; `alt` and `add` must lie beside it, or names would be lost."""
    sdn, add, alt = (_beside(path, name) for name in _WIDTHS)
    aliases: dict[str, list[Name]] = defaultdict(list)
    for row, cells in _rows(alt, "alt", told):
        quality = _QUALITIES.get(cells[2].lower(), Quality.ALIAS)
        name = name_of(cells[3], quality, row, told)
        if name:
            aliases[cells[0]].append(name)
    addresses: dict[str, list[Address]] = defaultdict(list)
    for _row, cells in _rows(add, "add", told):
        text = ", ".join(filter(None, cells[2:4]))
        country = country_of(cells[4])
        if text or country:
            addresses[cells[0]].append(Address(text, country))
    for row, cells in _rows(sdn, "sdn", told):
        entry = _entry(row, cells, told, aliases.pop(cells[0], []), addresses.pop(cells[0], []))
        if entry is not None:
            yield entry
    for number in aliases:
        told.find(0, f"{alt.name}: ent_num", FaultRule.ORPHAN, number, key=number)


def _beside(path: Path, name: str) -> Path:
    folder = path if path.is_dir() else path.parent
    for ending in (".csv", ".csv.gz", ".CSV"):
        if (folder / f"{name}{ending}").is_file():
            return folder / f"{name}{ending}"
    if path.is_file() and not _is_of_these(path):
        raise ListRefused(
            f"{path.name}: is no file of this list; choose the list that it is of, or bring another"
        )
    raise ListRefused(
        f"{path.name}: {name}.csv is not beside it; put sdn.csv, add.csv and alt.csv in one folder"
    )


def _is_of_these(path: Path) -> bool:
    """Whether the first row of a file may be one of the list's tables."""
    return _may_be(_first_row(path))


def is_part_of_ofac(path: Path) -> bool:
    """Say whether a file is one of the list's tables by what it says, whatever it is called.

    They have no header: a number, so many cells, and `-0-` for what is not known.
    """
    cells = _first_row(path)
    return _may_be(cells) and "-0-" in {each.strip() for each in cells}


def _first_row(path: Path) -> list[str]:
    """Give the cells of a file's first row; none of a file that is no table."""
    try:
        return next(iter(CsvRows(path)), (0, []))[1]
    except ListRefused:
        return []


def _may_be(cells: list[str]) -> bool:
    return len(cells) in _WIDTHS.values() and cells[0].strip().isdecimal()


def _rows(path: Path, kind: str, told: Reading) -> Iterator[tuple[int, list[str]]]:
    ended = False
    for row, cells in CsvRows(path):
        if cells in ([], ["\x1a"]):
            ended = ended or bool(cells)
            continue
        if len(cells) != _WIDTHS[kind] or not cells[0].strip().isdecimal():
            said, number = ",".join(cells), cells[0].strip()
            known = number if number.isdecimal() else ""
            told.find(row, f"{path.name}: row", FaultRule.CELLS, said, key=known)
            continue
        yield row, [text_cell(cell) for cell in cells]
    if not ended:
        raise ListRefused(
            f"{path.name}: ends without the sign (0x1A) that closes the file; fetch it again"
        )


def _entry(
    row: int, cells: list[str], told: Reading, aliases: list[Name], addresses: list[Address]
) -> Entry | None:
    kind = _KINDS.get(cells[2].lower(), Kind.BODY)
    name = name_of(cells[1], Quality.PRIMARY, row, told)
    if name is None:
        told.find(row, "SDN_Name", FaultRule.NO_NAME, cells[0], key=told.known(cells[0], row))
        return None
    remarks = [part.strip() for part in cells[11].rstrip(".").split(";") if part.strip()]
    weak = [
        name_of(found[1], Quality.WEAK, row, told) for found in map(_WEAK.match, remarks) if found
    ]
    return Entry(
        key=told.claim(cells[0], row),
        kind=kind,
        names=_parted((name, *aliases, *filter(None, weak)), kind),
        ids=(("OFAC", cells[0]),),
        births=_births(remarks, row, told),
        nationalities=unique(
            code for f in map(_BELONGS.match, remarks) if f for code in nationalities_of(f[1])
        ),
        identifiers=_identifiers(remarks, cells),
        addresses=tuple(addresses),
        programmes=tuple(
            Programme(code.strip()) for code in cells[3].replace("]", "").split("[") if code.strip()
        ),
        positions=(cells[4],) if cells[4] else (),
        gender=next((f[1] for f in map(_GENDER.match, remarks) if f), ""),
        remarks=cells[11],
        rows=(row,),
    )


def _parted(names: tuple[Name, ...], kind: Kind) -> tuple[Name, ...]:
    """Give the names of a person with family and given name apart, as the comma says."""
    if kind is not Kind.PERSON:
        return unique(names)
    parts = ((each, each.text.partition(", ")) for each in names)
    return unique(
        replace(each, family=family, given=given) if comma else each
        for each, (family, comma, given) in parts
    )


def _births(remarks: list[str], row: int, told: Reading) -> tuple[Birth, ...]:
    places = [found[1] for found in map(_PLACE.match, remarks) if found]
    place = places[0] if places else ""
    births = []
    for found in filter(None, map(_BORN.match, remarks)):
        try:
            births.append(Birth(day_of(found[1]), place, text=found[1]))
        except DateUnknown:
            told.find(row, "birth", FaultRule.DATE, found[1])
            births.append(Birth("", place, text=found[1]))
    births += [Birth("", other) for other in (places[1:] if births else places)]
    return tuple(births)


def _identifiers(remarks: list[str], cells: list[str]) -> tuple[Identifier, ...]:
    found = [
        Identifier(kind, match[1].rstrip(","), country_of(match[2] or ""))
        for part in remarks
        for kind, pattern in _PAPERS
        if (match := pattern.search(part))
    ]
    if cells[5]:
        found.append(Identifier("call sign", cells[5]))
    return unique(found)
