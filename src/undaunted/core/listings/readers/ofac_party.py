"""One party of OFAC's Advanced XML: identities with names, features with births and places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.dates import DateUnknown, from_parts
from undaunted.core.listings.readers.elements import every, one, text_of, written
from undaunted.core.listings.readers.joining import best_first
from undaunted.core.listings.readers.words import name_of, unique
from undaunted.core.listings.rules import (
    Address,
    Birth,
    Entry,
    FaultRule,
    Kind,
    Name,
    Quality,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from undaunted.core.listings.readers.reading import Reading
    from undaunted.core.listings.rules import Event, Identifier, Imposed, Programme

__all__ = ["Around", "entry_of"]

_KINDS: Final = {"vessel": Kind.SHIP, "aircraft": Kind.AIRCRAFT}
_PERSON: Final = "1"
"""The number of the party type "individual"; entities are 2, places 3, transport 4."""
_WEAK_TRUE: Final = "true"


@dataclass(slots=True)
class Around:
    """What stands around the parties of a file, by number."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    places: dict[str, Address] = field(default_factory=dict)
    papers: dict[str, list[Identifier]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    programmes: dict[str, tuple[Programme, ...]] = field(default_factory=dict)
    measures: dict[str, tuple[Imposed, ...]] = field(default_factory=dict)


def entry_of(row: int, party: Element, around: Around, told: Reading) -> Entry | None:
    """Give the entry of a party, joined with what stands around it."""
    profile = one(party, "Profile")
    key = party.get("FixedRef", "") or (profile.get("ID", "") if profile is not None else "")
    identities = list(every(profile, "Identity"))
    names = _names(row, identities, around, told)
    if profile is None or not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        told.find(row, "FixedRef" if names else "DocumentedName", rule, key,
                  key=told.known(key, row), said=written(party))  # fmt: skip
        return None
    features = {
        around.words.get(("FeatureType", each.get("FeatureTypeID", "")), ""): None
        for each in every(profile, "Feature")
    }
    number = profile.get("ID", key)
    papers = (paper for each in identities for paper in around.papers.get(each.get("ID", ""), ()))
    remark = text_of(party, "Comment")
    return Entry(
        key=told.claim(key, row),
        kind=_kind(profile, around),
        names=names,
        ids=(("OFAC", key),),
        births=unique(_births(row, profile, around, told)),
        nationalities=unique(_countries(profile, around)),
        identifiers=unique(papers),
        addresses=unique(_places(profile, around, "Location")),
        programmes=unique(around.programmes.get(number, ())),
        measures=unique(around.measures.get(number, ())),
        events=around.events.get(number, ()),
        positions=unique(_details(profile, around, "Title")),
        gender=next(iter(_details(profile, around, "Gender")), "") if "Gender" in features else "",
        remarks=remark,
        rows=(row,),
    )


def _kind(profile: Element, around: Around) -> Kind:
    number = profile.get("PartySubTypeID", "")
    words = around.words.get(("PartySubType", number), "").lower()
    if around.parents.get(("PartySubType", number)) == _PERSON:
        return Kind.PERSON
    return _KINDS.get(words, Kind.BODY)


def _names(row: int, identities: list[Element], around: Around, told: Reading) -> tuple[Name, ...]:
    found: list[Name | None] = []
    for identity in identities:
        kinds = {
            group.get("ID", ""): around.words.get(
                ("NamePartType", group.get("NamePartTypeID", "")), ""
            )
            for groups in every(identity, "NamePartGroups")
            for master in every(groups, "MasterNamePartGroup")
            for group in every(master, "NamePartGroup")
        }
        for alias in every(identity, "Alias"):
            kind = around.words.get(("AliasType", alias.get("AliasTypeID", "")), "").lower()
            quality = Quality.FORMER if "f.k.a" in kind else Quality.ALIAS
            if alias.get("Primary") == "true":
                quality = Quality.PRIMARY
            elif alias.get("LowQuality") == _WEAK_TRUE:
                quality = Quality.WEAK
            found += [
                _documented(row, each, quality, kinds, told)
                for each in every(alias, "DocumentedName")
            ]
    return best_first(list(filter(None, found)))


def _documented(
    row: int, element: Element, quality: Quality, kinds: dict[str, str], told: Reading
) -> Name | None:
    """Join the parts of a name: given names come first, as the other lists write them."""
    parts = [
        (kinds.get(value.get("NamePartGroupID", ""), ""), text_of(value))
        for part in every(element, "DocumentedNamePart")
        for value in every(part, "NamePartValue")
    ]
    family = " ".join(text for kind, text in parts if kind == "Last Name")
    rest = [text for kind, text in parts if kind != "Last Name"]
    given = " ".join(text for kind, text in parts if kind == "First Name")
    whole = " ".join(filter(None, (*rest, family)))
    return name_of(whole, quality, row, told, family=family, given=given)


def _versions(profile: Element, around: Around, said: str) -> Iterator[Element]:
    for feature in every(profile, "Feature"):
        kind = around.words.get(("FeatureType", feature.get("FeatureTypeID", "")), "")
        if said.lower() in kind.lower():
            yield from every(feature, "FeatureVersion")


def _births(row: int, profile: Element, around: Around, told: Reading) -> Iterator[Birth]:
    places = [*_places(profile, around, "Place of Birth")]
    texts = [*_details(profile, around, "Place of Birth")]
    place = places[0] if places else Address(texts[0] if texts else "")
    given = False
    for version in _versions(profile, around, "Birthdate"):
        day, text = _period(row, version, told)
        if text:
            given = True
            yield Birth(day, place.text, place.country, text)
    if not given and (place.text or place.country):
        yield Birth("", place.text, place.country)


def _period(row: int, version: Element, told: Reading) -> tuple[str, str]:
    period = one(version, "DatePeriod")
    start, end = one(period, "Start"), one(period, "End")
    ends = [one(start, "From"), one(end, "To") or one(end, "From") or one(start, "To")]
    parts = [[text_of(each, name) for name in ("Year", "Month", "Day")] for each in ends]
    texts = ["-".join(filter(None, each)) for each in parts]
    try:
        first, last = (from_parts(*each) for each in parts)
    except DateUnknown:
        told.find(row, "DatePeriod", FaultRule.DATE, "/".join(texts))
        return "", "/".join(texts)
    about = start is not None and start.get("Approximate") == "true"
    if not last or first == last:
        return f"{first}~" if about and first else first, texts[0]
    return f"{first or '..'}/{last}", "/".join(texts)


def _places(profile: Element, around: Around, said: str) -> Iterator[Address]:
    for version in _versions(profile, around, said):
        for each in every(version, "VersionLocation"):
            place = around.places.get(each.get("LocationID", ""))
            if place is not None and (place.text or place.country):
                yield place


def _countries(profile: Element, around: Around) -> Iterator[str]:
    for said in ("Nationality Country", "Citizenship Country"):
        for place in _places(profile, around, said):
            yield place.country or place.text


def _details(profile: Element, around: Around, said: str) -> Iterator[str]:
    for version in _versions(profile, around, said):
        for each in every(version, "VersionDetail"):
            reference = each.get("DetailReferenceID", "")
            text = text_of(each) or around.words.get(("DetailReference", reference), "")
            if text:
                yield text
