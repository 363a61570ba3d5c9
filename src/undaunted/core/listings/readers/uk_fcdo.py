"""UK Sanctions List of the FCDO, the sole British list since 28 January 2026: sheet and XML.

Written from the published format; birth dates look like `dd/mm/1945` where only a year is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.elements import (
    elements_of,
    every,
    local,
    one,
    text_of,
    written,
)
from undaunted.core.listings.readers.files import ending_of
from undaunted.core.listings.readers.joining import best_first
from undaunted.core.listings.readers.measures import measures_of
from undaunted.core.listings.readers.tables import table_of
from undaunted.core.listings.readers.uk_rows import (
    Columns,
    grouped,
    kind_told,
    parts_of,
    quality_told,
)
from undaunted.core.listings.readers.words import (
    births_of,
    country_of,
    event_on,
    name_of,
    named_parts,
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
    Identifier,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.readers.tables import Row

__all__ = ["read_uk_fcdo"]

AT: Final = Columns(
    key="Unique ID",
    kind="Designation Type",
    name_type="Name type",
    strength="Alias strength",
    script_name="Name non-latin script",
    birth="D.O.B",
    town="Town of birth",
    nationality="Nationality(/ies)",
    passport="Passport number",
    passport_note="Passport additional information",
    national="National Identifier number",
    national_note="National Identifier additional information",
    address="Address Line",
    postcode="Address Postal Code",
    country="Address Country",
    regime="Regime Name",
)
_NEEDED: Final = ("Unique ID", "Name 6", "Name type", "Regime Name", "Date Designated")
_IDS: Final = (("OFSI", "OFSI Group ID"), ("UN", "UN Reference Number"))


def read_uk_fcdo(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the list, from its XML or from its sheet."""
    if ending_of(path) == "xml":
        yield from _of_xml(path, told)
        return
    for key, rows in grouped(table_of(path, told, _NEEDED), AT.key, told):
        entry = _of_rows(key, rows, told)
        if entry is not None:
            yield entry


def _of_rows(key: str, rows: list[Row], told: Reading) -> Entry | None:
    row, first = rows[0]
    parts = parts_of(rows, AT, told)
    if not parts["names"]:
        told.find(row, "Name 6", FaultRule.NO_NAME, key, key=key)
        return None
    said = {name: text_cell(first.get(name)) for name in first}
    ids = [(scheme, said.get(column, "")) for scheme, column in _IDS]
    return Entry(
        key=key,
        kind=kind_told(said.get(AT.kind, ""), row, AT.kind, told),
        ids=(("FCDO", key), *((scheme, value) for scheme, value in ids if value)),
        measures=measures_of(said.get("Sanctions Imposed", "")),
        events=_events(row, said.get("Date Designated", ""), said.get("Last Updated", ""), told),
        gender=said.get("Gender", ""),
        reasons=said.get("UK Statement of Reasons", ""),
        remarks=said.get("Other Information", ""),
        **parts,
    )


def _events(row: int, designated: str, updated: str, told: Reading) -> tuple[Event, ...]:
    found = event_on(EventKind.DESIGNATED, designated, row, told)
    if updated != designated:
        found += event_on(EventKind.AMENDED, updated, row, told)
    return found


def _of_xml(path: Path, told: Reading) -> Iterator[Entry]:
    wanted = {"Designation", "DateGenerated"}
    for number, element in elements_of(path, wanted, roots={"Designations"}):
        if local(element) == "DateGenerated":
            told.published = text_of(element)
        elif number:
            entry = _of_element(number, element, told)
            if entry is not None:
                yield entry


def _of_element(row: int, element: Element, told: Reading) -> Entry | None:
    names, key = _names(row, element, told), text_of(element, "UniqueID")
    if not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        field, known = "UniqueID" if names else "Names", told.known(key, row)
        told.find(row, field, rule, key, key=known, said=written(element))
        return None
    ids = (("FCDO", key), ("OFSI", text_of(element, "OFSIGroupID")),
           ("UN", text_of(element, "UNReferenceNumber")))  # fmt: skip
    regime = text_of(element, "RegimeName")
    return Entry(
        key=told.claim(key, row),
        kind=kind_told(text_of(element, "IndividualEntityShip"), row, "IndividualEntityShip", told),
        names=names,
        ids=tuple((scheme, value) for scheme, value in ids if value),
        births=_births(row, element, told),
        nationalities=unique(
            code for each in _texts(element, "Nationality") for code in nationalities_of(each)
        ),
        identifiers=unique(_papers(element)),
        addresses=unique(_addresses(element)),
        programmes=(Programme(regime),) if regime else (),
        measures=measures_of(text_of(element, "SanctionsImposed")),
        events=_events(
            row, text_of(element, "DateDesignated"), text_of(element, "LastUpdated"), told
        ),
        positions=unique(_texts(element, "Position")),
        gender=next(iter(_texts(element, "Gender")), ""),
        reasons=text_of(element, "UKStatementofReasons"),
        remarks=text_of(element, "OtherInformation"),
        rows=(row,),
    )


def _names(row: int, element: Element, told: Reading) -> tuple[Name, ...]:
    person = text_of(element, "IndividualEntityShip").lower() == "individual"
    found: list[Name | None] = []
    for each in every(one(element, "Names"), "Name"):
        parts = [text_of(each, f"Name{number}") for number in range(1, 7)]
        quality = quality_told(text_of(each, "NameType"), text_of(each, "AliasStrength"))
        family, given = (parts[-1], parts[0]) if person else ("", "")
        whole = named_parts(*parts)
        found.append(name_of(whole, quality, row, told, family=family, given=given))
    for each in every(one(element, "NonLatinNames"), "NonLatinName"):
        text = text_of(each, "NameNonLatinScript")
        found.append(name_of(text, Quality.PRIMARY, row, told))
    return best_first(list(filter(None, found)))


def _texts(element: Element, name: str) -> list[str]:
    return [text for each in element.iter() if local(each) == name and (text := text_of(each))]


def _births(row: int, element: Element, told: Reading) -> tuple[Birth, ...]:
    towns, countries = _texts(element, "TownOfBirth"), _texts(element, "CountryOfBirth")
    town, country = (each[0] if each else "" for each in (towns, countries))
    days = [
        birth
        for day in _texts(element, "DOB")
        for birth in births_of(day, row, told, place=town, country=country)
    ]
    return unique(days or births_of("", row, told, place=town, country=country))


def _papers(element: Element) -> Iterator[Identifier]:
    for name, kind in (
        ("PassportNumber", "passport"),
        ("NationalIdentifierNumber", "national"),
        ("BusinessRegistrationNumber", "registration"),
        ("IMONumber", "imo"),
    ):
        yield from (Identifier(kind, number) for number in _texts(element, name))


def _addresses(element: Element) -> Iterator[Address]:
    for each in every(one(element, "Addresses"), "Address"):
        lines = [text_of(each, f"AddressLine{number}") for number in range(1, 7)]
        text = ", ".join(filter(None, (*lines, text_of(each, "AddressPostalCode"))))
        country = country_of(text_of(each, "AddressCountry"))
        if text or country:
            yield Address(text, country)
