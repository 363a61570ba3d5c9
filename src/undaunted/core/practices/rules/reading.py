"""The strict reading of a practice written as data: everything that is wrong, at once."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.core.events.rules import LANGUAGES
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.practices.rules.checking import (
    choice_problems,
    day_problems,
    extra_problems,
    ids_problems,
    text_problems,
)
from undaunted.core.practices.rules.entry import (
    Claim,
    Effect,
    Entry,
    Implementation,
    Precondition,
)
from undaunted.core.practices.rules.sources import citation_problems, read_source, source_problems
from undaunted.core.practices.rules.terms import (
    INSTRUMENTS,
    LIMITS,
    WORLD,
    Aim,
    Condition,
    Grade,
    Instrument,
    PracticeStage,
    PracticeTlp,
)
from undaunted.core.practices.rules.wording import causal_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["EntryBroken", "read_entry"]

_REFERENCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_REFERENCE = 60
_MOST_ROWS = 50
_LISTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "preconditions": frozenset({"kind", "text", "sources"}),
        "implementations": frozenset({"when", "where", "by", "text", "result", "sources"}),
        "effects": frozenset({"text", "grade", "sources"}),
        "risks": frozenset({"text", "sources"}),
        "failures": frozenset({"text", "sources"}),
    }
)
_PARTS = (*_LISTS, "sources")
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
        stages=tuple(PracticeStage(each) for each in data.get("stages", ())),
        language=data["language"],
        tlp=PracticeTlp(data["tlp"]),
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
        sources=tuple(read_source(row) for row in data["sources"]),
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


def _named(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row.get("sources", ()))


def _plain_problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("the practice", data, _PLAIN | frozenset(_PARTS))
    reference = data.get("reference")
    if (
        not isinstance(reference, str)
        or not _REFERENCE.fullmatch(reference)
        or len(reference) > _LONGEST_REFERENCE
    ):
        yield "reference: write small letters, figures and hyphens, such as prisoner-list"
    for key, kind in (("aim", Aim), ("instrument", Instrument), ("tlp", PracticeTlp)):
        yield from choice_problems(key, data.get(key), kind)
    stages = data.get("stages", ())
    if not isinstance(stages, list | tuple):
        yield 'stages: write a list, such as ["entry", "stay"]'
    else:
        for each in stages:
            yield from choice_problems("stages", each, PracticeStage)
    if data.get("language") not in LANGUAGES:
        yield "language: write the code of a language of the product, such as en"
    if not isinstance(data.get("route_in_use", False), bool):
        yield "route_in_use: write true or false"
    for key in ("title", "summary"):
        yield from text_problems(key, data.get(key), LIMITS[key])


def _list_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for key in _PARTS:
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
            if key == "sources":
                yield from source_problems(place, row)
            else:
                yield from _row_problems(key, place, row)


def _row_problems(key: str, place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _LISTS[key])
    for name, limit in _TEXTS[key]:
        yield from text_problems(f"{place}, {name}", row.get(name), LIMITS[limit])
    if key == "preconditions":
        yield from choice_problems(f"{place}, kind", row.get("kind"), Condition)
    elif key == "implementations":
        yield from day_problems(f"{place}, when", row.get("when"))
        yield from _places(f"{place}, where", row.get("where"))
    elif key == "effects":
        yield from choice_problems(f"{place}, grade", row.get("grade"), Grade)
    yield from ids_problems(place, row.get("sources", ()), needed=key in _CARRIED)


def _agreement_problems(data: Mapping[str, Any]) -> Iterator[str]:
    """Say what does not agree between parts that are each well formed."""
    aim = Aim(data["aim"])
    if Instrument(data["instrument"]) not in INSTRUMENTS[aim]:
        allowed = ", ".join(INSTRUMENTS[aim])
        yield f"instrument: {data['instrument']} does not serve {aim}; write one of {allowed}"
    if (aim is Aim.SHELTER) != bool(data.get("stages")):
        yield "stages: a sheltering practice names at least one stage, any other none"
    if data.get("route_in_use") and data["tlp"] != PracticeTlp.RED:
        yield "tlp: a way out that is still in use is marked RED; people travel on it"
    yield from citation_problems([row["id"] for row in data["sources"]], _cited(data))
    for number, row in enumerate(data.get("effects", ()), start=1):
        if words := causal_words(row["text"], data["language"]):
            told = ", ".join(words)
            yield f"effects {number}, text: {told} claims a cause; say what was seen together"


def _cited(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in sorted(_LISTS):
        for number, row in enumerate(data.get(key, ()), start=1):
            yield f"{key} {number}", _named(row)


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
