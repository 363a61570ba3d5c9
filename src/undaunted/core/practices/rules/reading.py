"""The strict reading of a practice written as data: everything that is wrong, at once."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.rules import LANGUAGES
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.practices.rules.entry import (
    Claim,
    Effect,
    Entry,
    Implementation,
    Precondition,
    Source,
)
from undaunted.core.practices.rules.terms import (
    INSTRUMENTS,
    LIMITS,
    WORLD,
    Aim,
    Condition,
    Grade,
    Instrument,
    SourceStatus,
    Stage,
    Tlp,
)
from undaunted.core.practices.rules.wording import causal_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["EntryBroken", "read_entry"]

_REFERENCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOURCE = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_LONGEST_REFERENCE = 60
_MOST_ROWS = 50
_LISTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "preconditions": frozenset({"kind", "text", "sources"}),
        "implementations": frozenset({"when", "where", "by", "text", "result", "sources"}),
        "effects": frozenset({"text", "grade", "sources"}),
        "risks": frozenset({"text", "sources"}),
        "failures": frozenset({"text", "sources"}),
        "sources": frozenset(
            {"id", "title", "publisher", "date", "url", "status", "read_on", "read_in", "note"}
        ),
    }
)
_PLAIN = frozenset(
    {
        "reference",
        "aim",
        "instrument",
        "stages",
        "language",
        "tlp",
        "route_in_use",
        "title",
        "summary",
    }
)
_TEXTS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "preconditions": (("text", "text"),),
        "implementations": (("by", "by"), ("text", "text"), ("result", "text")),
        "effects": (("text", "text"),),
        "risks": (("text", "text"),),
        "failures": (("text", "text"),),
        "sources": (("title", "text"), ("publisher", "publisher"), ("url", "url")),
    }
)
_CARRIED = frozenset({"implementations", "effects"})
"""Claims about what happened: each needs a source."""
_MAY_BE_EMPTY = frozenset({"effects"})
"""Where nobody has seen an effect, the page says so."""


class EntryBroken(ValueError):
    """A practice cannot be read; `problems` says all that is wrong and how to mend it."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where = where
        self.problems = problems


def read_entry(data: object, *, where: str) -> Entry:
    """Give the practice that `data` describes, or say everything that is wrong with it.

    Days may be dates or texts. Whatever order keys stand in, the entry is the same.
    """
    if not isinstance(data, dict):
        raise EntryBroken(where, ("write a table with the parts of a practice",))
    problems = [*_plain_problems(data), *_list_problems(data)]
    if not problems:
        problems = list(_agreement_problems(data))
    if problems:
        raise EntryBroken(where, tuple(problems))
    return Entry(
        reference=data["reference"],
        aim=Aim(data["aim"]),
        instrument=Instrument(data["instrument"]),
        stages=tuple(Stage(each) for each in data.get("stages", ())),
        language=data["language"],
        tlp=Tlp(data["tlp"]),
        route_in_use=data.get("route_in_use", False),
        title=data["title"].strip(),
        summary=data["summary"].strip(),
        preconditions=tuple(
            Precondition(Condition(row["kind"]), row["text"].strip(), _named(row))
            for row in data["preconditions"]
        ),
        implementations=tuple(_implementation(row) for row in data["implementations"]),
        effects=tuple(
            Effect(row["text"].strip(), Grade(row["grade"]), _named(row))
            for row in data.get("effects", ())
        ),
        risks=tuple(Claim(row["text"].strip(), _named(row)) for row in data["risks"]),
        failures=tuple(Claim(row["text"].strip(), _named(row)) for row in data["failures"]),
        sources=tuple(_source(row) for row in data["sources"]),
    )


