"""The facts that a dossier shows once: what was done, in which circumstances, by which link.

Their ids are the criteria of every law's rule pack, so that one set of findings is tested under
each law with no retyping.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from undaunted.core.practices.rules.checking import (
    choice_problems,
    extra_problems,
    text_problems,
)
from undaunted.repression.sanctions.rules.refusals import RegisterBroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Fact", "FactKind", "facts", "read_facts"]

LONGEST = 300
_KEYS = frozenset({"id", "kind", "title", "evidence"})


class FactKind(StrEnum):
    """What a fact is about."""

    CONDUCT = "conduct"
    CIRCUMSTANCE = "circumstance"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a law may ask for, and what evidence would show it."""

    id: str
    kind: FactKind
    title: str
    evidence: str


@cache
def facts() -> Mapping[str, Fact]:
    """Give every fact by its id, in the order of the pack."""
    held = files("undaunted.repression.sanctions").joinpath("packs", "facts.toml")
    return read_facts(held.read_text("utf-8"))


def read_facts(text: str) -> Mapping[str, Fact]:
    """Give the facts of a pack. Raises `RegisterBroken` with everything that is wrong."""
    rows = tomllib.loads(text).get("facts", [])
    problems = [each for number, row in enumerate(rows, start=1) for each in _wrong(number, row)]
    names = [row.get("id") for row in rows]
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    problems += [f"facts: {name} stands twice; remove one" for name in twice]
    if problems:
        raise RegisterBroken("facts", tuple(problems))
    return MappingProxyType(
        {
            row["id"]: Fact(row["id"], FactKind(row["kind"]), row["title"], row["evidence"])
            for row in rows
        }
    )


def _wrong(number: int, row: Mapping[str, object]) -> Iterator[str]:
    place = f"facts[{number}]"
    yield from extra_problems(place, row, _KEYS)
    yield from choice_problems(f"{place}, kind", row.get("kind"), FactKind)
    for name in ("id", "title", "evidence"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
