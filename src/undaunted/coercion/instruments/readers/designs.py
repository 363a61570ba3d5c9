"""Designs of response measures as they stand in a file (TOML)."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.readers.estimates import effect_of
from undaunted.coercion.instruments.readers.refusals import FileRefused
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Design,
    Link,
    LinkedPerson,
    Measure,
    Origin,
)
from undaunted.core.practices.rules.checking import choice_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["read_design"]

_TOP: Final = frozenset({"measures", "answers"})
_MEASURE: Final = frozenset(Measure.__dataclass_fields__)
_PERSON: Final = frozenset({*LinkedPerson.__dataclass_fields__, "id"} - {"answer", "stakes"})
_ANSWER: Final = frozenset(CheckAnswer.__dataclass_fields__)
_MEASURE_TEXTS: Final = ("key", "scope", "legal_basis")


def read_design(path: Path) -> tuple[Design, dict[str, str]]:
    """Read a design, and the ids under which stakes know its persons, by name.

    Raises `FileRefused` with all that is wrong, by table and key.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileRefused(path.name, f"cannot be opened: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(path.name, f"is not TOML: {error}; correct the line it names") from error
    problems = list(_problems(held))
    if problems:
        raise FileRefused(path.name, *problems)
    measures, ids = [], dict[str, str]()
    for row in held["measures"]:
        measures.append(_measure(row, path))
        ids |= {each["name"]: each["id"] for each in row.get("persons", ()) if "id" in each}
    answers = tuple(
        CheckAnswer(row["key"], CheckValue(row["value"]), row.get("reasons", ""),
                    tuple(row.get("sources", ())))
        for row in held.get("answers", ())
    )  # fmt: skip
    return Design(tuple(measures), answers), ids


def _measure(row: Mapping[str, Any], path: Path) -> Measure:
    return Measure(
        key=row["key"],
        kind=AnnexKind(row["kind"]),
        aimed=Aimed(row["aimed"]),
        scope=row["scope"],
        legal_basis=row["legal_basis"],
        effect=effect_of(row.get("effect"), path.parent, where=f"{path.name}, {row['key']}"),
        begins=row["begins"],
        ends=row.get("ends"),
        by=Origin(row["by"]) if "by" in row else None,
        persons=tuple(_person(each) for each in row.get("persons", ())),
        tender_share=row.get("tender_share"),
        reasons=row.get("reasons", ""),
    )


def _person(row: Mapping[str, Any]) -> LinkedPerson:
    return LinkedPerson(
        name=row["name"],
        link=Link(row["link"]),
        natural=row.get("natural", False),
        reasons=row.get("reasons", ""),
        sources=tuple(row.get("sources", ())),
    )


def _problems(held: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: is no key here; remove it" for key in sorted(set(held) - _TOP))
    for name in ("measures", "answers"):
        rows = held.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            yield f"{name}: write one [[{name}]] table each"
            return
    if not held.get("measures"):
        yield "measures: there are none; write one [[measures]] table a measure"
    for number, row in enumerate(held.get("measures", ()), 1):
        yield from (f"measure {number}, {each}" for each in _measure_problems(row))
    for number, row in enumerate(held.get("answers", ()), 1):
        yield from (f"answer {number}, {each}" for each in _answer_problems(row))


def _measure_problems(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _shape(row, _MEASURE, _MEASURE_TEXTS)
    yield from choice_problems("kind", row.get("kind"), AnnexKind)
    yield from choice_problems("aimed", row.get("aimed"), Aimed)
    if "by" in row:
        yield from choice_problems("by", row["by"], Origin)
    if not isinstance(row.get("begins"), date):
        yield "begins: write a day, as 2027-01-15"
    if not isinstance(row.get("ends", date.min), date):
        yield "ends: write a day, as 2028-01-15, or leave it out"
    if not isinstance(row.get("tender_share", 1), int | float):
        yield "tender_share: write a number, in per cent"
    persons = row.get("persons", [])
    if not isinstance(persons, list) or not all(isinstance(each, dict) for each in persons):
        yield "persons: write one [[measures.persons]] table each"
        return
    for number, each in enumerate(persons, 1):
        yield from (f"person {number}, {problem}" for problem in _person_problems(each))


def _person_problems(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _shape(row, _PERSON, ("name",))
    yield from choice_problems("link", row.get("link"), Link)
    if not isinstance(row.get("natural", False), bool):
        yield "natural: write true or false"
    if not isinstance(row.get("id", ""), str):
        yield "id: write the id under which the stakes know it"


def _answer_problems(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _shape(row, _ANSWER, ("key",))
    yield from choice_problems("value", row.get("value"), CheckValue)


def _shape(row: Mapping[str, Any], keys: frozenset[str], texts: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{key}: is no key here; remove it" for key in sorted(set(row) - keys))
    yield from (f"{name}: write a text" for name in texts if not isinstance(row.get(name), str))
    if not isinstance(row.get("reasons", ""), str):
        yield "reasons: write a text"
    sources = row.get("sources", [])
    if not isinstance(sources, list) or not all(isinstance(each, str) for each in sources):
        yield "sources: write a list of short names"
