"""List of the Swiss State Secretariat (SECO): targets, what was modified, and who left.

Modifications nest `<added>` and `<removed>` copies of names, which are history and no names of
today; the latest modification decides whether a target stands or is de-listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.listings.readers.dates import DateUnknown, from_parts
from undaunted.core.listings.readers.elements import (
    elements_of,
    every,
    local,
    one,
    text_of,
    written,
)
from undaunted.core.listings.readers.joining import best_first
from undaunted.core.listings.readers.measures import measures_of
from undaunted.core.listings.readers.words import country_of, event_on, name_of, text_cell, unique
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

__all__ = ["read_switzerland"]

_AROUND: Final = {"sanctions-program", "place"}
_TARGET: Final = {"target"}
_KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.BODY, "object": Kind.OTHER}
_EVENTS: Final = {
    "listed": EventKind.DESIGNATED,
    "amended": EventKind.AMENDED,
    "de-listed": EventKind.DELISTED,
}
_ORDER: Final = ("given-name", "further-given-name", "father-name", "maiden-name", "family-name")
_FREEZE: Final = "Restrictions on named individuals and entities"


def read_switzerland(path: Path, told: Reading) -> Iterator[Entry]:
    """Give every target, de-listed ones too: their events say that they left.

    In two passes, because places may stand behind the targets that name them.
    """
    sets: dict[str, tuple[Programme, str]] = {}
    places: dict[str, tuple[str, str]] = {}
    roots = {"swiss-sanctions-list"}
    for number, element in elements_of(path, _AROUND, roots=roots, over=_TARGET):
        if number == 0:
            told.published = element.get("date", "")
        elif local(element) == "sanctions-program":
            sets |= _sets(element)
        else:
            places[element.get("ssid", "")] = _place(element)
    for number, element in elements_of(path, _TARGET, roots=roots, over=_AROUND):
        if number:
            entry = _entry(number, element, sets, places, told)
            if entry is not None:
                yield entry


def _sets(element: Element) -> dict[str, tuple[Programme, str]]:
    keys = {each.get("lang", ""): text_of(each) for each in every(element, "program-key")}
    names = {each.get("lang", ""): text_of(each) for each in every(element, "program-name")}
    programme = Programme(keys.get("eng", ""), names.get("eng", ""))
    return {
        each.get("ssid", ""): (programme, text_of(each))
        for each in every(element, "sanctions-set")
        if each.get("lang", "eng") == "eng"
    }


def _place(element: Element) -> tuple[str, str]:
    parts = (text_of(element, name) for name in ("location", "area"))
    country = one(element, "country")
    code = country.get("iso-code", "") if country is not None else ""
    return ", ".join(filter(None, parts)), code


def _entry(
    row: int,
    element: Element,
    sets: dict[str, tuple[Programme, str]],
    places: dict[str, tuple[str, str]],
    told: Reading,
) -> Entry | None:
    key = element.get("ssid", "")
    about = next((child for child in element if local(child) in _KINDS), None)
    names = _names(row, about, told)
    if about is None or not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        told.find(row, "ssid" if names else "identity", rule, key,
                  key=told.known(key, row), said=written(element))  # fmt: skip
        return None
    held = [sets[s] for each in every(element, "sanctions-set-id") if (s := text_of(each)) in sets]
    foreign = text_of(element, "foreign-identifier")
    return Entry(
        key=told.claim(key, row),
        kind=_KINDS[local(about)],
        names=names,
        ids=(("SECO", key), *((("foreign", foreign),) if foreign else ())),
        births=unique(_births(row, about, places, told)),
        nationalities=unique(_nationalities(about)),
        identifiers=unique(_papers(about)),
        addresses=unique(_addresses(about, places)),
        programmes=unique(programme for programme, _words in held),
        measures=unique(each for _programme, words in held for each in _measures(words)),
        events=_events(row, element, told),
        gender=about.get("sex", ""),
        reasons="\n".join(text_of(each) for each in every(about, "justification")),
        remarks="\n".join(text_of(each) for each in every(about, "other-information")),
        rows=(row,),
    )


def _measures(words: str) -> tuple[Imposed, ...]:
    if _FREEZE.lower() in words.lower():
        return (Imposed(Measure.ASSET_FREEZE, words, stated=False),)
    return tuple(
        Imposed(each.kind, words) for each in measures_of(words.partition("--")[2] or words)
    )


def _names(row: int, about: Element | None, told: Reading) -> tuple[Name, ...]:
    found: list[Name | None] = []
    for identity in every(about, "identity"):
        main = identity.get("main") == "true"
        for each in every(identity, "name"):
            primary = main and each.get("name-type", "") == "primary-name"
            quality = Quality.PRIMARY if primary else Quality.ALIAS
            if each.get("name-type") == "formerly-known-as":
                quality = Quality.FORMER
            if each.get("quality") == "low":
                quality = Quality.WEAK
            found += _spellings(row, each, quality, told)
    return best_first(list(filter(None, found)))


def _spellings(row: int, element: Element, quality: Quality, told: Reading) -> list[Name | None]:
    """Give a name, and one more for each way in which its parts are spelt together elsewhere."""
    parts = sorted(every(element, "name-part"), key=_place_of)
    said = {p.get("name-part-type", ""): text_of(p, "value") for p in parts}
    family, given = said.get("family-name", ""), said.get("given-name", "")
    whole = " ".join(filter(None, (text_of(each, "value") for each in parts)))
    found = [name_of(whole, quality, row, told, family=family, given=given)]
    variants = {
        (v.get("lang", ""), v.get("script", "")): None
        for part in parts
        for v in every(part, "spelling-variant")
    }
    for kind in variants:
        words = [clean_name(_spelt(part, kind)) for part in parts]
        alias = Quality.ALIAS if quality is Quality.PRIMARY else quality
        found.append(name_of(" ".join(filter(None, words)), alias, row, told, language=kind[0]))
    return found


def _place_of(part: Element) -> tuple[int, int]:
    kind, order = part.get("name-part-type", ""), part.get("order", "0")
    return (_ORDER.index(kind) if kind in _ORDER else 0, int(order) if order.isdecimal() else 0)


def _spelt(part: Element, kind: tuple[str, str]) -> str:
    for each in every(part, "spelling-variant"):
        if (each.get("lang", ""), each.get("script", "")) == kind:
            return text_of(each)
    return text_of(part, "value") if kind[1] in {"", "LATN"} else ""


def _births(
    row: int, about: Element, places: dict[str, tuple[str, str]], told: Reading
) -> Iterator[Birth]:
    for identity in every(about, "identity"):
        born = one(identity, "place-of-birth")
        place, country = (
            places.get(born.get("place-id", ""), ("", "")) if born is not None else ("", "")
        )
        days = list(every(identity, "day-month-year"))
        for each in days:
            numbers = [each.get(name, "") for name in ("year", "month", "day")]
            text = "-".join(filter(None, numbers))
            try:
                yield Birth(from_parts(*numbers), place, country, text)
            except DateUnknown:
                told.find(row, "day-month-year", FaultRule.DATE, text)
                yield Birth("", place, country, text)
        if not days and (place or country):
            yield Birth("", place, country)


def _nationalities(about: Element) -> Iterator[str]:
    for identity in every(about, "identity"):
        for each in every(identity, "nationality"):
            country = one(each, "country")
            if country is not None:
                yield country.get("iso-code", "") or country_of(text_of(country))


def _papers(about: Element) -> Iterator[Identifier]:
    for identity in every(about, "identity"):
        for each in every(identity, "identification-document"):
            number, kind = text_of(each, "number"), each.get("document-type", "")
            issued = one(each, "issuer")
            country = issued.get("code", "") if issued is not None else ""
            if number:
                yield Identifier("passport" if "passport" in kind else "national", number, country)


def _addresses(about: Element, places: dict[str, tuple[str, str]]) -> Iterator[Address]:
    for identity in every(about, "identity"):
        for each in every(identity, "address"):
            place, country = places.get(each.get("place-id", ""), ("", ""))
            text = ", ".join(filter(None, (text_of(each, "address-details"), place)))
            if text or country:
                yield Address(text, country)


def _events(row: int, element: Element, told: Reading) -> tuple[Event, ...]:
    found: tuple[Event, ...] = ()
    for each in every(element, "modification"):
        word = text_cell(each.get("modification-type"))
        kind = _EVENTS.get(word)
        if kind is None:
            told.find(row, "modification-type", FaultRule.WORD, word)
            continue
        day = (
            each.get("effective-date") or each.get("enactment-date") or each.get("publication-date")
        )
        found += event_on(kind, day or "", row, told)
    return tuple(sorted(found, key=lambda event: event.day))
