"""Consolidated list of the United Nations: one element an individual or entity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.dates import DateUnknown, from_parts
from undaunted.core.listings.readers.elements import elements_of, every, local, text_of, written
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
    Imposed,
    Kind,
    Measure,
    Name,
    Programme,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.reading import Reading

__all__ = ["read_un"]

_QUALITIES: Final = {
    "low": Quality.WEAK,
    "f.k.a.": Quality.FORMER,
}
_NUMBERS: Final = (("UN", "REFERENCE_NUMBER"), ("DATAID", "DATAID"))
"""What an entry is known by: its number, else that of its row, the `second` of the pack."""
_STATED: Final = (
    ("Asset Freeze", Measure.ASSET_FREEZE),
    ("Travel Ban", Measure.ENTRY_BAN),
    ("Arms Embargo", Measure.ARMS),
)
_PARENTHESIS = re.compile(
    r"\([^()]{0,200}(?:Travel\s+Ban|Asset\s+Freeze|Arms\s+Embargo)[^()]{0,200}\)", re.IGNORECASE
)


def read_un(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the list."""
    names = {"INDIVIDUAL", "ENTITY"}
    for number, element in elements_of(path, names, roots={"CONSOLIDATED_LIST"}):
        if number == 0:
            told.published = element.get("dateGenerated", "")
            continue
        entry = _entry(number, element, told)
        if entry is not None:
            yield entry


def _entry(row: int, element: Element, told: Reading) -> Entry | None:
    kind = Kind.PERSON if local(element) == "INDIVIDUAL" else Kind.BODY
    prefix = local(element)
    names = _names(row, element, prefix, told)
    numbers = [(s, text_of(element, tag)) for s, tag in _NUMBERS]
    key = next((value for _scheme, value in numbers if value), "")
    if not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        field = "REFERENCE_NUMBER" if names else "FIRST_NAME"
        told.find(row, field, rule, key, key=told.known(key, row), said=written(element))
        return None
    comments = text_of(element, "COMMENTS1")
    programme = text_of(element, "UN_LIST_TYPE")
    return Entry(
        key=told.claim(key, row),
        kind=kind,
        names=names,
        ids=tuple((scheme, value) for scheme, value in numbers if value),
        births=_births(row, element, told),
        nationalities=unique(
            code for each in _values(element, "NATIONALITY") for code in nationalities_of(each)
        ),
        identifiers=_papers(element),
        addresses=unique(_addresses(element, f"{prefix}_ADDRESS")),
        programmes=(Programme(programme),) if programme else (),
        measures=_measures(comments),
        events=_events(row, element, told),
        positions=unique(_values(element, "DESIGNATION")),
        gender=text_of(element, "GENDER"),
        remarks=comments,
        rows=(row,),
    )


def _names(row: int, element: Element, prefix: str, told: Reading) -> tuple[Name, ...]:
    parts = [text_of(element, f"{each}_NAME") for each in ("FIRST", "SECOND", "THIRD", "FOURTH")]
    found = [name_of(named_parts(*parts), Quality.PRIMARY, row, told)]
    original = text_of(element, "NAME_ORIGINAL_SCRIPT")
    found.append(name_of(original, Quality.PRIMARY, row, told))
    for alias in every(element, f"{prefix}_ALIAS"):
        quality = _QUALITIES.get(text_of(alias, "QUALITY").lower(), Quality.ALIAS)
        for text in text_of(alias, "ALIAS_NAME").split(";"):
            found.append(name_of(text, quality, row, told))  # noqa: PERF401 - read as the file is
    return unique(filter(None, found))


def _values(element: Element, name: str) -> list[str]:
    return [
        text_cell(value.text) for each in every(element, name) for value in every(each, "VALUE")
        if text_cell(value.text)
    ]  # fmt: skip


def _births(row: int, element: Element, told: Reading) -> tuple[Birth, ...]:
    places = [
        (", ".join(filter(None, (text_of(e, "CITY"), text_of(e, "STATE_PROVINCE")))),
         country_of(text_of(e, "COUNTRY")))
        for e in every(element, "INDIVIDUAL_PLACE_OF_BIRTH")
    ]  # fmt: skip
    places = [each for each in places if any(each)]
    place, country = places[0] if places else ("", "")
    found: list[Birth] = []
    for each in every(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        found += _birth(row, each, told, place, country)
    found += [Birth("", *each) for each in (places[1:] if found else places)]
    return unique(found)


def _birth(
    row: int, element: Element, told: Reading, place: str, country: str
) -> tuple[Birth, ...]:
    ends = [text_of(element, name) for name in ("FROM_YEAR", "TO_YEAR")]
    about = "~" if text_of(element, "TYPE_OF_DATE").upper() == "APPROXIMATELY" else ""
    exact = text_of(element, "DATE") or text_of(element, "YEAR")
    note = text_of(element, "NOTE")
    try:
        if all(ends):
            return (Birth("/".join(map(from_parts, ends)), place, country, " to ".join(ends)),)
    except DateUnknown:
        told.find(row, "birth", FaultRule.DATE, " to ".join(ends))
        return (Birth("", place, country, " to ".join(ends)),)
    found = births_of(exact or note, row, told, place=place, country=country)
    return tuple(
        Birth(f"{each.day}{about}" if each.day else "", each.place, each.country, each.text)
        for each in found
        if each.day or each.text
    )


def _papers(element: Element) -> tuple[Identifier, ...]:
    found = []
    for each in every(element, "INDIVIDUAL_DOCUMENT"):
        number = text_of(each, "NUMBER")
        if number:
            kind = (
                "passport"
                if "passport" in text_of(each, "TYPE_OF_DOCUMENT").lower()
                else "national"
            )
            country = text_of(each, "ISSUING_COUNTRY") or text_of(each, "COUNTRY_OF_ISSUE")
            note = named_parts(text_of(each, "TYPE_OF_DOCUMENT2"), text_of(each, "NOTE"))
            found.append(Identifier(kind, number, country_of(country), note))
    return unique(found)


def _addresses(element: Element, name: str) -> Iterator[Address]:
    for each in every(element, name):
        parts = [text_of(each, part) for part in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
        text = ", ".join(filter(None, parts))
        country = country_of(text_of(each, "COUNTRY"))
        if text or country:
            yield Address(text, country)


def _measures(comments: str) -> tuple[Imposed, ...]:
    """Give the measures that an entry's comment names in parentheses, as those of Libya do.

    What a regime imposes on everybody stands in the pack of regimes, and is no word of the list.
    """
    said = " ".join(_PARENTHESIS.findall(comments))
    return tuple(Imposed(kind, text) for text, kind in _STATED if text.lower() in said.lower())


def _events(row: int, element: Element, told: Reading) -> tuple[Event, ...]:
    found = event_on(EventKind.DESIGNATED, text_of(element, "LISTED_ON"), row, told)
    for day in _values(element, "LAST_DAY_UPDATED"):
        found += event_on(EventKind.AMENDED, day, row, told)
    return found