def _implementation(row: Mapping[str, Any]) -> Implementation:
    return Implementation(
        when=str(row["when"]).strip(),
        where=tuple(code if code == WORLD else country(code).code for code in row["where"]),
        by=row["by"].strip(),
        text=row["text"].strip(),
        result=row["result"].strip(),
        sources=_named(row),
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(
        id=row["id"],
        title=row["title"].strip(),
        publisher=row["publisher"].strip(),
        date=str(row["date"]).strip(),
        url=row["url"].strip(),
        status=SourceStatus(row["status"]),
        read_on=str(row.get("read_on") or ""),
        read_in=str(row.get("read_in") or "").strip(),
        note=str(row.get("note") or "").strip(),
    )


def _named(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row.get("sources", ()))


def _plain_problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _extra("the practice", data, _PLAIN | frozenset(_LISTS))
    reference = data.get("reference")
    if (
        not isinstance(reference, str)
        or not _REFERENCE.fullmatch(reference)
        or len(reference) > _LONGEST_REFERENCE
    ):
        yield "reference: write small letters, figures and hyphens, such as prisoner-list"
    for key, kind in (("aim", Aim), ("instrument", Instrument), ("tlp", Tlp)):
        yield from _choice(key, data.get(key), kind)
    stages = data.get("stages", ())
    if not isinstance(stages, list | tuple):
        yield 'stages: write a list, such as ["entry", "stay"]'
    else:
        for each in stages:
            yield from _choice("stages", each, Stage)
    if data.get("language") not in LANGUAGES:
        yield "language: write the code of a language of the product, such as en"
    if not isinstance(data.get("route_in_use", False), bool):
        yield "route_in_use: write true or false"
    for key in ("title", "summary"):
        yield from _text(key, data.get(key), LIMITS[key])


def _list_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for key, keys in _LISTS.items():
        rows = data.get(key, ())
        if not isinstance(rows, list | tuple) or (not rows and key not in _MAY_BE_EMPTY):
            yield f"{key}: write at least one"
            continue
        if len(rows) > _MOST_ROWS:
            yield f"{key}: write {_MOST_ROWS} at most"
            continue
        for number, row in enumerate(rows, start=1):
            place = f"{key} {number}"
            if not isinstance(row, dict):
                yield f"{place}: write a table"
                continue
            yield from _extra(place, row, keys)
            for name, limit in _TEXTS[key]:
                yield from _text(f"{place}, {name}", row.get(name), LIMITS[limit])
            yield from _row_problems(key, place, row)


def _row_problems(key: str, place: str, row: Mapping[str, Any]) -> Iterator[str]:
    if key == "preconditions":
        yield from _choice(f"{place}, kind", row.get("kind"), Condition)
    elif key == "implementations":
        yield from _day(f"{place}, when", row.get("when"))
        yield from _places(f"{place}, where", row.get("where"))
    elif key == "effects":
        yield from _choice(f"{place}, grade", row.get("grade"), Grade)
    elif key == "sources":
        yield from _source_problems(place, row)
    if key != "sources":
        named = row.get("sources", ())
        if not isinstance(named, list | tuple) or not all(isinstance(one, str) for one in named):
            yield f"{place}, sources: write a list of the ids of sources"
        elif key in _CARRIED and not named:
            yield f"{place}, sources: name at least one source that says so"


def _source_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(row.get("id"), str) or not _SOURCE.fullmatch(row["id"]):
        yield f"{place}, id: write small letters, figures and hyphens"
    if not str(row.get("url", "")).startswith(("https://", "http://")):
        yield f"{place}, url: write the address of the document, beginning with https://"
    yield from _day(f"{place}, date", row.get("date"))
    yield from _choice(f"{place}, status", row.get("status"), SourceStatus)
    for name in ("read_in", "note"):
        if row.get(name):
            yield from _text(f"{place}, {name}", row[name], LIMITS["text"])
    read_on = row.get("read_on") or ""
    if read_on and not _is_day(read_on):
        yield f"{place}, read_on: write the day it was read, as 2026-11-26"
    status = row.get("status")
    if status == SourceStatus.VERIFIED and not read_on:
        yield f"{place}, read_on: say on which day it was read, or call it unverified"
    if status == SourceStatus.SECONDARY and not str(row.get("read_in") or "").strip():
        yield f"{place}, read_in: say in which copy or summary it was read"


def _agreement_problems(data: Mapping[str, Any]) -> Iterator[str]:
    """Say what does not agree between parts that are each well formed."""
    aim = Aim(data["aim"])
    if Instrument(data["instrument"]) not in INSTRUMENTS[aim]:
        allowed = ", ".join(INSTRUMENTS[aim])
        yield f"instrument: {data['instrument']} does not serve {aim}; write one of {allowed}"
    if (aim is Aim.SHELTER) != bool(data.get("stages")):
        yield "stages: a sheltering practice names at least one stage, any other none"
    if data.get("route_in_use") and data["tlp"] != Tlp.RED:
        yield "tlp: a way out that is still in use is marked RED; people travel on it"
    yield from _source_agreement(data)
    for number, row in enumerate(data.get("effects", ()), start=1):
        if words := causal_words(row["text"], data["language"]):
            told = ", ".join(words)
            yield f"effects {number}, text: {told} claims a cause; say what was seen together"


def _source_agreement(data: Mapping[str, Any]) -> Iterator[str]:
    """Say which claims name a source that is missing, and which sources nothing names."""
    known = [row["id"] for row in data["sources"]]
    for each in sorted({one for one in known if known.count(one) > 1}):
        yield f"sources: {each} stands twice; remove one"
    used: set[str] = set()
    for key in sorted(frozenset(_LISTS) - {"sources"}):
        for number, row in enumerate(data.get(key, ()), start=1):
            used |= set(_named(row))
            for missing in sorted(set(_named(row)) - set(known)):
                yield f"{key} {number}, sources: there is no source {missing}; add it or correct it"
    for spare in sorted(set(known) - used):
        yield f"sources: nothing names {spare}; name it where it belongs or remove it"


def _extra(place: str, table: Mapping[str, Any], keys: frozenset[str]) -> Iterator[str]:
    for key in sorted(set(map(str, table)) - keys):
        allowed = ", ".join(sorted(keys))
        yield f"{place}: {key!r} is no key here; remove it or use one of {allowed}"


def _choice(place: str, value: object, kind: Iterable[str]) -> Iterator[str]:
    allowed = [str(each) for each in kind]
    if not isinstance(value, str) or value not in allowed:
        yield f"{place}: write one of " + ", ".join(allowed)


def _text(place: str, value: object, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{place}: write a text that is not empty"
    elif "\x00" in value or len(value) > most:
        yield f"{place}: write {most} letters at most, and no null characters"


def _day(place: str, value: object) -> Iterator[str]:
    try:
        PartialDate.parse(str(value or ""))
    except UnreadableDate:
        yield f"{place}: write a day, a month or a year, as 2015-10-29, 2015-10 or 2015"


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _places(place: str, value: object) -> Iterator[str]:
    if not isinstance(value, list | tuple) or not value:
        yield f'{place}: list the codes of the countries, such as ["BY"]'
        return
    for code in value:
        if code == WORLD:
            continue
        try:
            country(str(code))
        except (UnknownCountry, ValueError, KeyError):
            yield f"{place}: {code!r} is no code of a country; use ISO 3166-1 alpha-2, or world"
