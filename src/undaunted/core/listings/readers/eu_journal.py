"""Listings of the EU's Official Journal as transcribed: one CSV an act, in folders.

A row says one entity, act, annex and measure. Rows of one act, annex, record and name are one entry
with several measures. Acts of `amendments/` change or add to what the consolidated files say: an
entry that stood before is amended by them, and its day of designation stays.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.readers.files import ending_of
from undaunted.core.listings.readers.joining import joined
from undaunted.core.listings.readers.tables import CsvRows, headed
from undaunted.core.listings.readers.words import (
    births_of,
    country_of,
    event_on,
    name_of,
    nationalities_of,
    text_cell,
    unique,
)
from undaunted.core.listings.rules import (
    Address,
    Entry,
    Event,
    EventKind,
    FaultRule,
    Identifier,
    Imposed,
    Kind,
    ListRefused,
    Measure,
    Name,
    Programme,
    Quality,
    named_apart,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["read_eu_journal"]

_NEEDED: Final = ("recordId", "programKey", "annex", "measure", "startDate", "schema", "name")
_KINDS: Final = {"Person": Kind.PERSON, "LegalEntity": Kind.BODY, "Organization": Kind.BODY,
                 "Company": Kind.BODY, "Vessel": Kind.SHIP, "Asset": Kind.OTHER}  # fmt: skip
_MEASURES: Final = {
    "Asset freeze": Measure.ASSET_FREEZE,
    "Travel ban": Measure.ENTRY_BAN,
    "Arms embargo": Measure.ARMS,
    "Arms restrictions": Measure.ARMS,
    "Export control": Measure.EXPORT,
    "Import restrictions": Measure.IMPORT,
    "Financial restrictions": Measure.FINANCE,
    "Sectoral sanctions": Measure.FINANCE,
    "Investment ban": Measure.INVESTMENT,
    "Services ban": Measure.SERVICES,
    "Transportation restrictions": Measure.TRANSPORT,
    "Debarment": Measure.DEBARMENT,
    "Prohibition to satisfy claims": Measure.CLAIMS,
}
_PAPERS: Final = {
    "passportNumber": "passport",
    "idNumber": "national",
    "taxNumber": "tax",
    "innCode": "tax",
    "registrationNumber": "registration",
    "ogrnCode": "registration",
    "leiCode": "lei",
    "swiftBic": "swift",
    "imoNumber": "imo",
    "mmsi": "mmsi",
}
_NAMED: Final = (
    ("alias", Quality.ALIAS),
    ("weakAlias", Quality.WEAK),
    ("previousName", Quality.FORMER),
)
_CELEX = re.compile(r"3(\d{4})[A-Z]\d{4}")


def read_eu_journal(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of a file, or of a folder with `consolidated/` and `amendments/`.

    Amendments alone are refused, and `consolidated/` where they lie beside it: neither is the list.
    """
    held: dict[str, Entry] = {}
    found = consolidated = False
    lies = path.resolve()
    if path.is_dir() and lies.name == "consolidated" and (lies.parent / "amendments").is_dir():
        raise ListRefused(f"{lies.name}: amendments lie beside it; give the folder that holds both")
    for file in _files(path):
        found, told.part = True, file.name if path.is_dir() else ""
        for row, cells in headed(CsvRows(file), file.name, told, _NEEDED):
            entry = _entry(row, file.name, cells, told)
            if entry is not None:
                amendment = text_cell(cells.get("amendmentCelex", ""))
                consolidated = consolidated or not amendment
                _keep(held, entry, amendment)
    told.part = ""
    if not found:
        raise ListRefused(f"{path.name}: holds no CSV; give the folder of the transcription")
    if held and not consolidated:
        raise ListRefused(
            f"{path.name}: holds amendments alone; give the consolidated files beside them"
        )
    yield from held.values()


def _files(path: Path) -> list[Path]:
    """Give consolidated files first, so that amendments meet what they amend."""
    if not path.is_dir():
        return [path]
    files = [each for each in path.rglob("*.csv*") if ending_of(each) == "csv"]
    return sorted(files, key=lambda each: (each.parent.name == "amendments", each.name))


def _keep(held: dict[str, Entry], entry: Entry, amendment: str) -> None:
    """Join a row with its record: another measure, or the form that an amendment gave it."""
    before = held.get(entry.key)
    if before is None:
        held[entry.key] = entry
    elif amendment:
        year = _CELEX.fullmatch(amendment)
        acts = (Event(EventKind.AMENDED, year[1] if year else "", amendment),)
        days = _first_day((*before.events, *entry.events)) + acts
        held[entry.key] = replace(
            entry,
            names=unique((*entry.names, *_former(before, entry))),
            programmes=unique((*before.programmes, *entry.programmes)),
            measures=unique((*before.measures, *entry.measures)),
            events=unique(days),
            rows=before.rows + entry.rows,
        )
    elif set(entry.measures) <= set(before.measures):
        number = sum(key.partition("#")[0] == entry.key for key in held) + 1
        held[f"{entry.key}#{number}"] = replace(entry, key=f"{entry.key}#{number}")
    else:
        held[entry.key] = joined(before, entry)


