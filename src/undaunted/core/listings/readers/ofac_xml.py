"""SDN list of the United States as Advanced XML (the UN's exchange standard).

What stands where: reference values, places and papers come before the parties, the entries with
days and programmes after them. Two passes over the file keep what is in memory small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.dates import DateUnknown, from_parts
from undaunted.core.listings.readers.elements import elements_of, every, local, one, text_of
from undaunted.core.listings.readers.ofac_party import Around, entry_of
from undaunted.core.listings.readers.words import country_of
from undaunted.core.listings.rules import (
    Address,
    Event,
    EventKind,
    FaultRule,
    Identifier,
    Imposed,
    Measure,
    Programme,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.rules import Entry

__all__ = ["read_ofac_xml"]

_PARTY: Final = {"DistinctParty"}
_FIRST: Final = {"DateOfIssue", "Location", "IDRegDocument", "SanctionsEntry"}
_VALUES: Final = {
    "AliasType", "FeatureType", "IDRegDocType", "LegalBasis", "PartySubType", "Script",
    "SanctionsType", "AreaCode", "Country", "NamePartType", "EntryEventType", "DetailReference",
}  # fmt: skip
_PROGRAMME, _BLOCK = "Program", "Block"
_PAPERS: Final = (("passport", "passport"), ("national id", "national"), ("cedula", "national"),
                  ("tax", "tax"), ("imo", "imo"), ("vessel registration", "imo"),
                  ("registration", "registration"), ("swift", "swift"))  # fmt: skip


def read_ofac_xml(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the list."""
    around = Around()
    roots = {"Sanctions"}
    for number, element in elements_of(path, _FIRST | _VALUES, roots=roots, over=_PARTY):
        if number:
            _keep(number, element, around, told)
    for number, element in elements_of(path, _PARTY, roots=roots, over=_FIRST):
        if number:
            entry = entry_of(number, element, around, told)
            if entry is not None:
                yield entry


def _keep(row: int, element: Element, around: Around, told: Reading) -> None:
    name, number = local(element), element.get("ID", "")
    if name in _VALUES:
        around.words[name, number] = text_of(element)
        parent = element.get("PartyTypeID", "")
        if parent:
            around.parents[name, number] = parent
    elif name == "DateOfIssue":
        told.published = _day(row, element, told)
    elif name == "Location":
        around.places[number] = _place(element, around)
    elif name == "IDRegDocument":
        _paper(element, around)
    else:
        _listed(row, element, around, told)


def _place(element: Element, around: Around) -> Address:
    parts = [
        text_of(value, "Value")
        for part in every(element, "LocationPart")
        for value in every(part, "LocationPartValue")
    ]
    country = ""
    for name, attribute in (("LocationCountry", "CountryID"), ("LocationAreaCode", "AreaCodeID")):
        found = one(element, name)
        if found is not None:
            kind = "Country" if attribute == "CountryID" else "AreaCode"
            country = country or around.words.get((kind, found.get(attribute, "")), "")
    return Address(", ".join(filter(None, parts)), country_of(country))


def _paper(element: Element, around: Around) -> None:
    number = text_of(element, "IDRegistrationNo")
    kind = around.words.get(("IDRegDocType", element.get("IDRegDocTypeID", "")), "")
    plain = next((to for said, to in _PAPERS if said in kind.lower()), "other")
    country = around.words.get(("Country", element.get("IssuedBy-CountryID", "")), "")
    if number:
        if plain == "imo":
            number = number.removeprefix("IMO").strip()
        around.papers[element.get("IdentityID", "")].append(
            Identifier(plain, number, country_of(country), kind)
        )


def _listed(row: int, element: Element, around: Around, told: Reading) -> None:
    """Keep the days, programmes and measures of an entry; a profile may have several entries."""
    profile = element.get("ProfileID", "")
    events, programmes, measures = [], [], []
    for each in every(element, "EntryEvent"):
        basis = around.words.get(("LegalBasis", each.get("LegalBasisID", "")), "")
        day = _day(row, one(each, "Date"), told)
        if day:
            events.append(Event(EventKind.DESIGNATED, day, basis))
    for each in every(element, "SanctionsMeasure"):
        kind = around.words.get(("SanctionsType", each.get("SanctionsTypeID", "")), "")
        comment = text_of(each, "Comment")
        if kind == _PROGRAMME and comment:
            programmes.append(Programme(comment))
        elif kind == _BLOCK:
            measures.append(Imposed(Measure.ASSET_FREEZE, kind))
        elif kind and kind != _PROGRAMME:
            measures.append(Imposed(Measure.OTHER, f"{kind} {comment}".strip()))
    around.events[profile] = _apart((*around.events.get(profile, ()), *events))
    around.programmes[profile] = around.programmes.get(profile, ()) + tuple(programmes)
    around.measures[profile] = around.measures.get(profile, ()) + tuple(measures)


def _apart(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Give the first day as the designation; what came later added a basis to it."""
    ordered = sorted(dict.fromkeys(events), key=lambda each: each.day)
    return tuple(
        each if number == 0 else Event(EventKind.AMENDED, each.day, each.basis)
        for number, each in enumerate(ordered)
    )


def _day(row: int, element: Element | None, told: Reading) -> str:
    parts = [text_of(element, name) for name in ("Year", "Month", "Day")]
    try:
        return from_parts(*parts)
    except DateUnknown:
        told.find(row, "Date", FaultRule.DATE, "-".join(parts))
        return ""
