"""Consolidated list of EU financial sanctions (FSF XML 1.1): asset freezes only.

`<regulation>` is the act that last touched an entry and is often an amendment. The day of
designation is the earlier of the designation and the entry into force of an act that is none; of an
entry known by amendments alone it is known only that it was "on or before" the first one told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.core.listings.readers.dates import DateUnknown, day_of, from_parts
from undaunted.core.listings.readers.elements import (
    elements_of,
    every,
    local,
    one,
    text_of,
    written,
)
from undaunted.core.listings.readers.joining import joined
from undaunted.core.listings.readers.words import country_of, name_of, text_cell, unique
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

__all__ = ["read_eu_fsf"]

_NO_COUNTRY: Final = {"00", ""}
_AMENDING: Final = {"amendment", "repealing"}
_PAPERS: Final = {"passport": "passport", "id": "national", "regnumber": "registration",
                  "fiscalcode": "tax", "swiftbic": "swift", "imo": "imo"}  # fmt: skip


def read_eu_fsf(path: Path, told: Reading) -> Iterator[Entry]:
    """Give the entries of the list; a target under two programmes has two records, one entry."""
    held: dict[str, Entry] = {}
    for number, element in elements_of(path, {"sanctionEntity"}, roots={"export"}):
        if number == 0:
            told.published = element.get("generationDate", "")
            continue
        entry = _entry(number, element, told)
        if entry is not None:
            before = held.get(entry.key)
            held[entry.key] = joined(before, entry) if before else entry
    yield from held.values()


def _entry(row: int, element: Element, told: Reading) -> Entry | None:
    names = _names(row, element, told)
    key = element.get("logicalId", "")
    if not names or not key:
        rule = FaultRule.NO_KEY if names else FaultRule.NO_NAME
        field = "logicalId" if names else "nameAlias"
        told.find(row, field, rule, key, key=key, said=written(element))
        return None
    subject = one(element, "subjectType")
    code = subject.get("code", "") if subject is not None else ""
    if code not in {"person", "enterprise"}:
        told.find(row, "subjectType", FaultRule.WORD, code)
    regulations, aliases = (list(every(element, n)) for n in ("regulation", "nameAlias"))
    ids = (("EU", element.get("euReferenceNumber", "")), ("FSF", key),
           ("UN", element.get("unitedNationId", "")))  # fmt: skip
    remarks = [text_of(each) for each in every(element, "remark")]
    return Entry(
        key=key,
        kind=Kind.PERSON if code == "person" else Kind.BODY,
        names=names,
        ids=tuple((scheme, value) for scheme, value in ids if value),
        births=unique(_births(row, element, told)),
        nationalities=unique(_country(each) for each in every(element, "citizenship")),
        identifiers=unique(_papers(element)),
        addresses=unique(_addresses(element)),
        programmes=unique(Programme(p) for r in regulations if (p := r.get("programme", ""))),
        measures=(Imposed(Measure.ASSET_FREEZE),),
        events=_events(row, element, regulations, told),
        positions=unique(filter(None, (text_cell(e.get("function")) for e in aliases))),
        gender=next((g for e in aliases if (g := e.get("gender"))), ""),
        remarks="\n".join(filter(None, (*remarks, text_cell(element.get("designationDetails"))))),
        rows=(row,),
    )  # fmt: skip


def _names(row: int, element: Element, told: Reading) -> tuple[Name, ...]:
    found: list[Name | None] = []
    for each in every(element, "nameAlias"):
        strong = each.get("strong", "true") == "true"
        first = not any(found)
        quality = Quality.PRIMARY if strong and first else Quality.ALIAS if strong else Quality.WEAK
        parts = {"family": each.get("lastName", ""), "given": each.get("firstName", "")}
        language = each.get("nameLanguage", "")
        found.append(
            name_of(each.get("wholeName", ""), quality, row, told, language=language, **parts)
        )
    return unique(filter(None, found))


def _country(element: Element) -> str:
    code = element.get("countryIso2Code", "")
    return country_of(element.get("countryDescription", "")) if code in _NO_COUNTRY else code


def _births(row: int, element: Element, told: Reading) -> Iterator[Birth]:
    for each in every(element, "birthdate"):
        place = ", ".join(
            filter(None, (text_cell(each.get(n)) for n in ("city", "region", "place")))
        )
        country = _country(each)
        text = each.get("birthdate", "") or "-".join(
            filter(
                None,
                (each.get("year", ""), each.get("monthOfYear", ""), each.get("dayOfMonth", "")),
            )
        )
        if each.get("calendarType", "GREGORIAN") != "GREGORIAN":
            told.find(row, "birth", FaultRule.DATE, f"{each.get('calendarType')} {text}")
            yield Birth("", place, country, f"{each.get('calendarType')} {text}")
            continue
        try:
            yield Birth(_day(each), place, country, text)
        except DateUnknown:
            told.find(row, "birth", FaultRule.DATE, text)
            yield Birth("", place, country, text)


def _day(each: Element) -> str:
    first, last = each.get("yearRangeFrom", ""), each.get("yearRangeTo", "")
    if first or last:
        return f"{from_parts(first) or '..'}/{from_parts(last) or '..'}"
    day = day_of(each.get("birthdate", "")) or from_parts(
        each.get("year", ""), each.get("monthOfYear", ""), each.get("dayOfMonth", "")
    )
    return f"{day}~" if day and each.get("circa") == "true" else day


def _papers(element: Element) -> Iterator[Identifier]:
    for each in every(element, "identification"):
        number = text_cell(each.get("number") or each.get("latinNumber"))
        if number:
            code = each.get("identificationTypeCode", "")
            note = "" if code in _PAPERS else each.get("identificationTypeDescription", "")
            yield Identifier(_PAPERS.get(code, code or "other"), number, _country(each), note)


def _addresses(element: Element) -> Iterator[Address]:
    for each in every(element, "address"):
        parts = (text_cell(each.get(n)) for n in ("street", "poBox", "zipCode", "city", "region"))
        text, country = ", ".join(filter(None, parts)), _country(each)
        if text or country:
            yield Address(text, country)


def _events(
    row: int, element: Element, regulations: list[Element], told: Reading
) -> tuple[Event, ...]:
    """Give designation and amendments apart: an amendment's day is never a designation's."""
    days: list[str] = []
    found: list[Event] = []
    designated = _read(row, "designationDate", element.get("designationDate", ""), told)
    for each in regulations:
        force = _read(row, "entryIntoForceDate", each.get("entryIntoForceDate", ""), told)
        day = force or _read(row, "publicationDate", each.get("publicationDate", ""), told)
        basis = each.get("numberTitle", "")
        if each.get("regulationType") in _AMENDING:
            found += [Event(EventKind.AMENDED, day, basis)] if day else []
        elif day:
            days.append(day)
    days += [designated] if designated else []
    told_days = sorted(_summaries(element) + [each.day for each in found])
    first = min(days) if days else ""
    if not first and told_days:
        first = f"../{told_days[0]}"
    regime = regulations[0].get("programme", "") if regulations else ""
    return ((Event(EventKind.DESIGNATED, first, regime),) if first else ()) + unique(found)


def _summaries(element: Element) -> list[str]:
    """Give the days of the acts that stand under names, births and papers."""
    return [
        day
        for part in element
        for each in part
        if local(each) == "regulationSummary" and (day := each.get("publicationDate", ""))
    ]


def _read(row: int, field: str, value: str, told: Reading) -> str:
    try:
        return day_of(value)
    except DateUnknown:
        told.find(row, field, FaultRule.DATE, value)
        return ""