def _former(before: Entry, after: Entry) -> Iterator[Name]:
    """Give the name that an amendment took away: whoever asks for it still finds the entry."""
    if before.name.casefold() not in {each.text.casefold() for each in after.names}:
        yield replace(before.names[0], quality=Quality.FORMER)
    yield from (each for each in before.names if each.quality is Quality.FORMER)


def _first_day(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give the earliest designation and all else: an amendment's day never takes its place."""
    days = sorted((e for e in events if e.kind is EventKind.DESIGNATED), key=lambda each: each.day)
    return (*days[:1], *(each for each in events if each.kind is not EventKind.DESIGNATED))


def _entry(row: int, file: str, cells: Mapping[str, Any], told: Reading) -> Entry | None:
    said = {name: text_cell(value) for name, value in cells.items()}
    primary = name_of(cells["name"], Quality.PRIMARY, row, told)
    act = said.get("amendedCelex") or said.get("celex", "")
    if primary is None:
        key = _key(act, said, "") if said["recordId"] else ""
        told.find(row, f"{file}: name", FaultRule.NO_NAME, said["recordId"], key=key, said=said)
        return None
    kind, measure = _KINDS.get(said["schema"]), _MEASURES.get(said["measure"])
    for name, known in (("schema", kind), ("measure", measure)):
        if known is None:
            told.find(row, f"{file}: {name}", FaultRule.WORD, said[name])
    number = hashlib.sha256(primary.text.casefold().encode()).hexdigest()[:10]
    events = event_on(EventKind.DESIGNATED, said["startDate"], row, told, basis=act)
    if said.get("amendmentCelex") and not events:
        year = _CELEX.fullmatch(said["amendmentCelex"])
        events = (
            (Event(EventKind.DESIGNATED, f"../{year[1]}", said["amendmentCelex"]),) if year else ()
        )
    return Entry(
        key=_key(act, said, number),
        kind=kind or Kind.OTHER,
        names=unique((primary, *_other_names(primary.text, kind, row, cells, told))),
        ids=((("OJ", f"{act}, {said['annex']}, {said['recordId']}"),) if said["recordId"] else ()),
        births=unique(
            birth for part in _values(cells, "birthDate")
            for birth in births_of(part, row, told, place="; ".join(_values(cells, "birthPlace")))
        ),
        nationalities=unique(
            code for each in _values(cells, "nationality") for code in nationalities_of(each)
        ),
        countries=unique(
            country_of(each) for name in ("country", "jurisdiction", "flag")
            for each in _values(cells, name)
        ),
        identifiers=unique(
            Identifier(paper, number) for name, paper in _PAPERS.items()
            for number in _values(cells, name)
        ),
        addresses=unique(map(Address, _values(cells, "address"))),
        programmes=(Programme(said["programKey"], act),),
        measures=(Imposed(measure or Measure.OTHER, said["measure"]),),
        events=events,
        positions=unique(_values(cells, "position")),
        gender=said.get("gender", ""),
        reasons=said.get("reason", ""),
        remarks="\n".join(_values(cells, "notes")),
        rows=(row,),
    )  # fmt: skip


def _key(act: str, said: Mapping[str, str], number: str) -> str:
    """Give where a record stands: `number` names one that has none of its own."""
    return ":".join((act, said["annex"], said["schema"], said["recordId"] or number))


def _other_names(
    primary: str, kind: Kind | None, row: int, cells: Mapping[str, Any], told: Reading
) -> Iterator[Name]:
    """Give what the cells hold besides the first name, and the names that signs part in them."""
    others = [(text, how) for column, how in _NAMED for text in _values(cells, column)]
    for text, quality in ((primary, Quality.PRIMARY), *others):
        if quality is not Quality.PRIMARY and (name := name_of(text, quality, row, told)):
            yield name
        for part, how in named_apart(text, quality, person=kind is Kind.PERSON):
            if name := name_of(part, how, row, told):
                yield name


def _values(cells: Mapping[str, Any], name: str) -> list[str]:
    """Give the values of a cell that holds several with semicolons, quoted where they hold one."""
    text = str(cells.get(name) or "")
    if not text:
        return []
    parts = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return [value for part in parts if (value := text_cell(part))]
